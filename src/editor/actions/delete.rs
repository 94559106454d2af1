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
    help: "Takes the selection off the board, with the links that end there and with what collapsed frames hide.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    // What is hidden would appear as if from nowhere.
    let collapsed =
        editor.selection.iter().filter(|id| board.frame(**id).is_some_and(|it| it.collapsed)).copied().collect();
    let hidden = board.with_contents(&collapsed);
    let edits = board::delete(board, &editor.selection.union(&hidden).copied().collect());
    if cx.commit("Delete", edits) {
        editor.selection.clear();
    }
}
