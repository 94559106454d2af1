//! Space: pushes everything right of a line, or below it.

use super::{Cursor, Press, ToolSpec};
use crate::editor::gestures::{Gesture, Spacing};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "space",
    name: "Insert space",
    shortcut: Some('S'),
    help: "Drag to the right or down: everything behind the line is pushed, frames across it grow. Ctrl+Shift and drag on empty canvas does the same with the Select tool.",
    cursor: Cursor::Cross,
    press,
};

fn press(_: &mut Editor, _: &mut Cx<'_>, press: Press) -> Gesture {
    Gesture::Spacing(Spacing::new(press.on))
}
