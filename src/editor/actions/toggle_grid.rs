//! Grid on or off.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "toggle_grid",
    name: "Grid",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('\''), Mods::COMMAND)],
    help: "Shows the grid and lets things snap to it.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.grid = !editor.grid;
}
