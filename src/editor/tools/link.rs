//! Link: draws an arrow from one sticky to another.

use super::{Cursor, Press, ToolSpec};
use crate::editor::gestures::{Gesture, Linking};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "link",
    name: "Link",
    shortcut: Some('L'),
    help: "Drag from one sticky to another; dropped on empty canvas it makes the sticky that usually follows.",
    cursor: Cursor::Cross,
    press,
};

fn press(editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
    match crate::editor::gestures::sticky_at(cx.history.board(), press.on) {
        Some(from) => Gesture::Linking(Linking::from(from, press.on)),
        None => {
            editor.let_go_of_tool();
            Gesture::Idle
        }
    }
}
