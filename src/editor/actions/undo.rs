//! Undo.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};
use crate::journal::History;
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "undo",
    name: "Undo",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('Z'), Mods::COMMAND)],
    help: "Takes back the last step. There is no limit. What was deleted is selected again.",
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
    let back = if cx.history.in_gesture() { BTreeSet::new() } else { cx.history.undo_adds() };
    if let Some(label) = cx.history.undo() {
        let board = cx.history.board();
        let (seen, links): (BTreeSet<Id>, BTreeSet<Id>) = back.into_iter().partition(|id| board.rect(*id).is_some());
        let links = || links.into_iter().filter(|id| board.link(*id).is_some()).collect();
        let back = if seen.is_empty() { links() } else { seen };
        if !back.is_empty() {
            editor.selection = back;
        }
        editor.leave_hidden(cx, false);
        cx.requests.push(Request::Say(format!("Undone: {}", says.unwrap_or(label))));
    }
}
