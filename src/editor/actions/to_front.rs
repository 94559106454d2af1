//! Bring to front.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::Field;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor, top_z};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "to_front",
    name: "Bring to front",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char(']'), Mods::NONE), Shortcut::new(Key::Char(']'), Mods::COMMAND_SHIFT)],
    help: "Lays the selected stickies on top of the pile.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let z = top_z(cx.history.board());
    editor.set_on_selection(cx, "Bring to front", Field::Z(z));
}
