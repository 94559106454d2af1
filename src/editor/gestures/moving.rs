//! Moving elements, or with Alt a copy of them.

use std::collections::{BTreeMap, BTreeSet};

use super::SLACK;
use crate::board::{Board, Edit, Field, Growing, duplicate};
use crate::editor::input::Mods;
use crate::editor::{Cx, Editor, snap};
use crate::kit::{Id, Point, PointF, Rect};

/// What a press that does not become a move does to the selection.
#[derive(Clone, Copy, Debug)]
pub(in crate::editor) enum Click {
    /// The press has done it already.
    Nothing,
    /// This alone is selected.
    Only(Id),
    /// This is selected no longer.
    TakeAway(Id),
}

/// The selection follows the pointer.
#[derive(Clone, Debug)]
pub struct Moving {
    /// Where the button went down, in the view.
    from: PointF,
    /// The same, on the board.
    on: PointF,
    /// What is moved, and where it was.
    starts: Vec<(Id, Rect)>,
    /// What was selected: with Ctrl frames move without what lies in them.
    pub(in crate::editor) selected: BTreeSet<Id>,
    /// The frames round what is moved.
    growing: Growing,
    /// The rectangle round all that is moved.
    bounds: Rect,
    /// Rectangles to snap to.
    others: Vec<Rect>,
    click: Click,
    /// Whether the pointer has left the spot.
    begun: bool,
    /// The copies, once Alt was held, where the originals are.
    copies: Option<(Vec<Edit>, BTreeSet<Id>)>,
    /// Whether it is the copies that move.
    copying: bool,
    /// Guides to draw.
    pub guides: snap::Snapped,
}

impl Moving {
    pub(in crate::editor) fn new(editor: &Editor, board: &Board, from: PointF, click: Click) -> Self {
        let moved = board.with_contents(&editor.selection);
        let mut starts = Vec::new();
        let mut bounds: Option<Rect> = None;
        for id in &moved {
            if let Some(rect) = board.rect(*id) {
                starts.push((*id, rect));
                bounds = Some(bounds.map_or(rect, |it| it.union(rect)));
            }
        }
        let seen = editor.camera.visible();
        let still = board.stickies().values().filter(|it| !moved.contains(&it.id)).map(|it| it.rect());
        let others = still.filter(|it| seen.touches(it.to_f())).take(400).collect();
        Self {
            from,
            on: editor.camera.to_board(from),
            starts,
            selected: editor.selection.clone(),
            growing: Growing::new(board, &moved),
            bounds: bounds.unwrap_or_default(),
            others,
            click,
            begun: false,
            copies: None,
            copying: false,
            guides: snap::Snapped::default(),
        }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &mut Editor, cx: &mut Cx<'_>, at: PointF, mods: Mods) {
        let (dx, dy) = (at.x - self.from.x, at.y - self.from.y);
        if !self.begun {
            if dx.abs().max(dy.abs()) < SLACK {
                return;
            }
            self.begun = true;
            cx.history.begin("Move");
        }
        let zoom = editor.camera.zoom;
        let to = editor.camera.to_board(at);
        let wish = PointF::new(to.x - self.on.x, to.y - self.on.y).round();
        let wish = match mods.shift {
            true if wish.x.abs() >= wish.y.abs() => Point::new(wish.x, 0),
            true => Point::new(0, wish.y),
            false => wish,
        };
        let to = Point::new(self.bounds.x, self.bounds.y).moved(wish.x, wish.y);
        let moved = Rect { x: to.x, y: to.y, ..self.bounds };
        let reach = (6.0 / zoom).ceil().min(40.0) as i32;
        self.guides = match (editor.snap && !mods.command, mods.shift) {
            (true, false) => snap::snap(moved, &self.others, reach, editor.grid),
            (true, true) | (false, _) => snap::Snapped::default(),
        };
        let (dx, dy) = (wish.x + self.guides.by.x, wish.y + self.guides.by.y);
        let edits = if mods.alt { self.copied(editor, cx, dx, dy) } else { self.moved(editor, mods.command, dx, dy) };
        cx.apply_preview(edits);
    }

    fn moved(&mut self, editor: &mut Editor, alone: bool, dx: i32, dy: i32) -> Vec<Edit> {
        if std::mem::take(&mut self.copying) {
            editor.selection.clone_from(&self.selected);
        }
        let mut edits = Vec::new();
        let mut moved = BTreeMap::new();
        for (id, rect) in self.starts.iter().filter(|it| !alone || self.selected.contains(&it.0)) {
            let at = Point::new(rect.x, rect.y);
            let to = at.moved(dx, dy);
            moved.insert(*id, Rect { x: to.x, y: to.y, ..*rect });
            if to != at {
                edits.push(Edit::Set { id: *id, old: Field::At(at), new: Field::At(to) });
            }
        }
        edits.extend(self.growing.edits(&moved));
        edits
    }

    fn copied(&mut self, editor: &mut Editor, cx: &mut Cx<'_>, dx: i32, dy: i32) -> Vec<Edit> {
        let (edits, copies) = self.copies.get_or_insert_with(|| {
            let before = cx.history.board_before_gesture();
            let ids = self.starts.iter().map(|it| it.0).collect();
            let (edits, copies) = duplicate(&before, &ids, 0, 0, cx.ids);
            (edits, copies.into_values().collect())
        });
        if !std::mem::replace(&mut self.copying, true) {
            editor.selection.clone_from(copies);
        }
        let mut edits = edits.clone();
        for edit in &mut edits {
            edit.move_added(dx, dy);
        }
        edits
    }

    /// Whether the pointer has left the spot.
    pub(in crate::editor) fn is_begun(&self) -> bool {
        self.begun
    }

    pub(in crate::editor) fn release(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        if self.begun {
            cx.history.finish();
            if self.copying {
                editor.copies.extend(&editor.selection);
            }
            return;
        }
        match self.click {
            Click::Nothing => {}
            Click::Only(id) => editor.select_only(id),
            Click::TakeAway(id) => drop(editor.selection.remove(&id)),
        }
    }
}
