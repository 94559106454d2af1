//! Tidy the selection or the board.

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::input::{Key, Mods, Request};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "tidy",
    name: "Tidy",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('T'), Mods::COMMAND_SHIFT)],
    help: "Lays the selection, else the board, out from left to right by what leads to what; what is pinned or locked stays.",
    enabled: |_, history| !history.board().is_empty(),
    run: |editor, cx, _| {
        let only =
            if editor.selection.len() > 1 || editor.single().is_some_and(|id| cx.history.board().frame(id).is_some()) {
                editor.selection.clone()
            } else {
                Default::default()
            };
        cx.requests.push(Request::Tidy(only));
    },
};
