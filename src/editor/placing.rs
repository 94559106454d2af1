//! Where new stickies go.

use super::neighbours::{Direction, slot};
use crate::board::{Board, Kind, Sticky};
use crate::kit::{Id, OrderKey, Point, Rect};

/// The room left between a sticky and the next one in a row.
pub(super) const GAP: i32 = 60;

/// An order key above everything on the board.
pub fn top_z(board: &Board) -> OrderKey {
    let top = board.stickies().values().map(|it| &it.z).max();
    OrderKey::between(top, None)
}

/// The first free place for a rectangle at `wish` or beyond it on that side. `also` is taken as well.
pub(super) fn free_place(board: &Board, wish: Rect, side: Direction, also: &[Rect]) -> Point {
    let mut rect = wish;
    // More stickies than this in a row leave the last one on top of another, which is still a place.
    for _ in 0..1_000 {
        let all = board.stickies().values().map(Sticky::rect).chain(also.iter().copied());
        let Some(other) = all.into_iter().find(|it| it.intersection(rect).is_some()) else { break };
        match side {
            Direction::Right => rect.x = other.right().saturating_add(GAP),
            Direction::Left => rect.x = other.x.saturating_sub(GAP).saturating_sub(rect.w),
            Direction::Below => rect.y = other.bottom().saturating_add(GAP),
            Direction::Above => rect.y = other.y.saturating_sub(GAP).saturating_sub(rect.h),
        }
    }
    Point::new(rect.x, rect.y).moved(0, 0)
}

/// The free place beside an element for a sticky of that kind, on the same middle line or beyond.
pub(super) fn next_to(board: &Board, id: Id, side: Direction, kind: Kind) -> Option<Point> {
    let wish = slot(board.rect(id)?, side, kind.spec().size);
    Some(free_place(board, wish, side, &[]))
}

/// The definition that a sticky with this name would be a further placement of: the same kind and name in the same
/// bounded context. Remarks are never placements.
pub(super) fn same_thing(board: &Board, id: Id) -> Option<Id> {
    let sticky = board.sticky(id).filter(|it| it.of.is_none() && it.kind.role().flows())?;
    let name = board.name(id);
    if name.is_empty() || sticky.text.trim() != name {
        return None;
    }
    let folded = crate::kit::fold(&name);
    let context = |id: Id| board.frame_of(id, crate::board::FrameKind::BoundedContext).map(|it| it.id);
    let here = context(id);
    let mut others = board.stickies().values().filter(|it| it.id != id && it.of.is_none() && it.kind == sticky.kind);
    others.find(|it| crate::kit::fold(&board.name(it.id)) == folded && context(it.id) == here).map(|it| it.id)
}
