//! The next and the previous sticky in reading order.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};

pub(super) const NEXT: ActionSpec = ActionSpec {
    key: "select_next",
    name: "Next sticky",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Tab, Mods::NONE)],
    help: "Selects the next sticky: from left to right, row by row.",
    enabled: always,
    run: |editor, cx, _| editor.select_next(cx.history.board(), false),
};

pub(super) const PREVIOUS: ActionSpec = ActionSpec {
    key: "select_previous",
    name: "Previous sticky",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Tab, Mods::SHIFT)],
    help: "Selects the sticky before: from left to right, row by row.",
    enabled: always,
    run: |editor, cx, _| editor.select_next(cx.history.board(), true),
};
