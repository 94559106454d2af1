//! Drawing a frame round stickies.

use crate::board::{Edit, Element, Frame, FrameKind};
use crate::editor::{Cx, Editor};
use crate::kit::{PointF, Rect, RectF};

/// A smaller rectangle than this is a click, and becomes a frame of the usual size.
const LEAST: i32 = 60;

/// A rectangle from where the button went down to where the pointer is.
#[derive(Clone, Copy, Debug)]
pub struct Framing {
    /// What the frame stands for.
    pub kind: FrameKind,
    /// Where it began, on the board.
    pub from: PointF,
    /// Where the pointer is, on the board.
    pub to: PointF,
}

impl Framing {
    /// The rectangle drawn, in board units.
    pub fn rect(&self) -> RectF {
        RectF::between(self.from, self.to)
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, at: PointF) {
        self.to = editor.camera.to_board(at);
    }

    pub(in crate::editor) fn release(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        let drawn = self.rect();
        let corner = PointF::new(drawn.x, drawn.y).round();
        let far = PointF::new(drawn.right(), drawn.bottom()).round();
        let (corner, far) = (editor.to_grid(corner), editor.to_grid(far));
        let (mut w, mut h) = (far.x.saturating_sub(corner.x), far.y.saturating_sub(corner.y));
        if w < LEAST || h < LEAST {
            (w, h) = (400, 300);
        }
        let id = cx.ids.next_id();
        let rect = Rect { x: corner.x, y: corner.y, w, h };
        let frame = Frame::new(id, self.kind, rect, "");
        let label = format!("Add {}", self.kind.name().to_lowercase());
        editor.begin_new(cx, label, vec![Edit::Add(Box::new(Element::Frame(frame)))], id);
        editor.let_go_of_tool();
    }
}
