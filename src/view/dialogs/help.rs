//! Help: the kinds, the finding codes, the keys, and a page for each panel.

use egui::{RichText, ScrollArea, Ui};

use super::{Dialog, DialogSpec, buttons};
use crate::board::Kind;
use crate::editor::{actions, tools};
use crate::view::widgets::{muted, section, swatch};
use crate::view::{App, panels};

pub(super) const KINDS: DialogSpec =
    DialogSpec { key: "help_kinds", help: "What each kind means and does", open: |_| Box::new(Help::about("kinds")) };
pub(super) const FINDINGS: DialogSpec =
    DialogSpec { key: "help_findings", help: "What each finding means", open: |_| Box::new(Help::about("findings")) };
pub(super) const KEYS: DialogSpec =
    DialogSpec { key: "help_keys", help: "Every key", open: |_| Box::new(Help::about("keys")) };

/// A page of help.
pub(crate) struct Help {
    topic: &'static str,
}

impl Help {
    pub(crate) fn about(topic: &'static str) -> Self {
        Self { topic }
    }
}

impl Dialog for Help {
    fn key(&self) -> &'static str {
        "help"
    }

    fn title(&self) -> String {
        match self.topic {
            "kinds" => "Kinds of stickies".to_owned(),
            "findings" => "Finding codes".to_owned(),
            "keys" => "Keys".to_owned(),
            panel => panels::ALL.iter().find(|it| it.key == panel).map_or("Help", |it| it.name).to_owned(),
        }
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        ui.horizontal_wrapped(|ui| {
            let pages = [("kinds", "Kinds"), ("findings", "Findings"), ("keys", "Keys")];
            for (topic, name) in pages.into_iter().chain(panels::ALL.iter().map(|it| (it.key, it.name))) {
                if ui.selectable_label(self.topic == topic, name).clicked() {
                    self.topic = topic;
                }
            }
        });
        ui.separator();
        ScrollArea::vertical().max_height((ui.available_height() - 60.0).max(120.0)).show(ui, |ui| match self.topic {
            "kinds" => kinds(ui),
            "findings" => panels::findings_help(app, ui),
            "keys" => keys(ui),
            panel => {
                if let Some(spec) = panels::ALL.iter().find(|it| it.key == panel) {
                    for paragraph in spec.manual {
                        ui.label(*paragraph);
                        ui.add_space(4.0);
                    }
                }
            }
        });
        let mut close = false;
        buttons(ui, |ui| close = ui.button("Close").clicked());
        close
    }
}

fn kinds(ui: &mut Ui) {
    for kind in Kind::all() {
        let spec = kind.spec();
        ui.horizontal(|ui| {
            swatch(ui, kind, 18.0);
            ui.strong(spec.name);
            if let Some(key) = spec.shortcut {
                muted(ui, format!("key {key}"));
            }
        });
        ui.label(spec.meaning);
        muted(ui, format!("Example: {}", spec.example));
        if !spec.runs.is_empty() {
            muted(ui, format!("When the board runs: {}", spec.runs));
        }
        ui.add_space(8.0);
    }
}

fn keys(ui: &mut Ui) {
    section(ui, "Stickies and tools");
    egui::Grid::new("keys of kinds").num_columns(2).spacing([24.0, 4.0]).show(ui, |ui| {
        for kind in Kind::all() {
            if let Some(key) = kind.spec().shortcut {
                ui.label(RichText::new(key.to_string()).monospace());
                ui.label(kind.name());
                ui.end_row();
            }
        }
        for tool in tools::ALL {
            if let Some(key) = tool.shortcut {
                ui.label(RichText::new(key.to_string()).monospace());
                ui.label(tool.name);
                ui.end_row();
            }
        }
    });
    section(ui, "Actions");
    egui::Grid::new("keys of actions").num_columns(2).spacing([24.0, 4.0]).show(ui, |ui| {
        for action in actions::ALL.iter().filter(|it| !it.shortcuts.is_empty()) {
            let keys: Vec<String> = action.shortcuts.iter().map(actions::Shortcut::text).collect();
            ui.label(RichText::new(keys.join(", ")).monospace());
            ui.label(action.name).on_hover_text(action.help);
            ui.end_row();
        }
    });
    section(ui, "While writing");
    ui.label("Enter makes the next sticky to the right, Shift+Enter a new line, Esc ends.");
    section(ui, "Pointer");
    ui.label("Double click writes on a sticky, on empty canvas it makes an event. Wheel or two fingers move the view, Ctrl+wheel or pinch zooms, Space or the middle button drags it. Drag from a dot at a sticky's edge to link. Alt+drag leaves a copy, Shift keeps to one direction, Ctrl switches snapping off for a moment.");
}
