//! Messages: commands and events with their record types, and where the values in them come from.

use std::sync::Arc;

use crate::expr::Typed;
use crate::kit::Id;
use crate::record::{RecordSchema, Value};

use super::Rule;

/// A record type that is no message: a glossary term with fields.
#[derive(Clone, Debug)]
pub struct RecordDef {
    /// The glossary term.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context it lies in.
    pub context: Id,
    /// Its fields.
    pub schema: Arc<RecordSchema>,
}

/// A command: a request to an aggregate or an external system.
#[derive(Clone, Debug)]
pub struct Command {
    /// The definition.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context of its handler, else the one it lies in.
    pub context: Id,
    /// Its record, full name `<context>.<Name>`. The key field is among the fields, added where nobody wrote it.
    pub schema: Arc<RecordSchema>,
    /// The index of the key field in `schema`.
    pub key: usize,
    /// Who takes it.
    pub handler: Handler,
    /// What must be TRUE, over the rows `[command, state]`; all of them.
    pub requires: Vec<Rule>,
    /// What it may lead to, in reading order.
    pub outcomes: Vec<Outcome>,
    /// Whether one or all of the outcomes happen.
    pub outputs: crate::board::Outputs,
    /// Whether an actor's command of this type opens a new instance.
    pub starts: bool,
    /// The topic that it is sent to.
    pub topic: Arc<str>,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// Who takes a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Handler {
    /// An aggregate, drawn or anonymous.
    Aggregate(Id),
    /// An external system.
    External(Id),
    /// Nobody: the command leads nowhere.
    Nobody,
}

/// One event that a command, request or timer may lead to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The event.
    pub event: Id,
    /// Its guard, over the rows `[command, state]`; for an external system over `[command]`.
    pub when: Option<Rule>,
    /// Whether it is taken where no guard is TRUE, and where `requires` is not TRUE.
    pub otherwise: bool,
    /// How often it is chosen among unguarded ones, relative to the others (1 unless `answers` says more).
    pub weight: u32,
    /// Where each field of the event comes from, in the order of its schema; same rows as `when`.
    pub fill: Vec<Source>,
    /// The link that shows it, if one was drawn.
    pub link: Option<Id>,
}

/// Where the value of one field comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// An expression of a mapping, over the rows of its place.
    Expr {
        /// As it was written.
        text: String,
        /// Checked and compiled.
        typed: Typed,
    },
    /// A field of a row of its place, same-named unless a mapping says otherwise.
    Copy {
        /// The row.
        row: usize,
        /// The field of that row's schema.
        field: usize,
    },
    /// The first of the sources that is not NULL.
    First(Vec<Source>),
    /// The instance's key: of the record that is handled, or as the [`KeyRule`] says where a command is made.
    Key,
    /// The time of handling, in the type of the field.
    Now,
    /// A new UUID: a `uuid` that nothing else fills.
    Fresh,
    /// A constant.
    Value(Value),
    /// Nothing: NULL where the field may be missing, else the type's empty value.
    Nothing,
}

/// A field of a state or row that a message sets.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The field of the state's or row's schema.
    pub field: usize,
    /// Its new value.
    pub source: Source,
}

/// A domain event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The definition.
    pub id: Id,
    /// Its name as written.
    pub name: String,
    /// The context of its owner, else the one it lies in.
    pub context: Id,
    /// Its record, full name `<context>.<Name>`. The key field is among the fields, added where nobody wrote it.
    pub schema: Arc<RecordSchema>,
    /// The index of the key field in `schema`.
    pub key: usize,
    /// Who produces it.
    pub owner: Owner,
    /// How it changes the state of its aggregate, over the rows `[event, state]`.
    pub sets: Vec<Assignment>,
    /// The topic that it is appended to.
    pub topic: Arc<str>,
    /// Whether it comes from another context or board.
    pub incoming: bool,
    /// Whether it is pivotal.
    pub pivotal: bool,
    /// Whether it is a contract with other contexts.
    pub integration: bool,
    /// Lines of its text that are neither field nor rule.
    pub notes: Vec<String>,
}

/// Who produces an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// An aggregate, drawn or anonymous.
    Aggregate(Id),
    /// An external system, as an answer or on its own.
    External(Id),
    /// A timer.
    Timer(Id),
    /// Nobody on this board.
    Nobody,
}

impl Owner {
    /// The owner's definition, if there is one.
    pub fn id(self) -> Option<Id> {
        match self {
            Self::Aggregate(id) | Self::External(id) | Self::Timer(id) => Some(id),
            Self::Nobody => None,
        }
    }
}

/// How the instance that a command goes to is found (design: "Which instance").
#[derive(Clone, Debug)]
pub enum KeyRule {
    /// A mapping or a same-named field of the causing record gives it.
    Field(Source),
    /// The causing record's key: cause and target belong to the same aggregate.
    Cause,
    /// The instance that this correlation already made of the target's aggregate, else a new one.
    Correlation,
    /// A column of the row that the actor picked in this read model.
    Row {
        /// The read model.
        read_model: Id,
        /// The column.
        column: usize,
    },
    /// A living instance of the aggregate, seen in the read model if the actor looks at one; with none the actor waits.
    Living {
        /// What the actor looks at.
        read_model: Option<Id>,
    },
    /// A new instance.
    New,
}
