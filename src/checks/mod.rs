//! The grammar as rules: findings that point at stickies, with quick fixes as edits.
//!
//! [`RULES`] is the list, one file a rule. [`run`] checks a board at a level and groups what it finds, so that nobody is
//! met by eighty warnings at once. Ghost links count as links where the flow was read with them, so that a board without
//! arrows is not flooded. Findings never block anything.
//!
//! This room changes nothing: a fix is a list of edits for somebody else to apply. It knows no types and no engine;
//! what the model finds wrong joins the report as it is.

#![deny(clippy::disallowed_methods)]

mod finding;
mod fix;
mod report;
mod grid;
mod words;
mod context;
mod rules;

pub use finding::Finding;
pub use fix::Fix;
pub use report::{Group, Report, Summary, run};
pub use rules::{ALL as RULES, Rule, rule};
