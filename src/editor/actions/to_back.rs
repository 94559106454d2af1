//! Send to back.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::Field;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::OrderKey;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "to_back",
    name: "Send to back",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('['), Mods::NONE), Shortcut::new(Key::Char('['), Mods::COMMAND_SHIFT)],
    help: "Lays the selected stickies under the pile.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let lowest = cx.history.board().stickies().values().map(|it| it.z.clone()).min();
    editor.set_on_selection(cx, "Send to back", Field::Z(OrderKey::between(None, lowest.as_ref())));
}
