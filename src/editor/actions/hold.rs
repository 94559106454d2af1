//! What lasts as long as a key is held: the hand, the overview, the pointer's button.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Button, Key, Mods};
use crate::editor::state::Held;
use crate::editor::{Cx, Editor};

pub(super) const HAND: ActionSpec = ActionSpec {
    key: "hold_hand",
    name: "Hand while held",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Space, Mods::NONE)],
    help: "As long as it is held dragging moves the view, and arrows scroll by pages.",
    enabled: always,
    run: |editor, _, _| {
        if editor.held.is_none() {
            editor.held = editor.pressed.map(Held::Hand);
        }
    },
};

pub(super) const OVERVIEW: ActionSpec = ActionSpec {
    key: "overview",
    name: "Overview while held",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Char('Z'), Mods::NONE)],
    help: "Shows the whole board as long as it is held; letting go comes near again where the pointer is.",
    enabled: always,
    run: overview,
};

pub(super) const BUTTON: ActionSpec = ActionSpec {
    key: "hold_button",
    name: "Pointer's button while held",
    menu: Menu::None,
    shortcuts: &[Shortcut::new(Key::Char(','), Mods::NONE)],
    help: "Presses the pointer's button as long as it is held, for those who cannot.",
    enabled: always,
    run: |editor, cx, _| {
        if let (None, Some(key), Some(at)) = (editor.held, editor.pressed, editor.hover) {
            editor.held = Some(Held::Button(key));
            editor.press(cx, at, Button::Primary, Mods::NONE, 1);
        }
    },
};

fn overview(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let (Some(key), None) = (editor.pressed, editor.held) else { return };
    if let Some(bounds) = cx.history.board().bounds() {
        editor.held = Some(Held::Overview(key, editor.camera.zoom));
        editor.camera.fit(bounds, editor.camera.zoom);
    }
}
