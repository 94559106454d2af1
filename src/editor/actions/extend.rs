//! Extend the flow from the selected sticky by the grammar.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::Direction;
use crate::editor::input::{Key, Mods};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "extend_right",
    name: "What follows, to the right",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Right, Mods::COMMAND)],
    help: "Adds what usually follows the selected sticky, linked. While Ctrl is held: the same key again takes the next alternative, a key across makes one more; letting go writes on it, Esc takes it back.",
    enabled: selected,
    run: |editor, cx, mods| editor.extend(cx, Direction::Right, mods),
};

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "extend_left",
    name: "What comes before, to the left",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Left, Mods::COMMAND)],
    help: "Adds what usually comes before the selected sticky, linked.",
    enabled: selected,
    run: |editor, cx, mods| editor.extend(cx, Direction::Left, mods),
};

pub(super) const UP: ActionSpec = ActionSpec {
    key: "extend_up",
    name: "What follows, above",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Up, Mods::COMMAND)],
    help: "Adds what usually follows the selected sticky above it, linked.",
    enabled: selected,
    run: |editor, cx, mods| editor.extend(cx, Direction::Above, mods),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "extend_down",
    name: "What follows, below",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Down, Mods::COMMAND)],
    help: "Adds what usually follows the selected sticky below it, linked.",
    enabled: selected,
    run: |editor, cx, mods| editor.extend(cx, Direction::Below, mods),
};
