//! Points and rectangles: whole board units in the document, floats in a scene.

use serde::{Deserialize, Serialize};

/// Coordinates and sizes outside `-LIMIT..=LIMIT` are refused when a board is read.
const LIMIT: i32 = 10_000_000;

/// A point of the board, in board units (a standard sticky is 100 x 100), y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// The distance between lines of the grid, in board units.
pub const GRID: i32 = 20;

impl Point {
    /// The nearest point of the grid.
    pub fn on_grid(self) -> Self {
        let round = |it: i32| it.saturating_add(GRID / 2).div_euclid(GRID).saturating_mul(GRID);
        Self { x: round(self.x), y: round(self.y) }
    }

    /// The largest coordinate a board may hold.
    pub const LIMIT: i32 = LIMIT;

    /// The point at `x`, `y`.
    pub const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }

    /// Whether both coordinates are within [`Self::LIMIT`].
    pub fn in_bounds(self) -> bool {
        (-LIMIT..=LIMIT).contains(&self.x) && (-LIMIT..=LIMIT).contains(&self.y)
    }

    /// Moved by `dx`, `dy`, kept within [`Self::LIMIT`].
    pub fn moved(self, dx: i32, dy: i32) -> Self {
        Self { x: self.x.saturating_add(dx).clamp(-LIMIT, LIMIT), y: self.y.saturating_add(dy).clamp(-LIMIT, LIMIT) }
    }
}

/// A size in board units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Size {
    /// The size `w` x `h`.
    pub const fn new(w: i32, h: i32) -> Self {
        Self { w, h }
    }
}

/// A rectangle in board units: top left corner and size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Rect {
    /// The rectangle of that size at that corner.
    pub const fn new(at: Point, size: Size) -> Self {
        Self { x: at.x, y: at.y, w: size.w, h: size.h }
    }

    /// Right edge.
    pub const fn right(self) -> i32 {
        self.x.saturating_add(self.w)
    }

    /// Bottom edge.
    pub const fn bottom(self) -> i32 {
        self.y.saturating_add(self.h)
    }

    /// The middle.
    pub const fn center(self) -> Point {
        Point { x: self.x.saturating_add(self.w / 2), y: self.y.saturating_add(self.h / 2) }
    }

    /// Area in square units.
    pub const fn area(self) -> i64 {
        self.w as i64 * self.h as i64
    }

    /// Whether the point lies inside or on the edge.
    pub const fn contains(self, at: Point) -> bool {
        at.x >= self.x && at.x <= self.right() && at.y >= self.y && at.y <= self.bottom()
    }

    /// Whether all of `other` lies inside.
    pub const fn encloses(self, other: Self) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// The common part, if it has an area.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        (x < right && y < bottom).then(|| Self { x, y, w: right - x, h: bottom - y })
    }

    /// The smallest rectangle round both.
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, w: right.saturating_sub(x), h: bottom.saturating_sub(y) }
    }

    /// Grown by `by` on every side (shrunk if negative).
    pub const fn grown(self, by: i32) -> Self {
        Self {
            x: self.x.saturating_sub(by),
            y: self.y.saturating_sub(by),
            w: self.w.saturating_add(2 * by),
            h: self.h.saturating_add(2 * by),
        }
    }

    /// The same in floats.
    pub fn to_f(self) -> RectF {
        RectF { x: self.x as f32, y: self.y as f32, w: self.w as f32, h: self.h as f32 }
    }
}

/// A point of a scene, in board units.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct PointF {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl PointF {
    /// The point at `x`, `y`.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The point that part of the way along a line of points, by length.
    pub fn along(way: &[Self], part: f32) -> Self {
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
        let step = |it: &[PointF]| match it {
            [a, b] => (b.x - a.x).hypot(b.y - a.y),
            _ => 0.0,
        };
        let total: f32 = way.windows(2).map(step).sum();
        let mut left = total * part;
        for it in way.windows(2) {
            let length = step(it);
            if let [a, b] = it
                && length >= left
                && length > 0.0
            {
                let part = left / length;
                return Self::new(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
            }
            left -= length;
        }
        way.last().copied().unwrap_or_default()
    }

    /// The nearest point of the board; not-a-number becomes 0, the far becomes the limit.
    pub fn round(self) -> Point {
        let limit = LIMIT as f32;
        let round = |it: f32| if it.is_nan() { 0 } else { it.round().clamp(-limit, limit) as i32 };
        Point { x: round(self.x), y: round(self.y) }
    }
}

/// A rectangle of a scene, in board units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RectF {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl RectF {
    /// The rectangle with these two corners, whichever they are.
    pub fn between(a: PointF, b: PointF) -> Self {
        Self { x: a.x.min(b.x), y: a.y.min(b.y), w: (a.x - b.x).abs(), h: (a.y - b.y).abs() }
    }

    /// The rectangle with that corner and size.
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// Right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// Bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// The middle.
    pub fn center(self) -> PointF {
        PointF { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// Whether the two touch.
    pub fn touches(self, other: Self) -> bool {
        self.x <= other.right() && other.x <= self.right() && self.y <= other.bottom() && other.y <= self.bottom()
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, at: PointF) -> bool {
        at.x >= self.x && at.x <= self.right() && at.y >= self.y && at.y <= self.bottom()
    }

    /// Area in square units.
    pub fn area(self) -> f32 {
        self.w * self.h
    }

    /// The common part; without an area where the two only touch.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        (x <= right && y <= bottom).then_some(Self { x, y, w: right - x, h: bottom - y })
    }

    /// How much of `other` lies under this, in square units.
    pub fn hides(self, other: Self) -> f32 {
        self.intersection(other).map_or(0.0, Self::area)
    }

    /// The smallest rectangle round both.
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Grown by `by` on every side.
    pub fn grown(self, by: f32) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_points_is_walked_evenly() {
        let way = [PointF::new(0.0, 0.0), PointF::new(10.0, 0.0), PointF::new(10.0, 30.0)];
        assert_eq!(PointF::along(&way, 0.0), way[0]);
        assert_eq!(PointF::along(&way, 0.5), PointF::new(10.0, 10.0));
        assert_eq!(PointF::along(&way, 1.0), way[2]);
        assert_eq!(PointF::along(&way, f32::NAN), way[0]);
        assert_eq!(PointF::along(&[], 0.5), PointF::default());
    }

    #[test]
    fn rectangles_that_touch_share_no_area() {
        let rect = |x| RectF::new(x, 0.0, 10.0, 10.0);
        for (x, shared, hidden) in [(5.0, true, 50.0), (10.0, true, 0.0), (11.0, false, 0.0)] {
            assert_eq!(rect(0.0).intersection(rect(x)).is_some(), shared, "{x}");
            assert_eq!(rect(0.0).hides(rect(x)), hidden, "{x}");
        }
    }
}
