//! A path typed by hand, where the system has no file dialog.

use std::path::PathBuf;

use egui::{Key, TextEdit, Ui};

use crate::view::App;
use crate::view::dialogs::{Dialog, buttons, primary};
use crate::view::native::Ask;
use crate::view::widgets::{PATH, muted};

/// Asks for a path.
pub(crate) struct PathField {
    ask: Ask,
    text: String,
    why: &'static str,
    fresh: bool,
}

impl PathField {
    pub(crate) fn new(ask: Ask, suggestion: PathBuf, why: &'static str) -> Self {
        Self { ask, text: suggestion.to_string_lossy().into_owned(), why, fresh: true }
    }
}

impl Dialog for PathField {
    fn key(&self) -> &'static str {
        "path"
    }

    fn title(&self) -> String {
        self.ask.title().to_owned()
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        if !self.why.is_empty() {
            muted(ui, self.why);
        }
        let field = ui.add(TextEdit::singleline(&mut self.text).char_limit(PATH).desired_width(f32::INFINITY));
        crate::view::live::name(&field, "Path");
        if std::mem::take(&mut self.fresh) {
            field.request_focus();
        }
        let path = PathBuf::from(self.text.trim());
        let there = app.session.disk().exists(&path);
        let enabled = match self.ask {
            Ask::Open | Ask::Insert => there,
            Ask::SaveAs | Ask::Export | Ask::Generate => !self.text.trim().is_empty(),
        };
        match self.ask {
            Ask::Open | Ask::Insert if !there => drop(muted(ui, "There is no such file.")),
            Ask::SaveAs | Ask::Export if there => drop(muted(ui, "This file is there and will be replaced.")),
            Ask::Open | Ask::Insert | Ask::SaveAs | Ask::Export | Ask::Generate => {}
        }
        let entered = field.lost_focus() && ui.input(|it| it.key_pressed(Key::Enter)) && enabled;
        let mut close = false;
        buttons(ui, |ui| {
            let word = match self.ask {
                Ask::Open => "Open",
                Ask::Insert => "Insert",
                Ask::SaveAs => "Save",
                Ask::Export => "Export",
                Ask::Generate => "Generate",
            };
            if primary(ui, word, enabled) || entered {
                app.do_later(self.ask.command(path.clone()));
                close = true;
            }
            if ui.button("Cancel").clicked() {
                app.after_save = None;
                close = true;
            }
        });
        close
    }
}
