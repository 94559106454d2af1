//! Help: the kinds, the finding codes, the keys, and a page for each panel.

use egui::{RichText, ScrollArea, Ui};

use super::{Dialog, DialogSpec, buttons};
use crate::board::Kind;
use crate::editor::Does;
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
        760.0
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
            "kinds" => kinds(app, ui),
            "findings" => panels::findings_help(app, ui),
            "keys" => keys(app, ui),
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

fn kinds(app: &App, ui: &mut Ui) {
    for kind in Kind::all() {
        let spec = kind.spec();
        ui.horizontal(|ui| {
            swatch(ui, kind, 18.0);
            ui.strong(spec.name);
            let key = app.key_text(Does::Make(kind));
            if !key.is_empty() {
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

/// What the pointer and fingers do, and the keys while one writes.
const GESTURES: &[(&str, &[(&str, &str)])] = &[
    (
        "While writing",
        &[
            ("Enter", "The next sticky to the right"),
            ("Tab, Shift+Tab", "On to the right, to the left"),
            ("Ctrl+Enter", "On below, with Shift above"),
            ("Shift+Enter", "A new line"),
            ("Esc", "Done"),
        ],
    ),
    (
        "Pointer",
        &[
            ("Double click", "Writes on a sticky; on empty canvas makes an event"),
            ("Drag", "Moves; on empty canvas selects what the rectangle touches"),
            ("Shift+drag", "Keeps to one direction"),
            ("Alt+drag", "Leaves a copy; at a corner keeps the middle"),
            ("Ctrl+drag", "Without snapping"),
            ("Click a dot", "Makes what usually follows, linked"),
            ("Drag from a dot", "Links"),
            ("Alt+drag on canvas", "Selects what the line touches or goes round"),
            ("Wheel", "Moves the view"),
            ("Ctrl+wheel", "Zooms"),
            ("Space+drag", "Moves the view, as the middle and right button do"),
            ("Right click", "Menu"),
            ("Edge of the view", "Scrolls while something is dragged there"),
        ],
    ),
    (
        "Touch and pen",
        &[
            ("Two fingers", "Move the view; a pinch zooms"),
            ("Long press", "Menu"),
            ("Drag from the palette", "Puts a sticky or frame where it is let go"),
        ],
    ),
];

/// The sheet of shortcuts, read from the key map.
fn keys(app: &App, ui: &mut Ui) {
    let lines: Vec<_> = app.editor.keys.all().iter().filter(|it| !it.now.is_empty()).collect();
    let mut groups: Vec<&str> = lines.iter().map(|it| it.group).collect();
    let mut seen = std::collections::BTreeSet::new();
    groups.retain(|it| seen.insert(*it));
    let half = lines.len().saturating_sub(GESTURES.iter().map(|it| it.1.len()).sum::<usize>()) / 2;
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let mut shown = 0;
        for group in groups {
            let column = if shown <= half { &mut *left } else { &mut *right };
            section(column, group);
            for line in lines.iter().filter(|it| it.group == group) {
                key_row(column, &app.keys_text(line.does), line.name, line.help);
                shown += 1;
            }
        }
        for (title, rows) in GESTURES {
            section(left, title);
            for (keys, what) in *rows {
                key_row(left, keys, what, "");
            }
        }
    });
}

/// A key at the left, what it does beside it.
fn key_row(ui: &mut Ui, keys: &str, what: &str, help: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        let size = egui::vec2(128.0, 18.0);
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, left, |ui| {
            ui.set_min_width(size.x);
            ui.set_max_width(size.x);
            ui.add(egui::Label::new(RichText::new(keys).monospace()).wrap());
        });
        let label = ui.add(egui::Label::new(what).wrap());
        if !help.is_empty() {
            label.on_hover_text(help);
        }
    });
}
