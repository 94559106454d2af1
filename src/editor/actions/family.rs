//! Frames as parents: select the frame round something, or the first thing in a frame.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut};
use crate::board::{Board, holds};
use crate::editor::input::{Key, Mods};
use crate::editor::neighbours::reading_order;
use crate::editor::{Cx, Editor};
use crate::journal::History;
use crate::kit::Id;

pub(super) const PARENT: ActionSpec = ActionSpec {
    key: "select_parent",
    name: "Select the frame round it",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Up, Mods::COMMAND_SHIFT)],
    help: "Selects the frame that the selected thing lies in.",
    enabled: single,
    run: |editor, cx, _| go(editor, cx, frame_round),
};

pub(super) const CHILD: ActionSpec = ActionSpec {
    key: "select_child",
    name: "Select the first thing in the frame",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Down, Mods::COMMAND_SHIFT)],
    help: "Selects the first thing in reading order that lies in the selected frame.",
    enabled: single,
    run: |editor, cx, _| go(editor, cx, first_in),
};

fn single(editor: &Editor, _: &History) -> bool {
    editor.single().is_some()
}

fn go(editor: &mut Editor, cx: &mut Cx<'_>, to: impl Fn(&Board, Id) -> Option<Id>) {
    let board = cx.history.board();
    if let Some(id) = editor.single().and_then(|id| to(board, id)) {
        editor.go_to(board, id);
    }
}

/// The smallest frame round an element.
pub(super) fn frame_round(board: &Board, id: Id) -> Option<Id> {
    let rect = board.rect(id)?;
    let frames = board.frames().values().filter(|it| holds(it, id, rect));
    frames.min_by_key(|it| (it.rect().area(), it.id)).map(|it| it.id)
}

/// What lies in these frames directly: not in another frame between.
pub(super) fn inside(board: &Board, frames: &[Id]) -> BTreeSet<Id> {
    let things = board.stickies().keys().chain(board.scenarios().keys()).chain(board.photos().keys());
    let things = things.chain(board.frames().keys()).copied();
    things.filter(|id| !frames.contains(id) && frame_round(board, *id).is_some_and(|it| frames.contains(&it))).collect()
}

fn first_in(board: &Board, frame: Id) -> Option<Id> {
    board.frame(frame)?;
    let all = inside(board, &[frame]).into_iter().filter_map(|id| Some((id, board.rect(id)?)));
    all.min_by_key(|(id, rect)| reading_order(rect.x, rect.y, *id)).map(|it| it.0)
}
