//! Make the selected things as wide or as high as all of them together.

use super::arrange;
use super::{ActionSpec, Menu, several};
use crate::editor::axis::Axis;
use crate::editor::{Cx, Editor, is_resized};
use crate::kit::Rect;

pub(super) const ACROSS: ActionSpec = ActionSpec {
    key: "stretch_across",
    name: "Stretch to one width",
    menu: Menu::Align,
    shortcuts: &[],
    help: "Makes each selected thing as wide as all of them together.",
    enabled: several,
    run: |editor, cx, _| stretch(editor, cx, Axis::Across),
};

pub(super) const DOWN: ActionSpec = ActionSpec {
    key: "stretch_down",
    name: "Stretch to one height",
    menu: Menu::Align,
    shortcuts: &[],
    help: "Makes each selected thing as high as all of them together.",
    enabled: several,
    run: |editor, cx, _| stretch(editor, cx, Axis::Down),
};

fn stretch(editor: &mut Editor, cx: &mut Cx<'_>, axis: Axis) {
    let board = cx.history.board();
    let mut rects = arrange::selected(editor, board);
    rects.retain(|it| is_resized(board, it.0));
    let Some(all) = rects.iter().map(|it| it.1).reduce(Rect::union) else { return };
    let stretched = rects.iter().map(|(id, rect)| {
        let to = match axis {
            Axis::Across => Rect { x: all.x, w: all.w, ..*rect },
            Axis::Down => Rect { y: all.y, h: all.h, ..*rect },
        };
        (*id, *rect, to)
    });
    arrange::commit(cx, "Stretch", stretched);
}
