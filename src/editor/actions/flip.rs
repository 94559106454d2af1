//! Mirror how the selected things lie; what is written on them stays readable.

use super::arrange;
use super::{ActionSpec, Menu, Shortcut, several};
use crate::editor::axis::Axis;
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::Rect;

pub(super) const ACROSS: ActionSpec = ActionSpec {
    key: "flip_across",
    name: "Mirror left to right",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('H'), Mods::SHIFT)],
    help: "Turns the order of the selected things round, from left to right.",
    enabled: several,
    run: |editor, cx, _| flip(editor, cx, Axis::Across),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "flip_down",
    name: "Mirror top to bottom",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('V'), Mods::SHIFT)],
    help: "Turns the order of the selected things round, from top to bottom.",
    enabled: several,
    run: |editor, cx, _| flip(editor, cx, Axis::Down),
};

fn flip(editor: &mut Editor, cx: &mut Cx<'_>, axis: Axis) {
    let rects = arrange::selected(editor, cx.history.board());
    let Some(all) = rects.iter().map(|it| it.1).reduce(Rect::union) else { return };
    let flipped = rects.iter().map(|(id, rect)| {
        let to = match axis {
            Axis::Across => Rect { x: all.right() - (rect.right() - all.x), ..*rect },
            Axis::Down => Rect { y: all.bottom() - (rect.bottom() - all.y), ..*rect },
        };
        (*id, *rect, to)
    });
    arrange::commit(cx, "Mirror", flipped);
}
