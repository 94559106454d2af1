//! The resolved system: contexts, aggregates, typed messages, policies, topics and their names.
//!
//! Below this room nothing sees geometry; this room runs nothing and writes nothing. [`System::resolve`] never fails:
//! what cannot be resolved is a problem that names its sticky, and the rest is there.

#![deny(clippy::disallowed_methods)]

mod system;
mod message;
mod rule;
mod party;
mod topic;
mod scenario;
mod names;
mod text;
mod resolve;

pub use message::{Assignment, Command, Event, Handler, KeyRule, Outcome, Owner, RecordDef, Source};
pub use names::{
    ALL as OUTPUTS, MAX as MAX_NAME, NameNote, NameReason, NameTable, Named, Output, OutputSpec, TopicNameError,
    check_topic, rust_fields, rust_variants,
};
pub use party::{
    Actor, Aggregate, Cadence, Context, External, Feed, Issue, Lookup, Policy, Rate, Reaction, ReadModel, Timer,
    Trigger,
};
pub use resolve::default_context;
pub use rule::Rule;
pub use scenario::{Expectation, Invariant, Law, Scenario, Step};
pub use system::{Assumption, Part, System};
pub use topic::{Keeping, Topic, TopicKind};

pub use crate::board::Outputs;

use crate::kit::{Id, IdSource, Streams};

/// The id of something that nobody drew: it depends on what it stands for alone.
fn derive_id(what: &str, of: &[Id]) -> Id {
    let of: Vec<String> = of.iter().map(Id::to_string).collect();
    IdSource::new(Streams::new(0).stream(&format!("{what}/{}", of.join("/")))).next_id()
}
