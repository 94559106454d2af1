//! Select all.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "select_all",
    name: "Select all",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('A'), Mods::COMMAND)],
    help: "Selects every sticky, frame, scenario and photo that is not locked.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let stickies = board.stickies().values().filter(|it| !it.locked).map(|it| it.id);
    let frames = board.frames().values().filter(|it| !it.locked).map(|it| it.id);
    let collapsed = board.collapsed();
    let photos = board.photos().values().filter(|it| !it.locked).map(|it| it.id);
    let all = stickies.chain(frames).chain(photos).chain(board.scenarios().keys().copied());
    editor.selection = all.filter(|id| !collapsed.hides(board, *id)).collect();
}
