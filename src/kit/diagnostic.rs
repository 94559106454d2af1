//! Findings and errors that point at a place.

use serde::{Deserialize, Serialize};

use super::Id;

/// How much a finding matters. None of them blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a thought.
    Hint,
    /// Probably a mistake.
    Warning,
    /// A mistake at the board's level.
    Error,
}

/// A message about some elements of a board: what, where, and the next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule, as `S5`, or the room's own code, as `M-type`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, in one sentence that names the sticky.
    pub message: String,
    /// The elements it is about; the first is the one to show.
    pub elements: Vec<Id>,
    /// What to do about it, if there is something to say beyond the message.
    pub help: Option<String>,
}
