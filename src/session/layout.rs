//! Tidying, at once or off the calling thread.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::job::Job;
use crate::board::{Board, apply_all};
use crate::flow::{Flow, Options};
use crate::kit::Id;
use crate::layout::{Tidied, tidy};

/// Lays out the elements `only`, or the whole board, at once.
pub fn tidied(board: &Board, only: Option<&BTreeSet<Id>>) -> Tidied {
    let flow = Flow::read(board, Options { ghosts: true });
    tidy(board, &flow, only, &mut |_| ControlFlow::Continue(())).unwrap_or_default()
}

/// The whole board laid out, and what that came to.
pub fn tidied_board(board: &Board) -> (Board, Tidied) {
    let tidied = tidied(board, None);
    let mut after = board.clone();
    let applied = apply_all(&mut after, &tidied.edits);
    debug_assert!(applied.is_ok(), "what tidying says applies");
    (after, tidied)
}

/// The same on a thread of its own; `None` where it was cancelled.
pub fn start_tidying(board: Board, only: Option<BTreeSet<Id>>) -> Job<Option<Tidied>> {
    Job::start(move |progress| {
        let flow = Flow::read(&board, Options { ghosts: true });
        tidy(&board, &flow, only.as_ref(), &mut |done| progress.report(done, "Tidying"))
    })
}
