//! Scenario: puts a card with an example or an invariant where one clicks.

use super::{Cursor, Press, ToolSpec};
use crate::board::{Edit, Element, Scenario};
use crate::editor::gestures::Gesture;
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "scenario",
    name: "Scenario",
    shortcut: None,
    help: "Click to put a card there: given these events, when these commands, then these events.",
    cursor: Cursor::Cross,
    press,
};

fn press(editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
    let id = cx.ids.next_id();
    let at = press.on.round().moved(-Scenario::SIZE.w / 2, -Scenario::SIZE.h / 2);
    let card = Scenario::new(id, at, "New scenario\ngiven \nwhen \nthen ");
    editor.begin_new(cx, "Add scenario".to_owned(), vec![Edit::Add(Box::new(Element::Scenario(card)))], id);
    editor.let_go_of_tool();
    Gesture::Idle
}
