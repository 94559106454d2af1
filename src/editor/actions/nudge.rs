//! Move the selection by keys.

use super::{ActionSpec, Menu, Shortcut, selected};
use std::collections::BTreeMap;

use crate::board::{grow_frames, move_by};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor, GRID};
use crate::kit::{Id, Rect};

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "nudge_left",
    name: "Nudge left",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Left, Mods::NONE), Shortcut::new(Key::Left, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by a step of the grid.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, -1, 0),
};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "nudge_right",
    name: "Nudge right",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Right, Mods::NONE), Shortcut::new(Key::Right, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by a step of the grid.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 1, 0),
};

pub(super) const UP: ActionSpec = ActionSpec {
    key: "nudge_up",
    name: "Nudge up",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Up, Mods::NONE), Shortcut::new(Key::Up, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by a step of the grid.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 0, -1),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "nudge_down",
    name: "Nudge down",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Down, Mods::NONE), Shortcut::new(Key::Down, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by a step of the grid.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 0, 1),
};

fn nudge(editor: &mut Editor, cx: &mut Cx<'_>, mods: Mods, dx: i32, dy: i32) {
    let step = if mods.shift { GRID } else { 1 };
    let board = cx.history.board();
    let moved = board.with_contents(&editor.selection);
    let mut edits = move_by(board, &moved, dx * step, dy * step);
    let to = |rect: Rect| Rect { x: rect.x + dx * step, y: rect.y + dy * step, ..rect };
    let moved: BTreeMap<Id, Rect> = moved.iter().filter_map(|id| Some((*id, to(board.rect(*id)?)))).collect();
    edits.extend(grow_frames(board, &moved));
    cx.commit("Nudge", edits);
}
