//! The system's file dialogs, off the window's thread; a path field of our own where there is none.

use std::path::PathBuf;

use super::commands::Command;
use crate::session::{Job, Polled};

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// A board to open.
    Open,
    /// A photo or a list to put on the board.
    Insert,
    /// Where to save the board.
    SaveAs,
    /// Where to write the picture.
    Export,
    /// The folder for generated code.
    Generate,
}

impl Ask {
    /// The title of the dialog.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a board",
            Self::Insert => "Insert a photo or a list",
            Self::SaveAs => "Save the board as",
            Self::Export => "Export the picture as",
            Self::Generate => "Generate code into the folder",
        }
    }

    /// What to do with the answer.
    pub(crate) fn command(self, path: PathBuf) -> Command {
        match self {
            Self::Open => Command::OpenPath(path),
            Self::Insert => Command::InsertFile(path),
            Self::SaveAs => Command::SaveTo(path),
            Self::Export => Command::ExportTo(path),
            Self::Generate => Command::GenerateInto(path),
        }
    }
}

/// A dialog of the system that is open.
pub(crate) struct Pending {
    pub(crate) ask: Ask,
    /// Where it would start, and what the path field starts with should it be needed.
    pub(crate) suggestion: PathBuf,
    answer: Job<Option<PathBuf>>,
    /// The time of the frame in which it was asked for, in seconds.
    since: f64,
}

/// What became of a dialog.
pub(crate) enum Outcome {
    /// It is still open.
    Waiting(Pending),
    /// A path was chosen.
    Chosen(Ask, PathBuf),
    /// It was closed.
    Closed,
    /// The system has no file dialog.
    Unavailable(Ask, PathBuf),
}

/// Opens the system's dialog.
pub(crate) fn ask(ask: Ask, suggestion: PathBuf, now: f64, ctx: &egui::Context) -> Pending {
    let start = suggestion.clone();
    let ctx = ctx.clone();
    let answer = Job::start(move |_| {
        let folder = start.parent().filter(|it| it.is_dir()).map(std::path::Path::to_owned);
        let name = start.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let mut dialog = rfd::FileDialog::new().set_title(ask.title());
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let chosen = match ask {
            Ask::Open => dialog.add_filter("Stormglass boards", &["ron"]).pick_file(),
            Ask::Insert => {
                let endings = ["png", "jpg", "jpeg", "csv", "tsv", "txt", "md"];
                dialog.add_filter("Photos and lists", &endings).pick_file()
            }
            Ask::SaveAs => dialog.add_filter("Stormglass boards", &["ron"]).set_file_name(name).save_file(),
            Ask::Export => dialog.add_filter("Pictures", &["png", "svg"]).set_file_name(name).save_file(),
            Ask::Generate => dialog.pick_folder(),
        };
        ctx.request_repaint_after(std::time::Duration::from_millis(50));
        chosen
    });
    Pending { ask, suggestion, answer, since: now }
}

/// Looks whether a dialog has been answered. An answer that comes at once was not a person's.
pub(crate) fn poll(pending: Pending, now: f64) -> Outcome {
    match pending.answer.poll() {
        Polled::Done(Some(path)) => Outcome::Chosen(pending.ask, path),
        Polled::Done(None) | Polled::Lost if now - pending.since < 0.8 => {
            Outcome::Unavailable(pending.ask, pending.suggestion)
        }
        Polled::Done(None) | Polled::Lost => Outcome::Closed,
        Polled::Running => Outcome::Waiting(pending),
    }
}
