//! Snap on or off.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "toggle_snap",
    name: "Snap",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('S'), Mods::ALT)],
    help: "Lets moved things snap to their neighbours and to the grid; the command key switches it off for a moment.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.snap = !editor.snap;
}
