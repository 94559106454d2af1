//! Flow on or off.

use super::{ActionSpec, Menu, always};
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "toggle_flow",
    name: "Flow",
    menu: Menu::View,
    shortcuts: &[],
    help: "Shows the ghost links that the board is read with, everywhere and not only for the selection.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, _: &mut Cx<'_>, _: Mods) {
    editor.flow = !editor.flow;
}
