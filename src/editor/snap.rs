//! Snapping: to the grid, or to the edges and middles of what lies near.

use crate::kit::{Point, Rect};

/// The distance between lines of the grid, in board units.
pub const GRID: i32 = 20;

/// Where a moved rectangle lands, and the lines that show why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapped {
    /// What to add to the wished move.
    pub by: Point,
    /// Upright guides: x, from y, to y.
    pub upright: Vec<(i32, i32, i32)>,
    /// Level guides: y, from x, to x.
    pub level: Vec<(i32, i32, i32)>,
}

/// The nearest point of the grid.
pub(super) fn to_grid(at: Point) -> Point {
    let round = |it: i32| it.saturating_add(GRID / 2).div_euclid(GRID) * GRID;
    Point::new(round(at.x), round(at.y))
}

/// Snaps `moved` to edges and middles of `others` nearer than `reach`; where none is near, to the grid if `grid`.
pub(super) fn snap(moved: Rect, others: &[Rect], reach: i32, grid: bool) -> Snapped {
    let mut snapped = Snapped::default();
    let lines = |low: i32, size: i32| [low, low.saturating_add(size / 2), low.saturating_add(size)];
    let mut best_x: Option<(i32, i32, Rect)> = None;
    let mut best_y: Option<(i32, i32, Rect)> = None;
    for other in others {
        for (mine, theirs) in lines(moved.x, moved.w).into_iter().zip(lines(other.x, other.w)) {
            let by = theirs.saturating_sub(mine);
            if by.abs() <= reach && best_x.is_none_or(|(it, _, _)| by.abs() < it.abs()) {
                best_x = Some((by, theirs, *other));
            }
        }
        for (mine, theirs) in lines(moved.y, moved.h).into_iter().zip(lines(other.y, other.h)) {
            let by = theirs.saturating_sub(mine);
            if by.abs() <= reach && best_y.is_none_or(|(it, _, _)| by.abs() < it.abs()) {
                best_y = Some((by, theirs, *other));
            }
        }
    }
    let on_grid = to_grid(Point::new(moved.x, moved.y));
    if let Some((by, x, other)) = best_x {
        snapped.by.x = by;
        snapped.upright.push((x, moved.y.min(other.y), moved.bottom().max(other.bottom())));
    } else if grid {
        snapped.by.x = on_grid.x - moved.x;
    }
    if let Some((by, y, other)) = best_y {
        snapped.by.y = by;
        snapped.level.push((y, moved.x.min(other.x), moved.right().max(other.right())));
    } else if grid {
        snapped.by.y = on_grid.y - moved.y;
    }
    snapped
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
        assert_eq!(to_grid(Point::new(-9, 29)), Point::new(0, 20));
        assert_eq!(to_grid(Point::new(-11, 31)), Point::new(-20, 40));
        let alone = snap(Rect { x: 33, y: -7, w: 10, h: 10 }, &[], 8, true);
        assert_eq!(alone.by, Point::new(7, 7));
        assert_eq!(snap(Rect { x: 33, y: -7, w: 10, h: 10 }, &[], 8, false).by, Point::default());
    }
}
