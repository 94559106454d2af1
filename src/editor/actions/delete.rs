//! Delete.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, selected, undo};
use crate::board::{self, Board};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::keymap::Does;
use crate::editor::{Cx, Editor};
use crate::kit::{Id, counted};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "delete",
    name: "Delete",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Delete, Mods::NONE), Shortcut::new(Key::Backspace, Mods::NONE)],
    help: "Takes the selection off the board, with the links that end there and with what collapsed frames hide.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    // What is hidden would appear as if from nowhere.
    let cards: BTreeSet<Id> =
        editor.selection.iter().filter(|id| board.frame(**id).is_some_and(|it| it.collapsed)).copied().collect();
    let all = editor.selection.union(&board.with_contents(&cards)).copied().collect();
    let says = along(board, &cards, &editor.selection, &all);
    let edits = board::delete(board, &all);
    if cx.commit("Delete", edits) {
        editor.selection.clear();
        let keys = editor.keys.text(Does::Act(undo::SPEC.key));
        let keys = if keys.is_empty() { "Undo".to_owned() } else { keys };
        cx.requests.extend(says.map(|it| Request::Say(format!("Deleted {it}; {keys} takes it back"))));
    }
}

/// What goes along unseen with cards, in words; `None` where nothing does.
fn along(board: &Board, cards: &BTreeSet<Id>, selected: &BTreeSet<Id>, all: &BTreeSet<Id>) -> Option<String> {
    let hidden = || all.difference(selected);
    let stickies = hidden().filter(|id| board.sticky(**id).is_some()).count();
    let others = hidden().count() - stickies;
    let mut parts = Vec::new();
    if stickies > 0 {
        parts.push(counted(stickies, "sticky"));
    }
    if others > 0 {
        parts.push(counted(others, if stickies > 0 { "other thing" } else { "thing" }));
    }
    let what = match cards.first().map(|id| board.name(*id)) {
        Some(name) if cards.len() == 1 && !name.is_empty() => name,
        _ => counted(cards.len(), "card"),
    };
    let place = if cards.len() == 1 { "it" } else { "them" };
    (!parts.is_empty()).then(|| format!("{what}, with {} in {place}", parts.join(" and ")))
}
