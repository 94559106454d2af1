//! What people write in rule lines, labels and scenarios, taken apart before any name is looked up.

mod label;
mod party;
mod scenario;
mod schedule;

pub(super) use label::{Label, label};
pub(super) use party::{answers, failure_rate, latency, rate};
pub(super) use scenario::{Phase, Reading, StepText, read_scenario};
pub(super) use schedule::schedule;
