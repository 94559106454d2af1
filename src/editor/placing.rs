//! Where new stickies go.

use crate::board::{Board, Kind, Sticky};
use crate::kit::{Id, OrderKey, Point, Rect};

/// The room left between a sticky and the next one in a row.
pub(super) const GAP: i32 = 60;

/// An order key above everything on the board.
pub fn top_z(board: &Board) -> OrderKey {
    let top = board.stickies().values().map(|it| &it.z).max();
    OrderKey::between(top, None)
}

/// The first free place for a rectangle at `at` or to the right of it.
pub(super) fn free_place(board: &Board, wish: Rect) -> Point {
    let mut rect = wish;
    // More stickies than this in a row leave the last one on top of another, which is still a place.
    for _ in 0..1_000 {
        let taken = board.stickies().values().map(Sticky::rect).find(|it| it.intersection(rect).is_some());
        match taken {
            Some(other) => rect.x = other.right().saturating_add(GAP),
            None => break,
        }
    }
    Point::new(rect.x, rect.y).moved(0, 0)
}

/// The place to the right of an element for a sticky of that kind, on the same middle line.
pub(super) fn right_of(board: &Board, id: Id, kind: Kind) -> Option<Point> {
    let rect = board.rect(id)?;
    let size = kind.spec().size;
    let wish = Rect {
        x: rect.right().saturating_add(GAP),
        y: rect.center().y.saturating_sub(size.h / 2),
        w: size.w,
        h: size.h,
    };
    Some(free_place(board, wish))
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
