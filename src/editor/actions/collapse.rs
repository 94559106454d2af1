//! Show frames as cards, or open them.

use super::{ActionSpec, Menu, Shortcut, frames};
use crate::board::Field;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::journal::History;
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "collapse",
    name: "Collapse or open frame",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('K'), Mods::NONE)],
    help: "Shows the selected frames as cards that hide what lies in them and count it, or opens them again. A double click on a card opens it, too.",
    enabled,
    run,
};

pub(super) const ALL: ActionSpec = ActionSpec {
    key: "collapse_all",
    name: "Collapse all contexts",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('K'), Mods::SHIFT)],
    help: "Shows every bounded context as a card, for a view of the whole; where all are cards, opens them.",
    enabled: |_, history| contexts(history).next().is_some(),
    run: run_all,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    frames(editor, history).next().is_some()
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let ids: Vec<Id> = frames(editor, cx.history).collect();
    toggle(editor, cx, ids);
}

fn run_all(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let ids: Vec<Id> = contexts(cx.history).collect();
    toggle(editor, cx, ids);
}

fn contexts(history: &History) -> impl Iterator<Item = Id> {
    let frames = history.board().frames().values();
    frames.filter(|it| it.kind == crate::board::FrameKind::BoundedContext).map(|it| it.id)
}

/// Makes all of them cards, or opens all where all are cards.
fn toggle(editor: &mut Editor, cx: &mut Cx<'_>, ids: Vec<Id>) {
    let board = cx.history.board();
    let collapsed = ids.iter().any(|id| board.frame(*id).is_some_and(|it| !it.collapsed));
    let edits: Vec<_> = ids
        .iter()
        .filter_map(|id| {
            let changes = board.frame(*id).is_some_and(|it| it.collapsed != collapsed);
            changes.then(|| board.set(*id, Field::Collapsed(collapsed)).ok()).flatten()
        })
        .collect();
    cx.commit(if collapsed { "Collapse" } else { "Expand" }, edits);
    // What is hidden now can no longer be meant.
    let board = cx.history.board();
    let hidden = board.collapsed();
    editor.selection.retain(|id| !hidden.hides(board, *id));
}

/// Opens a frame that is shown as a card.
pub(in crate::editor) fn open_frame(editor: &mut Editor, cx: &mut Cx<'_>, id: Id) {
    let edits = cx.history.board().set(id, Field::Collapsed(false)).into_iter().collect();
    cx.commit("Expand", edits);
    editor.select_only(id);
}
