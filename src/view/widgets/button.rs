//! Buttons that are small for a pointer and large for fingers.

use egui::{Response, Ui, WidgetText};

/// The least side of what a finger shall hit, in points.
pub(crate) const FINGER: f32 = 44.0;

/// Whether things are large enough for fingers.
pub(crate) fn for_fingers(ui: &Ui) -> bool {
    ui.spacing().interact_size.y >= FINGER
}

/// A button that takes little room, unless it is for fingers.
pub(crate) fn small_button(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    let text = text.into();
    if for_fingers(ui) { ui.button(text) } else { ui.add(egui::Button::new(text).small()) }
}

/// The height of a row of that height, or large enough for fingers.
pub(crate) fn row_height(ui: &Ui, height: f32) -> f32 {
    if for_fingers(ui) { height.max(FINGER) } else { height }
}
