//! Paste: elements, or a list of lines that become stickies.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "paste",
    name: "Paste",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('V'), Mods::COMMAND)],
    help: "Puts the clipboard on the board; each line of a list becomes a sticky.",
    enabled: always,
    run,
};

fn run(_: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    cx.requests.push(Request::Paste);
}
