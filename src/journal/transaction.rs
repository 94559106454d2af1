//! Edits that belong together.

use serde::{Deserialize, Serialize};

use crate::board::Edit;

/// Edits that are applied together and undone together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// What was done, as it stands in the menu: "Move 3 stickies".
    pub label: String,
    /// The edits in order.
    pub edits: Vec<Edit>,
}
