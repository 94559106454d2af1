//! Inserting space: everything right of a line, or below it, is pushed; frames across the line grow.

use crate::board::{Board, Edit, Element, Field};
use crate::editor::{Cx, Editor, Request};
use crate::kit::{Id, Point, PointF, Rect, Size, counted};

/// The pointer must move this far, in points, before it is clear in which direction.
const SLACK: f32 = 6.0;

/// A line that is dragged to the right or down; dragged back it takes out space that is empty.
#[derive(Clone, Debug)]
pub struct Spacing {
    /// Where the button went down, on the board.
    pub from: PointF,
    /// Where the pointer is, on the board.
    pub to: PointF,
    /// What is pushed, once the direction is clear.
    pub pushed: Option<Pushed>,
}

/// What a line pushes.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// Whether to the right; else down.
    pub across: bool,
    /// How far, in board units.
    pub by: i32,
    /// What lies behind the line.
    moved: Vec<(Id, Point)>,
    /// The frames across the line.
    stretched: Vec<(Id, Rect)>,
    /// The empty space at the line.
    empty: i32,
}

impl Spacing {
    pub(in crate::editor) fn new(from: PointF) -> Self {
        Self { from, to: from, pushed: None }
    }

    pub(in crate::editor) fn drag(&mut self, editor: &Editor, cx: &mut Cx<'_>, at: PointF) {
        self.to = editor.camera.to_board(at);
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        let pushed = match &mut self.pushed {
            Some(pushed) => pushed,
            None if dx.abs().max(dy.abs()) * editor.camera.zoom < SLACK => return,
            None => {
                cx.history.begin("Insert space");
                self.pushed.insert(Pushed::new(cx.history.board(), self.from.round(), dx.abs() >= dy.abs()))
            }
        };
        let by = editor.to_grid(PointF::new(dx, dy).round());
        pushed.by = (if pushed.across { by.x } else { by.y }).max(-pushed.empty);
        let edits = pushed.edits();
        cx.apply_preview(edits);
    }

    pub(in crate::editor) fn release(self, cx: &mut Cx<'_>) {
        let Some(pushed) = self.pushed else { return };
        if pushed.by > 0 {
            // Making room says nothing about what leads to what: what was read from places stays, as links.
            let before = cx.history.board_before_gesture();
            let kept = (cx.keep_flow)(&before, cx.history.board(), cx.ids);
            let drawn =
                kept.iter().filter(|it| matches!(it, Edit::Add(it) if matches!(**it, Element::Link(_)))).count();
            if !kept.is_empty() && cx.apply_preview(pushed.edits().into_iter().chain(kept).collect()) && drawn > 0 {
                let says = format!("{} across the line drawn, so that the flow stays", counted(drawn, "ghost link"));
                cx.requests.push(Request::Say(says));
            }
        }
        cx.history.finish();
    }
}

impl Pushed {
    fn new(board: &Board, at: Point, across: bool) -> Self {
        let line = if across { at.x } else { at.y };
        let (near, far) = (
            move |it: Rect| if across { it.x } else { it.y },
            move |it: Rect| if across { it.right() } else { it.bottom() },
        );
        let middle = move |it: Rect| if across { it.center().x } else { it.center().y };
        let stickies = board.stickies().values().map(|it| (it.id, it.rect()));
        let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
        let (mut moved, mut stretched) = (Vec::new(), Vec::new());
        // The nearest edges before and behind the line.
        let (mut before, mut behind) = (i32::MIN, i32::MAX);
        let photos = board.photos().values().map(|it| (it.id, it.rect()));
        for (id, rect) in stickies.chain(scenarios).chain(photos) {
            if middle(rect) >= line {
                moved.push((id, Point::new(rect.x, rect.y)));
                behind = behind.min(near(rect));
            } else {
                before = before.max(far(rect));
            }
        }
        for frame in board.frames().values() {
            let rect = frame.rect();
            if near(rect) >= line {
                moved.push((frame.id, Point::new(rect.x, rect.y)));
                behind = behind.min(near(rect));
            } else if far(rect) > line {
                stretched.push((frame.id, rect));
                behind = behind.min(far(rect));
                before = before.max(near(rect));
            } else {
                before = before.max(far(rect));
            }
        }
        let empty = if behind == i32::MAX || before == i32::MIN { 0 } else { behind.saturating_sub(before).max(0) };
        Self { across, by: 0, moved, stretched, empty }
    }

    /// The edits, counted from the board as it was.
    fn edits(&self) -> Vec<Edit> {
        if self.by == 0 {
            return Vec::new();
        }
        let (dx, dy) = if self.across { (self.by, 0) } else { (0, self.by) };
        let push =
            |(id, at): &(Id, Point)| Edit::Set { id: *id, old: Field::At(*at), new: Field::At(at.moved(dx, dy)) };
        let mut edits: Vec<Edit> = self.moved.iter().map(push).collect();
        for (id, rect) in &self.stretched {
            let to = Rect { w: rect.w.saturating_add(dx).max(1), h: rect.h.saturating_add(dy).max(1), ..*rect };
            edits.extend(resized(*id, *rect, to));
        }
        edits
    }
}

fn resized(id: Id, old: Rect, new: Rect) -> Option<Edit> {
    let size = |it: Rect| Field::Size(Size::new(it.w, it.h));
    (old != new).then(|| Edit::Set { id, old: size(old), new: size(new) })
}
