//! Putting blocks beside and below each other, clear of what stays where it is.

use crate::kit::{GRID, Point, Rect};

/// The room between blocks, as a rule.
pub(super) const ROOM: i32 = 80;

/// A block to be placed: its size, and where it would best lie, if that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) w: i32,
    pub(super) h: i32,
    pub(super) wish: Option<(i32, i32)>,
}

/// The corners of blocks in rows below each other from `at`, in their order: each block at the height of the line,
/// a new line where the widest block or a pleasant width is reached. Nothing covers `taken`. So much `room` is left
/// between blocks.
pub(super) fn pack(blocks: &[Block], at: (i32, i32), taken: &[Rect], room: i32) -> Vec<(i32, i32)> {
    let area: i64 = blocks.iter().map(|it| i64::from(it.w + room) * i64::from(it.h + room)).sum();
    let widest = blocks.iter().map(|it| it.w).max().unwrap_or(0);
    // Boards are wide: about two and a half times as wide as high.
    let width = ((area as f64 * 2.5).sqrt() as i32).max(widest);
    let mut taken: Vec<Rect> = taken.to_vec();
    let (mut x, mut y, mut line) = (at.0, at.1, 0);
    let mut corners = Vec::with_capacity(blocks.len());
    for block in blocks {
        let corner = match block.wish {
            Some(wish) => wish,
            None => {
                if x > at.0 && x.saturating_add(block.w) > at.0.saturating_add(width) {
                    (x, y, line) = (at.0, y.saturating_add(line + room), 0);
                }
                let corner = (x, y);
                x = x.saturating_add(block.w + room);
                line = line.max(block.h);
                corner
            }
        };
        let (x, y) = on_grid(corner);
        let rect = clear(Rect { x, y, w: block.w, h: block.h }, &taken);
        if block.wish.is_none() && rect.y > y {
            // The line moves down with it.
            line = line.max(rect.bottom() - y);
        }
        taken.push(rect);
        corners.push((rect.x, rect.y));
    }
    corners
}

/// The rectangle, or the first place below it that covers nothing.
fn clear(wish: Rect, taken: &[Rect]) -> Rect {
    let mut rect = wish;
    while let Some(other) = taken.iter().find(|it| it.grown(ROOM / 2 - 1).intersection(rect).is_some()) {
        let next = on_grid((0, other.bottom().saturating_add(ROOM / 2 + GRID - 1))).1;
        if next <= rect.y {
            break;
        }
        rect.y = next;
    }
    rect
}

pub(super) fn on_grid((x, y): (i32, i32)) -> (i32, i32) {
    let at = Point::new(x, y).on_grid();
    (at.x, at.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_go_round_what_stays() {
        let blocks = [Block { w: 100, h: 100, wish: None }; 3];
        let stone = Rect { x: -50, y: -50, w: 400, h: 200 };
        let corners = pack(&blocks, (0, 0), &[stone], ROOM);
        let rects: Vec<Rect> = corners.iter().map(|(x, y)| Rect { x: *x, y: *y, w: 100, h: 100 }).collect();
        for (at, one) in rects.iter().enumerate() {
            assert!(one.intersection(stone).is_none());
            assert!(rects[at + 1..].iter().all(|it| it.intersection(*one).is_none()));
            assert_eq!((one.x % GRID, one.y % GRID), (0, 0));
        }
    }
}
