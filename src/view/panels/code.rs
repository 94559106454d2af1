//! Code: what would be generated, file by file.

use std::sync::Arc;

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::PanelSpec;
use crate::kit::counted;
use crate::session::{Job, Polled, Readings, preview};
use crate::view::commands::Command;
use crate::view::widgets::{heading, muted};
use crate::view::{App, theme};

pub(super) const SPEC: PanelSpec = PanelSpec {
    key: "code",
    name: "Code",
    help: "What would be generated, file by file",
    manual: &[
        "The code that the board becomes, before anything is written. It follows the board as you change it.",
        "Generate writes it into a folder: a Cargo workspace with a crate for each bounded context, whose tests pass as they are. Generated files and yours are apart; a file that you edited is never overwritten.",
    ],
    show,
};

/// The files: path and text; and remarks.
type Files = (Vec<(String, String)>, Vec<String>);

/// What the panel remembers.
#[derive(Default)]
pub(crate) struct CodeView {
    made_for: Option<(u64, bool)>,
    job: Option<Job<Result<Files, String>>>,
    files: Option<Result<Files, String>>,
    open: Option<String>,
}

impl CodeView {
    /// Makes the preview anew off the thread where the board has changed.
    fn follow(&mut self, readings: Option<&Arc<Readings>>, allow: bool) {
        if let Some(job) = &self.job {
            match job.poll() {
                Polled::Running => return,
                Polled::Done(files) => self.files = Some(files),
                Polled::Lost => self.files = Some(Err("the preview ended with an internal error".to_owned())),
            }
            self.job = None;
        }
        let Some(readings) = readings else { return };
        if self.made_for != Some((readings.revision, allow)) {
            self.made_for = Some((readings.revision, allow));
            let readings = Arc::clone(readings);
            self.job = Some(Job::start(move |_| {
                let output = preview(&readings.system, allow).map_err(|it| it.to_string())?;
                let files = output.files.into_iter().map(|(path, file)| (path, file.text)).collect();
                Ok((files, output.notes))
            }));
        }
    }
}

fn show(app: &mut App, ui: &mut Ui) {
    let readings = app.findings.readings().cloned();
    let allow = app.allow_ghosts;
    app.code.follow(readings.as_ref(), allow);
    ui.horizontal(|ui| {
        heading(ui, "Code");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Generate\u{2026}").clicked() {
                app.do_later(Command::Dialog("generate"));
            }
        });
    });
    let tokens = theme::tokens(ui.ctx());
    let (files, notes) = match &app.code.files {
        None => {
            ui.spinner();
            return;
        }
        Some(Err(why)) => {
            ui.label(RichText::new(why).color(tokens.error));
            let ghosts = readings.map_or(0, |it| it.system.relies_on_ghosts);
            if ghosts > 0 {
                ui.checkbox(&mut app.allow_ghosts, format!("Count {} as links", counted(ghosts, "ghost link")));
            }
            return;
        }
        Some(Ok(files)) => files.clone(),
    };
    muted(ui, counted(files.len(), "file"));
    for note in &notes {
        muted(ui, note.clone());
    }
    let open = app.code.open.clone();
    let shown = open.as_ref().and_then(|path| files.iter().find(|it| it.0 == *path)).or(files.first());
    ScrollArea::vertical().id_salt("files").max_height(190.0).show(ui, |ui| {
        for (path, _) in &files {
            let on = shown.is_some_and(|it| it.0 == *path);
            if ui.selectable_label(on, RichText::new(path).size(theme::SMALL + 0.5)).clicked() {
                app.code.open = Some(path.clone());
            }
        }
    });
    ui.separator();
    if let Some((path, text)) = shown {
        ui.label(RichText::new(path).strong());
        let mut text = text.as_str();
        let edit = TextEdit::multiline(&mut text).code_editor().desired_width(f32::INFINITY);
        ScrollArea::horizontal().id_salt("text of a file").show(ui, |ui| {
            let response = ui.add(edit);
            crate::view::live::name(&response, &format!("Text of {path}"));
        });
    }
}
