//! Equal gaps between the selected things.

use super::{ActionSpec, Menu, Shortcut};
use crate::board::{Edit, Field};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::journal::History;
use crate::kit::{Id, Point, Rect};

pub(super) const ACROSS: ActionSpec = ActionSpec {
    key: "distribute_across",
    name: "Distribute across",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('H'), Mods::ALT_SHIFT)],
    help: "Makes the gaps from left to right equal.",
    enabled,
    run: |editor, cx, _| distribute(editor, cx, true),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "distribute_down",
    name: "Distribute down",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('V'), Mods::ALT_SHIFT)],
    help: "Makes the gaps from top to bottom equal.",
    enabled,
    run: |editor, cx, _| distribute(editor, cx, false),
};

fn enabled(editor: &Editor, _: &History) -> bool {
    editor.selection.len() > 2
}

fn distribute(editor: &mut Editor, cx: &mut Cx<'_>, across: bool) {
    let board = cx.history.board();
    let mut rects: Vec<(Id, Rect)> = editor.selection.iter().filter_map(|id| Some((*id, board.rect(*id)?))).collect();
    let low = |it: &Rect| if across { it.x } else { it.y };
    let size = |it: &Rect| if across { it.w } else { it.h };
    rects.sort_by_key(|(id, rect)| (low(rect), *id));
    let (Some(first), Some(last)) = (rects.first(), rects.last()) else { return };
    let room = low(&last.1) + size(&last.1) - low(&first.1);
    let filled: i32 = rects.iter().map(|it| size(&it.1)).sum();
    let gaps = (rects.len() as i32 - 1).max(1);
    let gap = (room - filled) as f32 / gaps as f32;
    let mut at = low(&first.1) as f32;
    let mut edits = Vec::new();
    for (id, rect) in &rects {
        let old = Point::new(rect.x, rect.y);
        let new = if across { Point::new(at.round() as i32, rect.y) } else { Point::new(rect.x, at.round() as i32) };
        if old != new {
            edits.push(Edit::Set { id: *id, old: Field::At(old), new: Field::At(new) });
        }
        at += size(rect) as f32 + gap;
    }
    cx.commit("Distribute", edits);
}
