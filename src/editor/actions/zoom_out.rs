//! Zoom out.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::PointF;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_out",
    name: "Zoom out",
    menu: Menu::View,
    shortcuts: &[
        Shortcut::new(Key::Char('-'), Mods::COMMAND),
        Shortcut::new(Key::Char('-'), Mods::NONE),
        Shortcut::new(Key::Char('-'), Mods::SHIFT),
    ],
    help: "Shows more of the board.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, mods: Mods) {
    let middle = PointF::new(editor.camera.width / 2.0, editor.camera.height / 2.0);
    let at = editor.hover.filter(|_| mods == Mods::SHIFT).unwrap_or(middle);
    editor.camera.zoom_at(at, 0.8);
}
