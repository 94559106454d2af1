//! Frames for contexts that were advised: drawn round the members where these lie together, else the members are
//! gathered and the board is tidied.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::keep::keep;
use super::tidy::{framed, head, tidy};
use crate::board::{Board, Edit, Element, Field, Frame, FrameKind, apply, apply_all, move_by, set_rect};
use crate::flow::{Edge, Flow, Options, Proposal};
use crate::kit::{Id, IdSource, Rect};

/// A remark this near to a member goes with it.
const NEAR: i32 = 40;
/// The room between the board and what is gathered below it.
const BELOW: i32 = 200;

/// The edits that draw these contexts, as one undo step. What is pinned or locked is not gathered. Members that lean
/// to a context that is there already are gathered beside it. Ghost links that would be lost with the places they were
/// read from become links.
pub fn draw_contexts(board: &Board, proposals: &[&Proposal], ids: &mut IdSource) -> Vec<Edit> {
    let read = Flow::read(board, Options { ghosts: true });
    let ghosts: Vec<&Edge> = read.ghosts().collect();
    let mut after = board.clone();
    let mut scattered = false;
    for proposal in proposals {
        let members = members(&after, proposal);
        let Some(round) = around(&after, &members) else { continue };
        let head = head(&proposal.name);
        let rect = framed(round, head);
        let frame = proposal.joins.and_then(|it| after.frame(it)).map(|it| (it.id, it.rect()));
        let done = match frame {
            Some((id, now)) => {
                // The context that is there takes the members in, below its content.
                let free = free(&after, &members);
                let Some(round) = around(&after, &free) else { continue };
                let grown = now.union(framed(Rect { x: now.x + 40, y: now.bottom(), ..round }, 0));
                let Some(mut edits) = make_way(&after, id, &members, grown) else { continue };
                scattered = true;
                edits.extend(move_by(&after, &free, now.x + 40 - round.x, now.bottom() - round.y));
                apply_all(&mut after, &edits).and_then(|_| apply_all(&mut after, &set_rect(board, id, grown)))
            }
            None => {
                let rect = if alone(&after, &members, rect) {
                    rect
                } else {
                    scattered = true;
                    let free = free(&after, &members);
                    let Some(round) = around(&after, &free) else { continue };
                    let bottom = after.bounds().map_or(0, Rect::bottom).saturating_add(BELOW + head);
                    let edits = move_by(&after, &free, 0, bottom - round.y);
                    if apply_all(&mut after, &edits).is_err() {
                        continue;
                    }
                    framed(Rect { y: bottom, ..round }, head)
                };
                let frame = Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, proposal.name.clone());
                apply(&mut after, &Edit::Add(Box::new(Element::Frame(frame)))).map(|it| vec![it])
            }
        };
        if done.is_err() {
            return Vec::new();
        }
    }
    if scattered {
        // Before it is tidied, so that they lie by what leads to what.
        let flow = keep(&mut after, &ghosts, ids).0;
        if let Some(tidied) = tidy(&after, &flow, None, &mut |_| ControlFlow::Continue(())) {
            drop(apply_all(&mut after, &tidied.edits));
        }
    }
    drop(keep(&mut after, &ghosts, ids));
    difference(board, &after)
}

/// The members of a proposal and the remarks that are stuck to them.
fn members(board: &Board, proposal: &Proposal) -> BTreeSet<Id> {
    let mut all: BTreeSet<Id> = proposal.members.iter().map(|it| it.id).collect();
    let rects: Vec<Rect> = all.iter().filter_map(|id| board.rect(*id)).collect();
    let remarks = board.stickies().values().filter(|it| !it.kind.role().flows());
    let near = remarks.filter(|it| rects.iter().any(|rect| it.rect().grown(NEAR).intersection(*rect).is_some()));
    all.extend(near.map(|it| it.id).collect::<Vec<_>>());
    // An aggregate frame brings what lies in it.
    board.with_contents(&all)
}

/// Those that may be moved.
fn free(board: &Board, members: &BTreeSet<Id>) -> BTreeSet<Id> {
    let stays = |id: &Id| {
        board.sticky(*id).is_some_and(|it| it.pinned || it.locked) || board.frame(*id).is_some_and(|it| it.locked)
    };
    members.iter().copied().filter(|it| !stays(it)).collect()
}

fn around(board: &Board, ids: &BTreeSet<Id>) -> Option<Rect> {
    ids.iter().filter_map(|id| board.rect(*id)).reduce(Rect::union)
}

/// The edits by which all that would come to lie in a context that grows makes way: it goes below the board, with all
/// that lies round it, to be tidied from there. `None` where what is pinned or locked does not let it.
fn make_way(board: &Board, context: Id, members: &BTreeSet<Id>, grown: Rect) -> Option<Vec<Edit>> {
    let whole = |id: Id| board.with_contents(&BTreeSet::from([id]));
    let own = whole(context);
    // Frames round the context stay round it.
    let (outer, frames): (Vec<&Frame>, Vec<&Frame>) =
        board.frames().values().filter(|it| !own.contains(&it.id)).partition(|it| it.rect().encloses(grown));
    let mut stays: BTreeSet<Id> = outer.iter().flat_map(|it| whole(it.id)).collect();
    for frame in &frames {
        let inside = whole(frame.id);
        if free(board, &inside).len() < inside.len() {
            stays.extend(inside);
        }
    }
    let stickies = board.stickies().values().map(|it| (it.id, it.rect()));
    let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
    let frames = frames.iter().map(|it| (it.id, it.rect()));
    let strangers = stickies.chain(scenarios).chain(frames);
    let strangers: Vec<(Id, Rect)> = strangers.filter(|(id, _)| !own.contains(id) && !members.contains(id)).collect();
    let mut in_the_way = strangers.iter().filter(|it| it.1.intersection(grown).is_some()).peekable();
    if in_the_way.peek().is_none() {
        return Some(Vec::new());
    }
    let moving = free(board, &strangers.iter().map(|it| it.0).filter(|it| !stays.contains(it)).collect());
    if !in_the_way.all(|it| moving.contains(&it.0)) {
        return None;
    }
    let top = around(board, &moving)?.y;
    let below = board.bounds().map_or(top, Rect::bottom).saturating_add(BELOW);
    Some(move_by(board, &moving, 0, below.saturating_sub(top)))
}

/// Whether a frame of that rectangle would hold these and nothing else of the flow, and cover no other frame.
fn alone(board: &Board, members: &BTreeSet<Id>, rect: Rect) -> bool {
    // Remarks in between are taken in.
    let stickies = board.stickies().values().filter(|it| it.kind.role().flows()).map(|it| (it.id, it.rect()));
    let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
    let strangers = stickies.chain(scenarios).filter(|(id, _)| !members.contains(id));
    let clear = |frame: &Frame| {
        members.contains(&frame.id) || frame.rect().encloses(rect) || frame.rect().intersection(rect).is_none()
    };
    strangers.map(|it| it.1).all(|it| it.intersection(rect).is_none()) && board.frames().values().all(clear)
}

/// The edits that lead from one board to another that differs by places, sizes, new frames and new links.
fn difference(before: &Board, after: &Board) -> Vec<Edit> {
    let mut edits = Vec::new();
    for frame in after.frames().values() {
        match before.frame(frame.id) {
            Some(_) => edits.extend(set_rect(before, frame.id, frame.rect())),
            None => edits.push(Edit::Add(Box::new(Element::Frame(frame.clone())))),
        }
    }
    for id in before.stickies().keys().chain(before.scenarios().keys()) {
        let (Some(was), Some(is)) = (before.rect(*id), after.rect(*id)) else { continue };
        if (was.x, was.y) != (is.x, is.y) {
            edits.extend(before.set(*id, Field::At(crate::kit::Point::new(is.x, is.y))).ok());
        }
    }
    let drawn = after.links().values().filter(|it| before.link(it.id).is_none());
    edits.extend(drawn.map(|it| Edit::Add(Box::new(Element::Link(it.clone())))));
    edits
}
