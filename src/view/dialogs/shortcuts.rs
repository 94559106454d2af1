//! Keyboard shortcuts: every command with its keys; choose one, press the new key.

use egui::{RichText, ScrollArea, Ui};

use super::{Dialog, DialogSpec, buttons};
use crate::editor::{Does, Key, Shortcut};
use crate::view::App;
use crate::view::canvas::shortcut;
use crate::view::widgets::{LINE, muted, section};

pub(super) const SPEC: DialogSpec = DialogSpec {
    key: "shortcuts",
    help: "See and change the keys of every command",
    open: |_| Box::new(Shortcuts::default()),
};

/// What is looked for, and the command whose new key is awaited.
#[derive(Default)]
struct Shortcuts {
    filter: String,
    waiting: Option<Does>,
    /// The key that was pressed, where something else has it.
    taken: Option<Shortcut>,
}

impl Dialog for Shortcuts {
    fn key(&self) -> &'static str {
        "shortcuts"
    }

    fn title(&self) -> String {
        "Keyboard shortcuts".to_owned()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        if self.waiting.is_some() {
            self.listen(app, ui);
        }
        ui.horizontal(|ui| {
            let field =
                egui::TextEdit::singleline(&mut self.filter).char_limit(LINE).hint_text("Find a command or key");
            let response = ui.add(field.desired_width(260.0));
            crate::view::live::name(&response, "Find a command or key");
            let changed = app.editor.keys.all().iter().any(|it| it.is_changed());
            if ui.add_enabled(changed, egui::Button::new("Reset all")).clicked() {
                app.editor.keys.reset_all();
                app.remember_keys();
            }
        });
        self.question(app, ui);
        ui.separator();
        let room = (ui.available_height() - 60.0).max(120.0);
        ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| self.table(app, ui));
        muted(
            ui,
            "While text is written: Enter next sticky, Shift+Enter new line, Tab and Shift+Tab right and left, Ctrl+Enter and Ctrl+Shift+Enter below and above, Esc ends. Alt with a sticky's key changes the kind of the selected ones.",
        );
        let mut close = false;
        buttons(ui, |ui| close = ui.button("Close").clicked());
        close
    }
}

impl Shortcuts {
    /// Takes the next key as the new one.
    fn listen(&mut self, app: &mut App, ui: &Ui) {
        let Some(does) = self.waiting.filter(|_| self.taken.is_none()) else { return };
        let mut pressed = None;
        ui.input_mut(|it| {
            it.events.retain(|event| {
                let key = shortcut(event);
                pressed = pressed.or(key);
                key.is_none() && !matches!(event, egui::Event::Text(_))
            });
        });
        match pressed {
            Some(it) if it.key == Key::Escape => self.waiting = None,
            Some(it) if app.editor.keys.conflict(it, does).is_some() => self.taken = Some(it),
            Some(it) => self.give(app, does, it),
            None => {}
        }
    }

    fn give(&mut self, app: &mut App, does: Does, key: Shortcut) {
        app.editor.keys.give(does, key);
        app.remember_keys();
        (self.waiting, self.taken) = (None, None);
    }

    /// Names what has the key already.
    fn question(&mut self, app: &mut App, ui: &mut Ui) {
        let (Some(does), Some(key)) = (self.waiting, self.taken) else { return };
        let Some(other) = app.editor.keys.conflict(key, does).map(|it| it.name) else {
            self.give(app, does, key);
            return;
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("{} is the key of: {other}.", key.text()));
            if ui.button("Take it from there").clicked() {
                self.give(app, does, key);
            }
            if ui.button("Choose another").clicked() {
                self.taken = None;
            }
        });
    }

    fn table(&mut self, app: &mut App, ui: &mut Ui) {
        let wanted = self.filter.trim().to_lowercase();
        let lines = app.editor.keys.all().to_vec();
        let mut group = "";
        for line in &lines {
            let keys: Vec<String> = line.now.iter().map(Shortcut::text).collect();
            let keys = keys.join(", ");
            let found = |it: &str| it.to_lowercase().contains(&wanted);
            if !wanted.is_empty() && !found(line.name) && !found(&keys) {
                continue;
            }
            if group != line.group {
                group = line.group;
                section(ui, group);
            }
            ui.horizontal(|ui| {
                let size = egui::vec2(250.0, 20.0);
                ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.set_min_size(size);
                    ui.add(egui::Label::new(line.name).truncate()).on_hover_text(line.help);
                });
                let waits = self.waiting == Some(line.does);
                let text = match (waits, keys.is_empty()) {
                    (true, _) => RichText::new("Press a key\u{2026}").strong(),
                    (false, true) => RichText::new("none").weak(),
                    (false, false) => RichText::new(keys.as_str()).monospace(),
                };
                let button = ui.add_sized([150.0, 20.0], egui::Button::new(text).truncate());
                let label = format!("Change the key of {}", line.name);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                if button.on_hover_text("Click, then press the new key; Esc leaves it").clicked() {
                    self.taken = None;
                    self.waiting = (!waits).then_some(line.does);
                    ui.memory_mut(|it| it.stop_text_input());
                }
                if !line.now.is_empty()
                    && crate::view::widgets::small_button(ui, "\u{d7}").on_hover_text("No key").clicked()
                {
                    app.editor.keys.clear(line.does);
                    app.remember_keys();
                }
                if line.is_changed() && crate::view::widgets::small_button(ui, "Reset").clicked() {
                    app.editor.keys.reset(line.does);
                    app.remember_keys();
                }
            });
        }
    }
}
