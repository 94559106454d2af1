//! Lock the selection.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::Field;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "lock",
    name: "Lock",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('L'), Mods::COMMAND_SHIFT)],
    help: "Lets the pointer pass through the selected stickies and frames.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    editor.set_on_selection(cx, "Lock", Field::Locked(true));
    editor.selection.clear();
}
