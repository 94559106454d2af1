//! Delete.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "delete",
    name: "Delete",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Delete, Mods::NONE), Shortcut::new(Key::Backspace, Mods::NONE)],
    help: "Takes the selection off the board, with the links that end there.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let edits = board::delete(cx.history.board(), &editor.selection);
    if cx.commit("Delete", edits) {
        editor.selection.clear();
    }
}
