//! A kind's colour, and the button that makes a sticky of it.

use egui::{Align2, Color32, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::board::{Kind, Shape};
use crate::view::canvas::color32;
use crate::view::theme;

fn color_of(ui: &Ui, kind: Kind) -> Color32 {
    color32(theme::board(ui.ctx()).sticky(kind.spec().color))
}

fn paint(ui: &Ui, rect: Rect, kind: Kind) {
    let color = color_of(ui, kind);
    let edge = Stroke::new(1.0, color.lerp_to_gamma(Color32::BLACK, 0.25));
    match kind.spec().shape {
        Shape::Diamond => {
            let (c, r) = (rect.center(), rect.width() / 2.0);
            let points = vec![c + vec2(0.0, -r), c + vec2(r, 0.0), c + vec2(0.0, r), c + vec2(-r, 0.0)];
            ui.painter().add(egui::Shape::convex_polygon(points, color, edge));
        }
        Shape::Square | Shape::Clock => {
            let own = kind.spec().size;
            let part = (own.h as f32 / own.w.max(1) as f32).clamp(0.55, 1.0);
            let rect = Rect::from_center_size(rect.center(), vec2(rect.width(), rect.height() * part));
            ui.painter().rect(rect, 2.0, color, edge, StrokeKind::Inside);
            if kind.spec().shape == Shape::Clock {
                let dark = Stroke::new(1.2, Color32::from_black_alpha(190));
                ui.painter().circle_stroke(rect.center(), 4.0, dark);
                ui.painter().line_segment([rect.center(), rect.center() + vec2(0.0, -2.8)], dark);
                ui.painter().line_segment([rect.center(), rect.center() + vec2(2.2, 0.0)], dark);
            }
        }
    }
}

/// The colour and outline of a kind.
pub(crate) fn swatch(ui: &mut Ui, kind: Kind, side: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    paint(ui, rect, kind);
    response
}

/// A button of the palette: colour, name and key.
pub(crate) fn kind_button(ui: &mut Ui, kind: Kind, key: &str, held: bool) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let size = vec2(ui.available_width(), super::row_height(ui, 27.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    if held || response.hovered() {
        ui.painter().rect_filled(rect, f32::from(theme::RADIUS), tokens.accent_soft);
    }
    if held {
        let edge = Stroke::new(1.0, tokens.accent);
        ui.painter().rect_stroke(rect, f32::from(theme::RADIUS), edge, StrokeKind::Inside);
    }
    let middle = rect.center().y;
    paint(ui, Rect::from_center_size(egui::pos2(rect.left() + 14.0, middle), vec2(16.0, 16.0)), kind);
    let font = FontId::proportional(theme::SMALL + 0.5);
    let at = egui::pos2(rect.left() + 28.0, middle);
    ui.painter().text(at, Align2::LEFT_CENTER, kind.name(), font, tokens.text);
    if !key.is_empty() && !super::for_fingers(ui) {
        let at = egui::pos2(rect.right() - 6.0, middle);
        ui.painter().text(at, Align2::RIGHT_CENTER, key, FontId::monospace(theme::SMALL), tokens.muted);
    }
    let label = format!("Place {}", kind.name().to_lowercase());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, held, &label));
    super::focus_ring(ui, &response);
    response.on_hover_ui(|ui| {
        ui.strong(kind.name());
        ui.label(kind.spec().meaning);
        crate::view::widgets::muted(ui, format!("Example: {}", kind.spec().example));
        if !key.is_empty() {
            crate::view::widgets::muted(ui, format!("Key {key}; or click here, then on the canvas"));
        }
    })
}
