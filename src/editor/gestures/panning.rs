//! Moving the view by hand.

use crate::editor::Editor;
use crate::kit::PointF;

/// The view follows the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Panning {
    /// Where the pointer was, in the view.
    pub last: PointF,
}

impl Panning {
    pub(in crate::editor) fn drag(&mut self, editor: &mut Editor, at: PointF) {
        editor.camera.pan(at.x - self.last.x, at.y - self.last.y);
        self.last = at;
    }
}
