//! One step up or down in the pile.

use std::collections::BTreeSet;

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::{Edit, Field, Frame, Sticky};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::{Id, OrderKey, Rect};

pub(super) const RAISE: ActionSpec = ActionSpec {
    key: "raise",
    name: "Bring forward",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char(']'), Mods::ALT), Shortcut::new(Key::Char(']'), Mods::COMMAND)],
    help: "Lays what is selected over the next of its sort that covers it.",
    enabled: selected,
    run: |editor, cx, _| step(editor, cx, true),
};

pub(super) const LOWER: ActionSpec = ActionSpec {
    key: "lower",
    name: "Send backward",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('['), Mods::ALT), Shortcut::new(Key::Char('['), Mods::COMMAND)],
    help: "Lays what is selected under the next of its sort that it covers.",
    enabled: selected,
    run: |editor, cx, _| step(editor, cx, false),
};

/// What lies in a pile.
struct Piece<'a> {
    id: Id,
    z: &'a OrderKey,
    rect: Rect,
}

/// Stickies, frames and photos each have a pile of their own.
fn step(editor: &mut Editor, cx: &mut Cx<'_>, up: bool) {
    let board = cx.history.board();
    let mut stickies: Vec<&Sticky> = board.stickies().values().collect();
    stickies.sort_by_key(|it| (&it.z, it.id));
    let mut frames: Vec<&Frame> = board.frames().values().collect();
    frames.sort_by_key(|it| (&it.z, std::cmp::Reverse(it.rect().area()), it.id));
    let piles = [
        stickies.iter().map(|it| Piece { id: it.id, z: &it.z, rect: it.rect() }).collect(),
        frames.iter().map(|it| Piece { id: it.id, z: &it.z, rect: it.rect() }).collect(),
        board.photos_upward().iter().map(|it| Piece { id: it.id, z: &it.z, rect: it.rect() }).collect(),
    ];
    let keys = piles.into_iter().flat_map(|it| stepped(it, &editor.selection, up));
    let edits: Vec<Edit> = keys.filter_map(|(id, z)| board.set(id, Field::Z(z)).ok()).collect();
    cx.commit(if up { "Bring forward" } else { "Send backward" }, edits);
}

/// The new keys of a pile from bottom to top in which each selected piece is laid past the next one that touches it.
fn stepped(mut pile: Vec<Piece<'_>>, selection: &BTreeSet<Id>, up: bool) -> Vec<(Id, OrderKey)> {
    let mut chosen: Vec<usize> = (0..).zip(&pile).filter(|it| selection.contains(&it.1.id)).map(|it| it.0).collect();
    if up {
        chosen.reverse();
    }
    let mut moved = BTreeSet::new();
    // The foremost goes first, so that those that pass the same one keep their order among themselves.
    for at in chosen {
        let Some(rect) = pile.get(at).map(|it| it.rect) else { continue };
        let meets = |it: &Piece<'_>| !selection.contains(&it.id) && it.rect.intersection(rect).is_some();
        let past = if up {
            pile.iter().skip(at + 1).position(meets).map(|it| at + 1 + it)
        } else {
            pile.iter().take(at).rposition(meets)
        };
        if let Some(to) = past {
            moved.insert(pile.get(at).map(|it| it.id));
            let piece = pile.remove(at);
            pile.insert(to, piece);
        }
    }
    // Pieces of equal keys lie as their ids say; those that a moved one was laid between get keys of their own.
    let mut keys = Vec::new();
    let mut top: Option<OrderKey> = None;
    let mut raised: Vec<Rect> = Vec::new();
    for (at, piece) in pile.iter().enumerate() {
        let is_under = top.as_ref().is_some_and(|top| piece.z <= top);
        let is_raised = moved.contains(&Some(piece.id))
            || is_under && raised.iter().any(|it| it.intersection(piece.rect).is_some());
        if is_raised {
            let rest = pile.iter().skip(at + 1).filter(|it| !moved.contains(&Some(it.id)));
            let next = rest.map(|it| it.z).find(|z| top.as_ref().is_none_or(|top| *z > top));
            let z = OrderKey::between(top.as_ref(), next);
            raised.push(piece.rect);
            keys.push((piece.id, z.clone()));
            top = Some(z);
        } else if !is_under {
            top = Some(piece.z.clone());
        }
    }
    keys
}
