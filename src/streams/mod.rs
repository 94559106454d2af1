//! Stream topologies: sources, operators, stores and sinks, as a step function.
//!
//! This room knows no sticky and no broker: records come in and go out. An aggregate, a policy, a read model and a
//! timer are topologies like any other; what they compute is data that is handed in. Here and in `runtime` a task is a
//! stream task; in all other rooms it is what a person has to do.

#![deny(clippy::disallowed_methods)]

mod message;
mod program;
mod topology;
mod store;
mod effect;
mod error;
mod outcome;
pub mod ops;
mod task;

pub use effect::{Question, Sentence, StreamEffect, World};
pub use error::TaskError;
pub use message::Message;
pub use ops::{
    AwaitAll, AwaitedInput, Branch, CommandRule, Ctx, Decide, Delay, EventRule, Evolution, Filter, FilterNot, FlatMap,
    FlatMapValues, JoinedTable, LeftJoin, Map, MapValues, Materialise, Merge, OpSpec, Operator, Peek, Punctuation,
    PunctuationType, React, RowRule, Schedule, SelectKey, Sink, Source, TimerRule, ToTable,
};
pub use program::{
    Alternative, Assignments, Guard, Inputs, Mapping, Mode, Native, Outcomes, Program, ProgramError, Term,
};
pub use store::{Row, Store};
pub use task::Task;
pub use topology::{Changelog, Node, Plan, PlanError, StoreSpec, Topology};
