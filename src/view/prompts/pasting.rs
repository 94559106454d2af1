//! Pasting much: the text is read off the thread, with progress and cancel; then one is asked what shall become of it.

use std::path::PathBuf;

use egui::{ProgressBar, Ui};

use crate::board::Kind;
use crate::editor::pasting::{self, Pasted};
use crate::kit::counted;
use crate::session::{Disk, Job, Polled, Progress, read_text};
use crate::view::App;
use crate::view::dialogs::{Dialog, buttons, primary};
use crate::view::widgets::{muted, swatch};

/// What makes no more elements than this is not asked about.
const UNASKED: usize = 300;
/// How many names are shown of what would be made.
const SHOWN: usize = 6;

/// A text that is being read, or was.
pub(crate) struct Pasting {
    state: State,
}

enum State {
    Reading(Job<Result<Option<Pasted>, String>>),
    Read(Pasted),
}

impl Pasting {
    /// Starts to read it. `comma` says that its cells are separated by commas or semicolons.
    pub(crate) fn new(text: String, comma: bool) -> Self {
        Self { state: State::Reading(Job::start(move |progress| Ok(parse(&text, comma, progress)))) }
    }

    /// The same for the text of a file.
    pub(crate) fn of_file(disk: Disk, path: PathBuf, comma: bool) -> Self {
        let work = move |progress: &Progress| Ok(parse(&read_text(&disk, &path)?, comma, progress));
        Self { state: State::Reading(Job::start(work)) }
    }
}

fn parse(text: &str, comma: bool, progress: &Progress) -> Option<Pasted> {
    pasting::read(text, comma, &mut |done| progress.report(done, "Reading the text").is_continue())
}

impl Dialog for Pasting {
    fn key(&self) -> &'static str {
        "pasting"
    }

    fn title(&self) -> String {
        match &self.state {
            State::Reading(_) => "Reading the text".to_owned(),
            State::Read(it) => format!("Paste {}?", counted(it.count(), "sticky")),
        }
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        if let State::Reading(job) = &self.state {
            match job.poll() {
                Polled::Running => {
                    ui.ctx().request_repaint();
                    ui.add(ProgressBar::new(job.progress().0).animate(true));
                    let mut close = false;
                    buttons(ui, |ui| close = ui.button("Cancel").clicked());
                    return close;
                }
                Polled::Done(Err(why)) => {
                    app.open_dialog(Box::new(super::Message::new("The file cannot be used", why)));
                    return true;
                }
                Polled::Done(Ok(None)) => {
                    app.say("It holds nothing that could be pasted");
                    return true;
                }
                Polled::Lost => {
                    app.say("The text could not be read: an internal error");
                    return true;
                }
                Polled::Done(Ok(Some(pasted))) => self.state = State::Read(pasted),
            }
        }
        let State::Read(pasted) = &self.state else { return false };
        let mut take = matches!(pasted, Pasted::Elements(_)) || pasted.count() <= UNASKED;
        let mut close = false;
        if !take {
            question(app, ui, pasted);
            buttons(ui, |ui| {
                take = primary(ui, "Paste", true);
                close = ui.button("Cancel").clicked();
            });
        }
        if take
            && let State::Read(pasted) = std::mem::replace(&mut self.state, State::Read(Pasted::List(<_>::default())))
        {
            app.with_cx(|editor, cx| editor.put_pasted(cx, pasted));
        }
        take || close
    }
}

/// What would be made.
fn question(app: &App, ui: &mut Ui, pasted: &Pasted) {
    let Pasted::List(list) = pasted else { return };
    for kind in Kind::all() {
        let own = |it: &&pasting::Cell| it.kind.unwrap_or(app.editor.last_kind) == kind;
        let count = list.cells().filter(own).count();
        if count > 0 {
            ui.horizontal(|ui| {
                swatch(ui, kind, 16.0);
                ui.label(format!("{count} x {}", kind.name()));
            });
        }
    }
    ui.add_space(4.0);
    for cell in list.cells().take(SHOWN) {
        let line: String = cell.text.lines().next().unwrap_or_default().chars().take(80).collect();
        ui.add(egui::Label::new(line).truncate());
    }
    muted(ui, "and so on");
    if let Some(remark) = pasted.remark() {
        ui.add_space(4.0);
        ui.label(egui::RichText::new(remark).color(crate::view::theme::tokens(ui.ctx()).warning));
    }
    muted(ui, "It is one undo step.");
}
