//! Zoom to 100 %.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_full",
    name: "Zoom to 100 %",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('0'), Mods::COMMAND), Shortcut::new(Key::Char('0'), Mods::SHIFT)],
    help: "Shows everything in its own size.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.camera.zoom_to(1.0);
}
