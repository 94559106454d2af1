//! Selecting with a line drawn by hand: what it touches or goes round is selected.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::editor::Editor;
use crate::kit::{Id, PointF, Rect, RectF};

/// More points than this are not kept: a line that long has been round everything.
const POINTS: usize = 2_000;

/// A line from where the button went down to where the pointer is.
#[derive(Clone, Debug)]
pub struct Lasso {
    /// Its points, on the board.
    pub line: Vec<PointF>,
    /// What was selected before and stays so.
    pub base: BTreeSet<Id>,
}

impl Lasso {
    pub(in crate::editor) fn drag(&mut self, editor: &mut Editor, board: &Board, at: PointF) {
        let to = editor.camera.to_board(at);
        let far = |it: &PointF| (it.x - to.x).hypot(it.y - to.y) * editor.camera.zoom >= 4.0;
        if self.line.last().is_none_or(far) && self.line.len() < POINTS {
            self.line.push(to);
        }
        editor.selection = self.base.iter().copied().chain(self.caught(board)).collect();
    }

    fn caught(&self, board: &Board) -> Vec<Id> {
        let point = |it: &PointF| RectF::new(it.x, it.y, 0.0, 0.0);
        let Some(bounds) = self.line.iter().map(point).reduce(RectF::union) else { return Vec::new() };
        let catches = |rect: Rect| {
            let rect = rect.to_f();
            bounds.touches(rect) && (self.goes_round(rect.center()) || self.touches(rect))
        };
        let stickies = board.stickies().values().filter(|it| !it.locked && catches(it.rect())).map(|it| it.id);
        let scenarios = board.scenarios().values().filter(|it| catches(it.rect())).map(|it| it.id);
        let hidden = board.collapsed();
        stickies.chain(scenarios).filter(|id| !hidden.hides(board, *id)).collect()
    }

    /// Whether the closed line goes round a point: a ray to the right crosses it an odd number of times.
    fn goes_round(&self, at: PointF) -> bool {
        let ends = self.line.iter().zip(self.line.iter().cycle().skip(1));
        let crossed =
            ends.filter(|(a, b)| (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y));
        crossed.count() % 2 == 1
    }

    fn touches(&self, rect: RectF) -> bool {
        let pieces = self.line.iter().zip(self.line.iter().skip(1));
        self.line.iter().any(|it| rect.contains(*it)) || pieces.into_iter().any(|(a, b)| crosses(*a, *b, rect))
    }
}

/// Whether a straight piece crosses a rectangle (by clipping it).
fn crosses(a: PointF, b: PointF, rect: RectF) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut low, mut high) = (0.0f32, 1.0f32);
    for (step, room) in [(-dx, a.x - rect.x), (dx, rect.right() - a.x), (-dy, a.y - rect.y), (dy, rect.bottom() - a.y)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            low = low.max(room / step);
        } else {
            high = high.min(room / step);
        }
    }
    low <= high
}
