//! Scenario: puts an example or an invariant where one clicks.

use super::{Cursor, Press, ToolSpec};
use crate::board::{Edit, Element, Scenario};
use crate::editor::gestures::Gesture;
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "scenario",
    name: "Scenario",
    shortcut: None,
    help: "Click to put a scenario there: given these events, when these commands, then these events.",
    cursor: Cursor::Cross,
    press,
};

fn press(editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
    let id = cx.ids.next_id();
    let at = press.on.round().moved(-Scenario::SIZE.w / 2, -Scenario::SIZE.h / 2);
    let scenario = Scenario::new(id, at, "New scenario\ngiven \nwhen \nthen ");
    editor.begin_new(cx, "Add scenario".to_owned(), vec![Edit::Add(Box::new(Element::Scenario(scenario)))], id);
    editor.let_go_of_tool();
    Gesture::Idle
}
