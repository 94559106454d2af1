//! Mark events as pivotal.

use super::{ActionSpec, Menu};
use crate::board::{Field, Mark, Role};
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "pivotal",
    name: "Pivotal event",
    menu: Menu::Arrange,
    shortcuts: &[],
    help: "Draws a line through the board at the selected events: here one phase ends and another begins.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    let mut stickies = editor.selection.iter().filter_map(|id| history.board().sticky(*id));
    stickies.any(|it| it.kind.role() == Role::Event)
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let events = || {
        let stickies = editor.selection.iter().filter_map(|id| board.sticky(*id));
        stickies.filter(|it| it.kind.role() == Role::Event)
    };
    let on = !events().all(|it| it.has(Mark::Pivotal));
    let edits = events().filter_map(|it| {
        let differs = it.has(Mark::Pivotal) != on;
        board.set(it.id, Field::Mark(Mark::Pivotal, on)).ok().filter(|_| differs)
    });
    let edits = edits.collect();
    cx.commit(if on { "Mark pivotal" } else { "Unmark pivotal" }, edits);
}
