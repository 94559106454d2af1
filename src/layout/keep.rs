//! Moving things about does not change the flow: what was read from the places of stickies is drawn where these places
//! are lost, and what the new places alone would say is refused.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::pack::ROOM;
use super::tidy::{Tidied, tidy_apart};
use crate::board::{Board, Edit, apply_all};
use crate::flow::{Edge, Flow, Options, accept, refuse};
use crate::kit::{Id, IdSource};

/// From this far on little is read from places any more.
const FAR: i32 = 260;
/// An answer may lead to another guess, which is answered, too: so often at most.
const ROUNDS: usize = 20;

/// What keeps the flow of a board as it was.
#[derive(Debug, Default)]
struct Kept {
    edits: Vec<Edit>,
    drawn: usize,
    refused: usize,
}

/// The edits that lead from a board whose things were moved to one that means what it meant before: ghost links that
/// are no longer read become links, and those that are new are refused.
pub fn keep_flow(before: &Board, after: &Board, ids: &mut IdSource) -> Vec<Edit> {
    let read = Flow::read(before, Options { ghosts: true });
    answered(&read, &mut after.clone(), ids).edits
}

/// Answers on that board all guesses that differ from the flow as it was.
fn answered(was: &Flow, board: &mut Board, ids: &mut IdSource) -> Kept {
    let ghosts: Vec<&Edge> = was.ghosts().collect();
    let there = pairs(was);
    let mut kept = Kept::default();
    for _ in 0..ROUNDS {
        let (read, drawn) = keep(board, &ghosts, ids);
        let new = read.ghosts().filter(|it| !there.contains(&(it.from, it.to)));
        let refused = refuse(board, new, ids);
        kept.drawn += drawn.len();
        kept.edits.extend(drawn);
        if refused.is_empty() || apply_all(board, &refused).is_err() {
            break;
        }
        kept.refused += refused.len();
        kept.edits.extend(refused);
    }
    kept
}

/// Draws those ghost links that are no longer read, and reads the board; with the edits that draw them.
pub(super) fn keep(board: &mut Board, ghosts: &[&Edge], ids: &mut IdSource) -> (Flow, Vec<Edit>) {
    let mut drawn = Vec::new();
    loop {
        let flow = Flow::read(board, Options { ghosts: true });
        let there = pairs(&flow);
        let lost = ghosts.iter().filter(|it| !there.contains(&(it.from, it.to))).copied();
        let edits = accept(board, lost, ids);
        // A link that is drawn answers what others were a guess at: those are looked for again.
        if edits.is_empty() || apply_all(board, &edits).is_err() {
            return (flow, drawn);
        }
        drawn.extend(edits);
    }
}

fn pairs(flow: &Flow) -> BTreeSet<(Id, Id)> {
    flow.edges().map(|it| (it.from, it.to)).collect()
}

/// Lays out as [`super::tidy`] does, and keeps the flow. Where a little more room between what does not hang together
/// is enough for nothing new to be read, it is left.
pub fn tidy_and_keep(
    board: &Board,
    only: Option<&BTreeSet<Id>>,
    ids: &mut IdSource,
    watch: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Option<Tidied> {
    let flow = Flow::read(board, Options { ghosts: true });
    let mut near: Option<Tidied> = None;
    for room in [ROOM, FAR] {
        let mut tidied = tidy_apart(board, &flow, only, room, watch)?;
        let mut after = board.clone();
        if tidied.edits.is_empty() || apply_all(&mut after, &tidied.edits).is_err() {
            return Some(tidied);
        }
        let kept = answered(&flow, &mut after, ids);
        (tidied.drawn, tidied.refused) = (kept.drawn, kept.refused);
        tidied.edits.extend(kept.edits);
        if tidied.refused == 0 {
            return Some(tidied);
        }
        near.get_or_insert(tidied);
    }
    near
}
