//! What lies beside a sticky: the slot next to it, the sticky in that slot, and the nearest one in a direction.

use std::collections::BTreeSet;

use super::placing::GAP;
use crate::board::{Board, Sticky};
use crate::kit::{Id, Rect, Size};

/// A side of a sticky.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Where time goes.
    Right,
    /// Towards the reader.
    Below,
    /// Where time comes from.
    Left,
    /// Away from the reader.
    Above,
}

impl Direction {
    /// The four sides, in the order of the handles.
    pub const ALL: [Self; 4] = [Self::Right, Self::Below, Self::Left, Self::Above];

    /// The other end of the same axis.
    pub fn opposite(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            Self::Below => Self::Above,
            Self::Above => Self::Below,
        }
    }

    /// Whether it is left or right.
    pub fn is_level(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// One step in that direction.
    pub fn step(self) -> (i32, i32) {
        match self {
            Self::Right => (1, 0),
            Self::Left => (-1, 0),
            Self::Below => (0, 1),
            Self::Above => (0, -1),
        }
    }
}

/// The slot for something of that size beside a rectangle, on the same middle line, with the usual gap.
pub(super) fn slot(of: Rect, side: Direction, size: Size) -> Rect {
    let middle = of.center();
    let (x, y) = match side {
        Direction::Right => (of.right().saturating_add(GAP), middle.y.saturating_sub(size.h / 2)),
        Direction::Left => (of.x.saturating_sub(GAP).saturating_sub(size.w), middle.y.saturating_sub(size.h / 2)),
        Direction::Below => (middle.x.saturating_sub(size.w / 2), of.bottom().saturating_add(GAP)),
        Direction::Above => (middle.x.saturating_sub(size.w / 2), of.y.saturating_sub(GAP).saturating_sub(size.h)),
    };
    Rect { x, y, w: size.w, h: size.h }
}

/// The sticky that lies in the slot beside another: nearer than a sticky's width, and level with it.
pub(super) fn beside(board: &Board, id: Id, side: Direction) -> Option<Id> {
    let rect = board.rect(id)?;
    let (dx, dy) = side.step();
    let room = slot(rect, side, Size { w: rect.w, h: rect.h });
    let level = |it: Rect| {
        let (a, b) = (it.center(), rect.center());
        if side.is_level() { (a.y - b.y).abs() < rect.h / 2 } else { (a.x - b.x).abs() < rect.w / 2 }
    };
    let ahead = |it: Rect| {
        let (a, b) = (it.center(), rect.center());
        i64::from(a.x.saturating_sub(b.x)) * i64::from(dx) + i64::from(a.y.saturating_sub(b.y)) * i64::from(dy)
    };
    let hidden = board.collapsed();
    let near = board.stickies().values().filter(|it| it.id != id && hidden.hider(it.id, it.rect()).is_none());
    let near = near.filter(|it| it.rect().intersection(room).is_some() && level(it.rect()) && ahead(it.rect()) > 0);
    near.min_by_key(|it| (ahead(it.rect()), it.id)).map(|it| it.id)
}

/// The sticky one comes to from another in that direction: along a link if one leads there, else the nearest.
pub(super) fn towards(board: &Board, id: Id, side: Direction) -> Option<Id> {
    let from = board.rect(id)?.center();
    let linked: BTreeSet<Id> = board
        .links()
        .values()
        .filter_map(|it| match (it.from == id, it.to == id) {
            (true, _) => Some(it.to),
            (_, true) => Some(it.from),
            _ => None,
        })
        .collect();
    let (dx, dy) = side.step();
    let score = |it: &Sticky| {
        let at = it.rect().center();
        let (x, y) = (i64::from(at.x) - i64::from(from.x), i64::from(at.y) - i64::from(from.y));
        let along = x * i64::from(dx) + y * i64::from(dy);
        let across = if side.is_level() { y.abs() } else { x.abs() };
        let is_linked = linked.contains(&it.id);
        let wide = if is_linked { 3 } else { 1 };
        (along > 0 && across <= along * wide).then_some((!is_linked, along + 2 * across, it.id))
    };
    let hidden = board.collapsed();
    let seen = board.stickies().values().filter(|it| it.id != id && hidden.hider(it.id, it.rect()).is_none());
    seen.filter_map(score).min().map(|it| it.2)
}

/// Where something stands in reading order: by rows of the height of a sticky, then from left to right.
pub(super) fn reading_order(x: i32, y: i32, id: Id) -> (i32, i32, Id) {
    (y.div_euclid(100), x, id)
}
