//! Move the selection to the neighbour in a direction, along a link where one leads there.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Direction, Editor, neighbours};

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "go_left",
    name: "Neighbour to the left",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Left, Mods::ALT)],
    help: "Selects the sticky on that side, along a link where one leads there.",
    enabled: always,
    run: |editor, cx, _| go(editor, cx, Direction::Left),
};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "go_right",
    name: "Neighbour to the right",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Right, Mods::ALT)],
    help: "Selects the sticky on that side, along a link where one leads there.",
    enabled: always,
    run: |editor, cx, _| go(editor, cx, Direction::Right),
};

pub(super) const UP: ActionSpec = ActionSpec {
    key: "go_up",
    name: "Neighbour above",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Up, Mods::ALT)],
    help: "Selects the sticky on that side, along a link where one leads there.",
    enabled: always,
    run: |editor, cx, _| go(editor, cx, Direction::Above),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "go_down",
    name: "Neighbour below",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Down, Mods::ALT)],
    help: "Selects the sticky on that side, along a link where one leads there.",
    enabled: always,
    run: |editor, cx, _| go(editor, cx, Direction::Below),
};

fn go(editor: &mut Editor, cx: &mut Cx<'_>, side: Direction) {
    let board = cx.history.board();
    match editor.single() {
        Some(id) => {
            if let Some(next) = neighbours::towards(board, id, side) {
                editor.go_to(board, next);
            }
        }
        None => editor.select_next(board, matches!(side, Direction::Left | Direction::Above)),
    }
}
