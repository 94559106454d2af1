//! Lay the selected things in a row, a column or a block, with the usual gap.

use super::arrange;
use super::{ActionSpec, Menu, Shortcut, several};
use crate::editor::axis::Axis;
use crate::editor::input::{Key, Mods};
use crate::editor::neighbours::reading_order;
use crate::editor::placing::GAP;
use crate::editor::{Cx, Editor};
use crate::kit::Rect;

pub(super) const ACROSS: ActionSpec = ActionSpec {
    key: "stack_across",
    name: "Stack in a row",
    menu: Menu::Align,
    shortcuts: &[],
    help: "Lays the selected things from left to right with the usual gap, in the order they have.",
    enabled: several,
    run: |editor, cx, _| stack(editor, cx, Axis::Across),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "stack_down",
    name: "Stack in a column",
    menu: Menu::Align,
    shortcuts: &[],
    help: "Lays the selected things from top to bottom with the usual gap, in the order they have.",
    enabled: several,
    run: |editor, cx, _| stack(editor, cx, Axis::Down),
};

pub(super) const PACK: ActionSpec = ActionSpec {
    key: "pack",
    name: "Pack into a block",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('P'), Mods::ALT_SHIFT)],
    help: "Lays the selected things row by row into a block as wide as high, in reading order.",
    enabled: several,
    run: |editor, cx, _| pack(editor, cx),
};

fn stack(editor: &mut Editor, cx: &mut Cx<'_>, axis: Axis) {
    let mut rects = arrange::selected(editor, cx.history.board());
    rects.sort_by_key(|(id, rect)| (axis.low(*rect), *id));
    let Some(mut at) = rects.first().map(|it| axis.low(it.1)) else { return };
    let placed = rects.iter().map(|(id, rect)| {
        let to = axis.moved_to(*rect, at);
        at = at.saturating_add(axis.size(*rect)).saturating_add(GAP);
        (*id, *rect, to)
    });
    arrange::commit(cx, "Stack", placed);
}

fn pack(editor: &mut Editor, cx: &mut Cx<'_>) {
    let mut rects = arrange::selected(editor, cx.history.board());
    let Some(all) = rects.iter().map(|it| it.1).reduce(Rect::union) else { return };
    rects.sort_by_key(|(id, rect)| reading_order(rect.x, rect.y, *id));
    let area: f64 = rects.iter().map(|(_, it)| f64::from(it.w + GAP) * f64::from(it.h + GAP)).sum();
    let widest = rects.iter().map(|it| it.1.w).max().unwrap_or(0);
    let width = (area.sqrt().ceil() as i32).max(widest);
    let (mut x, mut y, mut row) = (0, 0, 0);
    let placed = rects.iter().map(|(id, rect)| {
        if x > 0 && x + rect.w > width {
            (x, y, row) = (0, y + row + GAP, 0);
        }
        let to = Rect { x: all.x.saturating_add(x), y: all.y.saturating_add(y), ..*rect };
        x += rect.w + GAP;
        row = row.max(rect.h);
        (*id, *rect, to)
    });
    arrange::commit(cx, "Pack", placed);
}
