//! Where there is room: the stickies of a board in square cells.

use std::collections::BTreeMap;

use crate::board::{Board, Sticky};
use crate::kit::{Id, Point, Rect, Size};

/// The side of a cell, about a sticky with its gap.
const CELL: i32 = 256;
/// The most cells that one sticky is entered in along a side; larger ones are kept apart.
const MOST: i32 = 16;

pub(super) struct Grid<'a> {
    cells: BTreeMap<(i32, i32), Vec<&'a Sticky>>,
    large: Vec<&'a Sticky>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(board: &'a Board) -> Self {
        let mut grid = Self { cells: BTreeMap::new(), large: Vec::new() };
        for sticky in board.stickies().values() {
            let rect = sticky.rect();
            if rect.w > MOST * CELL || rect.h > MOST * CELL {
                grid.large.push(sticky);
                continue;
            }
            for cell in cells(rect) {
                grid.cells.entry(cell).or_default().push(sticky);
            }
        }
        grid
    }

    /// The sticky with the lowest id that overlaps an area and qualifies. In a heap it is found at once: the stickies
    /// of a cell are in the order of their ids.
    pub(super) fn first(&self, area: Rect, qualifies: impl Fn(&Sticky) -> bool) -> Option<&'a Sticky> {
        let fits = |it: &&&'a Sticky| it.rect().intersection(area).is_some() && qualifies(it);
        let near = cells(area).filter_map(|cell| self.cells.get(&cell)?.iter().find(&fits));
        near.chain(self.large.iter().find(&fits)).min_by_key(|it| it.id).copied()
    }

    /// The free place for a sticky of that size that is nearest below `at`, or `at` if there is none within reach.
    pub(super) fn free(&self, at: Point, size: Size, but: Option<Id>) -> Point {
        let gap = 10;
        let steps = (0..40).map(|step| at.moved(0, step * 30));
        let is_free = |at: &Point| {
            let area = Rect::new(*at, size).grown(gap);
            self.first(area, |it| Some(it.id) != but).is_none()
        };
        steps.into_iter().find(is_free).unwrap_or(at)
    }
}

fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
    let cell = |it: i32| it.div_euclid(CELL);
    let columns = cell(rect.x)..=cell(rect.right()).min(cell(rect.x) + MOST);
    let (top, bottom) = (cell(rect.y), cell(rect.bottom()).min(cell(rect.y) + MOST));
    columns.flat_map(move |column| (top..=bottom).map(move |row| (column, row)))
}
