//! A message that must not be missed.

use egui::Ui;

use crate::view::App;
use crate::view::dialogs::{Dialog, buttons, primary};

/// A title and a text.
pub(crate) struct Message {
    title: String,
    text: String,
}

impl Message {
    pub(crate) fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into() }
    }
}

impl Dialog for Message {
    fn key(&self) -> &'static str {
        "message"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn show(&mut self, _: &mut App, ui: &mut Ui) -> bool {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| ui.label(&self.text));
        let mut close = false;
        buttons(ui, |ui| close = primary(ui, "OK", true));
        close
    }
}
