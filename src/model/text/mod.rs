//! What people write in rule lines, labels and cards, taken apart before any name is looked up.

mod card;
mod label;
mod party;
mod schedule;

pub(super) use card::{Card, Phase, StepText, card};
pub(super) use label::{Label, label};
pub(super) use party::{answers, failure_rate, latency, rate};
pub(super) use schedule::schedule;
