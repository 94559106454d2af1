//! Redo.

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "redo",
    name: "Redo",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('Z'), Mods::COMMAND_SHIFT), Shortcut::new(Key::Char('Y'), Mods::COMMAND)],
    help: "Does again what was undone last.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    history.can_redo().is_some() || editor.gesture.is_dragged_in_history()
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    if editor.take_back_gesture(cx) {
        return;
    }
    let says = cx.history.redo_says();
    if let Some(label) = cx.history.redo() {
        editor.leave_hidden(cx, false);
        cx.requests.push(Request::Say(format!("Done again: {}", says.unwrap_or(label))));
    }
}
