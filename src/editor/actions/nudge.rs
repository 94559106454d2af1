//! Move the selection by keys.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::GRID;

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "nudge_left",
    name: "Nudge left",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Left, Mods::NONE), Shortcut::new(Key::Left, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by ten; with the grid by one step of it, with Shift by five.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, -1, 0),
};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "nudge_right",
    name: "Nudge right",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Right, Mods::NONE), Shortcut::new(Key::Right, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by ten; with the grid by one step of it, with Shift by five.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 1, 0),
};

pub(super) const UP: ActionSpec = ActionSpec {
    key: "nudge_up",
    name: "Nudge up",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Up, Mods::NONE), Shortcut::new(Key::Up, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by ten; with the grid by one step of it, with Shift by five.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 0, -1),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "nudge_down",
    name: "Nudge down",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Down, Mods::NONE), Shortcut::new(Key::Down, Mods::SHIFT)],
    help: "Moves the selection by one unit, with Shift by ten; with the grid by one step of it, with Shift by five.",
    enabled: selected,
    run: |editor, cx, mods| nudge(editor, cx, mods, 0, 1),
};

/// One unit, with Shift ten; where things snap to the grid one step of it, with Shift five.
fn nudge(editor: &mut Editor, cx: &mut Cx<'_>, mods: Mods, dx: i32, dy: i32) {
    let step = match (editor.grid && editor.snap, mods.shift) {
        (false, false) => 1,
        (false, true) => 10,
        (true, false) => GRID,
        (true, true) => GRID * 5,
    };
    editor.nudge(cx, dx * step, dy * step);
}
