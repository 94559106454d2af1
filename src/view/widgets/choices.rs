//! A list to choose from that drops down.

use egui::{ComboBox, Response, Ui};

/// Shows the list. It lies above what it was opened from however often it is opened: the toolkit keeps an area where it was
/// among the others, and a press on a dialog puts the dialog on top in the very frame in which the list opens.
pub(crate) fn choices(ui: &mut Ui, list: ComboBox, add: impl FnOnce(&mut Ui)) -> Response {
    let below = ui.layer_id();
    let shown = list.show_ui(ui, |ui| {
        let own = ui.layer_id();
        if own.order == below.order {
            ui.ctx().set_sublayer(below, own);
        }
        add(ui);
    });
    shown.response
}
