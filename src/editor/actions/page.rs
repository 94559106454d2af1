//! Scroll by most of what is seen.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods};

pub(super) const UP: ActionSpec = ActionSpec {
    key: "page_up",
    name: "Page up",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::PageUp, Mods::NONE)],
    help: "Scrolls up by most of what is seen.",
    enabled: always,
    run: |editor, _, _| editor.scroll_pages(0.0, 1.0),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "page_down",
    name: "Page down",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::PageDown, Mods::NONE)],
    help: "Scrolls down by most of what is seen.",
    enabled: always,
    run: |editor, _, _| editor.scroll_pages(0.0, -1.0),
};

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "page_left",
    name: "Page left",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::PageUp, Mods::SHIFT)],
    help: "Scrolls to the left by most of what is seen.",
    enabled: always,
    run: |editor, _, _| editor.scroll_pages(1.0, 0.0),
};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "page_right",
    name: "Page right",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::PageDown, Mods::SHIFT)],
    help: "Scrolls to the right by most of what is seen.",
    enabled: always,
    run: |editor, _, _| editor.scroll_pages(-1.0, 0.0),
};
