//! The menu bar.

use egui::{Align, Button, Layout, RichText, Ui};

use super::{ENTRIES, Menu};
use crate::board::Kind;
use crate::editor::{Does, actions};
use crate::view::commands::{Command, Switch};
use crate::view::regions::{self, Region};
use crate::view::widgets::for_fingers;
use crate::view::{App, theme};

/// An entry of a menu; says whether it was chosen.
fn entry(ui: &mut Ui, name: &str, keys: &str, enabled: bool, help: &str) -> bool {
    let button = Button::new(name).shortcut_text(keys);
    let response = ui.add_enabled(enabled, button);
    let response = if help.is_empty() { response } else { response.on_hover_text(help) };
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}

/// The menu bar.
pub(crate) fn show(app: &mut App, ui: &mut Ui) {
    let mut wanted = Vec::new();
    egui::MenuBar::new().ui(ui, |ui| {
        if for_fingers(ui) {
            ui.spacing_mut().button_padding.x = 12.0;
        }
        let first = ui.menu_button("File", |ui| file(app, ui, &mut wanted));
        regions::begins(Region::Menu, &first.response);
        ui.menu_button("Edit", |ui| edit(app, ui, &mut wanted));
        ui.menu_button("View", |ui| view(app, ui, &mut wanted));
        ui.menu_button("Arrange", |ui| {
            ui.menu_button("Align and distribute", |ui| action_entries(app, ui, actions::Menu::Align, &mut wanted));
            action_entries(app, ui, actions::Menu::Arrange, &mut wanted);
        });
        ui.menu_button("Simulate", |ui| run(app, ui, &mut wanted));
        ui.menu_button("Help", |ui| own_entries(app, ui, Menu::Help, &mut wanted));
        ui.separator();
        for (name, map, help) in [
            ("Board", false, "Stickies, frames and links"),
            ("Context map", true, "The bounded contexts, and what crosses between them"),
        ] {
            let help = app.with_key(help, Does::Window("context_map"));
            let response = ui.selectable_label(app.map.open == map, name).on_hover_text(help);
            crate::view::live::name(&response, &format!("View: {name}"));
            if response.clicked() && app.map.open != map {
                wanted.push(Command::Switch(Switch::ContextMap));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            crate::view::play::run_button(app, ui, &mut wanted);
            let dirty = if app.session.is_dirty() { " \u{2022}" } else { "" };
            ui.add(egui::Label::new(RichText::new(format!("{}{dirty}", app.session.title())).strong()).truncate());
        });
    });
    app.commands.extend(wanted);
}

/// The entries of the window's table in that menu, with lines between their groups.
fn own_entries(app: &App, ui: &mut Ui, menu: Menu, wanted: &mut Vec<Command>) {
    let mut before = None;
    for it in ENTRIES.iter().filter(|it| it.menu == menu) {
        if before.is_some_and(|group| group != it.group) {
            ui.separator();
        }
        before = Some(it.group);
        let keys = app.key_text(Does::Window(it.key));
        let chosen = match it.on {
            Some(on) => switch(ui, it.name, &keys, on(app), it.help),
            None => entry(ui, it.name, &keys, (it.enabled)(app), it.help),
        };
        if chosen {
            wanted.push((it.command)());
        }
    }
}

/// An entry with a tick; says whether it was turned over.
fn switch(ui: &mut Ui, name: &str, keys: &str, mut on: bool, help: &str) -> bool {
    let text = if keys.is_empty() { name.to_owned() } else { format!("{name}  ({keys})") };
    let response = ui.checkbox(&mut on, text).on_hover_text(help);
    crate::view::live::name(&response, name);
    response.clicked()
}

fn file(app: &mut App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    let recent = app.session.preferences().recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in &recent {
                let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                let there = app.session.disk().exists(path);
                if entry(ui, &name, "", there, &path.display().to_string()) {
                    wanted.push(Command::OpenPath(path.clone()));
                }
            }
            ui.separator();
            if entry(ui, "Clear list", "", true, "") {
                app.session.prefer(|it| it.recent.clear());
            }
        });
    });
    own_entries(app, ui, Menu::File, wanted);
}

fn action_entries(app: &App, ui: &mut Ui, menu: actions::Menu, wanted: &mut Vec<Command>) {
    for spec in actions::ALL.iter().filter(|it| it.menu == menu) {
        let keys = app.key_text(Does::Act(spec.key));
        let enabled = (spec.enabled)(&app.editor, app.session.history());
        let name = match spec.key {
            "undo" => {
                app.session.history().undo_says().map_or_else(|| "Undo".to_owned(), |it| format!("Undo {}", lower(&it)))
            }
            "redo" => {
                app.session.history().redo_says().map_or_else(|| "Redo".to_owned(), |it| format!("Redo {}", lower(&it)))
            }
            _ => spec.name.to_owned(),
        };
        let on = match spec.key {
            "toggle_grid" => Some(app.editor.grid),
            "toggle_snap" => Some(app.editor.snap),
            "toggle_flow" => Some(app.editor.flow),
            "keep_tool" => Some(app.editor.keep_tool),
            _ => None,
        };
        let chosen = match on {
            Some(on) => switch(ui, &name, &keys, on, spec.help),
            None => entry(ui, &name, &keys, enabled, spec.help),
        };
        if chosen {
            wanted.push(Command::Action(spec.key));
        }
    }
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

fn edit(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    action_entries(app, ui, actions::Menu::Edit, wanted);
    ui.separator();
    own_entries(app, ui, Menu::Edit, wanted);
    ui.separator();
    ui.add_enabled_ui(app.editor.selection.iter().any(|it| app.session.board().sticky(*it).is_some()), |ui| {
        ui.menu_button("Change kind", |ui| kinds(app, ui, wanted));
    });
}

pub(super) fn kinds(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    for kind in Kind::all() {
        ui.horizontal(|ui| {
            crate::view::widgets::swatch(ui, kind, 14.0);
            if entry(ui, kind.name(), &app.key_text(Does::Turn(kind)), true, kind.spec().meaning) {
                wanted.push(Command::ChangeKind(kind));
            }
        });
    }
}

fn view(app: &mut App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    action_entries(app, ui, actions::Menu::View, wanted);
    ui.separator();
    for spec in crate::view::panels::ALL {
        let mut open = app.panel_seen() == Some(spec.key);
        if ui.checkbox(&mut open, format!("{} panel", spec.name)).on_hover_text(spec.help).clicked() {
            match open {
                true => app.open_panel(spec.key),
                false => app.close_panel(),
            }
            ui.close();
        }
    }
    ui.separator();
    own_entries(app, ui, Menu::View, wanted);
    ui.separator();
    ui.menu_button("Appearance", |ui| {
        if let Some(preference) = appearance(ui) {
            wanted.push(Command::Appearance(preference));
            ui.close();
        }
    });
}

/// The appearances to choose from; returns the one that was chosen.
fn appearance(ui: &mut Ui) -> Option<theme::Appearance> {
    let now = theme::appearance(ui.ctx());
    let mut chosen = None;
    for it in theme::Appearance::ALL {
        if ui.radio(now == it, it.name()).clicked() {
            chosen = Some(it);
        }
    }
    chosen
}

fn run(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    own_entries(app, ui, Menu::Simulate, wanted);
    ui.separator();
    if entry(ui, "Simulation panel", "", true, "Speed, seed, report, records, faults") {
        wanted.push(Command::Panel("simulation"));
    }
}
