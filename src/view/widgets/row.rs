//! Headings, sections and pairs of name and value.

use egui::{RichText, Ui};

use crate::view::theme;

/// The head of a panel or dialog.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::bold(theme::HEADING)));
}

/// The head of a part.
pub(crate) fn section(ui: &mut Ui, text: &str) {
    ui.add_space(2.0 * theme::UNIT);
    let color = theme::tokens(ui.ctx()).muted;
    ui.label(RichText::new(text).font(theme::bold(theme::SMALL)).color(color));
}

/// A remark.
pub(crate) fn muted(ui: &mut Ui, text: impl Into<String>) -> egui::Response {
    let color = theme::tokens(ui.ctx()).muted;
    ui.label(RichText::new(text).size(theme::SMALL + 0.5).color(color))
}

/// A name and its value in one line.
pub(crate) fn key_value(ui: &mut Ui, key: &str, value: &str) {
    ui.horizontal(|ui| {
        muted(ui, key);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(value).truncate());
        });
    });
}

/// A ring round what has the keyboard, for pieces that paint themselves.
pub(crate) fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, theme::tokens(ui.ctx()).accent);
        ui.painter().rect_stroke(response.rect, f32::from(theme::RADIUS), stroke, egui::StrokeKind::Inside);
    }
}
