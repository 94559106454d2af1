//! What of the canvas is free of what lies on it, and how what one is working at is kept there.

use egui::{Context, Id as WidgetId, Pos2, Rect, Ui, pos2};

use super::App;
use crate::kit::{Id, RectF};

/// What lies on the canvas and hides what is below it.
const ON_TOP: [&str; 6] = ["find bar", "legend", "minimap", "first steps", "player", "leave zen"];

/// What is kept in sight stays so far from edges and from what covers the board, in points.
const AIR: f32 = 10.0;

/// So many steps smaller a sticky is shown at most so that all of it is seen.
const SMALLER: usize = 5;

/// Of what is larger than this part of the view its head is shown, where its name is.
const LARGEST: (f32, f32) = (0.7, 0.6);

/// What is kept between frames.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// How large the canvas was.
    size: egui::Vec2,
    /// In how many frames to come what is written on is looked after: what lies on the canvas finds its place first.
    frames: u8,
}

/// After the last part of the window has found its place.
const SETTLED: u8 = 3;

/// Keeps what is written on in sight when the canvas has become smaller.
pub(super) fn show(app: &mut App, ui: &Ui) {
    let size = app.canvas.rect.size();
    if size != app.sight.size {
        app.sight = Sight { size, frames: SETTLED };
        app.find.look_again();
    }
    if app.sight.frames == 0 {
        return;
    }
    app.sight.frames -= 1;
    if let Some(id) = app.editor.writing().map(|it| it.id) {
        app.keep_in_sight(ui.ctx(), id);
    }
    if app.sight.frames > 0 {
        ui.ctx().request_repaint();
    }
}

impl App {
    /// Moves the view as little as is needed to show an element beside what lies on the canvas; where there is no room
    /// for it, it is shown smaller.
    pub(super) fn keep_in_sight(&mut self, ctx: &Context, id: Id) {
        let board = self.session.board();
        let id = board.rect(id).and_then(|it| board.collapsed().hider(id, it)).unwrap_or(id);
        let place = board.rect(id).map(|it| it.to_f());
        let Some(place) = place.or_else(|| self.canvas.scene().item(id).map(|it| it.bounds)) else { return };
        let covers = covers(ctx);
        let before = self.editor.camera;
        // A sticky is shown whole, of a frame there is always more to see.
        let zooms = if self.session.board().frame(id).is_some() { 0 } else { SMALLER };
        for _ in 0..=zooms {
            if self.move_to(ctx, place, 1.0, &covers) {
                return;
            }
            let middle = self.editor.camera.rect_to_view(place).center();
            self.editor.camera.zoom_at(middle, 0.8);
        }
        self.editor.camera = before;
        let shown = [0.7, 0.45, 0.2].into_iter().any(|part| self.move_to(ctx, place, part, &covers));
        if !shown {
            let corner = crate::kit::PointF::new(place.x, place.y).round();
            let size = crate::kit::Size::new(place.w as i32, place.h as i32);
            self.editor.camera.center_on(crate::kit::Rect::new(corner, size));
        }
    }

    fn move_to(&mut self, ctx: &Context, place: RectF, part: f32, covers: &[Rect]) -> bool {
        let Some(by) = self.way_to(place, part, covers) else { return false };
        if by != egui::Vec2::ZERO {
            self.editor.camera.pan(by.x, by.y);
            ctx.request_repaint();
        }
        true
    }

    /// By how much the board must move so that the place is seen, or of a large one `part` of what may be seen of it, in
    /// points; `None` where there is no room.
    fn way_to(&self, place: RectF, part: f32, covers: &[Rect]) -> Option<egui::Vec2> {
        let view = self.canvas.rect.shrink(AIR);
        let whole = self.canvas.on_screen(&self.editor, place);
        let size = whole.size().min(egui::vec2(view.width() * LARGEST.0, view.height() * LARGEST.1) * part);
        let now = whole.min;
        let covers: Vec<Rect> = covers.iter().filter(|it| it.intersects(view)).map(|it| it.expand(AIR)).collect();
        let is_free = |at: Pos2| {
            let it = Rect::from_min_size(at, size);
            view.expand(0.5).contains_rect(it) && !covers.iter().any(|cover| cover.shrink(0.5).intersects(it))
        };
        if is_free(now) {
            return Some(egui::Vec2::ZERO);
        }
        // Where it is, at an edge of the view, or right beside what covers it.
        let along = |now: f32, low: f32, high: f32, size: f32, edges: &dyn Fn(&Rect) -> (f32, f32)| {
            let beside = covers.iter().map(edges).flat_map(|(low, high)| [low - size, high]);
            [now, low, high - size].into_iter().chain(beside).collect::<Vec<f32>>()
        };
        let xs = along(now.x, view.left(), view.right(), size.x, &|it| (it.left(), it.right()));
        let ys = along(now.y, view.top(), view.bottom(), size.y, &|it| (it.top(), it.bottom()));
        let places = xs.iter().flat_map(|x| ys.iter().map(|y| pos2(*x, *y)));
        let nearest =
            places.filter(|at| is_free(*at)).min_by(|a, b| (*a - now).length().total_cmp(&(*b - now).length()));
        nearest.map(|it| it - now)
    }
}

/// The parts of the screen under which nothing of the board is seen.
fn covers(ctx: &Context) -> Vec<Rect> {
    let place = |name: &&str| {
        let id = WidgetId::unique(*name);
        let layer = egui::Area::new(id).layer();
        ctx.memory(|it| it.areas().is_visible(&layer).then(|| it.area_rect(id)).flatten())
    };
    ON_TOP.iter().filter_map(place).collect()
}

/// Whether the canvas is too small for more than what one is working at.
pub(super) fn is_small(canvas: Rect) -> bool {
    canvas.width() < 700.0 || canvas.height() < 500.0
}
