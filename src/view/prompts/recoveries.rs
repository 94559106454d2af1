//! Work of an earlier run that was not closed cleanly.

use egui::Ui;

use crate::kit::counted;
use crate::session::Recovery;
use crate::view::App;
use crate::view::dialogs::{Dialog, buttons};
use crate::view::widgets::muted;

/// Offers what was found.
pub(crate) struct Recoveries {
    found: Vec<Recovery>,
}

impl Recoveries {
    pub(crate) fn new(found: Vec<Recovery>) -> Self {
        Self { found }
    }
}

impl Dialog for Recoveries {
    fn key(&self) -> &'static str {
        "recoveries"
    }

    fn title(&self) -> String {
        "Recover unsaved work?".to_owned()
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        ui.label("Stormglass was not closed properly. This is what it had written down:");
        ui.add_space(6.0);
        let mut restore = None;
        let mut discard = None;
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (at, recovery) in self.found.iter().enumerate() {
                egui::Frame::group(ui.style()).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let title = recovery.board.settings().title.trim();
                    let name = match &recovery.path {
                        Some(path) => path.display().to_string(),
                        None if title.is_empty() => "Untitled board".to_owned(),
                        None => format!("{title} (never saved)"),
                    };
                    ui.strong(name);
                    let when = recovery.when.and_then(|it| it.elapsed().ok()).map(|it| ago(it.as_secs()));
                    let size = counted(recovery.board.stickies().len(), "sticky");
                    muted(
                        ui,
                        format!("{size}; last change {}", when.unwrap_or_else(|| "at an unknown time".to_owned())),
                    );
                    let last: Vec<&str> = recovery.changes.iter().rev().take(3).map(String::as_str).collect();
                    if !last.is_empty() {
                        muted(ui, format!("Last: {}", last.join(", ")));
                    }
                    ui.horizontal(|ui| {
                        if ui.button("Restore").clicked() {
                            restore = Some(at);
                        }
                        if ui.button("Discard").on_hover_text("Deletes what was written down").clicked() {
                            discard = Some(at);
                        }
                    });
                });
            }
        });
        if let Some(at) = restore {
            let recovery = self.found.remove(at);
            app.session.recover(recovery);
            app.document_changed(ui.ctx());
            app.say("Recovered; save the board to keep it");
            return true;
        }
        if let Some(at) = discard {
            let recovery = self.found.remove(at);
            recovery.decline(app.session.disk());
        }
        let mut close = self.found.is_empty();
        buttons(ui, |ui| {
            close |= ui.button("Ask again next time").clicked();
        });
        close
    }
}

fn ago(seconds: u64) -> String {
    match seconds {
        0..=90 => "a moment ago".to_owned(),
        91..=5_400 => format!("{} minutes ago", seconds / 60),
        5_401..=129_600 => format!("{} hours ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}
