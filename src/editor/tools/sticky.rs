//! Sticky: puts a sticky of one kind where one clicks, ready to be written on.

use super::{Cursor, Press, Tool, ToolSpec};
use crate::editor::gestures::Gesture;
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "sticky",
    name: "Sticky",
    shortcut: None,
    help: "Click to put the sticky there and write at once; with Shift the tool stays in the hand.",
    cursor: Cursor::Cross,
    press,
};

fn press(editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
    if let Tool::Sticky(kind) = editor.tool {
        editor.last_kind = kind;
        editor.create(cx, kind, press.on);
    }
    if !press.mods.shift {
        editor.let_go_of_tool();
    }
    Gesture::Idle
}
