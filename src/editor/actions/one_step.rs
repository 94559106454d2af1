//! One step up or down in the pile.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::{Field, Sticky};
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
    let mut chosen: Vec<usize> =
        (0..).zip(&pile).filter(|it| editor.selection.contains(&it.1.id)).map(|it| it.0).collect();
    if !up {
        chosen.reverse();
    }
    // Those that pass the same one keep their order among themselves.
    let mut last: Option<(Id, OrderKey)> = None;
    let mut edits = Vec::new();
    for at in chosen {
        let Some((passed, z)) = past(&pile, &editor.selection, at, up, last.as_ref()) else { continue };
        edits.extend(pile.get(at).and_then(|it| board.set(it.id, Field::Z(z.clone())).ok()));
        last = Some((passed, z));
    }
    cx.commit(if up { "Bring forward" } else { "Send backward" }, edits);
}

/// The next one in the pile that touches the sticky at that place, and the key that lies past it.
fn past(
    pile: &[&Sticky],
    selection: &BTreeSet<Id>,
    at: usize,
    up: bool,
    last: Option<&(Id, OrderKey)>,
) -> Option<(Id, OrderKey)> {
    let rect = pile.get(at)?.rect();
    let meets = |it: &&&Sticky| !selection.contains(&it.id) && it.rect().intersection(rect).is_some();
    let (below, above) = (pile.get(..at)?, pile.get(at + 1..)?);
    let other = if up { above.iter().find(meets)? } else { below.iter().rev().find(meets)? };
    let near = last.filter(|it| it.0 == other.id).map_or(&other.z, |it| &it.1);
    let z = if up {
        let far = above.iter().map(|it| &it.z).find(|it| **it > other.z);
        OrderKey::between(Some(near), far)
    } else {
        let far = below.iter().rev().map(|it| &it.z).find(|it| **it < other.z);
        OrderKey::between(far, Some(near))
    };
    Some((other.id, z))
}
