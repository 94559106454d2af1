//! Snapping: to the grid, or to the edges and middles of what lies near.

use super::axis::Axis;
use super::placing::GAP;
use crate::kit::{Point, Rect};

/// Where a moved rectangle lands, and the lines that show why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapped {
    /// What to add to the wished move.
    pub by: Point,
    /// Upright guides: x, from y, to y.
    pub upright: Vec<(i32, i32, i32)>,
    /// Level guides: y, from x, to x.
    pub level: Vec<(i32, i32, i32)>,
    /// Equal gaps: from where to where.
    pub gaps: Vec<(Point, Point)>,
}

/// Snaps `moved` to edges and middles of `others` and to gaps as wide as those beside it, nearer than `reach`; where
/// none is near, to the grid if `grid`.
pub(super) fn snap(moved: Rect, others: &[Rect], reach: i32, grid: bool) -> Snapped {
    let mut snapped = Snapped::default();
    let on_grid = Point::new(moved.x, moved.y).on_grid();
    let (x, upright) = along(Axis::Across, moved, others, reach);
    let (y, level) = along(Axis::Down, moved, others, reach);
    snapped.by.x = x.unwrap_or(if grid { on_grid.x.saturating_sub(moved.x) } else { 0 });
    snapped.by.y = y.unwrap_or(if grid { on_grid.y.saturating_sub(moved.y) } else { 0 });
    snapped.upright.extend(upright);
    snapped.level.extend(level);
    let there = Rect { x: moved.x.saturating_add(snapped.by.x), y: moved.y.saturating_add(snapped.by.y), ..moved };
    if x.is_some() {
        snapped.gaps.extend(equal_gaps(Axis::Across, there, others));
    }
    if y.is_some() {
        snapped.gaps.extend(equal_gaps(Axis::Down, there, others));
    }
    snapped
}

impl Axis {
    /// The others in one row (or column) with `moved`, from low to high.
    fn row(self, moved: Rect, others: &[Rect]) -> Vec<Rect> {
        let other = self.other();
        let beside = |it: &&Rect| other.low(**it) < other.high(moved) && other.low(moved) < other.high(**it);
        let mut row: Vec<Rect> = others.iter().filter(beside).copied().collect();
        row.sort_by_key(|it| self.low(*it));
        row
    }
}

/// How far to move along an axis, and the guide across it where an edge or a middle is met.
fn along(axis: Axis, moved: Rect, others: &[Rect], reach: i32) -> (Option<i32>, Option<(i32, i32, i32)>) {
    let lines = |it: Rect| [axis.low(it), axis.low(it).saturating_add(axis.size(it) / 2), axis.high(it)];
    let mut best: Option<(i32, Option<(i32, Rect)>)> = None;
    let mut offer = |by: i32, line: Option<(i32, Rect)>| {
        if by.saturating_abs() <= reach && best.is_none_or(|(it, _)| by.saturating_abs() < it.saturating_abs()) {
            best = Some((by, line));
        }
    };
    for other in others {
        for (mine, theirs) in lines(moved).into_iter().zip(lines(*other)) {
            offer(theirs.saturating_sub(mine), Some((theirs, *other)));
        }
    }
    for low in gap_places(axis, moved, &axis.row(moved, others)) {
        offer(low.saturating_sub(axis.low(moved)), None);
    }
    let across = axis.other();
    let guide = best.and_then(|it| it.1).map(|(line, other)| {
        (line, across.low(moved).min(across.low(other)), across.high(moved).max(across.high(other)))
    });
    (best.map(|it| it.0), guide)
}

/// Where something stands well in a row: in the slot beside another, in the middle of a gap, or after a pair with the
/// pair's gap.
fn gap_places(axis: Axis, moved: Rect, row: &[Rect]) -> Vec<i32> {
    let size = axis.size(moved);
    let mut places = Vec::new();
    for it in row {
        places.push(axis.high(*it).saturating_add(GAP));
        places.push(axis.low(*it).saturating_sub(GAP).saturating_sub(size));
    }
    for (a, b) in row.iter().zip(row.iter().skip(1)) {
        let gap = axis.low(*b).saturating_sub(axis.high(*a));
        if gap > 0 {
            places.push(axis.high(*b).saturating_add(gap));
            places.push(axis.low(*a).saturating_sub(gap).saturating_sub(size));
        }
        if gap > size {
            places.push(axis.high(*a).saturating_add((gap - size) / 2));
        }
    }
    places
}

/// The gaps beside `there` and in its row that are equal, as lines through them.
fn equal_gaps(axis: Axis, there: Rect, others: &[Rect]) -> Vec<(Point, Point)> {
    let row = axis.row(there, others);
    let before = row.iter().rev().find(|it| axis.high(**it) <= axis.low(there)).copied();
    let after = row.iter().find(|it| axis.low(**it) >= axis.high(there)).copied();
    let width = |a: Rect, b: Rect| axis.low(b).saturating_sub(axis.high(a));
    let mut gaps: Vec<(Rect, Rect)> = Vec::new();
    let own = [before.map(|it| (it, there)), after.map(|it| (there, it))];
    for (a, b) in own.into_iter().flatten() {
        let gap = width(a, b);
        let same = |(a, b): &(Rect, Rect)| gap > 0 && (width(*a, *b) - gap).abs() <= 1;
        let pairs = row.iter().copied().zip(row.iter().copied().skip(1)).filter(same);
        let pairs: Vec<_> = pairs.chain(own.into_iter().flatten().filter(|it| *it != (a, b) && same(it))).collect();
        if !pairs.is_empty() {
            gaps.push((a, b));
            gaps.extend(pairs);
        }
    }
    gaps.sort_by_key(|(a, b)| (axis.high(*a), axis.low(*b)));
    gaps.dedup();
    let across = axis.other();
    let line = |(a, b): (Rect, Rect)| {
        let low = across.low(a).max(across.low(b));
        let middle = low.saturating_add(across.high(a).min(across.high(b)).saturating_sub(low) / 2);
        let at = |it: i32| if axis == Axis::Across { Point::new(it, middle) } else { Point::new(middle, it) };
        (at(axis.high(a)), at(axis.low(b)))
    };
    gaps.into_iter().take(40).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbour_wins_over_the_grid() {
        let other = Rect { x: 203, y: 7, w: 100, h: 100 };
        let moved = Rect { x: 198, y: 300, w: 100, h: 100 };
        let snapped = snap(moved, &[other], 8, true);
        assert_eq!(snapped.by, Point::new(5, 0));
        assert_eq!(snapped.upright, [(203, 7, 400)]);
        assert!(snapped.level.is_empty());
    }

    #[test]
    fn the_grid_rounds_both_ways() {
        assert_eq!(Point::new(-9, 29).on_grid(), Point::new(0, 20));
        assert_eq!(Point::new(-11, 31).on_grid(), Point::new(-20, 40));
        let alone = snap(Rect { x: 33, y: -7, w: 10, h: 10 }, &[], 8, true);
        assert_eq!(alone.by, Point::new(7, 7));
        assert_eq!(snap(Rect { x: 33, y: -7, w: 10, h: 10 }, &[], 8, false).by, Point::default());
    }

    #[test]
    fn gaps_become_equal() {
        let row = [0, 150].map(|x| Rect { x, y: 0, w: 100, h: 100 });
        let after = snap(Rect { x: 297, y: 3, w: 100, h: 100 }, &row, 8, false);
        assert_eq!(after.by, Point::new(3, -3));
        let gaps = [(100, 150), (250, 300)].map(|(a, b)| (Point::new(a, 50), Point::new(b, 50)));
        assert_eq!(after.gaps, gaps);
        let wide = [0, 400].map(|x| Rect { x, y: 0, w: 100, h: 100 });
        let between = snap(Rect { x: 204, y: 30, w: 100, h: 100 }, &wide, 8, false);
        assert_eq!((between.by, between.gaps.len()), (Point::new(-4, 0), 2));
        let beside = snap(Rect { x: 163, y: 30, w: 100, h: 100 }, &wide, 8, false);
        assert_eq!((beside.by, beside.gaps.len()), (Point::new(-3, 0), 0), "the slot with the usual gap");
    }
}
