//! The board that is open: where it came from, what was done to it, whether it is safe.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::document::hash;
use super::journal_file::recoveries;
use super::readings::{Reader, Readings};
use super::running::{RunOptions, RunState, Runner, Running};
use super::{
    Disk, JournalWriter, Lock, OpenError, Preferences, Recovery, Sample, SaveError, StateDir, load, save_bytes,
};
use crate::board::{self, Board, FormatError, Level, Settings};
use crate::journal::{Header, History, Transaction};
use crate::kit::{Id, IdSource, Streams};
use crate::simulate::ScenarioResult;

/// What a gesture under way has done is written down this often.
const CHECKPOINT_EVERY: Duration = Duration::from_millis(250);

/// Boards with more elements are not read again before a gesture has ended.
const LARGE: usize = 1_000;

/// What an empty board starts as.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// Which phase of a workshop it is for.
    pub sentence: &'static str,
    /// How deep the board means to go.
    pub level: Level,
    /// Whether the group explores at first.
    pub exploring: bool,
}

/// What an empty board may start as, for the menu File > New, in the order of a workshop.
pub static TEMPLATES: &[Template] = &[
    Template {
        name: "Chaotic exploration",
        sentence: "Everybody writes down events, in no order. Nothing is checked until the group is done exploring.",
        level: Level::BigPicture,
        exploring: true,
    },
    Template {
        name: "Big picture",
        sentence: "The timeline of a whole business: events in order, pivotal events, hotspots. Checked as such.",
        level: Level::BigPicture,
        exploring: false,
    },
    Template {
        name: "Process",
        sentence: "Commands, policies and systems between the events: the grammar is checked, the board runs.",
        level: Level::Process,
        exploring: false,
    },
    Template {
        name: "Design",
        sentence: "Aggregates, fields and rules as well: the board runs in detail, and code is generated from it.",
        level: Level::Design,
        exploring: false,
    },
];

/// What a shell holds: the board that is open, with its file, its history and its journal, and the jobs on it.
#[derive(Debug)]
pub struct Session {
    disk: Disk,
    state: StateDir,
    preferences: Preferences,
    ids: IdSource,
    history: History,
    path: Option<PathBuf>,
    /// The key of journal and lock.
    key: String,
    /// The hash of the file as it was read or written last; empty while there is none.
    file_hash: String,
    /// The last answer to "does the board differ from its file", and for which revision.
    dirty: (u64, bool),
    read_only: bool,
    lock: Option<Lock>,
    journal: Option<JournalWriter>,
    checkpoint: Option<Instant>,
    messages: Vec<String>,
    reader: Reader,
    runner: Runner,
}

impl Session {
    /// The session of this user, with an empty untitled board.
    pub fn of_user() -> Self {
        Self::new(Disk::real(), StateDir::of_user())
    }

    /// An empty untitled board.
    pub fn new(disk: Disk, state: StateDir) -> Self {
        let preferences = state.preferences(&disk);
        let mut seed = [0; 8];
        // Without entropy ids could meet those of another board; the process and its address space still differ.
        if getrandom::fill(&mut seed).is_err() {
            seed = (std::process::id() as u64).to_le_bytes();
        }
        let mut ids = IdSource::new(Streams::new(u64::from_le_bytes(seed)).stream("ids"));
        let key = format!("untitled-{}", ids.next_id());
        Self {
            disk,
            state,
            preferences,
            ids,
            history: History::default(),
            path: None,
            key,
            file_hash: String::new(),
            dirty: (0, false),
            read_only: false,
            lock: None,
            journal: None,
            checkpoint: None,
            messages: Vec::new(),
            reader: Reader::default(),
            runner: Runner::default(),
        }
    }

    /// The board.
    pub fn board(&self) -> &Board {
        self.history.board()
    }

    /// The board's history, to look at.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The board's history, to change the board; call [`Self::pump`] afterwards.
    pub fn history_mut(&mut self) -> &mut History {
        &mut self.history
    }

    /// Where new ids come from.
    pub fn ids(&mut self) -> &mut IdSource {
        &mut self.ids
    }

    /// History and ids at once, for those who need both.
    pub fn history_and_ids(&mut self) -> (&mut History, &mut IdSource) {
        (&mut self.history, &mut self.ids)
    }

    /// The file, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether another instance has the board open, so that it cannot be saved under its name.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// What to call the board: its title, else its file's name, else "Untitled".
    pub fn title(&self) -> String {
        let title = self.board().settings().title.trim();
        if !title.is_empty() {
            return title.to_owned();
        }
        let name = self.path.as_deref().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
        name.map_or_else(|| "Untitled".to_owned(), |it| it.trim_end_matches(".storm.ron").to_owned())
    }

    /// Whether the board differs from its file.
    pub fn is_dirty(&mut self) -> bool {
        let revision = self.history.revision();
        if self.dirty.0 != revision {
            if self.history.in_gesture() {
                // Compared once it is done: until then it changes with every move.
                return true;
            }
            self.dirty = (revision, !self.history.is_as_marked());
        }
        self.dirty.1
    }

    /// What is remembered from one start to the next.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// Changes and writes down what is remembered.
    pub fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        let before = self.preferences.clone();
        change(&mut self.preferences);
        if self.preferences != before
            && let Err(err) = self.state.set_preferences(&self.disk, &self.preferences)
        {
            self.messages.push(format!("{}: preferences cannot be written: {err}", self.state.path().display()));
        }
    }

    /// Messages for the status bar since the last call.
    pub fn take_messages(&mut self) -> Vec<String> {
        std::mem::take(&mut self.messages)
    }

    /// Why changes cannot be kept safe at the moment, if they cannot: to be shown until they can.
    pub fn journal_failure(&self) -> Option<String> {
        self.journal.as_ref().and_then(JournalWriter::failure)
    }

    /// The file system behind this session.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Work of earlier runs that was not closed cleanly. Journals that cannot be read are put aside with a message.
    pub fn recoveries(&mut self) -> Vec<Recovery> {
        let found = recoveries(&self.disk, &self.state);
        self.messages.extend(found.messages);
        found.recoveries
    }

    /// Goes on with recovered work, unsaved.
    pub fn recover(&mut self, recovery: Recovery) {
        self.close();
        let base = match &recovery.path {
            Some(path) => load(&self.disk, path).ok(),
            None => None,
        };
        let (saved, file_hash) = match base {
            Some((board, hash)) if hash == recovery.base_hash => (board, hash),
            // The file changed or went since: saving asks, because this hash is not that of the file.
            Some(_) | None => (Board::new(), recovery.base_hash.clone()),
        };
        self.start(saved, recovery.path.clone(), file_hash);
        self.key = recovery.journal.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        self.lock = Some(recovery.lock);
        self.reader.forget();
        self.runner = Runner::default();
        let saved = self.history.board().clone();
        self.history = History::marked_as(saved, recovery.board);
        self.dirty = (u64::MAX, true);
        // Until the next save the journal must hold all of it, so it starts anew with the recovered board.
        let header = self.journal_header(self.history.board().clone());
        let journal = JournalWriter::start(self.disk.clone(), recovery.journal, header);
        journal.write(Transaction { label: "Recover".to_owned(), edits: Vec::new() });
        self.journal = Some(journal);
    }

    /// Leaves the board without saving and starts an untitled one.
    pub fn start_untitled(&mut self, board: Board) {
        self.close();
        self.start(board, None, String::new());
    }

    /// Leaves the board without saving and starts an untitled copy of a sample.
    pub fn open_sample(&mut self, sample: &Sample) -> Result<(), FormatError> {
        let board = sample.board()?;
        self.start_untitled(board);
        Ok(())
    }

    /// What a start without a board shows: the board that was open last, else an untitled copy of the first sample.
    ///
    /// # Errors
    /// Where a sample that was built in is broken, which a test rules out.
    pub fn start_up(&mut self) -> Result<(), FormatError> {
        let last = self.preferences.recent.first().filter(|it| it.is_file()).cloned();
        if let Some(path) = last {
            match self.open(&path) {
                Ok(()) => return Ok(()),
                Err(err) => self.messages.push(err.to_string()),
            }
        }
        match super::SAMPLES.first() {
            Some(sample) => self.open_sample(sample),
            None => Ok(()),
        }
    }

    /// Leaves the board without saving and starts an empty one.
    pub fn start_empty(&mut self, template: &Template) {
        let Template { level, exploring, .. } = *template;
        self.start_untitled(Board::with_settings(Settings { level, exploring, ..Settings::default() }));
    }

    /// Opens a file. The board that was open is left without saving; on an error it stays.
    pub fn open(&mut self, path: &Path) -> Result<(), OpenError> {
        let (board, hash) = load(&self.disk, path)?;
        self.close();
        self.start(board, Some(path.to_owned()), hash);
        self.take_lock();
        let path = path.to_owned();
        self.prefer(|it| it.remember(&path));
        Ok(())
    }

    fn start(&mut self, board: Board, path: Option<PathBuf>, file_hash: String) {
        self.reader.forget();
        self.runner = Runner::default();
        self.history = History::new(board);
        self.dirty = (0, false);
        self.key = match &path {
            Some(path) => StateDir::key(path),
            None => format!("untitled-{}", self.ids.next_id()),
        };
        self.path = path;
        self.file_hash = file_hash;
        self.read_only = false;
    }

    fn take_lock(&mut self) {
        match self.state.lock(&self.disk, &self.key) {
            Ok(Some(lock)) => self.lock = Some(lock),
            Ok(None) => {
                self.read_only = true;
                self.messages.push(
                    "Another Stormglass has this board open: here it is read-only, save it under another name"
                        .to_owned(),
                );
            }
            Err(err) => self.messages.push(format!("{}: no lock can be taken: {err}", self.state.path().display())),
        }
    }

    /// Saves the board in its file.
    pub fn save(&mut self) -> Result<(), SaveError> {
        let Some(path) = self.path.clone() else { return Err(SaveError::Untitled) };
        if self.read_only {
            return Err(SaveError::ReadOnly(path));
        }
        let expected = self.file_hash.clone();
        self.write_to(&path, Some(&expected))
    }

    /// Saves the board in its file even though the file has changed.
    pub fn save_over(&mut self) -> Result<(), SaveError> {
        let Some(path) = self.path.clone() else { return Err(SaveError::Untitled) };
        if self.read_only {
            return Err(SaveError::ReadOnly(path));
        }
        self.write_to(&path, None)
    }

    /// Saves the board in another file, which is its file from now on.
    pub fn save_as(&mut self, path: &Path) -> Result<(), SaveError> {
        let key = StateDir::key(path);
        if key != self.key || self.read_only {
            match self.state.lock(&self.disk, &key) {
                Ok(Some(lock)) => {
                    self.write_to(path, None)?;
                    self.lock = Some(lock);
                }
                Ok(None) => return Err(SaveError::ReadOnly(path.to_owned())),
                Err(_) => self.write_to(path, None)?,
            }
        } else {
            self.write_to(path, None)?;
        }
        self.key = StateDir::key(path);
        self.path = Some(path.to_owned());
        self.read_only = false;
        let path = path.to_owned();
        self.prefer(|it| it.remember(&path));
        Ok(())
    }

    fn write_to(&mut self, path: &Path, expected: Option<&str>) -> Result<(), SaveError> {
        self.history.finish();
        self.pump();
        let text = board::write(self.history.board());
        if !save_bytes(&self.disk, path, text.as_bytes(), expected)? {
            self.messages
                .push(format!("{}: saved, but its file system cannot promise that it is on the disk", path.display()));
        }
        self.file_hash = hash(text.as_bytes());
        self.history.mark();
        self.dirty = (self.history.revision(), false);
        if let Some(journal) = self.journal.take() {
            journal.discard(&self.disk);
        }
        Ok(())
    }

    /// What makes the first record of a journal that begins with that board.
    fn journal_header(&self, base: Board) -> impl FnOnce() -> Header + Send + 'static {
        let (path, hash) = (self.path_text(), self.file_hash.clone());
        move || Header::new(&base, path, hash)
    }

    fn path_text(&self) -> Option<String> {
        self.path
            .as_ref()
            .map(|it| std::path::absolute(it).unwrap_or_else(|_| it.clone()).to_string_lossy().into_owned())
    }

    /// Writes down what was done since the last call. To be called once a frame and after every change.
    pub fn pump(&mut self) {
        if self.checkpoint.is_none_or(|it| it.elapsed() >= CHECKPOINT_EVERY) {
            self.history.checkpoint();
            self.checkpoint = Some(Instant::now());
        }
        let log = self.history.take_log();
        if log.is_empty() {
            return;
        }
        if self.read_only {
            // Its journal belongs to the instance that may write the file; here the work has a journal of its own.
            self.key = format!("untitled-{}", self.ids.next_id());
            self.read_only = false;
            self.path = None;
            self.messages.push("This copy is untitled from now on: the board is open elsewhere".to_owned());
        }
        if self.journal.is_none() {
            if self.lock.is_none() {
                self.lock = self.state.lock(&self.disk, &self.key).ok().flatten();
            }
            let header = self.journal_header(self.history.marked().clone());
            let path = self.state.journal(&self.key);
            let journal = JournalWriter::start(self.disk.clone(), path, header);
            self.journal = Some(journal);
        }
        let Some(journal) = &self.journal else { return };
        for transaction in log {
            journal.write(transaction);
        }
    }

    /// Looks after what goes on off the thread; to be called once a frame. Never waits.
    pub fn poll(&mut self) {
        let board = self.history.board();
        let wait = self.history.in_gesture() && board.len() > LARGE;
        self.reader.poll(board, self.history.revision(), wait);
        self.runner.poll();
        self.messages.append(&mut self.runner.messages);
    }

    /// What the board said when it was read last, which may be a moment ago; `None` until it was read once.
    pub fn readings(&self) -> Option<&Arc<Readings>> {
        self.reader.latest()
    }

    /// Starts a run of the board as it is now; what ran before is gone.
    pub fn start_run(&mut self, options: RunOptions) {
        self.runner.start(self.history.board(), self.history.revision(), options);
    }

    /// Ends the run; what came of it and of scenarios is forgotten.
    pub fn stop_run(&mut self) {
        self.runner.stop();
    }

    /// Whether the board is the one that runs: as it was, or again as it was. Looks through all of it.
    pub fn runs_this_board(&self) -> bool {
        self.runner.board.as_ref() == Some(self.history.board())
    }

    /// What became of the wish to run.
    pub fn run_state(&self) -> &RunState {
        &self.runner.state
    }

    /// The run, if there is one.
    pub fn run(&self) -> Option<&Running> {
        match &self.runner.state {
            RunState::Running(it) => Some(it),
            RunState::None | RunState::Starting | RunState::Failed(_) => None,
        }
    }

    /// The run, to go on or to be disturbed.
    pub fn run_mut(&mut self) -> Option<&mut Running> {
        match &mut self.runner.state {
            RunState::Running(it) => Some(it),
            RunState::None | RunState::Starting | RunState::Failed(_) => None,
        }
    }

    /// Runs a scenario off the thread; its result is found in [`Self::scenario_result`].
    pub fn run_scenario(&mut self, scenario: Id, seed: u64) {
        self.runner.results.remove(&scenario);
        self.runner.scenario(self.history.board(), self.history.revision(), scenario, seed);
    }

    /// How a scenario went when it was run last.
    pub fn scenario_result(&self, scenario: Id) -> Option<&ScenarioResult> {
        self.runner.results.get(&scenario)
    }

    /// How the scenarios went that were run.
    pub fn scenario_results(&self) -> impl Iterator<Item = &ScenarioResult> {
        self.runner.results.values()
    }

    /// Whether scenarios are being run.
    pub fn is_running_scenarios(&self) -> bool {
        self.runner.is_busy()
    }

    /// Leaves the board: its journal goes, because whoever leaves has saved or does not want to.
    pub fn close(&mut self) {
        if let Some(journal) = self.journal.take() {
            journal.discard(&self.disk);
        }
        self.lock = None;
    }
}
