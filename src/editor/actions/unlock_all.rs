//! Unlock everything.

use super::{ActionSpec, Menu};
use crate::board::Field;
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "unlock_all",
    name: "Unlock all",
    menu: Menu::Arrange,
    shortcuts: &[],
    help: "Makes every locked sticky, frame and photo selectable again.",
    enabled,
    run,
};

fn enabled(_: &Editor, history: &History) -> bool {
    history.board().locked().next().is_some()
}

fn run(_: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let edits = board.locked().filter_map(|id| board.set(id, Field::Locked(false)).ok()).collect();
    cx.commit("Unlock all", edits);
}
