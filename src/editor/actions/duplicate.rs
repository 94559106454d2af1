//! Duplicate: further placements of the same things.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "duplicate",
    name: "Duplicate",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('D'), Mods::COMMAND)],
    help: "Puts a further placement of the selected things beside them. One that gets another text becomes a thing of its own.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let ids = cx.history.board().with_contents(&editor.selection);
    let (edits, copies) = board::duplicate(cx.history.board(), &ids, 30, 30, cx.ids);
    if cx.commit("Duplicate", edits) {
        editor.selection = copies.into_values().collect();
        editor.copies.extend(&editor.selection);
    }
}
