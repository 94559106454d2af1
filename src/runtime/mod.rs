//! Brokers, clients and stream tasks bound into one step machine.
//!
//! This room knows no sticky and has no clock, thread, socket or file; two drivers run it. Producers encode records
//! into batches, the broker stores the bytes, members of groups fetch and decode them, tasks handle them.

#![deny(clippy::disallowed_methods)]

mod deployment;
mod io;
mod codec;
mod app;
mod machine;
mod producer;
mod membership;
mod poll;
mod query;

pub use crate::broker::TopicConfig;
pub use deployment::{
    AppSpec, ConsumerConfig, ConsumerSpec, Deployment, ProducerConfig, Sabotage, SchemaSet, TopicSpec,
};
pub use io::{
    Chance, ChoicePoint, Effect, FirstChoice, Input, InputError, LagView, Origin, PartitionView, Produce, StoreRow,
    StoredRecord, TopicView,
};
pub use machine::{DeployError, Runtime};
pub use poll::REASON;
// What drivers meet of stream tasks.
pub use crate::streams::{Message, Question, Sentence, StreamEffect};
