//! Generating code from the window: off the thread, into a folder that the user names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use super::prompts::Message;
use crate::kit::counted;
use crate::session::{Job, Polled, Readings, generate_into};

/// A generation under way.
pub(crate) type Generating = Job<Result<String, String>>;

impl App {
    /// Writes the code into the folder.
    pub(crate) fn generate_into(&mut self, folder: &Path) {
        let folder = folder.to_owned();
        let allow = self.allow_ghosts;
        let (board, revision) = (self.session.board().clone(), self.session.history().revision());
        let disk = self.session.disk().clone();
        self.generating = Some(Job::start(move |_| {
            let readings = Arc::new(Readings::of(&board, revision));
            let plan = generate_into(&disk, &folder, &readings.system, allow).map_err(|it| it.to_string())?;
            let mut said = match plan.writes.len() {
                0 => format!("{}: nothing to write, all is as it should be", folder.display()),
                count => format!("Generated {} into {}", counted(count, "file"), folder.display()),
            };
            if !plan.conflicts.is_empty() {
                let count = plan.conflicts.len();
                let verb = if count == 1 { "is left as it is" } else { "are left as they are" };
                said.push_str(&format!("; {} that you edited {verb}", counted(count, "file")));
            }
            for note in plan.notes.iter().take(3) {
                said.push_str("; ");
                said.push_str(note);
            }
            Ok(said)
        }));
    }

    /// Says what became of a generation.
    pub(crate) fn poll_generating(&mut self) {
        let Some(job) = &self.generating else { return };
        match job.poll() {
            Polled::Running => {}
            Polled::Done(Ok(said)) => {
                self.generating = None;
                self.steps.generated();
                self.open_dialog(Box::new(Message::new("Code generated", said)));
            }
            Polled::Done(Err(why)) => {
                self.generating = None;
                self.open_dialog(Box::new(Message::new("Nothing was generated", why)));
            }
            Polled::Lost => {
                self.generating = None;
                self.say("The generation ended with an internal error");
            }
        }
    }

    /// The folder that was named last, or a sensible one.
    pub(crate) fn code_folder(&self) -> PathBuf {
        let words = crate::kit::kebab(&self.session.title());
        let name = if words.is_empty() { "board".to_owned() } else { words };
        let beside = self.session.path().and_then(Path::parent).map(Path::to_owned);
        beside.unwrap_or_else(crate::session::default_folder).join(format!("{name}-code"))
    }
}
