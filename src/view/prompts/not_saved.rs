//! The board could not be saved: why, and what can be done.

use egui::Ui;

use crate::session::SaveError;
use crate::view::App;
use crate::view::commands::Command;
use crate::view::dialogs::{Dialog, buttons, primary};

/// A save that failed.
pub(crate) struct NotSaved {
    err: SaveError,
}

impl NotSaved {
    pub(crate) fn new(err: SaveError) -> Self {
        Self { err }
    }
}

impl Dialog for NotSaved {
    fn key(&self) -> &'static str {
        "not saved"
    }

    fn title(&self) -> String {
        "The board is not saved".to_owned()
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        ui.label(self.err.to_string());
        let mut close = false;
        buttons(ui, |ui| {
            if primary(ui, "Save as\u{2026}", true) {
                app.do_later(Command::SaveAs);
                close = true;
            }
            if let SaveError::ChangedOnDisk(path) = &self.err {
                if ui.button("Overwrite").clicked() {
                    app.do_later(Command::SaveOver);
                    close = true;
                }
                if ui.button("Reload the file").clicked() {
                    app.do_later(Command::OpenPath(path.clone()));
                    close = true;
                }
            }
            close |= ui.button("Cancel").clicked();
        });
        close
    }
}
