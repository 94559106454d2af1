//! Swimlanes beside each other share one timeline: the columns of all are laid out together, each lane keeps its row.

use std::collections::BTreeMap;

use super::grid::{cluster, sums};
use super::tidy::{Layout, framed, head};
use crate::board::FrameKind;
use crate::kit::{Id, Rect};

/// The room between columns, within a lane, and between lanes.
const COLUMN: i32 = 60;
const PILE: i32 = 20;
const BETWEEN: i32 = 20;

/// The swimlanes of a container that are laid out together, from top to bottom; none if there are not two.
pub(super) fn of(layout: &Layout<'_>, container: Option<Id>) -> Vec<Id> {
    let inside = layout.nest.inside.get(&container).map(Vec::as_slice).unwrap_or_default();
    let frames = inside.iter().filter_map(|id| layout.board.frame(*id));
    let free = |id: Id| {
        let stays = |id: &Id| layout.stays(*id);
        !stays(&id) && !layout.nest.is_fused(id) && !layout.nest.all_inside(id).iter().any(stays)
    };
    let mut lanes: Vec<_> =
        frames.filter(|it| it.kind == FrameKind::Swimlane && !it.collapsed && free(it.id)).collect();
    lanes.sort_by_key(|it| (it.y, it.id));
    if lanes.len() < 2 { Vec::new() } else { lanes.into_iter().map(|it| it.id).collect() }
}

/// Lays out the swimlanes of a container with what lies in them, where the first of them is.
pub(super) fn lay(layout: &mut Layout<'_>, container: Option<Id>) {
    let lanes = of(layout, container);
    let Some(first) = lanes.iter().filter_map(|it| layout.board.rect(*it)).reduce(Rect::union) else { return };
    let mut things = Vec::new();
    for (lane, id) in lanes.iter().enumerate() {
        things.extend(layout.things(Some(*id)).into_iter().map(|it| (lane, it)));
    }
    let number: BTreeMap<Id, usize> =
        things.iter().enumerate().flat_map(|(at, (_, it))| it.parts.iter().map(move |part| (part.0, at))).collect();
    let mut columns = cluster(&things.iter().map(|it| it.1.x).collect::<Vec<_>>());
    // What is caused stands right of its cause. Arrows that run against the timeline already stay as they are.
    let mut arrows: Vec<(usize, usize)> = layout.arrows_among(&number);
    arrows.retain(|(from, to)| {
        let x = |at: &usize| things.get(*at).map(|it| it.1.x);
        x(from) <= x(to)
    });
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|at| (things.get(*at).map(|it| it.1.x), *at));
    for at in order {
        let before = arrows.iter().filter(|it| it.1 == at && it.0 != at).filter_map(|it| columns.get(it.0)).max();
        let least = before.map_or(0, |it| it + 1);
        if let Some(it) = columns.get_mut(at) {
            *it = least.max(*it);
        }
    }
    let mut widths = vec![0; columns.iter().max().map_or(0, |it| it + 1)];
    for ((_, thing), column) in things.iter().zip(&columns) {
        if let Some(it) = widths.get_mut(*column) {
            *it = thing.w.max(*it);
        }
    }
    widths.iter_mut().for_each(|it| *it = (*it).max(1));
    let lefts = sums(&widths, COLUMN);
    let width = lefts.last().copied().unwrap_or(0) + widths.last().copied().unwrap_or(0);
    let mut top = first.y;
    for (lane, id) in lanes.iter().enumerate() {
        let head = head(layout.board.text(*id));
        let mut piles: BTreeMap<usize, i32> = BTreeMap::new();
        let mut own: Vec<usize> =
            (0..things.len()).filter(|at| things.get(*at).is_some_and(|it| it.0 == lane)).collect();
        own.sort_by_key(|at| (things.get(*at).map(|it| it.1.y), *at));
        let (left, content) = (first.x + 40, top + head);
        let mut puts = Vec::new();
        for at in own {
            let (Some((_, thing)), Some(column)) = (things.get(at), columns.get(at)) else { continue };
            let pile = piles.entry(*column).or_default();
            let x = left + lefts.get(*column).copied().unwrap_or(0);
            puts.extend(thing.parts.iter().map(|(part, rect)| (*part, (x + rect.x, content + *pile + rect.y))));
            *pile += thing.h + PILE;
        }
        for (part, to) in puts {
            layout.put(part, to);
        }
        let height = piles.values().max().map_or(100, |it| it - PILE);
        let rect = framed(Rect { x: left, y: content, w: width, h: height }, head);
        layout.places.insert(*id, rect);
        top = rect.bottom() + BETWEEN;
    }
}
