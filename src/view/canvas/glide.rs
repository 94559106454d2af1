//! Stickies that glide to new places: purely visual, the board is there already.

use std::collections::BTreeMap;

use crate::board::{Board, Edit, Field, apply, set_rect};
use crate::kit::{Id, Point, Rect};

/// How long it takes, in seconds.
const TAKES: f64 = 0.3;
/// Larger boards jump: building them anew for every frame would stutter.
const MOST: usize = 1_500;

/// Where things were, and since when they move.
#[derive(Default)]
pub(super) struct Glide {
    from: BTreeMap<Id, Rect>,
    since: Option<f64>,
}

impl Glide {
    /// Remembers where all lies; the next frames show it on its way from there.
    pub(super) fn begin(&mut self, board: &Board) {
        self.since = None;
        self.from.clear();
        if board.stickies().len() <= MOST {
            let ids = board.stickies().keys().chain(board.frames().keys()).chain(board.scenarios().keys());
            self.from.extend(ids.filter_map(|id| Some((*id, board.rect(*id)?))));
        }
    }

    /// How far it is, from 0 to 1; `None` if nothing glides.
    pub(super) fn part(&mut self, now: f64) -> Option<f32> {
        if self.from.is_empty() {
            return None;
        }
        let part = (now - *self.since.get_or_insert(now)) / TAKES;
        if part >= 1.0 {
            self.from.clear();
            return None;
        }
        // Quick at first, then slower.
        let left = 1.0 - part.max(0.0) as f32;
        Some(1.0 - left * left * left)
    }

    /// The board with everything on its way.
    pub(super) fn board(&self, board: &Board, part: f32) -> Board {
        let mut shown = board.clone();
        let between = |a: i32, b: i32| a + ((b - a) as f32 * part).round() as i32;
        for (id, from) in &self.from {
            let Some(to) = board.rect(*id).filter(|it| it != from) else { continue };
            let (x, y) = (between(from.x, to.x), between(from.y, to.y));
            let edits = match board.frame(*id) {
                Some(_) => {
                    let rect = Rect { x, y, w: between(from.w, to.w), h: between(from.h, to.h) };
                    set_rect(board, *id, rect)
                }
                None => {
                    let old = Field::At(Point::new(to.x, to.y));
                    vec![Edit::Set { id: *id, old, new: Field::At(Point::new(x, y)) }]
                }
            };
            for edit in &edits {
                // A place that is refused is shown where it will be.
                drop(apply(&mut shown, edit));
            }
        }
        shown
    }
}
