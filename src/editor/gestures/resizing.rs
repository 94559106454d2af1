//! Dragging a corner.

use std::collections::BTreeMap;

use crate::board::{Edit, Field, grow_frames};
use crate::editor::hit::Corner;
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor, snap};
use crate::kit::{Id, Point, PointF, Rect, Size};

/// Nothing becomes smaller than this, in board units.
const LEAST: i32 = 40;

/// A corner follows the pointer; the opposite one stays.
#[derive(Clone, Debug)]
pub struct Resizing {
    id: Id,
    corner: Corner,
    start: Rect,
    from: PointF,
    begun: bool,
}

impl Resizing {
    pub(in crate::editor) fn new(id: Id, corner: Corner, start: Rect, from: PointF) -> Self {
        Self { id, corner, start, from, begun: false }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, cx: &mut Cx<'_>, at: PointF, mods: Mods) {
        let zoom = editor.camera.zoom;
        let by = PointF::new((at.x - self.from.x) / zoom, (at.y - self.from.y) / zoom).round();
        if !self.begun {
            if by == Point::default() {
                return;
            }
            cx.history.begin("Resize");
            self.begun = true;
        }
        let (left, top) = match self.corner {
            Corner::TopLeft => (true, true),
            Corner::TopRight => (false, true),
            Corner::BottomLeft => (true, false),
            Corner::BottomRight => (false, false),
        };
        let mut w =
            (if left { self.start.w.saturating_sub(by.x) } else { self.start.w.saturating_add(by.x) }).max(LEAST);
        let mut h =
            (if top { self.start.h.saturating_sub(by.y) } else { self.start.h.saturating_add(by.y) }).max(LEAST);
        if mods.shift {
            let scale = (w as f32 / self.start.w.max(1) as f32).max(h as f32 / self.start.h.max(1) as f32);
            w = ((self.start.w as f32 * scale).round() as i32).max(LEAST);
            h = ((self.start.h as f32 * scale).round() as i32).max(LEAST);
        } else if editor.snap && editor.grid && !mods.command {
            let size = snap::to_grid(Point::new(w, h));
            (w, h) = (size.x.max(LEAST), size.y.max(LEAST));
        }
        let x = if left { self.start.right().saturating_sub(w) } else { self.start.x };
        let y = if top { self.start.bottom().saturating_sub(h) } else { self.start.y };
        let before = cx.history.board_before_gesture();
        let fields = [Field::At(Point::new(x, y)), Field::Size(Size::new(w, h))];
        let mut edits: Vec<Edit> = fields.into_iter().filter_map(|new| before.set(self.id, new).ok()).collect();
        edits.extend(grow_frames(&before, &BTreeMap::from([(self.id, Rect { x, y, w, h })])));
        cx.apply_preview(edits);
    }

    pub(in crate::editor) fn release(self, cx: &mut Cx<'_>) {
        if self.begun {
            cx.history.finish();
        }
    }
}
