//! Equal gaps between the selected things.

use super::arrange;
use super::{ActionSpec, Menu, Shortcut};
use crate::editor::axis::Axis;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::journal::History;

pub(super) const ACROSS: ActionSpec = ActionSpec {
    key: "distribute_across",
    name: "Distribute across",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('H'), Mods::ALT_SHIFT)],
    help: "Makes the gaps from left to right equal.",
    enabled,
    run: |editor, cx, _| distribute(editor, cx, Axis::Across),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "distribute_down",
    name: "Distribute down",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('V'), Mods::ALT_SHIFT)],
    help: "Makes the gaps from top to bottom equal.",
    enabled,
    run: |editor, cx, _| distribute(editor, cx, Axis::Down),
};

fn enabled(editor: &Editor, _: &History) -> bool {
    editor.selection.len() > 2
}

fn distribute(editor: &mut Editor, cx: &mut Cx<'_>, axis: Axis) {
    let mut rects = arrange::selected(editor, cx.history.board());
    rects.sort_by_key(|(id, rect)| (axis.low(*rect), *id));
    let (Some(first), Some(last)) = (rects.first(), rects.last()) else { return };
    let room = f64::from(axis.low(last.1)) + f64::from(axis.size(last.1)) - f64::from(axis.low(first.1));
    let filled: f64 = rects.iter().map(|it| f64::from(axis.size(it.1))).sum();
    let gap = (room - filled) / (rects.len() - 1).max(1) as f64;
    let mut at = f64::from(axis.low(first.1));
    let placed = rects.iter().map(|(id, rect)| {
        let to = axis.moved_to(*rect, at.round() as i32);
        at += f64::from(axis.size(*rect)) + gap;
        (*id, *rect, to)
    });
    arrange::commit(cx, "Distribute", placed);
}
