//! Those that act: aggregates, policies, external systems, actors, timers; and read models.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::board::Outputs;
use crate::kit::{Id, Millis};
use crate::record::RecordSchema;

use super::{Assignment, KeyRule, Outcome, Rule, Source};

/// A bounded context: a frame, or the board as a whole.
#[derive(Clone, Debug)]
pub struct Context {
    /// The frame; for what lies in no frame an id of its own, see [`super::default_context`].
    pub id: Id,
    /// Its name as written, or the board's title.
    pub name: String,
    /// The frame, if it is one.
    pub frame: Option<Id>,
    /// Whether it is plain create, read, update, delete on purpose.
    pub crud: bool,
}

/// An aggregate: an event-sourced state machine, one instance per key.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// The sticky or frame; for an anonymous one an id derived from its first command.
    pub id: Id,
    /// Its name as written; an anonymous one is called after its first command.
    pub name: String,
    /// The element that shows it: the sticky, the frame, or the command of an anonymous one.
    pub shown_on: Id,
    /// Whether nobody drew it: commands lead to events directly.
    pub anonymous: bool,
    /// The context it lies in.
    pub context: Id,
    /// The state of an instance: the fields of its own text and of its events, each of which may be NULL.
    pub state: Arc<RecordSchema>,
    /// The index of the key field in `state`.
    pub key: usize,
    /// The commands it takes, from left to right.
    pub commands: Vec<Id>,
    /// The events it produces, from left to right.
    pub events: Vec<Id>,
    /// What must hold of every instance at any time, over the row `[state]`.
    pub always: Vec<Rule>,
    /// `<context>.<aggregate>.commands`
    pub commands_topic: Arc<str>,
    /// `<context>.<aggregate>.events`
    pub events_topic: Arc<str>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// A policy: events in, commands out.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The sticky; for an implicit one (an event that leads to a command directly) an id derived from both.
    pub id: Id,
    /// Its name as written, or `Whenever <event>, <command>`.
    pub name: String,
    /// The element that shows it: the sticky, or the command of an implicit one.
    pub shown_on: Id,
    /// Whether nobody drew it.
    pub implicit: bool,
    /// The context it lies in.
    pub context: Id,
    /// What it reacts to: one entry for each trigger, or one with all triggers where they are joined.
    pub reactions: Vec<Reaction>,
    /// The time within which all triggers of a join must have come; `None` where any is enough.
    pub join: Option<Millis>,
    /// Whether one or all of the commands are issued.
    pub outputs: Outputs,
    /// Whether a person carries it out.
    pub manual: bool,
    /// Who carries it out, if it is manual and that was drawn.
    pub actor: Option<Id>,
    /// `<context>.<policy>.tasks`, if it is manual: events that a person has taken up.
    pub tasks_topic: Option<Arc<str>>,
    /// The read models it looks at.
    pub consults: Vec<Id>,
    /// A whole KSQL query, as it was written. It is not run by the topologies of today.
    pub query: Option<String>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// What triggers a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// A domain event.
    Event(Id),
    /// A timer.
    Timer(Id),
}

impl Trigger {
    /// The definition.
    pub fn id(self) -> Id {
        match self {
            Self::Event(id) | Self::Timer(id) => id,
        }
    }
}

/// One way in which a policy reacts.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// What it reacts to: one trigger, or all of a join.
    pub on: Vec<Trigger>,
    /// The rows that it looks up in read models before it decides.
    pub lookups: Vec<Lookup>,
    /// What must be TRUE, all of it, over the triggers' records in the order of `on`, then the rows of `lookups`.
    pub guard: Vec<Rule>,
    /// The commands it issues.
    pub issues: Vec<Issue>,
    /// The links that lead here, in the order of `on`, where they were drawn.
    pub links: Vec<Option<Id>>,
}

/// A row that a policy looks up in a read model. Where there is none its columns are NULL.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The read model; it lies in the context of the policy.
    pub read_model: Id,
    /// The key of the row, over the triggers' records.
    pub key: Source,
    /// The link that shows it, if one was drawn.
    pub link: Option<Id>,
}

/// A command that a policy, actor, timer or external system issues.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The command.
    pub command: Id,
    /// Its guard, over the triggers' records and the rows that were looked up.
    pub when: Option<Rule>,
    /// Whether it is issued where no guard is TRUE.
    pub otherwise: bool,
    /// Where each field of the command comes from, in the order of its schema.
    pub fill: Vec<Source>,
    /// How the instance is found.
    pub key: KeyRule,
    /// The link that shows it, if one was drawn.
    pub link: Option<Id>,
}

/// A read model: a table materialised from events.
#[derive(Clone, Debug)]
pub struct ReadModel {
    /// The sticky.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context it lies in.
    pub context: Id,
    /// A row; each column but the key may be NULL.
    pub schema: Arc<RecordSchema>,
    /// The index of the key column.
    pub key: usize,
    /// The events it is fed by.
    pub feeds: Vec<Feed>,
    /// A whole KSQL query, as it was written. It is not run by the topologies of today.
    pub query: Option<String>,
    /// Whether its information comes from outside.
    pub outside: bool,
    /// `<context>.<read model>`, compacted.
    pub topic: Arc<str>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// An event that feeds a read model.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The event.
    pub event: Id,
    /// What must be TRUE, over the rows `[event, row]`.
    pub when: Option<Rule>,
    /// The field of the event that holds the row's key.
    pub key: usize,
    /// The columns it sets, over the rows `[event, row]`.
    pub sets: Vec<Assignment>,
    /// The link that shows it, if one was drawn.
    pub link: Option<Id>,
}

/// An external system.
#[derive(Clone, Debug)]
pub struct External {
    /// The sticky.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context it lies in.
    pub context: Id,
    /// The commands it takes; how it answers is in their outcomes.
    pub commands: Vec<Id>,
    /// The events it produces, as answers or on its own.
    pub events: Vec<Id>,
    /// The events it sends on its own: no command leads to them.
    pub sends: Vec<Id>,
    /// The commands it issues on its own.
    pub calls: Vec<Issue>,
    /// The shortest and longest time to an answer.
    pub latency: (Millis, Millis),
    /// The share of requests that fail, from 0 to 1.
    pub failure_rate: f64,
    /// `<context>.<external>.requests`
    pub requests_topic: Arc<str>,
    /// `<context>.<external>.events`
    pub events_topic: Arc<str>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// An actor: a source of commands.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The sticky.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context it lies in.
    pub context: Id,
    /// The commands it issues.
    pub issues: Vec<Issue>,
    /// The read models it looks at.
    pub consults: Vec<Id>,
    /// The manual policies it carries out.
    pub carries_out: Vec<Id>,
    /// How often it acts, if that was said of none of its commands in particular.
    pub rate: Option<Rate>,
    /// How often it issues a command, where that was said.
    pub rates: BTreeMap<Id, Rate>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// How often something happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// So many times ...
    pub count: f64,
    /// ... in this time.
    pub per: Millis,
}

/// A time event.
#[derive(Clone, Debug)]
pub struct Timer {
    /// The sticky.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context it lies in.
    pub context: Id,
    /// The record it produces when it fires, full name `<context>.<Name>`. Where the sticky has no fields, those of the
    /// event that it follows.
    pub schema: Arc<RecordSchema>,
    /// The index of the key field in `schema`.
    pub key: usize,
    /// When it fires.
    pub cadence: Cadence,
    /// The event that starts it, once per key; without it there is one timer for the whole board.
    pub follows: Option<Id>,
    /// The events that stop it for their key.
    pub unless: Vec<Id>,
    /// Where each field of the record comes from, over the row `[event]` of the event it follows.
    pub fill: Vec<Source>,
    /// The events that it makes happen by itself, over the row `[time event]`.
    pub outcomes: Vec<Outcome>,
    /// The topic of its records.
    pub topic: Arc<str>,
    /// Whether the time was assumed, not written.
    pub assumed: bool,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// When a timer fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Again and again, this far apart.
    Every(Millis),
    /// Once a day at this time after midnight UTC.
    Daily(Millis),
    /// Once, this long after the event it follows (or after the start of the run).
    After(Millis),
}
