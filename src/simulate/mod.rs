//! A deployed system in virtual time: schedule, actors, external systems, scenarios, report.
//!
//! This room supplies time and chance to `runtime` and plays everybody outside the system; what a sticky of the
//! system does is coded in `lowering`, not here. One board and one seed are one run, to the byte.

#![deny(clippy::disallowed_methods)]

mod schedule;
mod plausible;
mod fill;
mod chance;
mod tally;
mod watch;
mod chronicle;
mod crowd;
mod world;
mod simulation;
mod faults;
mod summary;
mod form;
mod scenario;
mod report;

pub use form::FormField;
pub use report::{
    ChoiceLine, InvariantLine, LagLine, LatencyLine, LoopLine, NotRunLine, ORDER_ONLY, RejectionLine, Report,
    StickyLine, StuckLine, Violation,
};
pub use scenario::{ScenarioResult, StepResult, run_scenario};
pub use simulation::{Options, Progress, RunError, Send, Simulation, Stop};
