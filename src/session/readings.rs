//! What a board says to those who read it: findings, ghost links, names. Made anew off the thread after each change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::job::{Job, Polled};
use crate::board::{Board, Edit, Level};
use crate::checks::{self, Report};
use crate::flow::{ContextMap, Flow, Options};
use crate::kit::{Id, IdSource};
use crate::lowering::{Lowering, lower};
use crate::model::System;

/// A link that was read from where stickies lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GhostLink {
    /// Where it starts.
    pub from: Id,
    /// Where it ends.
    pub to: Id,
    /// Why it was read, one sentence.
    pub reason: String,
}

/// A board read once.
#[derive(Clone, Debug)]
pub struct Readings {
    /// The revision of the board that was read.
    pub revision: u64,
    /// What the checks found at the board's level.
    pub report: Report,
    /// Links that nobody drew.
    pub ghosts: Vec<GhostLink>,
    /// Its bounded contexts and what crosses between them.
    pub map: ContextMap,
    /// What the model makes of the board.
    pub system: Arc<System>,
    /// Definitions that do not run, each with its reason.
    pub blocked: BTreeMap<Id, String>,
}

impl Readings {
    /// Reads a board. `revision` is kept to tell which one it was.
    pub fn of(board: &Board, revision: u64) -> Self {
        Self::at_level(board, revision, board.settings().level)
    }

    /// Reads a board as if it were of that level.
    pub fn at_level(board: &Board, revision: u64, level: Level) -> Self {
        let board = &*board.at_level(level);
        let flow = Flow::read(board, Options { ghosts: true });
        let system = System::resolve(board, &flow);
        let report = checks::run(board, &flow, level, &system.problems);
        let ghosts = flow.ghosts().map(|it| {
            let reason = match &it.origin {
                crate::flow::Origin::Ghost { reason } => reason.clone(),
                crate::flow::Origin::Link(_) | crate::flow::Origin::Frame(_) => String::new(),
            };
            GhostLink { from: it.from, to: it.to, reason }
        });
        let mut blocked = BTreeMap::new();
        for problem in system.problems.iter().filter(|it| it.severity == crate::kit::Severity::Error) {
            for id in &problem.elements {
                blocked.entry(*id).or_insert_with(|| problem.message.clone());
            }
        }
        for it in lower(&system).unrunnable {
            blocked.entry(it.id).or_insert(it.reason);
        }
        let map = flow.context_map(board);
        Self { revision, report, ghosts: ghosts.collect(), map, system: Arc::new(system), blocked }
    }

    /// What of it runs, and how: made when something runs, for it is large and readings are kept.
    pub(super) fn lowering(&self) -> Arc<Lowering> {
        Arc::new(lower(&self.system))
    }

    /// The names of a definition in each output: title of the output, name, whether it had to be changed.
    pub fn names(&self, definition: Id) -> Vec<(&'static str, String, bool)> {
        let noted = |name: &str| self.system.names.notes.iter().any(|it| it.id == definition && it.name == name);
        let all = self.system.names.of(definition);
        all.map(|(output, name)| (output.title, name.to_owned(), noted(name))).collect()
    }

    /// The names of the records that the board defines.
    pub fn records(&self) -> BTreeSet<String> {
        self.system.records.keys().map(|it| self.system.name(*it).to_owned()).collect()
    }
}

/// What a link from one sticky to another says: "“Place Order” is invoked on “Order”".
pub fn link_sentence(board: &Board, from: Id, to: Id) -> String {
    let role = |id: Id| board.definition(id).map(|it| it.kind.role());
    let (Some(a), Some(b)) = (role(from), role(to)) else { return String::new() };
    let name = |id: Id, role| match board.name(id) {
        name if name.is_empty() => crate::flow::article(role).to_owned(),
        name => format!("\u{201c}{name}\u{201d}"),
    };
    let verb = crate::flow::relation(a, b).unwrap_or(crate::flow::Relation::Outside).verb();
    let outside = crate::flow::outside(a, b).map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{} {verb} {}{outside}", name(from, a), name(to, b))
}

/// The edits that name a command for each event that has none: what a board of events lacks before it can run.
pub fn name_commands(board: &Board, ids: &mut IdSource) -> Vec<Edit> {
    let flow = Flow::read(board, Options { ghosts: true });
    let report = checks::run(board, &flow, Level::Process, &[]);
    let sources = report.findings.iter().filter(|it| it.code == "S4");
    let fixes = sources.filter_map(|it| it.fixes.iter().find(|fix| fix.label.starts_with("Add the command")));
    fixes.flat_map(|it| it.edits(ids)).collect()
}

/// Reads the board again and again, never two readings at once.
#[derive(Debug, Default)]
pub(super) struct Reader {
    latest: Option<Arc<Readings>>,
    /// The one before, taken apart off the thread: there is much of it.
    outdated: Option<Arc<Readings>>,
    job: Option<Job<Readings>>,
    started: Option<u64>,
}

impl Reader {
    /// Takes what is done and starts what is due.
    ///
    /// With `wait` nothing new is started.
    pub(super) fn poll(&mut self, board: &Board, revision: u64, wait: bool) {
        if let Some(job) = &self.job {
            match job.poll() {
                Polled::Running => return,
                Polled::Done(readings) => self.outdated = self.latest.replace(Arc::new(readings)),
                Polled::Lost => {}
            }
            self.job = None;
        }
        if self.started != Some(revision) && !wait {
            self.started = Some(revision);
            let (board, outdated) = (board.clone(), self.outdated.take());
            self.job = Some(Job::start(move |_| {
                drop(outdated);
                Readings::of(&board, revision)
            }));
        }
    }

    /// Another board: what was read before says nothing of it.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn latest(&self) -> Option<&Arc<Readings>> {
        self.latest.as_ref()
    }
}
