//! Undo.

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "undo",
    name: "Undo",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('Z'), Mods::COMMAND)],
    help: "Takes back the last step. There is no limit.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    history.can_undo().is_some() || editor.gesture.is_dragged_in_history()
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    if editor.take_back_gesture(cx) {
        return;
    }
    // Of a gesture under way the words are not known yet.
    let says = cx.history.undo_says().filter(|_| !cx.history.in_gesture());
    if let Some(label) = cx.history.undo() {
        cx.requests.push(Request::Say(format!("Undone: {}", says.unwrap_or(label))));
    }
}
