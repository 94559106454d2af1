//! Fit frames to what lies in them.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, frames};
use crate::board::{Edit, apply_all, fitting, set_rect};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};
use crate::journal::History;
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "fit_frame",
    name: "Fit frame to content",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('B'), Mods::COMMAND_SHIFT)],
    help: "Draws the selected frames closely round what lies in them.",
    enabled,
    run,
};

fn enabled(editor: &Editor, history: &History) -> bool {
    frames(editor, history).next().is_some()
}

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let ids: BTreeSet<Id> = frames(editor, cx.history).collect();
    let mut board = cx.history.board().clone();
    let mut order: Vec<_> = ids.iter().filter_map(|id| board.frame(*id)).map(|it| (it.rect().area(), it.id)).collect();
    // Inner frames first: outer ones lie round them.
    order.sort_unstable();
    let mut edits: Vec<Edit> = Vec::new();
    for (_, id) in order {
        let Some(rect) = fitting(&board, id) else { continue };
        let own = set_rect(&board, id, rect);
        if apply_all(&mut board, &own).is_ok() {
            edits.extend(own);
        }
    }
    if edits.is_empty() {
        cx.requests.push(Request::Say("The frame fits already, or nothing lies in it".to_owned()));
    }
    cx.commit("Fit frame", edits);
}
