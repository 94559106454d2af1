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
    let board = history.board();
    board.stickies().values().any(|it| it.locked)
        || board.frames().values().any(|it| it.locked)
        || board.photos().values().any(|it| it.locked)
}

fn run(_: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let stickies = board.stickies().values().filter(|it| it.locked).map(|it| it.id);
    let frames = board.frames().values().filter(|it| it.locked).map(|it| it.id);
    let photos = board.photos().values().filter(|it| it.locked).map(|it| it.id);
    let edits =
        stickies.chain(frames).chain(photos).filter_map(|id| board.set(id, Field::Locked(false)).ok()).collect();
    cx.commit("Unlock all", edits);
}
