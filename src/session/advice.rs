//! Boundary advice off the calling thread.

use super::job::Job;
use crate::board::{Board, Edit};
use crate::flow::{Boundaries, Flow, Grain, Options, Proposal};
use crate::kit::IdSource;
use crate::layout::draw_contexts;

/// Asks what contexts the coupling of a board suggests.
pub fn start_advising(board: Board, grain: Grain) -> Job<Boundaries> {
    Job::start(move |_| Flow::read(&board, Options { ghosts: true }).boundaries(grain))
}

/// Finds the edits that draw these contexts.
pub fn start_drawing(board: Board, proposals: Vec<Proposal>, mut ids: IdSource) -> Job<Vec<Edit>> {
    Job::start(move |_| draw_contexts(&board, &proposals.iter().collect::<Vec<_>>(), &mut ids))
}
