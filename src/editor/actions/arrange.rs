//! What arranging actions share: the selected things with their places, and new places with what lies in frames.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Board, Edit, Field, grow_frames, holds};
use crate::editor::{Cx, Editor};
use crate::kit::{Id, Point, Rect, Size};

/// The selected things that have a place, without those that lie in a selected frame: they go along with it.
pub(super) fn selected(editor: &Editor, board: &Board) -> Vec<(Id, Rect)> {
    let places = editor.selection.iter().filter_map(|id| Some((*id, board.rect(*id)?)));
    let frames: Vec<_> = editor.selection.iter().filter_map(|id| board.frame(*id)).collect();
    places.filter(|(id, rect)| !frames.iter().any(|it| holds(it, *id, *rect))).collect()
}

/// Gives each thing its new rectangle, as one undo step; what lies in a frame goes with it.
pub(super) fn commit(cx: &mut Cx<'_>, label: &str, places: impl Iterator<Item = (Id, Rect, Rect)>) -> bool {
    let board = cx.history.board();
    let mut edits = Vec::new();
    let mut done = BTreeMap::new();
    for (id, from, to) in places {
        let (dx, dy) = (to.x.saturating_sub(from.x), to.y.saturating_sub(from.y));
        if (dx, dy) != (0, 0) {
            for moved in board.with_contents(&BTreeSet::from([id])) {
                if let Some(rect) = board.rect(moved).filter(|_| !done.contains_key(&moved)) {
                    let old = Point::new(rect.x, rect.y);
                    edits.push(Edit::Set { id: moved, old: Field::At(old), new: Field::At(old.moved(dx, dy)) });
                    let to = old.moved(dx, dy);
                    done.insert(moved, Rect { x: to.x, y: to.y, ..rect });
                }
            }
        }
        if (to.w, to.h) != (from.w, from.h) {
            edits.extend(board.set(id, Field::Size(Size::new(to.w, to.h))).ok());
            done.insert(id, to);
        }
    }
    edits.extend(grow_frames(board, &done));
    cx.commit(label, edits)
}
