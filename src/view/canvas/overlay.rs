//! What lies over the picture and is no part of it: grid, selection, handles, guides, the arrow being drawn.

use egui::{Color32, Painter, Rect, Stroke, StrokeKind, pos2};

use super::color32;
use crate::board::{Board, FrameKind, Shape as Outline, Sticky};
use crate::editor::{Corner, Editor, Gesture, Hit, is_resized, link_handles};
use crate::kit::{GRID, PointF, RectF};
use crate::scene::{Scene, Theme};
use crate::view::places;

/// Dots where lines of the grid cross; every fifth from afar, none from far.
pub(super) fn grid(painter: &Painter, view: Rect, editor: &Editor, theme: &Theme) {
    if !editor.grid {
        return;
    }
    let camera = &editor.camera;
    let mut step = GRID as f32;
    while step * camera.zoom < 24.0 {
        step *= 5.0;
        if step > 5_000.0 {
            return;
        }
    }
    let seen = camera.visible();
    let color = color32(theme.grid);
    let mut mesh = egui::Mesh::default();
    let mut y = (seen.y / step).floor() * step;
    while y < seen.bottom() {
        let mut x = (seen.x / step).floor() * step;
        while x < seen.right() {
            let at = places::point(view, &editor.camera, PointF::new(x, y));
            mesh.add_colored_rect(Rect::from_center_size(at, egui::vec2(1.5, 1.5)), color);
            x += step;
        }
        y += step;
    }
    painter.add(egui::Shape::mesh(mesh));
}

/// Names of bounded contexts are no smaller than this, in points.
const TITLE: f32 = 12.0;
/// So much of a name is shown at least.
const LEAST: f32 = 36.0;

/// The names of bounded contexts from afar, where those in the picture are too small: over their place, and no wider
/// than the frame.
pub(super) fn titles(painter: &Painter, view: Rect, editor: &Editor, board: &Board, scene: &Scene, theme: &Theme) {
    let (zoom, seen) = (editor.camera.zoom, editor.camera.visible());
    let contexts = board.frames().values().filter(|it| it.kind == FrameKind::BoundedContext && !it.collapsed);
    for frame in contexts {
        let rect = frame.rect().to_f();
        if rect.w * zoom < LEAST || !rect.touches(seen) || editor.writing().is_some_and(|it| it.id == frame.id) {
            continue;
        }
        let Some(item) = scene.item(frame.id) else { continue };
        let runs = item.drawing.shapes.iter().filter_map(|it| match it {
            crate::scene::Shape::Text(line) => Some((line.runs.first()?.size, line.bounds.bottom())),
            _ => None,
        });
        let (size, bottom) = runs.fold((0.0f32, 0.0f32), |all, it| if it.0 > all.0 { it } else { all });
        if size * zoom >= TITLE * 0.8 {
            continue;
        }
        let name = board.name(frame.id);
        if name.is_empty() {
            continue;
        }
        let place = places::rect(view, &editor.camera, rect);
        let color = color32(theme.frame(frame.kind.color()).mix(theme.text, 0.5));
        let font = crate::view::theme::bold(TITLE);
        let mut job = egui::text::LayoutJob::simple_singleline(name, font, color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() - 8.0);
        let galley = painter.layout_job(job);
        // What lies in the frame stays in sight: a larger name stands out of it at the top.
        let foot = place.top() + (bottom * zoom).max(4.0);
        let ground =
            Rect::from_min_size(pos2(place.left() + 2.0, foot - galley.size().y), galley.size() + egui::vec2(6.0, 0.0));
        painter.rect_filled(ground, 3.0, color32(theme.canvas).gamma_multiply(0.9));
        painter.galley(ground.min + egui::vec2(3.0, 0.0), galley, color);
    }
}

/// The sign on what is locked, in its upper left corner, known as of a version of the scene.
#[derive(Default)]
pub(super) struct Locks {
    version: u64,
    rects: Vec<RectF>,
}

impl Locks {
    /// Draws the signs, but from so far that one sees no more than specks.
    pub(super) fn show(
        &mut self,
        painter: &Painter,
        view: Rect,
        editor: &Editor,
        (board, version): (&Board, u64),
        theme: &Theme,
    ) {
        if self.version != version {
            let hidden = board.collapsed();
            let seen = board.locked().filter_map(|id| Some((id, board.rect(id)?)));
            let seen = seen.filter(|(id, rect)| hidden.hider(*id, *rect).is_none());
            self.rects = seen.map(|it| it.1.to_f()).collect();
            self.version = version;
        }
        let (zoom, in_view) = (editor.camera.zoom, editor.camera.visible());
        if zoom < 0.25 {
            return;
        }
        let k = zoom.clamp(0.5, 1.5);
        let (paper, ink) = (color32(theme.paper), color32(theme.ink_on(theme.paper)));
        for rect in self.rects.iter().filter(|it| it.touches(in_view)) {
            let at = places::point(view, &editor.camera, PointF::new(rect.x, rect.y));
            let body = Rect::from_min_size(at + egui::vec2(-4.5, -1.0) * k, egui::vec2(9.0, 7.0) * k);
            painter.circle(at, 8.5 * k, paper, Stroke::new(1.0, ink.gamma_multiply(0.6)));
            painter.rect_filled(body, 1.5 * k, ink);
            let shackle = Rect::from_min_max(at + egui::vec2(-2.8, -5.5) * k, at + egui::vec2(2.8, 1.0) * k);
            painter.rect_stroke(shackle, 2.8 * k, Stroke::new(1.4 * k, ink), StrokeKind::Inside);
        }
    }
}

/// Selection, handles and what the gesture under way shows.
pub(super) fn selection(
    painter: &Painter,
    view: Rect,
    editor: &Editor,
    board: &Board,
    scene: &Scene,
    under: Option<Hit>,
    theme: &Theme,
) {
    let color = color32(theme.selection);
    let thin = Stroke::new(1.0, color);
    let thick = Stroke::new(2.0, color);
    let outline = |rect: RectF| places::rect(view, &editor.camera, rect).expand(2.0);
    if let Some(Hit::Sticky(id) | Hit::Scenario(id) | Hit::Frame(id) | Hit::Photo(id)) = under
        && !editor.selection.contains(&id)
        && let Some(rect) = board.rect(id)
    {
        around(painter, outline(rect.to_f()), board, id, thin);
    }
    if let Some(Hit::Link(id)) = under {
        way(painter, view, editor, scene, id, Stroke::new(3.0, color.gamma_multiply(0.5)));
    }
    let mut round: Option<RectF> = None;
    for id in &editor.selection {
        if let Some(rect) = board.rect(*id) {
            around(painter, outline(rect.to_f()), board, *id, thick);
            round = Some(round.map_or(rect.to_f(), |it| it.union(rect.to_f())));
        } else {
            way(painter, view, editor, scene, *id, thick);
        }
    }
    if editor.selection.len() > 1
        && let Some(round) = round
    {
        painter.rect_stroke(
            outline(round.grown(6.0)),
            6.0,
            Stroke::new(1.0, color.gamma_multiply(0.6)),
            StrokeKind::Outside,
        );
    }
    let idle = editor.writing().is_none() && matches!(editor.gesture, Gesture::Idle);
    if let Some(id) = editor.single().filter(|id| idle && !board.is_locked(*id))
        && let Some(rect) = board.rect(id).map(|it| it.to_f())
    {
        for corner in Corner::ALL.into_iter().filter(|_| is_resized(board, id)) {
            let at = places::point(view, &editor.camera, corner.of(rect));
            painter.rect(
                Rect::from_center_size(at, egui::vec2(9.0, 9.0)),
                2.0,
                Color32::WHITE,
                thick,
                StrokeKind::Inside,
            );
        }
        if board.sticky(id).is_some() {
            for at in link_handles(rect, editor.camera.zoom) {
                let at = places::point(view, &editor.camera, at);
                painter.circle(at, 5.0, color, Stroke::new(1.5, Color32::WHITE));
            }
        }
    }
    if let Some(id) = editor.single().filter(|id| editor.writing().is_none() && board.link(*id).is_some())
        && matches!(editor.gesture, Gesture::Idle)
        && let Some(way) = scene.link_path(id)
    {
        for at in way.first().into_iter().chain(way.last()) {
            painter.circle(places::point(view, &editor.camera, *at), 5.0, Color32::WHITE, thick);
        }
    }
    gesture(painter, view, editor, board, color);
}

/// A line round an element that lies there on the screen: its outline, as far as it is no rectangle.
fn around(painter: &Painter, rect: Rect, board: &Board, id: crate::kit::Id, stroke: Stroke) {
    match board.sticky(id).map(Sticky::shape) {
        Some(Outline::Diamond) => {
            let half = rect.size() * std::f32::consts::FRAC_1_SQRT_2;
            let corners = [(0.0, -half.y), (half.x, 0.0), (0.0, half.y), (-half.x, 0.0)];
            let corners = corners.map(|(x, y)| rect.center() + egui::vec2(x, y));
            painter.add(egui::Shape::closed_line(corners.to_vec(), stroke));
        }
        Some(Outline::Square | Outline::Clock) | None => {
            painter.rect_stroke(rect, 4.0, stroke, StrokeKind::Outside);
        }
    }
}

fn way(painter: &Painter, view: Rect, editor: &Editor, scene: &Scene, link: crate::kit::Id, stroke: Stroke) {
    if let Some(way) = scene.link_path(link) {
        painter.line(way.into_iter().map(|it| places::point(view, &editor.camera, it)).collect(), stroke);
    }
}

fn gesture(painter: &Painter, view: Rect, editor: &Editor, board: &Board, color: Color32) {
    let soft = color.gamma_multiply(0.12);
    match &editor.gesture {
        Gesture::Idle | Gesture::Panning(_) | Gesture::Resizing(_) | Gesture::Nudging(_) | Gesture::Extending(_) => {}
        Gesture::Lasso(it) => {
            let line: Vec<_> = it.line.iter().map(|at| places::point(view, &editor.camera, *at)).collect();
            if let (Some(first), Some(last)) = (line.first(), line.last()) {
                painter.line_segment([*first, *last], Stroke::new(1.0, color.gamma_multiply(0.5)));
            }
            painter.line(line, Stroke::new(2.0, color));
        }
        Gesture::Marquee(it) => {
            let rect = places::rect(view, &editor.camera, it.rect());
            painter.rect(rect, 2.0, soft, Stroke::new(1.0, color), StrokeKind::Inside);
        }
        Gesture::Framing(it) => {
            let rect = places::rect(view, &editor.camera, it.rect());
            painter.rect(rect, 6.0, soft, Stroke::new(1.5, color), StrokeKind::Inside);
        }
        Gesture::Moving(it) => {
            let guide = Stroke::new(1.0, color.gamma_multiply(0.7));
            for (x, low, high) in &it.guides.upright {
                let a = places::point(view, &editor.camera, PointF::new(*x as f32, *low as f32));
                let b = places::point(view, &editor.camera, PointF::new(*x as f32, *high as f32));
                painter.line_segment([a, b], guide);
            }
            for (from, to) in &it.guides.gaps {
                let at =
                    |it: &crate::kit::Point| places::point(view, &editor.camera, PointF::new(it.x as f32, it.y as f32));
                let (a, b) = (at(from), at(to));
                let cap = if from.y == to.y { egui::vec2(0.0, 5.0) } else { egui::vec2(5.0, 0.0) };
                let gap = Stroke::new(1.5, color);
                painter.line_segment([a, b], gap);
                painter.line_segment([a - cap, a + cap], gap);
                painter.line_segment([b - cap, b + cap], gap);
            }
            for (y, low, high) in &it.guides.level {
                let a = places::point(view, &editor.camera, PointF::new(*low as f32, *y as f32));
                let b = places::point(view, &editor.camera, PointF::new(*high as f32, *y as f32));
                painter.line_segment([a, b], guide);
            }
        }
        Gesture::Spacing(it) => {
            let Some(pushed) = &it.pushed else { return };
            let at = places::point(view, &editor.camera, it.from);
            let by = pushed.by as f32 * editor.camera.zoom;
            let band = if pushed.across {
                Rect::from_x_y_ranges(at.x.min(at.x + by)..=at.x.max(at.x + by), view.y_range())
            } else {
                Rect::from_x_y_ranges(view.x_range(), at.y.min(at.y + by)..=at.y.max(at.y + by))
            };
            painter.rect(band, 0.0, soft, Stroke::new(1.0, color), StrokeKind::Inside);
            let text = format!("{:+}", pushed.by);
            let corner = if pushed.across { pos2(band.right() + 6.0, at.y) } else { pos2(at.x, band.bottom() + 4.0) };
            painter.text(corner, egui::Align2::LEFT_TOP, text, egui::FontId::proportional(12.0), color);
        }
        Gesture::Attaching(it) => {
            let Some(other) = board.rect(it.other).map(|it| it.to_f().center()) else { return };
            let to = it.over.and_then(|id| board.rect(id)).map_or(it.to, |it| it.to_f().center());
            let (a, b) = (places::point(view, &editor.camera, other), places::point(view, &editor.camera, to));
            painter.line_segment([a, b], Stroke::new(2.0, color));
            if let Some(rect) = it.over.and_then(|id| board.rect(id)) {
                let rect = places::rect(view, &editor.camera, rect.to_f()).expand(3.0);
                painter.rect_stroke(rect, 5.0, Stroke::new(2.5, color), StrokeKind::Outside);
            }
        }
        Gesture::Linking(it) => {
            let Some(from) = board.rect(it.from).map(|it| it.to_f().center()) else { return };
            let to = it.over.and_then(|id| board.rect(id)).map_or(it.to, |it| it.to_f().center());
            let (a, b) = (places::point(view, &editor.camera, from), places::point(view, &editor.camera, to));
            painter.line_segment([a, b], Stroke::new(2.0, color));
            let along = (b - a).normalized();
            if along.is_finite() && a.distance(b) > 12.0 {
                let side = egui::vec2(-along.y, along.x) * 5.0;
                let back = b - along * 11.0;
                let head = vec![b, pos2(back.x + side.x, back.y + side.y), pos2(back.x - side.x, back.y - side.y)];
                painter.add(egui::Shape::convex_polygon(head, color, Stroke::NONE));
            }
            if let Some(rect) = it.over.and_then(|id| board.rect(id)) {
                let rect = places::rect(view, &editor.camera, rect.to_f()).expand(3.0);
                painter.rect_stroke(rect, 5.0, Stroke::new(2.5, color), StrokeKind::Outside);
            }
        }
    }
}
