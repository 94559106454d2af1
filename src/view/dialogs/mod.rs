//! The dialogs that menus open: one file each. Only one is seen at a time, the one opened last.

mod about;
mod commands;
mod export;
mod generate;
mod help;
mod new;
mod samples;
mod shortcuts;

pub(crate) use help::Help;

use egui::{Modal, Ui};

use super::App;
use super::widgets::heading;

/// A dialog that is open.
pub(crate) trait Dialog {
    /// The word for it.
    fn key(&self) -> &'static str;
    /// What stands above it; nothing if empty.
    fn title(&self) -> String;
    /// Its width in points.
    fn width(&self) -> f32 {
        460.0
    }
    /// Shows it; `true` closes it.
    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool;
}

/// A dialog that can be opened from a menu.
pub struct DialogSpec {
    /// The word for it.
    pub key: &'static str,
    /// What it is for, one sentence.
    pub help: &'static str,
    pub(super) open: fn(&mut App) -> Box<dyn Dialog>,
}

/// Every dialog that menus open, in the order of the menus.
pub static ALL: &[&DialogSpec] = &[
    &new::SPEC,
    &samples::SPEC,
    &export::SPEC,
    &generate::SPEC,
    &help::KINDS,
    &help::FINDINGS,
    &help::KEYS,
    &shortcuts::SPEC,
    &about::SPEC,
    &commands::SPEC,
];

/// The dialog with that key.
pub(crate) fn by_key(key: &str) -> Option<&'static DialogSpec> {
    ALL.iter().find(|it| it.key == key).copied()
}

/// Shows the dialog on top. Escape and a click beside it close it, as its cancel button does.
pub(super) fn show(app: &mut App, ctx: &egui::Context) {
    let Some(mut dialog) = app.dialogs.pop() else { return };
    let depth = app.dialogs.len();
    let mut close = false;
    let entered = ctx.memory(|it| it.focused().is_none()) && ctx.input(|it| it.events.iter().any(is_enter));
    ctx.data_mut(|it| it.insert_temp(egui::Id::unique(ENTERED), entered));
    let frame = egui::Frame::popup(&ctx.global_style()).corner_radius(12.0).inner_margin(egui::Margin::same(20));
    let response = Modal::new(egui::Id::unique(("dialog", dialog.key()))).frame(frame).show(ctx, |ui| {
        let room = ctx.content_rect().size() - egui::vec2(96.0, 96.0);
        ui.set_width(dialog.width().min(room.x));
        ui.set_max_height(room.y);
        let title = dialog.title();
        if !title.is_empty() {
            heading(ui, &title);
            ui.add_space(4.0);
        }
        close = dialog.show(app, ui);
    });
    if !close && response.should_close() {
        app.after_save = None;
    } else if !close {
        let at = depth.min(app.dialogs.len());
        app.dialogs.insert(at, dialog);
    }
}

/// The row of buttons at the foot: what goes on is at the right.
pub(crate) fn buttons(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(10.0);
    let size = egui::vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), add);
}

/// Where a frame keeps whether the dialog on top was answered with Enter.
const ENTERED: &str = "dialog entered";

/// Enter pressed anew: a key that is held since the dialog before is no answer to this one.
fn is_enter(event: &egui::Event) -> bool {
    matches!(event, egui::Event::Key { key: egui::Key::Enter, pressed: true, repeat: false, modifiers, .. }
        if modifiers.is_none())
}

/// The button with which a dialog goes on; Enter presses it where nothing else has the keyboard.
pub(crate) fn primary(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let entered = ui.data(|it| it.get_temp(egui::Id::unique(ENTERED))).unwrap_or(false);
    accent_button(ui, text, enabled) || enabled && entered
}

/// A button that stands out.
pub(crate) fn accent_button(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let tokens = super::theme::tokens(ui.ctx());
    let text = egui::RichText::new(text).color(tokens.on_accent).strong();
    ui.add_enabled(enabled, egui::Button::new(text).fill(tokens.accent)).clicked()
}
