//! Topics that the system needs.

use std::sync::Arc;

use crate::kit::{Id, Millis};

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name, legal in Kafka.
    pub name: Arc<str>,
    /// What it is for.
    pub kind: TopicKind,
    /// The aggregate, external system, read model, timer or event that it belongs to.
    pub owner: Id,
    /// The context of its owner.
    pub context: Id,
    /// The messages on it, by id; for a table the read model; for tasks and dead letters nothing: they hold what their
    /// owner reads.
    pub messages: Vec<Id>,
}

/// How long a topic keeps what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// For ever: it is the system's memory.
    ForEver,
    /// So long, then the oldest goes.
    For(Millis),
    /// The last record of each key.
    LastOfEachKey,
}

impl Topic {
    /// How long it keeps what it holds: events for ever, rows as long as they stand, what could not be handled a month
    /// for people to look at, the rest a week.
    pub fn keeping(&self) -> Keeping {
        match self.kind {
            TopicKind::Events => Keeping::ForEver,
            TopicKind::Table => Keeping::LastOfEachKey,
            TopicKind::Commands | TopicKind::Requests | TopicKind::Tasks => Keeping::For(Millis(7 * Millis::DAY.0)),
            TopicKind::DeadLetters => Keeping::For(Millis(30 * Millis::DAY.0)),
        }
    }
}

/// What a topic is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicKind {
    /// Events of one owner, or of one event that has a topic of its own.
    Events,
    /// Commands to one aggregate.
    Commands,
    /// Requests to one external system.
    Requests,
    /// Events that a person has taken up and now reacts to, as a manual policy says.
    Tasks,
    /// Rows of a read model.
    Table,
    /// What a handler could not handle.
    DeadLetters,
}
