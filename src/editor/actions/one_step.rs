//! One step up or down in the pile.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::{Board, Edit, Field, Sticky};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::{Id, OrderKey};

pub(super) const RAISE: ActionSpec = ActionSpec {
    key: "raise",
    name: "Bring forward",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char(']'), Mods::ALT), Shortcut::new(Key::Char(']'), Mods::COMMAND)],
    help: "Lays the selected stickies over the next one that covers them.",
    enabled: selected,
    run: |editor, cx, _| step(editor, cx, true),
};

pub(super) const LOWER: ActionSpec = ActionSpec {
    key: "lower",
    name: "Send backward",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('['), Mods::ALT), Shortcut::new(Key::Char('['), Mods::COMMAND)],
    help: "Lays the selected stickies under the next one that they cover.",
    enabled: selected,
    run: |editor, cx, _| step(editor, cx, false),
};

fn step(editor: &mut Editor, cx: &mut Cx<'_>, up: bool) {
    let board = cx.history.board();
    let mut pile: Vec<&Sticky> = board.stickies().values().collect();
    pile.sort_by_key(|it| (&it.z, it.id));
    let mut edits = Vec::new();
    for id in &editor.selection {
        edits.extend(past(board, &pile, &editor.selection, *id, up));
    }
    cx.commit(if up { "Bring forward" } else { "Send backward" }, edits);
}

/// The edit that takes a sticky past the next one in the pile that touches it.
fn past(board: &Board, pile: &[&Sticky], selection: &BTreeSet<Id>, id: Id, up: bool) -> Option<Edit> {
    let sticky = board.sticky(id)?;
    let at = pile.iter().position(|it| it.id == id)?;
    let meets = |it: &&&Sticky| !selection.contains(&it.id) && it.rect().intersection(sticky.rect()).is_some();
    let z = if up {
        let over = at + 1 + pile.get(at + 1..)?.iter().position(|it| meets(&it))?;
        between(Some(&pile.get(over)?.z), pile.get(over + 1..).unwrap_or_default().iter().map(|it| &it.z))
    } else {
        let under = pile.get(..at)?.iter().rposition(|it| meets(&it))?;
        let high = &pile.get(under)?.z;
        let low = pile.get(..under).unwrap_or_default().iter().rev().map(|it| &it.z).find(|it| *it < high);
        OrderKey::between(low, Some(high))
    };
    board.set(id, Field::Z(z)).ok()
}

fn between<'a>(low: Option<&'a OrderKey>, mut above: impl Iterator<Item = &'a OrderKey>) -> OrderKey {
    OrderKey::between(low, above.find(|it| Some(*it) > low))
}
