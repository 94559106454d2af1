//! Zoom out.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_out",
    name: "Zoom out",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('-'), Mods::COMMAND)],
    help: "Shows more of the board.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.camera.zoom_to(editor.camera.zoom / 1.25);
}
