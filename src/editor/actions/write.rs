//! Write on the selected element.

use super::{ActionSpec, Menu};
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "write",
    name: "Edit text",
    menu: Menu::Edit,
    shortcuts: &[],
    help: "Starts writing on the selected sticky, frame, card or link. Enter, F2 or a double click do the same.",
    enabled,
    run,
};

fn enabled(editor: &Editor, _: &History) -> bool {
    editor.single().is_some()
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    if let Some(id) = editor.single() {
        editor.begin_text(cx, id);
    }
}
