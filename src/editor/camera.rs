//! The part of the board that is seen.

use crate::kit::{PointF, Rect, RectF};

/// Where the view lies over the board, and how near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The point of the board in the top left corner of the view.
    pub origin: PointF,
    /// Points of the screen for one board unit.
    pub zoom: f32,
    /// Width of the view in points.
    pub width: f32,
    /// Height of the view in points.
    pub height: f32,
    /// How far beside a thing still counts as on it, as a factor: more than 1 for fingers.
    pub reach: f32,
    /// The rectangles in the view's lower corners under which nothing is seen, left and right; empty where there is
    /// none.
    pub covered: [RectF; 2],
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            origin: PointF::new(-40.0, -40.0),
            zoom: 1.0,
            width: 1000.0,
            height: 700.0,
            reach: 1.0,
            covered: [RectF::default(); 2],
        }
    }
}

impl Camera {
    /// The farthest one can go.
    pub const MIN_ZOOM: f32 = 0.01;
    /// The nearest one can go.
    pub const MAX_ZOOM: f32 = 8.0;

    /// The board's point at a point of the view.
    pub fn to_board(&self, at: PointF) -> PointF {
        PointF::new(self.origin.x + at.x / self.zoom, self.origin.y + at.y / self.zoom)
    }

    /// The view's point at a point of the board.
    pub fn to_view(&self, at: PointF) -> PointF {
        PointF::new((at.x - self.origin.x) * self.zoom, (at.y - self.origin.y) * self.zoom)
    }

    /// A rectangle of the board in the view.
    pub fn rect_to_view(&self, rect: RectF) -> RectF {
        let at = self.to_view(PointF::new(rect.x, rect.y));
        RectF::new(at.x, at.y, rect.w * self.zoom, rect.h * self.zoom)
    }

    /// The part of the board that is seen.
    pub fn visible(&self) -> RectF {
        RectF::new(self.origin.x, self.origin.y, self.width / self.zoom, self.height / self.zoom)
    }

    /// The board's point in the middle of the view.
    pub fn center(&self) -> PointF {
        self.to_board(PointF::new(self.width / 2.0, self.height / 2.0))
    }

    /// Moves the view so that the board follows the hand by `dx`, `dy` points.
    pub fn pan(&mut self, dx: f32, dy: f32) {
        self.origin.x -= dx / self.zoom;
        self.origin.y -= dy / self.zoom;
        self.keep_near();
    }

    /// Zooms by a factor; the board's point under `at` stays there.
    pub fn zoom_at(&mut self, at: PointF, factor: f32) {
        if !factor.is_finite() || factor <= 0.0 {
            return;
        }
        let fixed = self.to_board(at);
        self.zoom = (self.zoom * factor).clamp(Self::MIN_ZOOM, Self::MAX_ZOOM);
        self.origin = PointF::new(fixed.x - at.x / self.zoom, fixed.y - at.y / self.zoom);
        self.keep_near();
    }

    /// Sets the zoom about the middle of the view.
    pub fn zoom_to(&mut self, zoom: f32) {
        self.zoom_at(PointF::new(self.width / 2.0, self.height / 2.0), zoom / self.zoom);
    }

    /// Shows all of `rect` with a margin, no nearer than `nearest`, and as large as it can be beside or above what
    /// covers the corners.
    pub fn fit(&mut self, rect: Rect, nearest: f32) {
        let whole = RectF::new(0.0, 0.0, self.width, self.height);
        let [left, right] = self.covered;
        let free = |it: &RectF| it.w > 0.0 && it.h > 0.0;
        // Each corner is passed by, or kept clear of at its side or below it.
        let (mut aside, mut below) = (vec![(0.0, 0.0)], vec![(0.0, 0.0)]);
        aside.extend(
            Some(left).filter(free).map(|it| [(it.right(), 0.0), (0.0, self.height - it.y)]).into_iter().flatten(),
        );
        below.extend(
            Some(right)
                .filter(free)
                .map(|it| [(self.width - it.x, 0.0), (0.0, self.height - it.y)])
                .into_iter()
                .flatten(),
        );
        let mut best: Option<Self> = None;
        for (from_left, from_bottom) in &aside {
            for (from_right, bottom) in &below {
                let area = RectF::new(
                    *from_left,
                    0.0,
                    self.width - from_left - from_right,
                    self.height - from_bottom.max(*bottom),
                );
                let camera = self.fitted(rect, nearest, area);
                let seen = camera.rect_to_view(rect.to_f());
                let clear = !self.covered.iter().filter(|it| free(it)).any(|it| it.touches(seen));
                if clear && best.is_none_or(|it| it.zoom < camera.zoom) {
                    best = Some(camera);
                }
            }
        }
        *self = best.unwrap_or_else(|| self.fitted(rect, nearest, whole));
    }

    /// All of `rect` in the middle of a part of the view.
    fn fitted(&self, rect: Rect, nearest: f32, area: RectF) -> Self {
        let mut camera = *self;
        let margin = 48.0f32.min(area.w / 8.0).min(area.h / 8.0);
        let (w, h) = ((area.w - 2.0 * margin).max(1.0), (area.h - 2.0 * margin).max(1.0));
        let zoom = (w / rect.w.max(1) as f32).min(h / rect.h.max(1) as f32);
        camera.zoom = zoom.min(nearest).clamp(Self::MIN_ZOOM, Self::MAX_ZOOM);
        let (middle, at) = (rect.to_f().center(), area.center());
        camera.origin = PointF::new(middle.x - at.x / camera.zoom, middle.y - at.y / camera.zoom);
        camera.keep_near();
        camera
    }

    /// Puts the middle of `rect` into the middle of the view.
    pub fn center_on(&mut self, rect: Rect) {
        let middle = rect.to_f().center();
        self.origin = PointF::new(middle.x - self.width / self.zoom / 2.0, middle.y - self.height / self.zoom / 2.0);
        self.keep_near();
    }

    /// Moves the view as little as needed to show `rect`.
    pub fn reveal(&mut self, rect: Rect) {
        let (seen, want) = (self.visible(), rect.grown(20).to_f());
        let shift = |low: f32, high: f32, seen_low: f32, seen_high: f32| {
            if low < seen_low {
                low - seen_low
            } else if high > seen_high {
                (high - seen_high).min(low - seen_low)
            } else {
                0.0
            }
        };
        self.origin.x += shift(want.x, want.right(), seen.x, seen.right());
        self.origin.y += shift(want.y, want.bottom(), seen.y, seen.bottom());
        self.keep_near();
    }

    /// Floats lose single units far out, and nothing lies there: the view stays within the board's limits.
    fn keep_near(&mut self) {
        let limit = crate::kit::Point::LIMIT as f32;
        let keep = |it: f32| if it.is_finite() { it.clamp(-limit, limit) } else { 0.0 };
        self.origin = PointF::new(keep(self.origin.x), keep(self.origin.y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_keeps_the_point_under_the_pointer() {
        let mut camera = Camera::default();
        for (x, factor) in [(10.0, 1.5), (300.0, 0.2), (700.0, 9.0), (0.0, 0.001)] {
            let at = PointF::new(x, 55.0);
            let before = camera.to_board(at);
            camera.zoom_at(at, factor);
            let after = camera.to_board(at);
            assert!((before.x - after.x).abs() < 0.01 && (before.y - after.y).abs() < 0.01, "{factor}");
            assert!((Camera::MIN_ZOOM..=Camera::MAX_ZOOM).contains(&camera.zoom));
        }
        camera.zoom_at(PointF::default(), f32::NAN);
        assert!(camera.zoom.is_finite());
    }

    #[test]
    fn fit_shows_everything() {
        let mut camera = Camera::default();
        let rect = Rect { x: -5000, y: 100, w: 20_000, h: 300 };
        camera.fit(rect, 1.0);
        let seen = camera.visible();
        assert!(seen.contains(PointF::new(-5000.0, 100.0)) && seen.contains(PointF::new(15_000.0, 400.0)));
        camera.fit(Rect { x: 0, y: 0, w: 10, h: 10 }, 1.0);
        assert_eq!(camera.zoom, 1.0);
    }

    #[test]
    fn fit_shows_nothing_under_what_covers_the_corners() {
        let mut camera = Camera { width: 1_000.0, height: 700.0, ..Camera::default() };
        camera.covered = [RectF::new(14.0, 480.0, 160.0, 206.0), RectF::new(780.0, 550.0, 206.0, 136.0)];
        for (w, h) in [(4_000, 300), (300, 4_000), (4_000, 2_800), (100, 100), (9_000, 2_000)] {
            let rect = Rect { x: -700, y: 100, w, h };
            camera.fit(rect, 1.5);
            let place = camera.rect_to_view(rect.to_f());
            assert!(camera.covered.iter().all(|it| !it.touches(place)), "{w} x {h}: {place:?}");
            assert!(place.x >= 0.0 && place.right() <= 1_000.0 && place.y >= 0.0 && place.bottom() <= 700.0);
        }
        // What lies clear of the corners is as large as without them.
        let wide = Rect { x: 0, y: 0, w: 4_000, h: 300 };
        camera.fit(wide, 1.5);
        let zoom = camera.zoom;
        camera.covered = Default::default();
        camera.fit(wide, 1.5);
        assert_eq!(zoom, camera.zoom);
    }

    #[test]
    fn reveal_moves_only_when_needed() {
        let mut camera = Camera::default();
        let before = camera;
        camera.reveal(Rect { x: 100, y: 100, w: 100, h: 100 });
        assert_eq!(camera, before);
        camera.reveal(Rect { x: 5000, y: 100, w: 100, h: 100 });
        assert!(camera.visible().contains(PointF::new(5100.0, 150.0)));
    }
}
