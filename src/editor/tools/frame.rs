//! Frame: draws a bounded context, aggregate, swimlane or chapter round stickies.

use super::{Cursor, Press, Tool, ToolSpec};
use crate::board::FrameKind;
use crate::editor::gestures::{Framing, Gesture};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "frame",
    name: "Frame",
    shortcut: Some('F'),
    help: "Draw a rectangle round stickies to group them.",
    cursor: Cursor::Cross,
    press,
};

fn press(editor: &mut Editor, _: &mut Cx<'_>, press: Press) -> Gesture {
    let kind = match editor.tool {
        Tool::Frame(kind) => kind,
        Tool::Select | Tool::Hand | Tool::Sticky(_) | Tool::Link | Tool::Scenario | Tool::Space => {
            FrameKind::BoundedContext
        }
    };
    Gesture::Framing(Framing { kind, from: press.on, to: press.on })
}
