//! Zoom to fit.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_fit",
    name: "Zoom to fit",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('1'), Mods::SHIFT)],
    help: "Shows the whole board.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    if let Some(rect) = cx.history.board().bounds() {
        editor.camera.fit(rect, 1.5);
    }
}
