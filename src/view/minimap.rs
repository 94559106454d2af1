//! The minimap: the whole board in the corner, with the part that is seen. Click or drag moves the view.
//!
//! It is one texture that is painted anew only when the board has changed, so that it costs nothing while one pans.

use egui::{Color32, ColorImage, Rect, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::App;
use super::canvas::color32;
use crate::board::Board;
use crate::kit::{self, RectF};
use crate::scene::Theme;

/// Its size in points.
const SIZE: egui::Vec2 = vec2(208.0, 136.0);
/// Pixels a point.
const SHARP: f32 = 2.0;
/// While a gesture changes the board it is painted anew no more often than this, in seconds.
const PAUSE: f64 = 0.3;

/// With more elements it waits longer.
const LARGE: usize = 2_000;

/// What is kept between frames.
#[derive(Default)]
pub(crate) struct Minimap {
    texture: Option<TextureHandle>,
    /// For which revision and appearance, and when it was painted.
    made_for: Option<(u64, std::sync::Arc<Theme>, f64)>,
    /// The part of the board that the texture shows.
    bounds: RectF,
}

impl Minimap {
    fn paint(&mut self, ui: &Ui, board: &Board, revision: u64) {
        let (theme, now) = (crate::view::theme::board(ui.ctx()), ui.input(|it| it.time));
        if let Some((for_revision, for_theme, at)) = &self.made_for {
            let dressed = *for_theme == theme;
            let same = *for_revision == revision && dressed;
            let pause = if board.len() > LARGE { 4.0 * PAUSE } else { PAUSE };
            if same || dressed && now - at < pause {
                if !same {
                    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(pause));
                }
                return;
            }
        }
        let bounds = board.bounds().unwrap_or_default().grown(80).to_f();
        // Of the shape of the map, so that nothing is distorted.
        let scale = (SIZE.x / bounds.w.max(1.0)).min(SIZE.y / bounds.h.max(1.0)).min(0.2);
        let middle = bounds.center();
        let (w, h) = (SIZE.x / scale, SIZE.y / scale);
        self.bounds = RectF::new(middle.x - w / 2.0, middle.y - h / 2.0, w, h);
        let image = draw(board, self.bounds, scale * SHARP, &theme);
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ui.ctx().load_texture("minimap", image, TextureOptions::LINEAR)),
        }
        self.made_for = Some((revision, theme, now));
    }
}

/// Frames as tints with edges, stickies as colours.
fn draw(board: &Board, bounds: RectF, scale: f32, theme: &Theme) -> ColorImage {
    let (width, height) = ((SIZE.x * SHARP) as usize, (SIZE.y * SHARP) as usize);
    let mut image = ColorImage::filled([width, height], color32(theme.canvas));
    let mut fill = |rect: kit::Rect, color: Color32, least: f32| {
        let x = (rect.x as f32 - bounds.x) * scale;
        let y = (rect.y as f32 - bounds.y) * scale;
        let right = (x + (rect.w as f32 * scale).max(least)).clamp(0.0, width as f32).round() as usize;
        let bottom = (y + (rect.h as f32 * scale).max(least)).clamp(0.0, height as f32).round() as usize;
        let (left, top) = (x.clamp(0.0, width as f32).round() as usize, y.clamp(0.0, height as f32).round() as usize);
        for row in top..bottom {
            let (from, to) = (row * width + left, row * width + right.max(left));
            for pixel in image.pixels.get_mut(from..to).unwrap_or_default() {
                *pixel = pixel.blend(color);
            }
        }
    };
    for photo in board.photos_upward() {
        fill(photo.rect(), color32(theme.link).gamma_multiply(0.2), 1.0);
    }
    let hidden = board.collapsed();
    let seen = |id: kit::Id| !hidden.hides(board, id);
    let mut frames: Vec<_> = board.frames().values().filter(|it| seen(it.id)).collect();
    frames.sort_by_key(|it| std::cmp::Reverse(it.rect().area()));
    for frame in frames {
        let color = color32(theme.frame(frame.kind.color()));
        let kit::Rect { x, y, w, h } = frame.rect();
        fill(frame.rect(), color.gamma_multiply(0.18), 1.0);
        let line = (1.0 / scale).max(1.0) as i32;
        let edge = color.gamma_multiply(0.7);
        for (x, y, w, h) in [(x, y, w, line), (x, y + h - line, w, line), (x, y, line, h), (x + w - line, y, line, h)] {
            fill(kit::Rect { x, y, w, h }, edge, 1.0);
        }
    }
    for scenario in board.scenarios().values().filter(|it| seen(it.id)) {
        fill(scenario.rect(), color32(theme.link).gamma_multiply(0.35), 1.0);
    }
    for sticky in board.stickies().values().filter(|it| seen(it.id)) {
        fill(sticky.rect(), color32(theme.sticky(sticky.kind.spec().color)), 2.0);
    }
    image
}

/// Shows it in the lower right corner of the canvas.
pub(crate) fn show(app: &mut App, ui: &mut Ui) {
    let view = app.canvas.rect;
    super::corners::covers(app, 1, None);
    let is_small = view.width() < 3.0 * SIZE.x || view.height() < 3.0 * SIZE.y;
    if !app.session.preferences().minimap || app.session.board().is_empty() || is_small {
        return;
    }
    let revision = app.session.history().revision();
    app.minimap.paint(ui, app.session.board(), revision);
    let tokens = super::theme::tokens(ui.ctx());
    let corner = view.right_bottom() - vec2(14.0, 14.0);
    let area = egui::Area::new(egui::Id::unique("minimap")).fixed_pos(corner).pivot(egui::Align2::RIGHT_BOTTOM).show(
        ui.ctx(),
        |ui| {
            let (rect, response) = ui.allocate_exact_size(SIZE, Sense::click_and_drag());
            let painter = ui.painter_at(rect.expand(2.0));
            if let Some(texture) = &app.minimap.texture {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), rect, whole, Color32::WHITE);
            }
            let bounds = app.minimap.bounds;
            let scale = rect.width() / bounds.w.max(1.0);
            let seen = app.editor.camera.visible();
            let corner = rect.min + vec2(seen.x - bounds.x, seen.y - bounds.y) * scale;
            let frame = Rect::from_min_size(corner, vec2(seen.w, seen.h) * scale).intersect(rect);
            if frame.is_positive() {
                painter.rect_filled(frame, 2.0, tokens.accent.gamma_multiply(0.12));
                painter.rect_stroke(frame, 2.0, Stroke::new(1.5, tokens.accent), StrokeKind::Inside);
            }
            painter.rect_stroke(rect, 4.0, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Image, true, "Minimap: click or drag to move the view")
            });
            let at = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
            if let Some(at) = at {
                let on = (at - rect.min) / scale;
                let camera = &mut app.editor.camera;
                let now = camera.center();
                let by = vec2(now.x - bounds.x - on.x, now.y - bounds.y - on.y) * camera.zoom;
                camera.pan(by.x, by.y);
            }
        },
    );
    super::corners::covers(app, 1, Some(area.response.rect));
}
