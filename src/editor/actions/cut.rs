//! Cut: copy, then delete.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "cut",
    name: "Cut",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('X'), Mods::COMMAND)],
    help: "Puts the selection on the clipboard and takes it off the board.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, mods: Mods) {
    cx.requests.push(Request::Copy(editor.copy(cx.history.board())));
    (super::delete::SPEC.run)(editor, cx, mods);
}
