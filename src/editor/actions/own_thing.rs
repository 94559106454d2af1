//! Make its own thing: a placement gets a name and a definition of its own.

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::Editor;
use crate::editor::input::{Key, Mods};
use crate::journal::History;

pub(in crate::editor) const SPEC: ActionSpec = ActionSpec {
    key: "own_thing",
    name: "Make its own thing",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('D'), Mods::COMMAND_SHIFT)],
    help: "Parts the selected sticky from its other placements: it gets a name of its own. Right after a renaming the others get their old name back.",
    enabled,
    run: |editor, cx, _| editor.part(cx),
};

fn enabled(editor: &Editor, history: &History) -> bool {
    let board = history.board();
    let definition = editor.single().and_then(|id| board.definition(id));
    definition.is_some_and(|it| board.placements(it.id).count() > 1)
}
