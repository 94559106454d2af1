//! Lock the selection.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::Field;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "lock",
    name: "Lock or unlock",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('L'), Mods::COMMAND_SHIFT), Shortcut::new(Key::Char('L'), Mods::SHIFT)],
    help: "Lets the pointer pass through the selected stickies, frames and photos, or no longer.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let locked = |id: &Id| matches!(board.field(*id, &Field::Locked(true)), Ok(Field::Locked(true)));
    if editor.selection.iter().all(locked) {
        editor.set_on_selection(cx, "Unlock", Field::Locked(false));
    } else {
        editor.set_on_selection(cx, "Lock", Field::Locked(true));
        editor.selection.clear();
    }
}
