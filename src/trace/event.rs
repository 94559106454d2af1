//! The closed set of things that can happen in a run.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::kit::{Id, Millis, Timestamp};
use crate::record::{RecordSchema, Value};

/// A record of the run, numbered from 0 in the order of appending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RecordNo(pub u32);

impl RecordNo {
    /// Its place in [`super::Trace::records`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for RecordNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A record as it was appended to a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedRecord {
    /// Its number.
    pub id: RecordNo,
    /// When it was appended.
    pub at: Timestamp,
    /// The definition it is a message of: a command, an event, a time event, for a row the read model.
    pub message: Option<Id>,
    /// The definition of the sticky that produced it.
    pub from: Option<Id>,
    /// The full name of its type.
    pub type_name: Arc<str>,
    /// Its topic.
    pub topic: Arc<str>,
    /// Its partition.
    pub partition: i32,
    /// Its offset.
    pub offset: i64,
    /// Its key; NULL if it has none.
    pub key: Value,
    /// Its value; none is a tombstone.
    pub value: Option<Value>,
    /// The schema of its value, if it is known.
    pub schema: Option<Arc<RecordSchema>>,
    /// The record that it follows from.
    pub cause: Option<RecordNo>,
    /// The record with which the story began; itself where it is the first.
    pub correlation: RecordNo,
}

/// Why one of several alternatives was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Nothing on the board decides: the seed did.
    Seed,
    /// The guard is prose: the seed decided by weight.
    Prose,
}

/// One thing that happened. Ids are those of definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TraceEvent {
    /// A record was appended to its topic.
    Appended {
        /// The record.
        record: RecordNo,
    },
    /// A sticky took a record from its topic and dealt with it.
    Handled {
        /// The sticky.
        by: Id,
        /// The record.
        record: RecordNo,
    },
    /// One of several alternatives was taken that no rule of the board decides.
    Chose {
        /// The sticky that had the choice.
        by: Id,
        /// The record it was about.
        record: Option<RecordNo>,
        /// What was taken; the empty text is none of them.
        taken: Arc<str>,
        /// What there was to take.
        among: Arc<[Arc<str>]>,
        /// How it came about.
        why: Choice,
    },
    /// A command was refused by its handler.
    Rejected {
        /// The command.
        command: Id,
        /// The handler.
        by: Id,
        /// The record of the command.
        record: RecordNo,
        /// Why.
        reason: Arc<str>,
    },
    /// An instance of an aggregate or a row of a read model changed.
    Changed {
        /// The aggregate or read model.
        of: Id,
        /// Its key.
        key: Value,
        /// The record that changed it.
        record: Option<RecordNo>,
    },
    /// An external system was asked and is thinking.
    Asked {
        /// The external system.
        external: Id,
        /// The request.
        record: RecordNo,
        /// How long it will take.
        latency: Millis,
    },
    /// Something did not happen that should have: an external system gave no answer, a handler failed, an expression
    /// gave no value.
    Failed {
        /// The sticky.
        by: Id,
        /// The record it was about.
        record: RecordNo,
        /// Why.
        reason: Arc<str>,
    },
    /// A manual policy put a task on somebody's list.
    TaskOpened {
        /// The policy.
        policy: Id,
        /// Who carries it out.
        actor: Option<Id>,
        /// The record that triggered it.
        record: RecordNo,
        /// When it will be done.
        due: Timestamp,
    },
    /// An actor could not act.
    Waited {
        /// The actor.
        actor: Id,
        /// The command.
        command: Id,
        /// What is missing.
        reason: Arc<str>,
    },
    /// Nobody takes this record.
    Unhandled {
        /// The record.
        record: RecordNo,
        /// Why.
        reason: Arc<str>,
    },
    /// Something was broken or mended on purpose.
    Fault {
        /// The sticky.
        on: Id,
        /// What was done to it.
        what: Arc<str>,
    },
    /// A loop used up its budget of steps and was stopped.
    Looped {
        /// The stickies of the loop.
        stickies: Vec<Id>,
        /// The steps in one story.
        steps: u64,
    },
    /// An invariant does not hold.
    Broken {
        /// The scenario, or the aggregate whose line it is.
        invariant: Id,
        /// The record at which it showed.
        record: Option<RecordNo>,
        /// What was found.
        why: Arc<str>,
    },
    /// A board of events only: the timeline reached this event.
    Played {
        /// The event.
        event: Id,
        /// The event before it.
        after: Option<Id>,
    },
    /// A remark on the whole run.
    Said {
        /// The remark.
        text: Arc<str>,
    },
}

impl TraceEvent {
    /// The word for it in JSON.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Appended { .. } => "appended",
            Self::Handled { .. } => "handled",
            Self::Chose { .. } => "chose",
            Self::Rejected { .. } => "rejected",
            Self::Changed { .. } => "changed",
            Self::Asked { .. } => "asked",
            Self::Failed { .. } => "failed",
            Self::TaskOpened { .. } => "task_opened",
            Self::Waited { .. } => "waited",
            Self::Unhandled { .. } => "unhandled",
            Self::Fault { .. } => "fault",
            Self::Looped { .. } => "looped",
            Self::Broken { .. } => "broken",
            Self::Played { .. } => "played",
            Self::Said { .. } => "said",
        }
    }

    /// The record it is about.
    pub fn record(&self) -> Option<RecordNo> {
        match self {
            Self::Appended { record }
            | Self::Handled { record, .. }
            | Self::Rejected { record, .. }
            | Self::Asked { record, .. }
            | Self::Failed { record, .. }
            | Self::TaskOpened { record, .. }
            | Self::Unhandled { record, .. } => Some(*record),
            Self::Chose { record, .. } | Self::Changed { record, .. } | Self::Broken { record, .. } => *record,
            Self::Waited { .. }
            | Self::Fault { .. }
            | Self::Looped { .. }
            | Self::Played { .. }
            | Self::Said { .. } => None,
        }
    }

    /// The stickies it is about, apart from those of its record.
    pub fn stickies(&self) -> Vec<Id> {
        match self {
            Self::Appended { .. } | Self::Unhandled { .. } | Self::Said { .. } => Vec::new(),
            Self::Handled { by, .. } | Self::Chose { by, .. } | Self::Failed { by, .. } => vec![*by],
            Self::Rejected { command, by, .. } => vec![*command, *by],
            Self::Changed { of, .. } => vec![*of],
            Self::Asked { external, .. } => vec![*external],
            Self::TaskOpened { policy, actor, .. } => [*policy].into_iter().chain(*actor).collect(),
            Self::Waited { actor, command, .. } => vec![*actor, *command],
            Self::Fault { on, .. } => vec![*on],
            Self::Looped { stickies, .. } => stickies.clone(),
            Self::Broken { invariant, .. } => vec![*invariant],
            Self::Played { event, .. } => vec![*event],
        }
    }
}

/// A thing that happened, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the trace, from 0.
    pub seq: u64,
    /// The virtual time.
    pub at: Timestamp,
    /// What happened.
    pub event: TraceEvent,
}
