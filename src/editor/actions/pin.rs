//! Pin the selected stickies, so that tidying leaves them where they are.

use super::{ActionSpec, Menu};
use crate::board::Field;
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "pin",
    name: "Pin or unpin",
    menu: Menu::Arrange,
    shortcuts: &[],
    help: "Keeps the selected stickies where they are when the board is tidied, or no longer.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    editor.selection.iter().any(|id| history.board().sticky(*id).is_some())
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let all = editor.selection.iter().filter_map(|id| board.sticky(*id)).all(|it| it.pinned);
    editor.set_on_selection(cx, if all { "Unpin" } else { "Pin" }, Field::Pinned(!all));
}
