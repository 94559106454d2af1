//! Cut: copy, then delete.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board;
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "cut",
    name: "Cut",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('X'), Mods::COMMAND)],
    help: "Puts the selection on the clipboard and takes it off the board.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let text = editor.copy(board);
    if text.is_empty() {
        cx.requests
            .push(Request::Say("Nothing is selected that can be copied; Delete takes it off the board".to_owned()));
        return;
    }
    // What was copied goes, or pasting it would make it twice.
    let edits = board::delete(board, &board.with_contents(&editor.selection));
    if cx.commit("Cut", edits) {
        cx.requests.push(Request::Copy(text));
        editor.selection.clear();
    }
}
