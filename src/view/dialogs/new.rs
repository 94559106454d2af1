//! New: for which phase of a workshop the empty board is.

use egui::Ui;

use super::{Dialog, DialogSpec, buttons};
use crate::session::TEMPLATES;
use crate::view::App;
use crate::view::commands::Command;
use crate::view::widgets::muted;

pub(super) const SPEC: DialogSpec =
    DialogSpec { key: "new", help: "An empty board", open: |_| Box::new(New { fresh: true }) };

struct New {
    /// Whether it was opened just now: the first choice takes the keyboard.
    fresh: bool,
}

impl Dialog for New {
    fn key(&self) -> &'static str {
        "new"
    }

    fn title(&self) -> String {
        "New board".to_owned()
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let mut close = false;
        for it in TEMPLATES {
            let response = ui.add_sized([ui.available_width(), 34.0], egui::Button::new(it.name));
            if std::mem::take(&mut self.fresh) {
                response.request_focus();
            }
            if response.clicked() {
                app.do_later(Command::New(it));
                close = true;
            }
            muted(ui, it.sentence);
            ui.add_space(6.0);
        }
        buttons(ui, |ui| close |= ui.button("Cancel").clicked());
        close
    }
}
