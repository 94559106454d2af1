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
}

impl Default for Camera {
    fn default() -> Self {
        Self { origin: PointF::new(-40.0, -40.0), zoom: 1.0, width: 1000.0, height: 700.0, reach: 1.0 }
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

    /// Shows all of `rect` with a margin, no nearer than `nearest`.
    pub fn fit(&mut self, rect: Rect, nearest: f32) {
        let margin = 48.0f32.min(self.width / 8.0).min(self.height / 8.0);
        let (w, h) = ((self.width - 2.0 * margin).max(1.0), (self.height - 2.0 * margin).max(1.0));
        let zoom = (w / rect.w.max(1) as f32).min(h / rect.h.max(1) as f32);
        self.zoom = zoom.min(nearest).clamp(Self::MIN_ZOOM, Self::MAX_ZOOM);
        self.center_on(rect);
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
    fn reveal_moves_only_when_needed() {
        let mut camera = Camera::default();
        let before = camera;
        camera.reveal(Rect { x: 100, y: 100, w: 100, h: 100 });
        assert_eq!(camera, before);
        camera.reveal(Rect { x: 5000, y: 100, w: 100, h: 100 });
        assert!(camera.visible().contains(PointF::new(5100.0, 150.0)));
    }
}
