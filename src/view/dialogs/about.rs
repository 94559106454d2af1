//! About: version, licence.

use egui::Ui;

use super::{Dialog, DialogSpec, buttons};
use crate::view::App;

pub(super) const SPEC: DialogSpec = DialogSpec { key: "about", help: "Version and licence", open: |_| Box::new(About) };

struct About;

impl Dialog for About {
    fn key(&self) -> &'static str {
        "about"
    }

    fn title(&self) -> String {
        "Stormglass".to_owned()
    }

    fn show(&mut self, _: &mut App, ui: &mut Ui) -> bool {
        ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
        ui.label("A whiteboard for Event Storming whose stickies mean something: it checks the board, runs it and writes code from it.");
        ui.label("MIT or Apache 2.0, at your choice. The bundled fonts have licences of their own; their notices are with the source.");
        let mut close = false;
        buttons(ui, |ui| close = ui.button("Close").clicked());
        close
    }
}
