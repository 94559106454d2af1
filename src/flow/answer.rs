//! Answers to ghost links, as edits: yes (a link) or no, once for good (a refusal).

use super::graph::Edge;
use crate::board::{Board, Edit, Element, Link, Refusal};
use crate::kit::IdSource;

/// The edits that draw these ghost links as links. Edges that are no ghosts, or lead to a frame, are passed over.
pub fn accept<'a>(board: &Board, ghosts: impl IntoIterator<Item = &'a Edge>, ids: &mut IdSource) -> Vec<Edit> {
    let guesses = ghosts.into_iter().filter(|it| answerable(board, it));
    guesses.map(|it| Edit::Add(Box::new(Element::Link(Link::new(ids.next_id(), it.from, it.to))))).collect()
}

/// The edits that refuse these ghost links for good.
pub fn refuse<'a>(board: &Board, ghosts: impl IntoIterator<Item = &'a Edge>, ids: &mut IdSource) -> Vec<Edit> {
    let guesses = ghosts.into_iter().filter(|it| answerable(board, it));
    guesses
        .map(|it| {
            let refusal = Refusal { id: ids.next_id(), from: it.from, to: it.to };
            Edit::Add(Box::new(Element::Refusal(refusal)))
        })
        .collect()
}

fn answerable(board: &Board, edge: &Edge) -> bool {
    edge.is_ghost() && board.sticky(edge.from).is_some() && board.sticky(edge.to).is_some()
}
