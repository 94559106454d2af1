//! The ends of the pile: on top of all, or under all.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::{Board, Edit, Field};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::{Id, OrderKey};

pub(super) const TO_FRONT: ActionSpec = ActionSpec {
    key: "to_front",
    name: "Bring to front",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char(']'), Mods::NONE), Shortcut::new(Key::Char(']'), Mods::COMMAND_SHIFT)],
    help: "Lays what is selected on top of its pile: stickies, frames or photos.",
    enabled: selected,
    run: |editor, cx, _| restack(editor, cx, "Bring to front", true),
};

pub(super) const TO_BACK: ActionSpec = ActionSpec {
    key: "to_back",
    name: "Send to back",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('['), Mods::NONE), Shortcut::new(Key::Char('['), Mods::COMMAND_SHIFT)],
    help: "Lays what is selected under its pile: stickies, frames or photos.",
    enabled: selected,
    run: |editor, cx, _| restack(editor, cx, "Send to back", false),
};

/// Stickies, frames and photos each have a pile of their own. The selected ones keep their order among themselves.
fn restack(editor: &mut Editor, cx: &mut Cx<'_>, label: &str, front: bool) {
    let board = cx.history.board();
    let stickies = board.stickies().values().map(|it| (&it.z, it.id)).collect();
    let frames = board.frames().values().map(|it| (&it.z, it.id)).collect();
    let photos = board.photos().values().map(|it| (&it.z, it.id)).collect();
    let edits = [stickies, frames, photos].into_iter().flat_map(|it| moved(board, editor, it, front)).collect();
    cx.commit(label, edits);
}

fn moved(board: &Board, editor: &Editor, mut pile: Vec<(&OrderKey, Id)>, front: bool) -> Vec<Edit> {
    pile.sort_unstable();
    if !front {
        pile.reverse();
    }
    let (chosen, others): (Vec<_>, Vec<_>) = pile.into_iter().partition(|it| editor.selection.contains(&it.1));
    let mut end = others.last().map(|it| it.0.clone());
    let mut edits = Vec::new();
    for (old, id) in chosen {
        let z = if front { OrderKey::between(end.as_ref(), None) } else { OrderKey::between(None, end.as_ref()) };
        if z != *old {
            edits.extend(board.set(id, Field::Z(z.clone())).ok());
        }
        end = Some(z);
    }
    edits
}
