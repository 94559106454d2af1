//! Dragging a corner.

use std::collections::BTreeMap;

use crate::board::{Board, Edit, Field, grow_frames};
use crate::editor::hit::Corner;
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor};
use crate::kit::{Id, Point, PointF, Rect, Size};

/// Nothing becomes smaller than this, in board units.
const LEAST: i32 = 40;

/// A corner follows the pointer; the opposite one stays.
#[derive(Clone, Debug)]
pub struct Resizing {
    id: Id,
    corner: Corner,
    start: Rect,
    /// Where the button went down, on the board.
    from: PointF,
    /// The board before the first move.
    before: Option<Board>,
}

impl Resizing {
    pub(in crate::editor) fn new(id: Id, corner: Corner, start: Rect, from: PointF) -> Self {
        Self { id, corner, start, from, before: None }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, cx: &mut Cx<'_>, at: PointF, mods: Mods) {
        let to = editor.camera.to_board(at);
        let mut by = PointF::new(to.x - self.from.x, to.y - self.from.y).round();
        if self.before.is_none() {
            if by == Point::default() {
                return;
            }
            cx.history.begin("Resize");
            self.before = Some(cx.history.board().clone());
        }
        let (left, top) = match self.corner {
            Corner::TopLeft => (true, true),
            Corner::TopRight => (false, true),
            Corner::BottomLeft => (true, false),
            Corner::BottomRight => (false, false),
        };
        if mods.alt {
            // From the middle: what one side gains, the other gains too.
            by = by.moved(by.x, by.y);
        }
        let mut w =
            (if left { self.start.w.saturating_sub(by.x) } else { self.start.w.saturating_add(by.x) }).max(LEAST);
        let mut h =
            (if top { self.start.h.saturating_sub(by.y) } else { self.start.h.saturating_add(by.y) }).max(LEAST);
        // A photo is never distorted.
        if mods.shift || cx.history.board().photos().contains_key(&self.id) {
            let scale = (w as f32 / self.start.w.max(1) as f32).max(h as f32 / self.start.h.max(1) as f32);
            w = ((self.start.w as f32 * scale).round() as i32).max(LEAST);
            h = ((self.start.h as f32 * scale).round() as i32).max(LEAST);
        } else if editor.snap && editor.grid && !mods.command {
            let size = Point::new(w, h).on_grid();
            (w, h) = (size.x.max(LEAST), size.y.max(LEAST));
        }
        let (x, y) = match mods.alt {
            true => {
                let middle = self.start.center();
                (middle.x.saturating_sub(w / 2), middle.y.saturating_sub(h / 2))
            }
            false => (
                if left { self.start.right().saturating_sub(w) } else { self.start.x },
                if top { self.start.bottom().saturating_sub(h) } else { self.start.y },
            ),
        };
        let Some(before) = &self.before else { return };
        let fields = [Field::At(Point::new(x, y)), Field::Size(Size::new(w, h))];
        let mut edits: Vec<Edit> = fields.into_iter().filter_map(|new| before.set(self.id, new).ok()).collect();
        edits.extend(grow_frames(before, &BTreeMap::from([(self.id, Rect { x, y, w, h })])));
        cx.apply_preview(edits);
    }

    /// Whether the corner has left its place.
    pub(in crate::editor) fn is_begun(&self) -> bool {
        self.before.is_some()
    }

    pub(in crate::editor) fn release(self, cx: &mut Cx<'_>) {
        if self.before.is_some() {
            cx.history.finish();
        }
    }
}
