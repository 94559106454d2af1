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

/// How the label of a transaction begins that takes back what a gesture wrote down before it was given up.
pub(super) const CANCEL: &str = "Cancel ";

impl Transaction {
    /// What was done, oldest first; what was given up and its taking back are left out, for people never saw a step in it.
    pub fn labels_done(all: &[Self]) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        for it in all {
            match it.label.strip_prefix(CANCEL) {
                Some(given_up) if done.last().is_some_and(|it| it == given_up) => drop(done.pop()),
                Some(_) => {}
                None => done.push(it.label.clone()),
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_up_was_not_done() {
        for (labels, expected) in [
            (&["Add", "Move", "Cancel Move"][..], &["Add"][..]),
            (&["Move", "Move", "Cancel Move", "Undo Move"], &["Move", "Undo Move"]),
            (&["Cancel Move", "Add"], &["Add"]),
        ] {
            let all: Vec<Transaction> =
                labels.iter().map(|it| Transaction { label: (*it).to_owned(), edits: Vec::new() }).collect();
            assert_eq!(Transaction::labels_done(&all), expected);
        }
    }
}
