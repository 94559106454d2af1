//! Drawing a link from one sticky to another.

use super::SLACK;
use crate::board::kinds::followers;
use crate::board::{Board, Edit, Element, Link};
use crate::editor::{Cx, Direction, Editor, hit};
use crate::kit::{Id, PointF};

/// An arrow that follows the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Linking {
    /// Where it starts.
    pub from: Id,
    /// Where the pointer is, on the board.
    pub to: PointF,
    /// The sticky under the pointer.
    pub over: Option<Id>,
    /// The handle it was drawn from and where the button went down, in the view: a click there makes what follows.
    handle: Option<(Direction, PointF)>,
}

impl Linking {
    /// From anywhere on a sticky.
    pub(in crate::editor) fn from(from: Id, on: PointF) -> Self {
        Self { from, to: on, over: None, handle: None }
    }

    /// From the handle of a sticky that is nearest to the pointer.
    pub(in crate::editor) fn from_handle(editor: &Editor, board: &Board, from: Id, at: PointF) -> Self {
        let on = editor.camera.to_board(at);
        let handles = board.rect(from).map(|it| hit::link_handles(it.to_f(), editor.camera.zoom));
        let sides = handles.into_iter().flatten().zip(Direction::ALL);
        let far = |it: &(PointF, Direction)| ((it.0.x - on.x).hypot(it.0.y - on.y) * 16.0) as i64;
        let side = sides.min_by_key(far).map(|it| (it.1, at));
        Self { handle: side, ..Self::from(from, on) }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, board: &Board, at: PointF) {
        self.to = editor.camera.to_board(at);
        self.over = sticky_at(board, self.to).filter(|it| *it != self.from);
    }

    /// On a sticky: the link. On empty canvas far from the start: a new sticky of the kind that usually follows, linked.
    pub(in crate::editor) fn release(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        if let Some(to) = self.over {
            cx.link(editor, self.from, to);
            return;
        }
        if let Some((side, spot)) = self.handle {
            let at = editor.camera.to_view(self.to);
            if (at.x - spot.x).hypot(at.y - spot.y) < SLACK {
                editor.extend_once(cx, self.from, side);
                return;
            }
        }
        let board = cx.history.board();
        let Some(from) = board.sticky(self.from) else { return };
        let out = from.rect().grown(40).to_f();
        if out.contains(self.to) {
            return;
        }
        let Some(kind) = followers(from.kind).first().copied() else { return };
        let size = kind.spec().size;
        let at = self.to.round().moved(-size.w / 2, -size.h / 2);
        let at = editor.to_grid(at);
        editor.put_new(cx, kind, at, Some(self.from), Some(self.from));
    }
}

/// The topmost sticky at a point of the board.
pub(in crate::editor) fn sticky_at(board: &Board, at: PointF) -> Option<Id> {
    let under = board.stickies().values().filter(|it| hit::inside(it.rect(), it.shape(), at));
    let collapsed = board.collapsed();
    let under = under.filter(|it| collapsed.hider(it.id, it.rect()).is_none());
    under.max_by_key(|it| (&it.z, it.id)).map(|it| it.id)
}

impl Cx<'_> {
    /// Commits a link unless it is there already, and selects it.
    pub(in crate::editor) fn link(&mut self, editor: &mut Editor, from: Id, to: Id) {
        if from == to || self.history.board().links().values().any(|it| it.from == from && it.to == to) {
            return;
        }
        let id = self.ids.next_id();
        if self.commit("Link", vec![Edit::Add(Box::new(Element::Link(Link::new(id, from, to))))]) {
            editor.select_only(id);
        }
    }
}
