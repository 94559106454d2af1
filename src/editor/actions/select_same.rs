//! Select everything of the kinds that are selected.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::Kind;
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "select_same",
    name: "Select all of this kind",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('A'), Mods::COMMAND_SHIFT)],
    help: "Selects every sticky, frame, link, scenario or photo of the kinds that are selected.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let kinds: BTreeSet<Kind> = editor.selection.iter().filter_map(|id| Some(board.sticky(*id)?.kind)).collect();
    let frames: Vec<_> = editor.selection.iter().filter_map(|id| Some(board.frame(*id)?.kind)).collect();
    let links = editor.selection.iter().any(|id| board.link(*id).is_some());
    let stickies = board.stickies().values().filter(|it| !it.locked && kinds.contains(&it.kind)).map(|it| it.id);
    let frames = board.frames().values().filter(|it| !it.locked && frames.contains(&it.kind)).map(|it| it.id);
    let links = board.links().keys().copied().filter(|_| links);
    let scenarios = editor.selection.iter().any(|id| board.scenarios().contains_key(id));
    let scenarios = board.scenarios().keys().copied().filter(|_| scenarios);
    let photos = editor.selection.iter().any(|id| board.photos().contains_key(id));
    let photos = board.photos().values().filter(|it| photos && !it.locked).map(|it| it.id);
    let hidden = board.collapsed();
    let all = stickies.chain(frames).chain(links).chain(scenarios).chain(photos);
    editor.selection = all.filter(|id| !hidden.hides(board, *id)).collect();
    cx.requests.push(Request::Say(format!("{} selected", editor.selection.len())));
}
