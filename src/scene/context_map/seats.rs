//! Where the contexts of a context map lie: where people put them, the others on an ellipse on which lines cross as
//! little as possible.

use std::collections::BTreeSet;

use super::{CONTEXT, MapPlan};
use crate::kit::{Id, Point, Rect};

/// How much room is left round contexts that lie in rows.
const GAP: i32 = 60;

/// Swaps are tried in at most so many rounds.
const ROUNDS: usize = 20;

/// The order of contexts round the ring that was found last, and for what: while a context is moved it stays the same.
#[derive(Debug, Default)]
pub(in crate::scene) struct Ring {
    contexts: Vec<Id>,
    lines: Vec<((Id, Id), Option<Id>)>,
    order: Vec<usize>,
}

impl Ring {
    fn of(&mut self, plan: &MapPlan, ring: Vec<usize>) -> Vec<usize> {
        let contexts: Vec<Id> = plan.contexts.iter().map(|it| it.id).collect();
        let lines: Vec<((Id, Id), Option<Id>)> = plan.lines.iter().map(|it| (it.ends, it.upstream)).collect();
        if self.contexts != contexts || self.lines != lines {
            *self = Self { contexts, lines, order: ordered(plan, ring) };
        }
        self.order.clone()
    }
}

/// A place for every context.
pub(super) fn seats(plan: &MapPlan, ring_before: &mut Ring) -> Vec<(Id, Rect)> {
    let joined: BTreeSet<Id> = plan.lines.iter().flat_map(|it| [it.ends.0, it.ends.1]).collect();
    let (ring, alone): (Vec<usize>, Vec<usize>) =
        (0..plan.contexts.len()).partition(|at| plan.contexts.get(*at).is_some_and(|it| joined.contains(&it.id)));
    let ring = ring_before.of(plan, ring);
    let count = ring.len();
    let rx = (count as f32 * 125.0).max(360.0);
    let ry = if count < 3 { 0.0 } else { (count as f32 * 78.0).max(250.0) };
    let mut free: Vec<(usize, Point)> = Vec::new();
    for (turn, context) in ring.into_iter().enumerate() {
        // The first lies at the left, the story goes on over the top.
        let angle = std::f32::consts::PI * (1.0 + 2.0 * turn as f32 / count.max(1) as f32);
        let at = Point::new((angle.cos() * rx).round() as i32, (angle.sin() * ry).round() as i32);
        free.push((context, at));
    }
    let below = if count == 0 { 0 } else { ry as i32 + CONTEXT.h / 2 + 2 * GAP };
    let columns = (alone.len() as f32).sqrt().ceil().max(3.0) as usize;
    for (turn, context) in alone.into_iter().enumerate() {
        let (row, column) = (turn / columns, turn % columns);
        let x = column as i32 * (CONTEXT.w + GAP) - (columns as i32 - 1) * (CONTEXT.w + GAP) / 2;
        free.push((context, Point::new(x, below + row as i32 * (CONTEXT.h + GAP))));
    }
    let mut taken: Vec<(Id, Rect)> =
        plan.contexts.iter().filter_map(|it| it.at.map(|at| (it.id, Rect::new(at, CONTEXT)))).collect();
    for (context, middle) in free {
        let Some(context) = plan.contexts.get(context).filter(|it| it.at.is_none()) else { continue };
        let mut rect = Rect::new(middle.moved(-CONTEXT.w / 2, -CONTEXT.h / 2), CONTEXT);
        // Each step leaves one context behind, so that this ends.
        while let Some((_, it)) = taken.iter().find(|it| it.1.intersection(rect.grown(GAP / 2)).is_some()) {
            rect.y = it.bottom() + GAP / 2 + 1;
        }
        taken.push((context.id, rect));
    }
    taken.sort_by_key(|it| it.0);
    taken
}

/// The contexts in an order round the ring in which lines are short and cross little, from the first upstream one on.
fn ordered(plan: &MapPlan, mut ring: Vec<usize>) -> Vec<usize> {
    let id = |at: usize| plan.contexts.get(at).map(|it| it.id);
    let count = ring.len();
    if count < 2 {
        return ring;
    }
    let cost = |ring: &[usize]| -> usize {
        let seat = |of: Id| ring.iter().position(|it| id(*it) == Some(of));
        let chords: Vec<(usize, usize)> = plan
            .lines
            .iter()
            .filter_map(|it| Some((seat(it.ends.0)?, seat(it.ends.1)?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        let length: usize = chords.iter().map(|(a, b)| (b - a).min(count - (b - a))).sum();
        let crosses = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.0 && b.0 < a.1 && a.1 < b.1;
        let crossings = chords.iter().flat_map(|a| chords.iter().map(move |b| (a, b))).filter(|(a, b)| crosses(a, b));
        length + crossings.count() * 4
    };
    let mut best = cost(&ring);
    for _ in 0..ROUNDS {
        let before = best;
        for a in 0..count {
            for b in a + 1..count {
                ring.swap(a, b);
                let now = cost(&ring);
                if now < best {
                    best = now;
                } else {
                    ring.swap(a, b);
                }
            }
        }
        if best == before {
            break;
        }
    }
    // The story starts at the left: with the context that others depend on and that depends on the fewest.
    let weight = |at: &usize| {
        let me = id(*at);
        let up = plan.lines.iter().filter(|it| it.upstream.is_some() && it.upstream == me).count() as i32;
        let down = plan
            .lines
            .iter()
            .filter(|it| {
                it.upstream.is_some_and(|up| Some(up) != me) && (Some(it.ends.0) == me || Some(it.ends.1) == me)
            })
            .count() as i32;
        (down - up, me)
    };
    if let Some(first) = (0..count).min_by_key(|at| ring.get(*at).map(weight)) {
        ring.rotate_left(first);
    }
    ring
}
