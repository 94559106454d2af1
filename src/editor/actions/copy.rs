//! Copy.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "copy",
    name: "Copy",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('C'), Mods::COMMAND)],
    help: "Puts the selection on the clipboard, with the links in it.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    cx.requests.push(Request::Copy(editor.copy(cx.history.board())));
}
