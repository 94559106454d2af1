//! Generate: into which folder, and whether ghost links may count.

use std::path::PathBuf;

use egui::{TextEdit, Ui};

use super::{Dialog, DialogSpec, buttons, primary};
use crate::kit::counted;
use crate::view::App;
use crate::view::commands::Command;
use crate::view::widgets::{PATH, muted};

pub(super) const SPEC: DialogSpec =
    DialogSpec { key: "generate", help: "A Rust workspace, Avro schemas and topics from the board", open };

struct Generate {
    folder: String,
}

fn open(app: &mut App) -> Box<dyn Dialog> {
    Box::new(Generate { folder: app.code_folder().to_string_lossy().into_owned() })
}

impl Dialog for Generate {
    fn key(&self) -> &'static str {
        "generate"
    }

    fn title(&self) -> String {
        "Generate code".to_owned()
    }

    fn width(&self) -> f32 {
        540.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        ui.label("A Cargo workspace with a crate for each bounded context, Avro schemas, topics, and tests from your scenarios. Files that you edited are left as they are.");
        ui.add_space(6.0);
        muted(ui, "Folder");
        let mut close = false;
        ui.horizontal(|ui| {
            let field = ui.add(TextEdit::singleline(&mut self.folder).char_limit(PATH).desired_width(400.0));
            crate::view::live::name(&field, "Output folder");
            if app.native_dialogs && ui.button("Choose\u{2026}").clicked() {
                app.do_later(Command::Generate);
                close = true;
            }
        });
        let ghosts = app.findings.readings().map_or(0, |it| it.system.relies_on_ghosts);
        if ghosts > 0 {
            let text = format!("Count {}, accepted by nobody, as links", counted(ghosts, "ghost link"));
            ui.checkbox(&mut app.allow_ghosts, text);
        }
        let blocked = app.findings.readings().map_or(0, |it| it.blocked.len());
        if blocked > 0 {
            muted(
                ui,
                format!(
                    "Cannot be resolved and left out: {}; the Problems panel says why.",
                    counted(blocked, "sticky")
                ),
            );
        }
        buttons(ui, |ui| {
            let named = !self.folder.trim().is_empty();
            if primary(ui, "Generate", named && (ghosts == 0 || app.allow_ghosts)) {
                app.do_later(Command::GenerateInto(PathBuf::from(self.folder.trim())));
                close = true;
            }
            if ui.button("Preview").clicked() {
                app.do_later(Command::Panel("code"));
                close = true;
            }
            close |= ui.button("Cancel").clicked();
        });
        close
    }
}
