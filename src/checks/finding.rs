//! One finding.

use serde::Serialize;

use super::Fix;
use crate::board::{Board, Edit, Element, Waiver};
use crate::kit::{Id, IdSource, Severity};

/// Something that a rule has to say about a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule, as `S5`; or the code of a problem of the model.
    pub code: String,
    /// What the rule is about, a few words.
    pub title: String,
    /// How much it matters at the level of the check.
    pub severity: Severity,
    /// What is the matter, one sentence that names the stickies.
    pub message: String,
    /// The elements it is about; the first is the one to show. Empty for a finding about the whole board.
    pub elements: Vec<Id>,
    /// What to do about it, where there is more to say than the message.
    pub help: Option<String>,
    /// What would put it right, best first.
    pub fixes: Vec<Fix>,
    /// Why the group lives with it, if it does.
    pub waived: Option<String>,
}

impl Finding {
    /// The edit that waives this finding with a reason; `None` if it is about the whole board, or the element is gone.
    pub fn waive(&self, board: &Board, reason: &str, ids: &mut IdSource) -> Option<Edit> {
        let on = self.elements.iter().copied().find(|it| board.contains(*it))?;
        let waiver = Waiver { id: ids.next_id(), rule: self.code.clone(), on, reason: reason.to_owned() };
        Some(Edit::Add(Box::new(Element::Waiver(waiver))))
    }
}
