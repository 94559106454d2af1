//! Paste as one sticky, whatever the clipboard holds.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods, Request};

/// The clipboard's text comes within the next frame or two.
const PATIENCE: u8 = 4;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "paste_plain",
    name: "Paste as one sticky",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('V'), Mods::COMMAND_SHIFT)],
    help: "Puts the clipboard's text on one sticky, all its lines.",
    enabled: always,
    run: |editor, cx, _| {
        editor.plain = PATIENCE;
        cx.requests.push(Request::Paste);
    },
};
