//! Tidying: what leads to what stands from left to right, frames lie closely round their members, and nothing that is
//! pinned or locked moves.
//!
//! Containers are laid out from the inside out: to its container a frame is one thing with a size.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::layered::{Arrow, Node, layered};
use super::nest::Nest;
use super::pack::{Block, ROOM, on_grid, pack};
use super::stacks::{Stack, stacks};
use super::{grid, lanes};
use crate::board::{Board, Edit, FRAME_HEAD, FRAME_ROOM, Field, FrameKind, apply_all, holds, move_by, set_rect};
use crate::flow::{Flow, Relation};
use crate::kit::{Id, Rect};

/// What tidying comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// The edits of one undo step; none if all is tidy.
    pub edits: Vec<Edit>,
    /// How many stickies, scenarios and frames move or get another size.
    pub moved: usize,
    /// How many were to be tidied but are pinned or locked.
    pub kept: usize,
    /// How many ghost links become links, so that the flow stays what it is.
    pub drawn: usize,
    /// How many ghost links that the new places would make are refused, for the same reason.
    pub refused: usize,
}

/// Lays out the elements `only`, with what lies in frames among them, or the whole board. `watch` is told how much is
/// done, from 0 to 1; where it breaks off there is no result.
pub fn tidy(
    board: &Board,
    flow: &Flow,
    only: Option<&BTreeSet<Id>>,
    watch: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Option<Tidied> {
    tidy_apart(board, flow, only, ROOM, watch)
}

/// The same with so much room between what does not hang together.
pub(super) fn tidy_apart(
    board: &Board,
    flow: &Flow,
    only: Option<&BTreeSet<Id>>,
    room: i32,
    watch: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Option<Tidied> {
    let mut held = BTreeSet::new();
    // Where what is pinned leaves no room, a frame would lose or swallow a member: such frames stay as they are.
    for _ in 0..ATTEMPTS {
        let mut layout = Layout { room, ..Layout::new(board, flow, only, &held) };
        layout.all(watch)?;
        let tidied = layout.result();
        let torn = torn(board, &tidied);
        if torn.is_empty() {
            return Some(tidied);
        }
        held.extend(torn);
    }
    Some(Tidied::default())
}

/// How often a layout is tried, each time with more frames that stay.
const ATTEMPTS: usize = 4;

/// The frames that would lose or gain a member.
fn torn(board: &Board, tidied: &Tidied) -> BTreeSet<Id> {
    let mut after = board.clone();
    if apply_all(&mut after, &tidied.edits).is_err() {
        return board.frames().keys().copied().collect();
    }
    let ids = board.stickies().keys().chain(board.scenarios().keys()).chain(board.frames().keys());
    let mut torn = BTreeSet::new();
    for id in ids {
        // All frames round it, not the innermost alone: an inner one that grows may put its members out of an outer one.
        let (was, is) = (frames_round(board, *id), frames_round(&after, *id));
        torn.extend(was.symmetric_difference(&is));
    }
    torn
}

/// The frames that an element lies in.
fn frames_round(board: &Board, id: Id) -> BTreeSet<Id> {
    let Some(rect) = board.rect(id) else { return BTreeSet::new() };
    board.frames().values().filter(|it| holds(it, id, rect)).map(|it| it.id).collect()
}

/// An arrow between the things of one container in which its ends lie.
struct Lifted {
    from: Id,
    to: Id,
    weak: bool,
    labelled: bool,
}

pub(super) struct Layout<'a> {
    pub(super) board: &'a Board,
    pub(super) flow: &'a Flow,
    pub(super) nest: Nest,
    wanted: BTreeSet<Id>,
    /// What stays where it is.
    fixed: BTreeSet<Id>,
    kept: usize,
    /// The room between blocks.
    room: i32,
    /// Arrows between the things of one container.
    arrows: BTreeMap<Option<Id>, Vec<Lifted>>,
    pub(super) places: BTreeMap<Id, Rect>,
}

impl<'a> Layout<'a> {
    fn new(board: &'a Board, flow: &'a Flow, only: Option<&BTreeSet<Id>>, held: &BTreeSet<Id>) -> Self {
        let everything = || {
            let stickies = board.stickies().keys().chain(board.frames().keys());
            stickies.chain(board.scenarios().keys()).copied().collect()
        };
        let wanted: BTreeSet<Id> = only.map_or_else(everything, |it| board.with_contents(it));
        let nest = Nest::new(board);
        let mut fixed = BTreeSet::new();
        for it in board.stickies().values().filter(|it| it.pinned || it.locked) {
            fixed.insert(it.id);
        }
        for it in board.frames().values().filter(|it| it.locked) {
            fixed.insert(it.id);
            fixed.extend(nest.all_inside(it.id));
        }
        let kept = fixed.iter().filter(|it| wanted.contains(*it)).count();
        for frame in held {
            fixed.insert(*frame);
            fixed.extend(nest.all_inside(*frame));
        }
        let all = board.stickies().keys().chain(board.scenarios().keys()).chain(board.frames().keys());
        fixed.extend(all.filter(|it| !wanted.contains(*it)));
        // Frames that keep their shape stay where anything in them stays.
        for it in board.frames().values() {
            let rigid = it.collapsed || nest.is_fused(it.id);
            let inside = if rigid { nest.all_inside(it.id) } else { Vec::new() };
            if inside.iter().any(|it| fixed.contains(it)) {
                fixed.insert(it.id);
                fixed.extend(inside);
            }
        }
        for it in board.frames().keys().filter(|it| nest.is_fused(**it)) {
            if fixed.contains(&nest.whole(*it)) || fixed.contains(it) {
                fixed.extend([*it, nest.whole(*it)]);
            }
        }
        let mut layout = Self {
            board,
            flow,
            nest,
            wanted,
            fixed,
            kept,
            room: ROOM,
            arrows: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        layout.lift();
        layout
    }

    /// Lays out all containers, from the inside out; `None` where it is broken off.
    fn all(&mut self, watch: &mut dyn FnMut(f32) -> ControlFlow<()>) -> Option<()> {
        let mut frames: Vec<(i64, Id)> = self.board.frames().values().map(|it| (it.rect().area(), it.id)).collect();
        frames.sort_unstable();
        let count = frames.len() as f32 + 1.0;
        for (done, (_, frame)) in frames.into_iter().enumerate() {
            self.frame(frame);
            if watch(done as f32 / count).is_break() {
                return None;
            }
        }
        self.lay(None, None);
        watch(1.0).is_continue().then_some(())
    }

    /// Sorts the arrows by the container in which their ends part.
    fn lift(&mut self) {
        for edge in self.flow.edges().filter(|it| !matches!(it.relation, Relation::Annotates)) {
            let (from, to) = (self.nest.chain(edge.from), self.nest.chain(edge.to));
            let outer = |chain: &[Id], of: Id| -> Vec<Option<Id>> {
                std::iter::once(Some(of)).chain(chain.iter().copied().map(Some)).chain([None]).collect()
            };
            let (from, to) = (outer(&from, edge.from), outer(&to, edge.to));
            let meet = from.iter().position(|it| to.contains(it));
            let Some((at, container)) = meet.and_then(|it| Some((it, *from.get(it)?))) else { continue };
            let there = to.iter().position(|it| *it == container).unwrap_or_default();
            let child = |chain: &[Option<Id>], at: usize| at.checked_sub(1).and_then(|it| *chain.get(it)?);
            let (Some(a), Some(b)) = (child(&from, at), child(&to, there)) else { continue };
            let weak = matches!(edge.relation, Relation::Feeds | Relation::Outside);
            let labelled = !edge.text.trim().is_empty();
            self.arrows.entry(container).or_default().push(Lifted { from: a, to: b, weak, labelled });
        }
    }

    fn rect(&self, id: Id) -> Rect {
        self.places.get(&id).copied().or_else(|| self.board.rect(id)).unwrap_or_default()
    }

    /// Whether an element is one that tidying may move.
    fn moves(&self, id: Id) -> bool {
        !self.fixed.contains(&id)
    }

    /// Whether an element stays where it is.
    pub(super) fn stays(&self, id: Id) -> bool {
        self.fixed.contains(&id)
    }

    /// The arrows between things, whatever containers they lie in.
    pub(super) fn arrows_among(&self, number: &BTreeMap<Id, usize>) -> Vec<(usize, usize)> {
        let top = |id: Id| {
            let chain = std::iter::once(id).chain(self.nest.chain(id));
            chain.filter_map(|it| number.get(&it)).next().copied()
        };
        self.flow.edges().filter_map(|it| Some((top(it.from)?, top(it.to)?))).collect()
    }

    /// Lays out a frame's content and draws the frame round it.
    fn frame(&mut self, id: Id) {
        let Some(frame) = self.board.frame(id) else { return };
        let inside = self.nest.inside.get(&Some(id)).cloned().unwrap_or_default();
        let rigid = frame.collapsed || frame.locked || self.nest.is_fused(id);
        let in_lane =
            frame.kind == FrameKind::Swimlane && lanes::of(self, self.nest.parent.get(&id).copied()).contains(&id);
        let stays = inside.iter().any(|it| !self.moves(*it));
        if stays {
            // A frame round something that stays can only grow.
            self.fixed.insert(id);
        }
        if rigid || in_lane || !inside.iter().any(|it| self.moves(*it)) {
            return;
        }
        let now = frame.rect();
        let head = head(&frame.text);
        let at = (now.x + 2 * FRAME_ROOM, now.y + head);
        self.lay(Some(id), (!stays).then_some(at));
        let Some(content) = inside.iter().map(|it| self.rect(*it)).reduce(Rect::union) else { return };
        let round = framed(content, head);
        if !stays && self.moves(id) {
            self.places.insert(id, round);
        } else if !now.encloses(content) && !frame.locked {
            self.places.insert(id, now.union(round));
        }
    }

    /// Moves an element with all that lies in it.
    pub(super) fn put(&mut self, id: Id, (x, y): (i32, i32)) {
        let now = self.rect(id);
        let (dx, dy) = (x.saturating_sub(now.x), y.saturating_sub(now.y));
        self.places.insert(id, Rect { x, y, ..now });
        if self.board.frame(id).is_some() {
            for inner in self.nest.all_inside(id) {
                let rect = self.rect(inner);
                let moved = Rect { x: rect.x.saturating_add(dx), y: rect.y.saturating_add(dy), ..rect };
                self.places.insert(inner, moved);
            }
        }
    }

    /// The things of a container that may move: stacks of stickies, scenarios, frames.
    pub(super) fn things(&self, container: Option<Id>) -> Vec<Stack> {
        let all = self.nest.inside.get(&container).map(Vec::as_slice).unwrap_or_default();
        let free: Vec<Id> = all.iter().copied().filter(|it| self.moves(*it)).collect();
        let (frames, others): (Vec<Id>, Vec<Id>) = free.into_iter().partition(|it| self.board.frame(*it).is_some());
        let (stickies, scenarios): (Vec<Id>, Vec<Id>) =
            others.into_iter().partition(|it| self.board.sticky(*it).is_some());
        let mut things = stacks(self.board, self.flow, &stickies);
        things.extend(scenarios.into_iter().map(|it| Stack::single(it, self.rect(it))));
        let mut wholes: BTreeMap<Id, Vec<(Id, Rect)>> = BTreeMap::new();
        let lanes = lanes::of(self, container);
        for it in frames {
            let whole = if lanes.contains(&it) { lanes.first().copied() } else { None };
            wholes.entry(whole.unwrap_or(self.nest.whole(it))).or_default().push((it, self.rect(it)));
        }
        for parts in wholes.into_values() {
            let round = parts.iter().map(|it| it.1).reduce(Rect::union).unwrap_or_default();
            things.push(Stack::of(parts, round));
        }
        things
    }

    /// The arrows of a container by the numbers of its things.
    pub(super) fn arrows(&self, container: Option<Id>, number: &BTreeMap<Id, usize>) -> Vec<Arrow> {
        let all = self.arrows.get(&container).into_iter().flatten();
        let known = all.filter_map(|it| {
            let (from, to) = (*number.get(&it.from)?, *number.get(&it.to)?);
            (from != to).then_some(Arrow { from, to, weak: it.weak, labelled: it.labelled })
        });
        known.collect()
    }

    /// Lays out what a container holds: at `at`, or where it is now.
    fn lay(&mut self, container: Option<Id>, at: Option<(i32, i32)>) {
        lanes::lay(self, container);
        let things = self.things(container);
        let Some(round) = self.round(&things) else { return };
        let at = at.unwrap_or((round.x, round.y));
        let inside = self.nest.inside.get(&container).cloned().unwrap_or_default();
        let taken: Vec<Rect> = inside.iter().filter(|it| !self.moves(**it)).map(|it| self.rect(*it)).collect();
        let number: BTreeMap<Id, usize> =
            things.iter().enumerate().flat_map(|(at, it)| it.parts.iter().map(move |part| (part.0, at))).collect();
        let arrows = self.arrows(container, &number);
        let groups = groups(things.len(), &arrows);
        // Stickies and scenarios that nothing leads to keep their rows and columns, in one block each.
        let flows = |at: usize| {
            let first = things.get(at).and_then(|it| it.parts.first()).map(|it| it.0);
            first.is_some_and(|id| {
                self.flow.node(id).is_some_and(|it| it.role.flows()) && self.board.frame(id).is_none()
            })
        };
        let is_frame =
            |at: usize| things.get(at).is_some_and(|it| it.parts.iter().any(|it| self.board.frame(it.0).is_some()));
        let (mut single, mut linked): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for group in groups {
            match group.as_slice() {
                [one] if !is_frame(*one) => single.push(*one),
                _ => linked.push(group),
            }
        }
        let (events, remarks): (Vec<usize>, Vec<usize>) = single.into_iter().partition(|it| flows(*it));
        let mut drawn: Vec<Drawn> = linked.iter().map(|group| self.draw(&things, group, &arrows)).collect();
        drawn.sort_by_key(|it| it.order);
        for loose in [events, remarks].into_iter().filter(|it| !it.is_empty()) {
            drawn.push(Drawn::loose(&things, &loose));
        }
        let blocks: Vec<Block> =
            drawn.iter().map(|it| Block { w: it.w, h: it.h, wish: self.beside(container, &things, it) }).collect();
        for (drawn, (x, y)) in drawn.iter().zip(pack(&blocks, at, &taken, self.room)) {
            for (thing, (dx, dy)) in &drawn.places {
                let Some(thing) = things.get(*thing) else { continue };
                let (left, top) = on_grid((x + dx, y + dy));
                for (id, rect) in &thing.parts {
                    self.put(*id, (left + rect.x, top + rect.y));
                }
            }
        }
    }

    fn round(&self, things: &[Stack]) -> Option<Rect> {
        things.iter().flat_map(|it| &it.parts).map(|it| self.rect(it.0)).reduce(Rect::union)
    }

    /// Draws what hangs together.
    fn draw(&self, things: &[Stack], group: &[usize], arrows: &[Arrow]) -> Drawn {
        let number: BTreeMap<usize, usize> = group.iter().enumerate().map(|(at, thing)| (*thing, at)).collect();
        let nodes: Vec<&Stack> = group.iter().filter_map(|it| things.get(*it)).collect();
        let own: Vec<Arrow> = arrows
            .iter()
            .filter_map(|it| Some(Arrow { from: *number.get(&it.from)?, to: *number.get(&it.to)?, ..*it }))
            .collect();
        let across = |it: &&Stack| Node { w: it.w, h: it.h, port: it.port, x: it.x, y: it.y };
        let mut corners = layered(&nodes.iter().map(across).collect::<Vec<_>>(), &own);
        let (mut w, mut h) = extent(&nodes, &corners);
        let has_frames = nodes.iter().any(|it| it.parts.iter().any(|it| self.board.frame(it.0).is_some()));
        if has_frames && w > 3 * h {
            // Frames are wide as it is: one below the other they make a board that can be overlooked.
            let down = |it: &&Stack| Node { w: it.h, h: it.w, port: 0, x: it.y, y: it.x };
            corners =
                layered(&nodes.iter().map(down).collect::<Vec<_>>(), &own).into_iter().map(|(x, y)| (y, x)).collect();
            (w, h) = extent(&nodes, &corners);
        }
        let first = nodes.iter().map(|it| (it.y.div_euclid(400), it.x)).min().unwrap_or_default();
        let id = nodes.iter().filter_map(|it| it.parts.first()).map(|it| it.0).min();
        Drawn { w, h, places: group.iter().copied().zip(corners).collect(), order: (first.0, first.1, id) }
    }

    /// Where a block would best lie: right of what stays and leads to it, or left of where it leads to.
    fn beside(&self, container: Option<Id>, things: &[Stack], drawn: &Drawn) -> Option<(i32, i32)> {
        let arrows = self.arrows.get(&container)?;
        let mut offsets: BTreeMap<Id, (i32, i32)> = BTreeMap::new();
        for (thing, (dx, dy)) in &drawn.places {
            for (id, rect) in things.get(*thing).into_iter().flat_map(|it| &it.parts) {
                offsets.insert(*id, (dx + rect.x + rect.w / 2, dy + rect.y + rect.h / 2));
            }
        }
        let stays = |id: &Id| !self.moves(*id);
        for Lifted { from, to, .. } in arrows {
            if let Some((_, dy)) = offsets.get(to).filter(|_| stays(from)) {
                let stone = self.rect(*from);
                return Some((stone.right() + ROOM, stone.center().y - dy));
            }
        }
        for Lifted { from, to, .. } in arrows {
            if let Some((_, dy)) = offsets.get(from).filter(|_| stays(to)) {
                let stone = self.rect(*to);
                return Some((stone.x - ROOM - drawn.w, stone.center().y - dy));
            }
        }
        None
    }

    fn result(self) -> Tidied {
        let mut tidied = Tidied { kept: self.kept, ..Tidied::default() };
        for (id, rect) in &self.places {
            let Some(now) = self.board.rect(*id) else { continue };
            let edits = match self.board.frame(*id) {
                Some(_) => set_rect(self.board, *id, *rect),
                None => move_by(self.board, &BTreeSet::from([*id]), rect.x - now.x, rect.y - now.y),
            };
            tidied.moved += usize::from(!edits.is_empty());
            tidied.edits.extend(edits);
        }
        debug_assert!(tidied.edits.iter().all(|it| matches!(it, Edit::Set { new: Field::At(_) | Field::Size(_), .. })));
        debug_assert!(self.places.keys().all(|it| self.wanted.contains(it) || self.board.frame(*it).is_some()));
        tidied
    }
}

/// The room above a frame's content: for its name, and what else is written on it.
pub(super) fn head(text: &str) -> i32 {
    let more = text.lines().count().clamp(1, 8) as i32 - 1;
    FRAME_HEAD + FRAME_ROOM + more * 16
}

/// A frame round that content.
pub(super) fn framed(content: Rect, head: i32) -> Rect {
    let side = 2 * FRAME_ROOM;
    let round = content.grown(side);
    Rect { y: content.y - head, h: content.h + head + side, w: round.w.max(200), ..round }
}

/// What hangs together, drawn: its size, and the corner of each thing in it.
struct Drawn {
    w: i32,
    h: i32,
    places: Vec<(usize, (i32, i32))>,
    order: (i32, i32, Option<Id>),
}

impl Drawn {
    /// Things without arrows, in the rows and columns in which they stand.
    fn loose(things: &[Stack], which: &[usize]) -> Self {
        let nodes: Vec<&Stack> = which.iter().filter_map(|it| things.get(*it)).collect();
        let corners = grid::straighten(&nodes);
        let (w, h) = extent(&nodes, &corners);
        Self { w, h, places: which.iter().copied().zip(corners).collect(), order: (i32::MAX, i32::MAX, None) }
    }
}

fn extent(nodes: &[&Stack], corners: &[(i32, i32)]) -> (i32, i32) {
    let ends = nodes.iter().zip(corners).map(|(it, (x, y))| (x + it.w, y + it.h));
    ends.fold((0, 0), |all, it| (all.0.max(it.0), all.1.max(it.1)))
}

/// The things that hang together by arrows, each group in order of their numbers.
fn groups(count: usize, arrows: &[Arrow]) -> Vec<Vec<usize>> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); count];
    for it in arrows {
        for (a, b) in [(it.from, it.to), (it.to, it.from)] {
            if let Some(list) = near.get_mut(a) {
                list.push(b);
            }
        }
    }
    let mut seen = vec![false; count];
    let mut groups = Vec::new();
    for start in 0..count {
        let mut group = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(new) = seen.get_mut(at).filter(|it| !**it) else { continue };
            *new = true;
            group.push(at);
            open.extend(near.get(at).into_iter().flatten());
        }
        if !group.is_empty() {
            group.sort_unstable();
            groups.push(group);
        }
    }
    groups
}
