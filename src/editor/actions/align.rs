//! Line the selected things up.

use super::arrange;
use super::{ActionSpec, Menu, Shortcut, several};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::{Point, Rect};

pub(super) const LEFT: ActionSpec = ActionSpec {
    key: "align_left",
    name: "Align left",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('L'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(all.x, rect.y)),
};

pub(super) const CENTER: ActionSpec = ActionSpec {
    key: "align_center",
    name: "Align centres",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('C'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(all.center().x - rect.w / 2, rect.y)),
};

pub(super) const RIGHT: ActionSpec = ActionSpec {
    key: "align_right",
    name: "Align right",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('R'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(all.right() - rect.w, rect.y)),
};

pub(super) const TOP: ActionSpec = ActionSpec {
    key: "align_top",
    name: "Align top",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('T'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(rect.x, all.y)),
};

pub(super) const MIDDLE: ActionSpec = ActionSpec {
    key: "align_middle",
    name: "Align middles",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('M'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(rect.x, all.center().y - rect.h / 2)),
};

pub(super) const BOTTOM: ActionSpec = ActionSpec {
    key: "align_bottom",
    name: "Align bottom",
    menu: Menu::Align,
    shortcuts: &[Shortcut::new(Key::Char('B'), Mods::ALT_SHIFT)],
    help: "Lines the selected things up.",
    enabled: several,
    run: |editor, cx, _| align(editor, cx, |all, rect| Point::new(rect.x, all.bottom() - rect.h)),
};

fn align(editor: &mut Editor, cx: &mut Cx<'_>, place: fn(Rect, Rect) -> Point) {
    let rects = arrange::selected(editor, cx.history.board());
    let Some(all) = rects.iter().map(|it| it.1).reduce(Rect::union) else { return };
    let placed = rects.into_iter().map(|(id, rect)| {
        let at = place(all, rect);
        (id, rect, Rect { x: at.x, y: at.y, ..rect })
    });
    arrange::commit(cx, "Align", placed);
}
