//! Taking an end of a link to another sticky.

use super::sticky_at;
use crate::board::{Board, Field};
use crate::editor::input::Request;
use crate::editor::{Cx, Editor};
use crate::kit::{Id, PointF};

/// An end of a link follows the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Attaching {
    /// The link.
    pub link: Id,
    /// The sticky at its other end.
    pub other: Id,
    /// Whether it is the end that has the arrow head.
    pub head: bool,
    /// Where the pointer is, on the board.
    pub to: PointF,
    /// The sticky under the pointer.
    pub over: Option<Id>,
}

impl Attaching {
    pub(in crate::editor) fn new(board: &Board, link: Id, head: bool, to: PointF) -> Option<Self> {
        let it = board.link(link)?;
        Some(Self { link, other: if head { it.from } else { it.to }, head, to, over: None })
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, board: &Board, at: PointF) {
        self.to = editor.camera.to_board(at);
        self.over = sticky_at(board, self.to).filter(|it| *it != self.other);
    }

    pub(in crate::editor) fn release(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        let Some(over) = self.over else { return };
        let (from, to) = if self.head { (self.other, over) } else { (over, self.other) };
        let board = cx.history.board();
        if board.links().values().any(|it| it.id != self.link && it.from == from && it.to == to) {
            cx.requests.push(Request::Say("There is such a link already".to_owned()));
            return;
        }
        let field = if self.head { Field::To(over) } else { Field::From(over) };
        let Ok(edit) = board.set(self.link, field) else { return };
        if !matches!(&edit, crate::board::Edit::Set { old, new, .. } if old == new) {
            cx.commit("Take link elsewhere", vec![edit]);
        }
        editor.select_only(self.link);
    }
}
