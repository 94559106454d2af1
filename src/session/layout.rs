//! Tidying, at once or off the calling thread.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::job::Job;
use crate::board::{Board, Edit, apply_all};
use crate::kit::{Id, IdSource};
use crate::layout::{Tidied, keep_flow, tidy_and_keep};

/// Lays out the elements `only`, or the whole board, at once. New links have ids of `ids`.
pub fn tidied(board: &Board, only: Option<&BTreeSet<Id>>, ids: &mut IdSource) -> Tidied {
    tidy_and_keep(board, only, ids, &mut |_| ControlFlow::Continue(())).unwrap_or_default()
}

/// The whole board laid out, and what that came to. Equal boards become equal boards.
pub fn tidied_board(board: &Board) -> (Board, Tidied) {
    let all = board.stickies().keys().chain(board.links().keys());
    let mut ids = IdSource::seeded(all.fold(0, |seed, id| seed ^ id.bits() as u64));
    let tidied = tidied(board, None, &mut ids);
    let mut after = board.clone();
    let applied = apply_all(&mut after, &tidied.edits);
    debug_assert!(applied.is_ok(), "what tidying says applies");
    (after, tidied)
}

/// The same on a thread of its own; `None` where it was cancelled.
pub fn start_tidying(board: Board, only: Option<BTreeSet<Id>>, mut ids: IdSource) -> Job<Option<Tidied>> {
    Job::start(move |progress| {
        tidy_and_keep(&board, only.as_ref(), &mut ids, &mut |done| progress.report(done, "Tidying"))
    })
}

/// The edits by which the second board, on which things were moved, means what the first one does: ghost links that it
/// loses become links, new ones are refused.
pub fn kept_flow(before: &Board, after: &Board, ids: &mut IdSource) -> Vec<Edit> {
    keep_flow(before, after, ids)
}
