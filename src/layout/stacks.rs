//! What stays together: a command with the actor who decides on it and what that actor looks at, one below the other;
//! remarks where they were stuck.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Board, Role};
use crate::flow::{Flow, Relation};
use crate::kit::{Id, Rect};

/// The room between a command's actor and what the actor looks at.
const BELOW: i32 = 20;
/// A remark this near to a sticky is stuck to it.
const STUCK: i32 = 40;

/// Things that move as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Stack {
    /// Each with its rectangle, from the corner of the whole.
    pub(super) parts: Vec<(Id, Rect)>,
    pub(super) w: i32,
    pub(super) h: i32,
    /// Where arrows meet it, from its top.
    pub(super) port: i32,
    /// Where it lies now.
    pub(super) x: i32,
    pub(super) y: i32,
}

impl Stack {
    /// A thing by itself.
    pub(super) fn single(id: Id, rect: Rect) -> Self {
        Self::of(vec![(id, rect)], rect)
    }

    /// Parts where they are; arrows meet the `main` one.
    pub(super) fn of(parts: Vec<(Id, Rect)>, main: Rect) -> Self {
        let round = parts.iter().map(|it| it.1).reduce(Rect::union).unwrap_or(main);
        let local = |it: Rect| Rect { x: it.x - round.x, y: it.y - round.y, ..it };
        Self {
            w: round.w,
            h: round.h,
            port: main.center().y - round.y,
            x: main.x,
            y: main.y,
            parts: parts.into_iter().map(|(id, rect)| (id, local(rect))).collect(),
        }
    }
}

/// The stickies of one container as stacks.
pub(super) fn stacks(board: &Board, flow: &Flow, ids: &[Id]) -> Vec<Stack> {
    let here: BTreeSet<Id> = ids.iter().copied().collect();
    let rect = |id: Id| board.rect(id).unwrap_or_default();
    let role = |id: Id| flow.node(id).map(|it| it.role);
    let host = hosts(flow, &here);
    let mut below: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (id, on) in &host {
        below.entry(*on).or_default().push(*id);
    }
    let mut stacks: Vec<Stack> = Vec::new();
    let mut remarks: Vec<Id> = Vec::new();
    let mut of: BTreeMap<Id, usize> = BTreeMap::new();
    for id in ids {
        if host.contains_key(id) {
            continue;
        }
        if role(*id).is_some_and(|it| !it.flows()) {
            remarks.push(*id);
            continue;
        }
        let main = rect(*id);
        let mut parts = vec![(*id, main)];
        let (mut bottom, mut open) = (main.bottom(), below.get(id).cloned().unwrap_or_default());
        // Actors first: they touch what they decide on.
        open.sort_by_key(|it| (role(*it) != Some(Role::Actor), *it));
        while !open.is_empty() {
            let part = open.remove(0);
            let size = rect(part);
            let y = bottom + if role(part) == Some(Role::Actor) { 0 } else { BELOW };
            parts.push((part, Rect { x: main.center().x - size.w / 2, y, ..size }));
            bottom = y + size.h;
            open.extend(below.get(&part).into_iter().flatten());
        }
        of.extend(parts.iter().map(|it| (it.0, stacks.len())));
        stacks.push(Stack::of(parts, main));
    }
    stick(board, flow, &remarks, &of, &mut stacks);
    stacks
}

/// Who hangs below whom.
fn hosts(flow: &Flow, here: &BTreeSet<Id>) -> BTreeMap<Id, Id> {
    let mut host: BTreeMap<Id, Id> = BTreeMap::new();
    for node in here.iter().filter_map(|id| flow.node(*id)) {
        let (mut out, mut into) = (flow.edges_from(node.id), flow.edges_to(node.id));
        // Where something was drawn, guesses from places that are about to change do not count.
        if out.iter().chain(&into).any(|it| !it.is_ghost()) {
            out.retain(|it| !it.is_ghost());
            into.retain(|it| !it.is_ghost());
        }
        match (node.role, out.as_slice(), into.as_slice()) {
            (Role::Actor, [one], into)
                if one.relation == Relation::Decides && into.iter().all(|it| it.relation == Relation::Observed) =>
            {
                host.insert(node.id, one.to);
            }
            (Role::Actor, [], into) => {
                let mut policies = into.iter().filter(|it| it.relation == Relation::CarriedOut);
                if let (Some(one), None) = (policies.next(), policies.next()) {
                    host.insert(node.id, one.from);
                }
            }
            (Role::ReadModel, [one], _)
                if matches!(one.relation, Relation::Observed | Relation::Consulted | Relation::Supports) =>
            {
                host.insert(node.id, one.to);
            }
            _ => {}
        }
    }
    host.retain(|_, on| here.contains(on));
    // A read model hangs below an actor only where that one hangs below something.
    let actor = |id: &Id| flow.node(*id).is_some_and(|it| it.role == Role::Actor);
    let hanging: BTreeSet<Id> = host.keys().copied().collect();
    host.retain(|_, on| !actor(on) || hanging.contains(on));
    host
}

/// Sticks remarks to what they speak of, or to what they touch; the others are things by themselves.
fn stick(board: &Board, flow: &Flow, remarks: &[Id], of: &BTreeMap<Id, usize>, stacks: &mut Vec<Stack>) {
    let mut spots: BTreeMap<usize, Vec<(Id, Rect)>> = BTreeMap::new();
    let near: Vec<(Id, Rect)> = of.keys().filter_map(|id| Some((*id, board.rect(*id)?))).collect();
    for id in remarks {
        let Some(own) = board.rect(*id) else { continue };
        let linked = || {
            let edges = flow.edges_from(*id).into_iter().chain(flow.edges_to(*id));
            edges.map(|it| if it.from == *id { it.to } else { it.from }).find(|it| of.contains_key(it))
        };
        let touches = |rect: Rect| own.grown(STUCK).intersection(rect).is_some();
        let middle = |rect: Rect| {
            let (a, b) = (own.center(), rect.center());
            (i64::from(a.x - b.x)).abs() + (i64::from(a.y - b.y)).abs()
        };
        let stuck = near.iter().filter(|it| touches(it.1)).min_by_key(|it| (middle(it.1), it.0)).map(|it| it.0);
        match stuck.or_else(linked).and_then(|on| Some((on, *of.get(&on)?))) {
            Some((on, stack)) => spots.entry(stack).or_default().push((*id, offset(board, *id, on, stacks.get(stack)))),
            None => stacks.push(Stack::single(*id, own)),
        }
    }
    for (at, extra) in spots {
        let Some(stack) = stacks.get_mut(at) else { continue };
        let (x, y) = (stack.x, stack.y);
        let mut parts = std::mem::take(&mut stack.parts);
        let main = parts.first().map(|it| it.1).unwrap_or_default();
        for (id, rect) in extra {
            // What would hide a name stands above all of the stack, several above each other.
            let mut rect = rect;
            if parts.iter().any(|it| hides(rect, it.1)) {
                rect.y = parts.iter().map(|it| it.1.y).min().unwrap_or(rect.y) - rect.h - BELOW;
            }
            parts.push((id, rect));
        }
        *stack = Stack { x, y, ..Stack::of(parts, main) };
    }
}

/// Where a remark stays relative to its stack: as it was stuck, else above.
fn offset(board: &Board, id: Id, on: Id, stack: Option<&Stack>) -> Rect {
    let (own, host) = (board.rect(id).unwrap_or_default(), board.rect(on).unwrap_or_default());
    let part = stack.and_then(|it| it.parts.iter().find(|it| it.0 == on)).map_or(host, |it| it.1);
    let was = Rect { x: part.x + own.x - host.x, y: part.y + own.y - host.y, ..own };
    if own.grown(STUCK).intersection(host).is_some() && !hides(own, host) {
        return was;
    }
    Rect { x: part.x + part.w / 2, y: part.y - own.h - BELOW, ..own }
}

/// Whether a remark hides more of a sticky than a corner.
fn hides(remark: Rect, sticky: Rect) -> bool {
    remark.intersection(sticky).is_some_and(|it| it.area() * 6 > remark.area().min(sticky.area()))
}
