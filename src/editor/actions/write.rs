//! Write on the selected element.

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "write",
    name: "Edit text",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Enter, Mods::NONE), Shortcut::new(Key::F(2), Mods::NONE)],
    help: "Starts writing on the selected sticky, frame, scenario or link. A double click does the same.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    editor.single().is_some_and(|it| !history.board().photos().contains_key(&it))
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    if let Some(id) = editor.single() {
        editor.begin_text(cx, id);
    }
}
