//! Scenarios and invariants: examples and laws that a board is held to.

use crate::kit::{Id, Millis};
use crate::record::Value;

use super::Rule;

/// An example: given, when, then.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The scenario.
    pub id: Id,
    /// Its first line.
    pub title: String,
    /// What happened before.
    pub given: Vec<Step>,
    /// What is done, in order: commands, events from outside, time events.
    pub when: Vec<Step>,
    /// What is expected.
    pub then: Vec<Expectation>,
}

/// A message with some of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The command, event or timer.
    pub message: Id,
    /// Values of fields, by their index in the message's schema, in order of the schema.
    pub values: Vec<(usize, Value)>,
    /// The line as it was written.
    pub text: String,
    /// The line of the scenario, from 0.
    pub line: usize,
}

/// What a scenario expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// That event, with at least these values.
    Event(Step),
    /// That command is issued, with at least these values.
    Command(Step),
    /// No event at all.
    Nothing,
    /// The last command is rejected.
    Rejected,
}

/// What must hold at any time.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// The scenario; for an `always` line of an aggregate, the aggregate.
    pub id: Id,
    /// As it was written.
    pub text: String,
    /// What must hold.
    pub law: Law,
}

/// What an invariant says.
#[derive(Clone, Debug)]
pub enum Law {
    /// A condition on every instance of an aggregate, over the row `[state]`.
    Always {
        /// The aggregate.
        aggregate: Id,
        /// The condition.
        rule: Rule,
    },
    /// Every record of one event is followed by one of some others, of the same key or the same story.
    LeadsTo {
        /// The cause.
        from: Id,
        /// Any of these.
        to: Vec<Id>,
        /// In this time of the run's clock; without it by the end of the run.
        within: Option<Millis>,
    },
}
