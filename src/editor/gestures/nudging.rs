//! Moving the selection by keys: all steps until the key is let go are one undo step.

use std::collections::BTreeMap;

use super::Gesture;
use crate::board::{Edit, Field, Growing};
use crate::editor::{Cx, Editor};
use crate::kit::{Id, Point, Rect};

/// What is moved, where it was, and how far it has come.
#[derive(Clone, Debug)]
pub struct Nudging {
    starts: Vec<(Id, Rect)>,
    /// The frames round what is moved.
    growing: Growing,
    by: Point,
}

impl Editor {
    /// Moves the selection by one more step.
    pub(in crate::editor) fn nudge(&mut self, cx: &mut Cx<'_>, dx: i32, dy: i32) {
        let mut it = match std::mem::take(&mut self.gesture) {
            Gesture::Nudging(it) => it,
            Gesture::Idle => {
                let board = cx.history.board();
                let moved = board.with_contents(&self.selection);
                let growing = Growing::new(board, &moved);
                let starts = moved.into_iter().filter_map(|id| Some((id, board.rect(id)?))).collect();
                cx.history.begin("Nudge");
                Nudging { starts, growing, by: Point::default() }
            }
            other => {
                self.gesture = other;
                return;
            }
        };
        it.by = it.by.moved(dx, dy);
        let mut edits = Vec::new();
        let mut moved = BTreeMap::new();
        for (id, rect) in &it.starts {
            let (old, to) = (Point::new(rect.x, rect.y), Point::new(rect.x, rect.y).moved(it.by.x, it.by.y));
            moved.insert(*id, Rect { x: to.x, y: to.y, ..*rect });
            if old != to {
                edits.push(Edit::Set { id: *id, old: Field::At(old), new: Field::At(to) });
            }
        }
        edits.extend(it.growing.edits(&moved));
        cx.apply_preview(edits);
        if let Some(rect) = it.starts.first().and_then(|(id, _)| cx.history.board().rect(*id)) {
            self.camera.reveal(rect);
        }
        self.gesture = Gesture::Nudging(it);
    }
}
