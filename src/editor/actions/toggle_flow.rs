//! Ghost links everywhere, or for the selection only.

use super::{ActionSpec, Menu, always};
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "toggle_flow",
    name: "Ghost links",
    menu: Menu::View,
    shortcuts: &[],
    help: "Shows the links that are read from what lies side by side, everywhere and not only for the selection.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.flow = !editor.flow;
}
