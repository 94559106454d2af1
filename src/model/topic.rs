//! Topics that the system needs.

use std::sync::Arc;

use crate::kit::Id;

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

impl Topic {
    /// Whether it is compacted (else records are kept for ever).
    pub fn compacted(&self) -> bool {
        match self.kind {
            TopicKind::Table => true,
            TopicKind::Events
            | TopicKind::Commands
            | TopicKind::Requests
            | TopicKind::Tasks
            | TopicKind::DeadLetters => false,
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
