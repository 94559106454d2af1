//! Zoom to the selection.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::Rect;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "zoom_selection",
    name: "Zoom to selection",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('2'), Mods::SHIFT)],
    help: "Shows what is selected as large as fits.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    if let Some(rect) = editor.selection.iter().filter_map(|id| board.rect(*id)).reduce(Rect::union) {
        editor.camera.fit(rect, 3.0);
    }
}
