//! The resolved system: contexts, aggregates, typed messages, policies, topics and their names.
//!
//! Below this room nothing sees geometry; this room runs nothing and writes nothing.

#![deny(clippy::disallowed_methods)]

pub mod names;
mod topic;

pub use names::{NameNote, NameReason, NameTable, Named, Output, OutputSpec};
pub use topic::{Topic, TopicKind};
