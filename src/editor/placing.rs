//! Where new stickies go.

use std::collections::BTreeSet;

use super::neighbours::{Direction, slot};
use crate::board::{Board, Edit, FRAME_HEAD, FRAME_ROOM, Frame, Kind, Role, Shape, Sticky, holds, joins_frames};
use crate::kit::{GRID, Id, OrderKey, Point, Rect, Size};

/// The room left between a sticky and the next one in a row.
pub(super) const GAP: i32 = 60;

/// What lies this near to another seems to lie exactly on it.
const NEAR: i32 = 12;

/// So far aside goes what would lie exactly on something else.
const ASIDE: i32 = 30;

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

/// The free place nearest to an element for a sticky of that kind: beside it on that side, else across or beyond.
pub(super) fn next_to(board: &Board, id: Id, side: Direction, kind: Kind) -> Option<Point> {
    let (from, size) = (board.rect(id)?, kind.spec().size);
    let [one, other] = across(side);
    let beside = slot(from, side, size);
    let below = slot(from, one, size);
    let above = slot(from, other, size);
    let tries = [(beside, side), (below, one), (above, other), (beside, one), (beside, other)];
    Some(nearest(board, size, from, Some(id), &tries))
}

/// Where the notation wants a sticky of that kind that is about an element: what questions it touches it, an actor
/// lies under what that person decides on. Else, and where that is taken, the nearest free place.
pub(super) fn about(board: &Board, id: Id, kind: Kind) -> Option<Point> {
    let (from, size) = (board.rect(id)?, kind.spec().size);
    let wished = match (kind.role(), board.sticky(id)?.kind.role()) {
        (Role::Actor, Role::Command | Role::Policy) => vec![Rect::new(Point::new(from.x, from.bottom()), size)],
        _ if kind.spec().shape == Shape::Diamond => {
            // A diamond stands with its corners out of its rectangle: so far off they touch.
            let (out_w, out_h) = (size.w * 21 / 100, size.h * 21 / 100);
            let (x, y) = (from.center().x - size.w / 2, from.center().y - size.h / 2);
            let places = [
                Point::new(x, from.y - size.h - out_h),
                Point::new(x, from.bottom() + out_h),
                Point::new(from.right() + out_w, y),
                Point::new(from.x - size.w - out_w, y),
            ];
            places.map(|it| Rect::new(it, size)).to_vec()
        }
        _ => Vec::new(),
    };
    let free = |it: &Rect| {
        let taken = |other: &Sticky| other.rect().intersection(*it).is_some();
        !board.stickies().values().any(taken) && !is_foreign(board, Some(id), from, *it)
    };
    let wished = wished.into_iter().find(free).map(|it| Point::new(it.x, it.y).moved(0, 0));
    wished.or_else(|| next_to(board, id, Direction::Right, kind))
}

/// The free place nearest to where something is wanted.
pub(super) fn near(board: &Board, wish: Rect) -> Point {
    let tries = [Direction::Right, Direction::Below, Direction::Above, Direction::Left].map(|side| (wish, side));
    nearest(board, Size::new(wish.w, wish.h), wish, None, &tries)
}

/// Of the places that are free from somewhere on in some direction the one nearest to `from`; of equals the first.
/// One in a frame to which `of` does not belong, or out of its own where that cannot grow, is taken only where there is
/// no other.
fn nearest(board: &Board, size: Size, from: Rect, of: Option<Id>, tries: &[(Rect, Direction)]) -> Point {
    let places = tries.iter().enumerate().map(|(order, (wish, side))| {
        let at = free_place(board, *wish, *side, &[]);
        let place = Rect::new(at, size);
        let strays = of.is_some_and(|id| is_foreign(board, of, from, place) || !joins_frames(board, id, place));
        // Who takes the first wish as it is need not look how near the others are.
        let as_wished = order == 0 && place == *wish;
        ((strays, !as_wished, gap(from, place), order), at)
    });
    let Some(((strays, ..), at)) = places.min_by_key(|it| it.0) else { return Point::new(from.x, from.y) };
    let inside = of.filter(|_| strays).and_then(|id| within_frame(board, id, from, size));
    inside.unwrap_or(at)
}

/// How far a free place is looked for within a frame.
const FAR: i32 = 1_500;

/// The free place nearest to an element within the innermost frame round it.
fn within_frame(board: &Board, of: Id, from: Rect, size: Size) -> Option<Point> {
    let round = board.frames().values().filter(|it| holds(it, of, from)).min_by_key(|it| (it.rect().area(), it.id))?;
    let near = from.grown(FAR).intersection(round.rect())?;
    let (top, left) = (near.y.max(round.y + FRAME_HEAD), near.x.max(round.x + FRAME_ROOM));
    let (right, bottom) = (near.right() - FRAME_ROOM - size.w, near.bottom() - FRAME_ROOM - size.h);
    let taken: Vec<Rect> = board.places().map(|it| it.1).filter(|it| !it.encloses(from)).collect();
    let taken: Vec<Rect> = taken
        .into_iter()
        .chain([from])
        .map(|it| it.grown(FRAME_ROOM))
        .filter(|it| it.intersection(near).is_some())
        .collect();
    let far = |at: Point| {
        let (dx, dy) = (i64::from(at.x - from.x), i64::from(at.y - from.y));
        dx * dx + dy * dy
    };
    let mut best: Option<Point> = None;
    let (start, step) = (Point::new(left, top).on_grid(), GRID.unsigned_abs() as usize);
    for y in (start.y..=bottom).step_by(step).filter(|it| *it >= top) {
        for x in (start.x..=right).step_by(step).filter(|it| *it >= left) {
            let at = Point::new(x, y);
            let nearer = best.is_none_or(|it| far(at) < far(it));
            if nearer && !taken.iter().any(|it| it.intersection(Rect::new(at, size)).is_some()) {
                best = Some(at);
            }
        }
    }
    best
}

/// The room round what is pasted.
const APART: i32 = 20;

/// The free area nearest to where something large is wanted: clear of all that lies there, and of the borders of frames
/// in which the wish does not begin.
pub(super) fn free_area(board: &Board, wish: Rect) -> Point {
    let corner = Point::new(wish.x, wish.y);
    let (own, others): (Vec<&Frame>, Vec<&Frame>) =
        board.frames().values().partition(|it| !it.collapsed && it.rect().contains(corner));
    let things = board.stickies().values().map(Sticky::rect).chain(board.scenarios().values().map(|it| it.rect()));
    let taken: Vec<Rect> = things.chain(others.iter().map(|it| it.rect())).map(|it| it.grown(APART)).collect();
    let sides = [Direction::Right, Direction::Below, Direction::Above, Direction::Left].into_iter().enumerate();
    let places = sides.map(|(order, side)| {
        let mut rect = wish;
        for _ in 0..1_000 {
            let Some(other) = taken.iter().find(|it| it.intersection(rect).is_some()) else { break };
            match side {
                Direction::Right => rect.x = other.right(),
                Direction::Left => rect.x = other.x.saturating_sub(rect.w),
                Direction::Below => rect.y = other.bottom(),
                Direction::Above => rect.y = other.y.saturating_sub(rect.h),
            }
        }
        let torn = own.iter().any(|it| it.rect().intersection(rect).is_some() && !it.rect().encloses(rect));
        let away = rect.x.abs_diff(wish.x).max(rect.y.abs_diff(wish.y));
        ((torn && away > 0, away, order), Point::new(rect.x, rect.y).moved(0, 0))
    });
    places.min_by_key(|it| it.0).map_or(corner, |it| it.1)
}

/// Whether a place lies in a frame to which that element does not belong.
fn is_foreign(board: &Board, of: Option<Id>, from: Rect, place: Rect) -> bool {
    let own = |it: &Frame| of.is_some_and(|id| holds(it, id, from));
    board.frames().values().any(|it| it.rect().intersection(place).is_some() && !own(it))
}

/// How far two rectangles lie from one another, along the axis on which that is more.
fn gap(a: Rect, b: Rect) -> i32 {
    let x = b.x.saturating_sub(a.right()).max(a.x.saturating_sub(b.right()));
    let y = b.y.saturating_sub(a.bottom()).max(a.y.saturating_sub(b.bottom()));
    x.max(y)
}

/// The sides to turn to where one is taken: first towards the reader, or where time goes.
fn across(side: Direction) -> [Direction; 2] {
    if side.is_level() { [Direction::Below, Direction::Above] } else { [Direction::Right, Direction::Left] }
}

/// Moves what the edits add, all of it, until none of it lies exactly on something that is there.
pub(super) fn uncover(board: &Board, edits: &mut [Edit]) {
    let taken: BTreeSet<(i32, i32)> = board.places().map(|(_, it)| (it.x, it.y)).collect();
    let mut added: Vec<Rect> = edits.iter().filter_map(Edit::added_rect).collect();
    let hides = |it: &Rect| {
        let mut columns = taken.range((it.x.saturating_sub(NEAR), i32::MIN)..=(it.x.saturating_add(NEAR), i32::MAX));
        columns.any(|(_, y)| y.abs_diff(it.y) <= NEAR.unsigned_abs())
    };
    let mut steps = 0;
    while steps < 1_000 && added.iter().any(hides) {
        steps += 1;
        for it in &mut added {
            let to = Point::new(it.x, it.y).moved(ASIDE, ASIDE);
            (it.x, it.y) = (to.x, to.y);
        }
    }
    for edit in edits.iter_mut().filter(|_| steps > 0) {
        edit.move_added(steps * ASIDE, steps * ASIDE);
    }
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
