//! Straight rows and columns for things that nothing leads to: the order of the timeline stays as it is.

use super::stacks::Stack;

/// Nearer than this, things stand in one row or column.
const SAME: i32 = 70;
/// The room between columns, and between rows.
const GAP: (i32, i32) = (60, 20);

/// The corner of each thing in the rows and columns in which they roughly stand, from (0, 0). Where several are in
/// one place they stand one below the other.
pub(super) fn straighten(things: &[&Stack]) -> Vec<(i32, i32)> {
    let columns = cluster(&things.iter().map(|it| it.x).collect::<Vec<_>>());
    let rows = cluster(&things.iter().map(|it| it.y).collect::<Vec<_>>());
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|at| (rows.get(*at).copied(), things.get(*at).map(|it| (it.y, it.x)), *at));
    let count = |of: &[usize]| of.iter().max().map_or(0, |it| it + 1);
    let mut widths = vec![0; count(&columns)];
    for (thing, column) in things.iter().zip(&columns) {
        if let Some(it) = widths.get_mut(*column) {
            *it = thing.w.max(*it);
        }
    }
    let lefts = sums(&widths, GAP.0);
    // Each row of the board is as high as its highest pile.
    let mut piles: std::collections::BTreeMap<(usize, usize), i32> = Default::default();
    let mut tops_in_row = vec![0; things.len()];
    for at in &order {
        let (Some(thing), Some(row), Some(column)) = (things.get(*at), rows.get(*at), columns.get(*at)) else {
            continue;
        };
        let pile = piles.entry((*row, *column)).or_default();
        if let Some(it) = tops_in_row.get_mut(*at) {
            *it = *pile;
        }
        *pile += thing.h + GAP.1;
    }
    let mut heights = vec![0; count(&rows)];
    for ((row, _), height) in &piles {
        if let Some(it) = heights.get_mut(*row) {
            *it = (*height - GAP.1).max(*it);
        }
    }
    let tops = sums(&heights, GAP.1);
    let place = |at: usize| {
        let column = columns.get(at).and_then(|it| lefts.get(*it)).copied().unwrap_or(0);
        let row = rows.get(at).and_then(|it| tops.get(*it)).copied().unwrap_or(0);
        (column, row + tops_in_row.get(at).copied().unwrap_or(0))
    };
    (0..things.len()).map(place).collect()
}

/// The number of the row or column that each value belongs to.
pub(super) fn cluster(values: &[i32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|at| (values.get(*at).copied(), *at));
    let mut numbers = vec![0; values.len()];
    let (mut number, mut start) = (0, None);
    for at in order {
        let value = values.get(at).copied().unwrap_or_default();
        let first = *start.get_or_insert(value);
        if value.saturating_sub(first) >= SAME {
            number += 1;
            start = Some(value);
        }
        if let Some(it) = numbers.get_mut(at) {
            *it = number;
        }
    }
    numbers
}

/// Where each begins if they stand one after the other.
pub(super) fn sums(sizes: &[i32], gap: i32) -> Vec<i32> {
    let mut at = 0i32;
    sizes
        .iter()
        .map(|size| {
            let here = at;
            at = at.saturating_add(size + gap);
            here
        })
        .collect()
}
