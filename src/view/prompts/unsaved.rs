//! Unsaved changes: save, do not save, or stay.

use egui::Ui;

use crate::view::App;
use crate::view::commands::Command;
use crate::view::dialogs::{Dialog, buttons, primary};

/// Asks before a board is left. Closing the dialog is the same as Cancel.
pub(crate) struct Unsaved {
    then: Command,
}

impl Unsaved {
    pub(crate) fn new(then: Command) -> Self {
        Self { then }
    }
}

impl Dialog for Unsaved {
    fn key(&self) -> &'static str {
        "unsaved"
    }

    fn title(&self) -> String {
        "Save changes?".to_owned()
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        ui.label(format!("\u{201c}{}\u{201d} has changes that are not saved.", app.session.title()));
        let mut close = false;
        buttons(ui, |ui| {
            if primary(ui, "Save", true) {
                app.after_save = Some(self.then.clone());
                app.do_later(Command::Save);
                close = true;
            }
            if ui.button("Do not save").clicked() {
                app.may_leave = true;
                app.do_later(self.then.clone());
                close = true;
            }
            close |= ui.button("Cancel").clicked();
        });
        close
    }
}
