//! Zoom in.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_in",
    name: "Zoom in",
    menu: Menu::View,
    shortcuts: &[
        Shortcut::new(Key::Char('+'), Mods::COMMAND),
        Shortcut::new(Key::Char('='), Mods::COMMAND),
        Shortcut::new(Key::Char('+'), Mods::COMMAND_SHIFT),
    ],
    help: "Shows everything larger.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.camera.zoom_to(editor.camera.zoom * 1.25);
}
