//! Hand: moves the view.

use super::{Cursor, Press, ToolSpec};
use crate::editor::gestures::{Gesture, Panning};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "hand",
    name: "Hand",
    shortcut: Some('H'),
    help: "Drag to move the view. Holding the space bar does the same with any tool.",
    cursor: Cursor::Hand,
    press,
};

fn press(_: &mut Editor, _: &mut Cx<'_>, press: Press) -> Gesture {
    Gesture::Panning(Panning::at_once(press.at))
}
