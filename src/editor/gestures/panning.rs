//! Moving the view by hand.

use super::SLACK;
use crate::editor::Editor;
use crate::kit::PointF;

/// The view follows the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Panning {
    /// Where the pointer was, in the view.
    pub last: PointF,
    /// Where the button went down, as long as the pointer has not left that spot.
    pub spot: Option<PointF>,
}

impl Panning {
    /// The view follows from the first move on.
    pub(in crate::editor) fn at_once(at: PointF) -> Self {
        Self { last: at, spot: None }
    }

    /// The view follows once the pointer has left the spot; until then it is a click.
    pub(in crate::editor) fn or_click(at: PointF) -> Self {
        Self { last: at, spot: Some(at) }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &mut Editor, at: PointF) {
        if let Some(spot) = self.spot {
            if (at.x - spot.x).hypot(at.y - spot.y) < SLACK {
                return;
            }
            self.spot = None;
        }
        editor.camera.pan(at.x - self.last.x, at.y - self.last.y);
        self.last = at;
    }
}
