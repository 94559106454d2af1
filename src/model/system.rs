//! The resolved system and questions to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::board::{Board, Level};
use crate::flow::Flow;
use crate::kit::{Diagnostic, Id, Severity};
use crate::record::RecordSchema;

use super::{
    Actor, Aggregate, Command, Context, Event, External, Invariant, NameTable, Policy, ReadModel, RecordDef, Scenario,
    Timer, Topic,
};

/// The code of a field whose type nobody knows. It stops no run, but the field is left out.
pub(super) const UNKNOWN_TYPE: &str = "M-unknown";

/// What a board means, with every name and type resolved. Maps are keyed by definition.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// The board's title.
    pub title: String,
    /// The board's level.
    pub level: Level,
    /// The board's notes.
    pub notes: String,
    /// Bounded contexts that hold something.
    pub contexts: BTreeMap<Id, Context>,
    /// Glossary terms with fields.
    pub records: BTreeMap<Id, RecordDef>,
    /// Aggregates, drawn and anonymous.
    pub aggregates: BTreeMap<Id, Aggregate>,
    /// Commands.
    pub commands: BTreeMap<Id, Command>,
    /// Domain events.
    pub events: BTreeMap<Id, Event>,
    /// Policies, drawn and implicit.
    pub policies: BTreeMap<Id, Policy>,
    /// Read models.
    pub read_models: BTreeMap<Id, ReadModel>,
    /// External systems.
    pub externals: BTreeMap<Id, External>,
    /// Actors.
    pub actors: BTreeMap<Id, Actor>,
    /// Time events.
    pub timers: BTreeMap<Id, Timer>,
    /// Scenarios with examples.
    pub scenarios: BTreeMap<Id, Scenario>,
    /// Scenarios that hold a law, and `always` lines of aggregates.
    pub invariants: Vec<Invariant>,
    /// Topics by name.
    pub topics: BTreeMap<Arc<str>, Topic>,
    /// The name of every definition in every output.
    pub names: NameTable,
    /// Domain events and time events from left to right.
    pub timeline: Vec<Id>,
    /// What could not be resolved. Severity error means that the sticky does not run and is not generated.
    pub problems: Vec<Diagnostic>,
    /// What was assumed where nothing was written.
    pub assumptions: Vec<Assumption>,
    /// The number of ghost links that this reading relies on.
    pub relies_on_ghosts: usize,
}

/// Something that was assumed where nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The element it is about.
    pub on: Id,
    /// One sentence that names the sticky.
    pub text: String,
}

/// What a definition is.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A glossary term with fields.
    Record(&'a RecordDef),
    /// An aggregate.
    Aggregate(&'a Aggregate),
    /// A command.
    Command(&'a Command),
    /// A domain event.
    Event(&'a Event),
    /// A policy.
    Policy(&'a Policy),
    /// A read model.
    ReadModel(&'a ReadModel),
    /// An external system.
    External(&'a External),
    /// An actor.
    Actor(&'a Actor),
    /// A time event.
    Timer(&'a Timer),
}

impl<'a> Part<'a> {
    /// The name as written.
    pub fn name(self) -> &'a str {
        match self {
            Self::Record(it) => &it.name,
            Self::Aggregate(it) => &it.name,
            Self::Command(it) => &it.name,
            Self::Event(it) => &it.name,
            Self::Policy(it) => &it.name,
            Self::ReadModel(it) => &it.name,
            Self::External(it) => &it.name,
            Self::Actor(it) => &it.name,
            Self::Timer(it) => &it.name,
        }
    }

    /// The context it belongs to.
    pub fn context(self) -> Id {
        match self {
            Self::Record(it) => it.context,
            Self::Aggregate(it) => it.context,
            Self::Command(it) => it.context,
            Self::Event(it) => it.context,
            Self::Policy(it) => it.context,
            Self::ReadModel(it) => it.context,
            Self::External(it) => it.context,
            Self::Actor(it) => it.context,
            Self::Timer(it) => it.context,
        }
    }

    /// Its record type: a message's, a state's, a row's.
    pub fn schema(self) -> Option<&'a Arc<RecordSchema>> {
        match self {
            Self::Record(it) => Some(&it.schema),
            Self::Aggregate(it) => Some(&it.state),
            Self::Command(it) => Some(&it.schema),
            Self::Event(it) => Some(&it.schema),
            Self::ReadModel(it) => Some(&it.schema),
            Self::Timer(it) => Some(&it.schema),
            Self::Policy(_) | Self::External(_) | Self::Actor(_) => None,
        }
    }
}

impl System {
    /// Reads what a board means. Never fails: see [`System::problems`] and [`System::assumptions`].
    pub fn resolve(board: &Board, flow: &Flow) -> Self {
        super::resolve::resolve(board, flow)
    }

    /// The problems for which something is left out of what is made from the system.
    pub fn left_out(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().filter(|it| it.severity == Severity::Error || it.code == UNKNOWN_TYPE)
    }

    /// What the definition with that id is.
    pub fn part(&self, id: Id) -> Option<Part<'_>> {
        (self.events.get(&id).map(Part::Event))
            .or_else(|| self.commands.get(&id).map(Part::Command))
            .or_else(|| self.aggregates.get(&id).map(Part::Aggregate))
            .or_else(|| self.policies.get(&id).map(Part::Policy))
            .or_else(|| self.read_models.get(&id).map(Part::ReadModel))
            .or_else(|| self.externals.get(&id).map(Part::External))
            .or_else(|| self.actors.get(&id).map(Part::Actor))
            .or_else(|| self.timers.get(&id).map(Part::Timer))
            .or_else(|| self.records.get(&id).map(Part::Record))
    }

    /// The name of a definition as written; empty if there is none.
    pub fn name(&self, id: Id) -> &str {
        self.part(id).map_or("", Part::name)
    }

    /// The schema of a command, event or timer.
    pub fn message(&self, id: Id) -> Option<&Arc<RecordSchema>> {
        (self.events.get(&id).map(|it| &it.schema))
            .or_else(|| self.commands.get(&id).map(|it| &it.schema))
            .or_else(|| self.timers.get(&id).map(|it| &it.schema))
    }

    /// The command, event or timer whose record has that full name.
    pub fn message_named(&self, full_name: &str) -> Option<Id> {
        let events = self.events.values().map(|it| (it.id, &it.schema));
        let commands = self.commands.values().map(|it| (it.id, &it.schema));
        let timers = self.timers.values().map(|it| (it.id, &it.schema));
        events.chain(commands).chain(timers).find(|(_, schema)| *schema.name == *full_name).map(|(id, _)| id)
    }

    /// The elements that cannot be run or generated because something about them could not be resolved.
    pub fn blocked(&self) -> BTreeSet<Id> {
        let errors = self.problems.iter().filter(|it| it.severity == Severity::Error);
        errors.filter_map(|it| it.elements.first().copied()).collect()
    }

    /// Whether there is anything but events, so that a run can show causes.
    pub fn has_causes(&self) -> bool {
        !self.commands.is_empty() || !self.policies.is_empty() || !self.timers.is_empty()
    }

    /// The place of the key in the schema of a command, event or timer.
    pub fn key_place(&self, id: Id) -> Option<usize> {
        (self.events.get(&id).map(|it| it.key))
            .or_else(|| self.commands.get(&id).map(|it| it.key))
            .or_else(|| self.timers.get(&id).map(|it| it.key))
    }

    /// The topic of a command, event or timer.
    pub fn topic_of(&self, id: Id) -> Option<&Arc<str>> {
        (self.events.get(&id).map(|it| &it.topic))
            .or_else(|| self.commands.get(&id).map(|it| &it.topic))
            .or_else(|| self.timers.get(&id).map(|it| &it.topic))
    }

    /// The element that shows a definition: another's for what nobody drew.
    pub fn shown_on(&self, id: Id) -> Id {
        let aggregate = self.aggregates.get(&id).map(|it| it.shown_on);
        aggregate.or_else(|| self.policies.get(&id).map(|it| it.shown_on)).unwrap_or(id)
    }
}
