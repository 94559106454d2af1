//! Reading a board from geometry: guesses where people placed stickies side by side and drew no arrow, as on paper.
//!
//! Distances are those of published boards: stickies of 100, gaps of 60 to 80 between columns, rows at a pitch of
//! 120. Each sticky asks its questions (who handles this command, where does this event come from, whom does it
//! activate); an arrow that was drawn is the answer, so that a board with all its arrows has no guesses at all. A pair
//! that was refused is never guessed again.

mod person;
mod handler;
mod outcome;
mod reaction;
mod issue;
mod reader;
mod feed;
mod pairing;

use std::collections::{BTreeMap, BTreeSet};

use rstar::{AABB, RTree, RTreeObject};

use super::graph::{Edge, Flow, Node, Origin};
use super::relation::Relation;
use crate::board::Board;
use crate::kit::{Id, Rect};

/// The distance of two rows, top to top.
const PITCH: i32 = 120;
/// How far right of a sticky the next column may begin.
const REACH: i32 = 240;

/// The most stickies that are looked at round one: more lie there only in a heap, where nothing can be read.
const AROUND: usize = 256;

/// One way of reading places.
struct Guess {
    /// Adds what it reads.
    read: fn(&mut Reading<'_>),
}

/// Every way of reading, in the order in which they build on each other.
static ALL: &[&Guess] = &[
    &person::GUESS,
    &handler::GUESS,
    &outcome::GUESS,
    &reaction::GUESS,
    &issue::GUESS,
    &reader::GUESS,
    &feed::GUESS,
    &pairing::GUESS,
];

/// The ghost links of a board, in the order of [`ALL`].
pub(super) fn read(board: &Board, flow: &Flow) -> Vec<Edge> {
    let mut reading = Reading::new(board, flow);
    for guess in ALL {
        (guess.read)(&mut reading);
    }
    reading.found
}

/// What is known while guessing.
struct Reading<'a> {
    flow: &'a Flow,
    board: &'a Board,
    tree: RTree<Spot<'a>>,
    /// Pairs that a link joins, in either direction, and pairs that were refused. For links the definitions, too: what
    /// was drawn at one placement holds of all.
    closed: BTreeSet<(Id, Id)>,
    found: Vec<Edge>,
    found_from: BTreeMap<Id, Vec<usize>>,
    found_to: BTreeMap<Id, Vec<usize>>,
}

struct Spot<'a>(&'a Node);

impl RTreeObject for Spot<'_> {
    type Envelope = AABB<[i32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let rect = self.0.rect;
        AABB::from_corners([rect.x, rect.y], [rect.right(), rect.bottom()])
    }
}

impl<'a> Reading<'a> {
    fn new(board: &'a Board, flow: &'a Flow) -> Self {
        let stickies = flow.nodes().filter(|it| it.role.flows() && board.sticky(it.id).is_some());
        let links = board.links().values().flat_map(|it| [(it.from, it.to), (it.to, it.from)]);
        let definitions = board.links().values().flat_map(|it| {
            let (from, to) = (flow.definition_of(it.from), flow.definition_of(it.to));
            [(from, to), (to, from)]
        });
        let refused = board.refusals().values().map(|it| (it.from, it.to));
        Self {
            flow,
            board,
            tree: RTree::bulk_load(stickies.map(Spot).collect()),
            closed: links.chain(definitions).chain(refused).collect(),
            found: Vec::new(),
            found_from: BTreeMap::new(),
            found_to: BTreeMap::new(),
        }
    }

    /// The stickies that take part and are no frames, by id.
    fn nodes(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        let board = self.board;
        self.flow.nodes().filter(move |it| it.role.flows() && board.sticky(it.id).is_some())
    }

    /// The stickies that touch an area, left to right, then downwards, then by id; [`AROUND`] of a heap.
    fn within(&self, area: Rect) -> Vec<&'a Node> {
        let envelope = AABB::from_corners([area.x, area.y], [area.right(), area.bottom()]);
        let touching = self.tree.locate_in_envelope_intersecting(envelope).take(AROUND);
        let mut nodes: Vec<&Node> = touching.map(|it| it.0).collect();
        nodes.sort_unstable_by_key(|it| (it.rect.x, it.rect.y, it.id));
        nodes
    }

    /// The stickies that begin right of the middle of `of`, at most [`REACH`] behind its edge, and at most `slack`
    /// above or below it.
    fn right_of(&self, of: &Node, slack: i32) -> Vec<&'a Node> {
        let (middle, rect) = (of.rect.center().x, of.rect);
        let area = Rect { x: middle, y: rect.y - slack, w: rect.right() + REACH - middle, h: rect.h + 2 * slack };
        self.within(area).into_iter().filter(|it| it.id != of.id && it.rect.x >= middle).collect()
    }

    /// The stickies whose middle lies left of `of`, which end at most [`REACH`] before it, at most `slack` above or
    /// below it.
    fn left_of(&self, of: &Node, slack: i32) -> Vec<&'a Node> {
        let rect = of.rect;
        let area = Rect { x: rect.x - REACH, y: rect.y - slack, w: REACH, h: rect.h + 2 * slack };
        self.within(area).into_iter().filter(|it| it.id != of.id && it.rect.center().x <= rect.x).collect()
    }

    /// The arrows that leave a sticky: drawn, from frames, and guessed so far.
    fn leaving(&self, of: Id) -> impl Iterator<Item = &Edge> {
        let found = self.found_from.get(&of).into_iter().flatten().filter_map(|it| self.found.get(*it));
        self.flow.edges_from(of).into_iter().chain(found)
    }

    /// The arrows that enter a sticky: drawn, from frames, and guessed so far.
    fn entering(&self, of: Id) -> impl Iterator<Item = &Edge> {
        let found = self.found_to.get(&of).into_iter().flatten().filter_map(|it| self.found.get(*it));
        self.flow.edges_to(of).into_iter().chain(found)
    }

    /// Whether nobody drew or refused an arrow between the two.
    fn is_open(&self, from: Id, to: Id) -> bool {
        let definitions = (self.flow.definition_of(from), self.flow.definition_of(to));
        !self.closed.contains(&(from, to)) && !self.closed.contains(&definitions)
    }

    /// Adds a guess, if the pair is open. `why` completes "`from` ... `to`", as "stands left of".
    fn guess(&mut self, from: &Node, to: &Node, relation: Relation, why: &str) -> bool {
        if !self.is_open(from.id, to.id) {
            return false;
        }
        let name = |it: &Node| match self.flow.name(it.id) {
            "" => super::article(it.role).to_owned(),
            name => format!("\"{name}\""),
        };
        let reason = format!("{} {why} {}", name(from), name(to));
        let at = self.found.len();
        self.found_from.entry(from.id).or_default().push(at);
        self.found_to.entry(to.id).or_default().push(at);
        let origin = Origin::Ghost { reason };
        self.found.push(Edge { from: from.id, to: to.id, relation, origin, text: String::new() });
        true
    }
}

/// The free space between two stickies one above the other; negative where they overlap in height.
fn gap_y(a: &Node, b: &Node) -> i32 {
    (b.rect.y - a.rect.bottom()).max(a.rect.y - b.rect.bottom())
}

/// The free space between two stickies side by side; negative where they overlap in width.
fn gap_x(a: &Node, b: &Node) -> i32 {
    (b.rect.x - a.rect.right()).max(a.rect.x - b.rect.right())
}

/// Whether the two stand in one row.
fn same_row(a: &Node, b: &Node) -> bool {
    gap_y(a, b) < 0
}
