//! Where parts of the board are on the screen.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::editor::Camera;
use crate::kit::{PointF, RectF};

/// Where a point of the board is, seen through `view`.
pub(crate) fn point(view: Rect, camera: &Camera, at: PointF) -> Pos2 {
    let it = camera.to_view(at);
    pos2(view.left() + it.x, view.top() + it.y)
}

/// Where a rectangle of the board is, seen through `view`.
pub(crate) fn rect(view: Rect, camera: &Camera, rect: RectF) -> Rect {
    let it = camera.rect_to_view(rect);
    Rect::from_min_size(pos2(view.left() + it.x, view.top() + it.y), vec2(it.w, it.h))
}

/// The part of a place that is seen; what lies outside keeps an empty place at the nearest edge.
pub(crate) fn seen(place: Rect, view: Rect) -> Rect {
    if place.intersects(view) {
        return place.intersect(view);
    }
    Rect::from_min_size(view.clamp(place.center()), Vec2::ZERO)
}
