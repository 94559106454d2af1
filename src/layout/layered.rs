//! Layered drawing of one connected graph: columns from left to right by what leads to what, as few crossings as a
//! few sweeps find, and rows that keep chains straight.
//!
//! It is deterministic and keeps the order it is given where nothing speaks against it.

use std::collections::BTreeSet;

/// A thing to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) w: i32,
    pub(super) h: i32,
    /// Where arrows meet it, from its top.
    pub(super) port: i32,
    /// Where it lies now: decides where nothing else does.
    pub(super) x: i32,
    pub(super) y: i32,
}

/// An arrow between two things, by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it gives way where arrows form a ring: information that flows back.
    pub(super) weak: bool,
    /// Whether it bears a label, which needs room.
    pub(super) labelled: bool,
}

/// The room between columns, with and without a label on an arrow, and between rows.
const COLUMN: i32 = 60;
const LABELLED: i32 = 120;
const ROW: i32 = 30;
/// The room that a long arrow takes where it passes.
const LANE: i32 = 12;
/// Arrows over more columns than this do not keep a lane free.
const LONG: usize = 16;
/// The most lanes kept free in all.
const LANES: usize = 30_000;
/// How often columns are put in order from both sides.
const SWEEPS: usize = 12;

/// The top left corner of each node, from (0, 0).
pub(super) fn layered(nodes: &[Node], arrows: &[Arrow]) -> Vec<(i32, i32)> {
    let arrows = acyclic(nodes, arrows);
    let ranks = ranks(nodes.len(), &arrows);
    let mut drawing = Drawing::new(nodes, &arrows, &ranks);
    drawing.order();
    let rows = drawing.rows();
    let xs = columns(nodes, &arrows, &ranks);
    let tops: Vec<i32> = rows.iter().zip(&drawing.spots).take(nodes.len()).map(|(at, it)| at - it.port).collect();
    let top = tops.iter().copied().min().unwrap_or(0);
    xs.into_iter().zip(tops).map(|(x, y)| (x, y - top)).collect()
}

/// The arrows without those that close a ring: of a ring's arrows a weak one goes first.
fn acyclic(nodes: &[Node], arrows: &[Arrow]) -> Vec<Arrow> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut enters = vec![0usize; nodes.len()];
    for arrow in arrows.iter().filter(|it| !it.weak && it.from != it.to) {
        if let (Some(list), Some(count)) = (out.get_mut(arrow.from), enters.get_mut(arrow.to)) {
            list.push(arrow.to);
            *count += 1;
        }
    }
    // From where nothing enters, then from the left: so the arrow that runs against the board's direction closes.
    let mut starts: Vec<usize> = (0..nodes.len()).collect();
    starts.sort_by_key(|at| (enters.get(*at).is_some_and(|it| *it > 0), nodes.get(*at).map(|it| (it.x, it.y)), *at));
    let mut closing: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut state = vec![0u8; nodes.len()];
    for start in starts {
        if state.get(start) != Some(&0) {
            continue;
        }
        let mut stack = vec![(start, 0usize)];
        if let Some(it) = state.get_mut(start) {
            *it = 1;
        }
        while let Some((at, next)) = stack.last_mut() {
            let here = *at;
            match out.get(here).and_then(|it| it.get(*next)).copied() {
                Some(to) => {
                    *next += 1;
                    match state.get(to) {
                        Some(0) => {
                            if let Some(it) = state.get_mut(to) {
                                *it = 1;
                            }
                            stack.push((to, 0));
                        }
                        Some(1) => drop(closing.insert((here, to))),
                        Some(_) | None => {}
                    }
                }
                None => {
                    if let Some(it) = state.get_mut(here) {
                        *it = 2;
                    }
                    stack.pop();
                }
            }
        }
    }
    let strong = arrows.iter().filter(|it| !it.weak && it.from != it.to);
    let mut kept: Vec<Arrow> = strong.filter(|it| !closing.contains(&(it.from, it.to))).copied().collect();
    for list in &mut out {
        list.clear();
    }
    for it in &kept {
        if let Some(list) = out.get_mut(it.from) {
            list.push(it.to);
        }
    }
    for arrow in arrows.iter().filter(|it| it.weak && it.from != it.to) {
        if !reaches(&out, arrow.to, arrow.from) {
            kept.push(*arrow);
            if let Some(list) = out.get_mut(arrow.from) {
                list.push(arrow.to);
            }
        }
    }
    kept
}

fn reaches(out: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; out.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        for next in out.get(at).into_iter().flatten() {
            if seen.get(*next) == Some(&false) {
                if let Some(it) = seen.get_mut(*next) {
                    *it = true;
                }
                open.push(*next);
            }
        }
    }
    false
}

/// The column of each node: as far left as what leads to it allows; what only leads to one thing stands before that.
fn ranks(count: usize, arrows: &[Arrow]) -> Vec<usize> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); count];
    for it in arrows {
        if let (Some(from), Some(to)) = (out.get_mut(it.from), into.get_mut(it.to)) {
            from.push(it.to);
            to.push(it.from);
        }
    }
    let mut left: Vec<usize> = into.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..count).filter(|it| left.get(*it) == Some(&0)).collect();
    let mut ranks = vec![0usize; count];
    let mut free = vec![true; count];
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        let alone = |it: &usize| out.get(*it).is_some_and(|it| it.len() == 1) && free.get(*it) == Some(&true);
        let is_free = into.get(node).is_some_and(|it| it.iter().all(alone));
        if let Some(it) = free.get_mut(node) {
            *it = is_free;
        }
        let rank = ranks.get(node).copied().unwrap_or_default();
        for to in out.get(node).into_iter().flatten() {
            if let Some(it) = ranks.get_mut(*to) {
                *it = (*it).max(rank + 1);
            }
            if let Some(it) = left.get_mut(*to) {
                *it -= 1;
                if *it == 0 {
                    order.push(*to);
                }
            }
        }
    }
    for node in order.iter().rev().filter(|it| free.get(**it) == Some(&true)) {
        let next = out.get(*node).into_iter().flatten().filter_map(|it| ranks.get(*it)).min().copied();
        if let (Some(next), Some(rank)) = (next, ranks.get_mut(*node)) {
            *rank = next.saturating_sub(1);
        }
    }
    let first = ranks.iter().min().copied().unwrap_or_default();
    ranks.into_iter().map(|it| it - first).collect()
}

/// The left edge of each node: the middles of a column stand one above the other.
fn columns(nodes: &[Node], arrows: &[Arrow], ranks: &[usize]) -> Vec<i32> {
    let count = ranks.iter().max().map_or(0, |it| it + 1);
    let (mut widths, mut gaps) = (vec![0i32; count], vec![COLUMN; count]);
    for (node, rank) in nodes.iter().zip(ranks) {
        if let Some(it) = widths.get_mut(*rank) {
            *it = (*it).max(node.w);
        }
    }
    for arrow in arrows.iter().filter(|it| it.labelled) {
        if let Some(it) = ranks.get(arrow.from).and_then(|it| gaps.get_mut(*it)) {
            *it = LABELLED;
        }
    }
    let mut left = 0i32;
    let lefts: Vec<i32> = widths
        .iter()
        .zip(&gaps)
        .map(|(width, gap)| {
            let at = left;
            left = left.saturating_add(width + gap);
            at
        })
        .collect();
    let place = |(node, rank): (&Node, &usize)| {
        let (left, width) = (lefts.get(*rank).copied().unwrap_or(0), widths.get(*rank).copied().unwrap_or(0));
        left + (width - node.w) / 2
    };
    nodes.iter().zip(ranks).map(place).collect()
}

/// A node, or a place where a long arrow passes a column.
#[derive(Clone, Copy, Debug)]
struct Spot {
    h: i32,
    port: i32,
    y: i32,
    passes: bool,
}

struct Drawing {
    spots: Vec<Spot>,
    /// The spots of each column from top to bottom.
    layers: Vec<Vec<usize>>,
    /// Neighbours in the column before and after.
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

impl Drawing {
    fn new(nodes: &[Node], arrows: &[Arrow], ranks: &[usize]) -> Self {
        let spot = |it: &Node| Spot { h: it.h, port: it.port, y: it.y, passes: false };
        let mut spots: Vec<Spot> = nodes.iter().map(spot).collect();
        let count = ranks.iter().max().map_or(0, |it| it + 1);
        let mut layers: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (at, rank) in ranks.iter().enumerate() {
            if let Some(it) = layers.get_mut(*rank) {
                it.push(at);
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        for arrow in arrows.iter().filter(|it| seen.insert((it.from, it.to))) {
            let (Some(from), Some(to)) = (ranks.get(arrow.from), ranks.get(arrow.to)) else { continue };
            let (Some(a), Some(b)) = (nodes.get(arrow.from), nodes.get(arrow.to)) else { continue };
            let span = to.saturating_sub(*from);
            if span == 0 || span > LONG || spots.len() > nodes.len() + LANES {
                continue;
            }
            let mut last = arrow.from;
            for step in 1..span {
                let y = a.y + ((b.y - a.y) as i64 * step as i64 / span as i64) as i32;
                spots.push(Spot { h: LANE, port: LANE / 2, y, passes: true });
                let here = spots.len() - 1;
                if let Some(it) = layers.get_mut(from + step) {
                    it.push(here);
                }
                pairs.push((last, here));
                last = here;
            }
            pairs.push((last, arrow.to));
        }
        let (mut before, mut after) = (vec![Vec::new(); spots.len()], vec![Vec::new(); spots.len()]);
        for (from, to) in pairs {
            if let (Some(a), Some(b)) = (after.get_mut(from), before.get_mut(to)) {
                a.push(to);
                b.push(from);
            }
        }
        for layer in &mut layers {
            layer.sort_by_key(|it| (spots.get(*it).map(|it| it.y), *it));
        }
        Self { spots, layers, before, after }
    }

    /// Puts the columns in an order with few crossings: from where things lie now, and from a walk along the arrows;
    /// the better one wins.
    fn order(&mut self) {
        let as_it_is = self.layers.clone();
        let first = self.sweep();
        let kept = std::mem::replace(&mut self.layers, as_it_is);
        self.walk();
        if self.sweep() >= first {
            self.layers = kept;
        }
    }

    /// Orders each column by a walk along the arrows from the first column, depth first.
    fn walk(&mut self) {
        let mut numbers = vec![usize::MAX; self.spots.len()];
        let mut next = 0;
        for start in self.layers.iter().flatten() {
            let mut open = vec![*start];
            while let Some(at) = open.pop() {
                let Some(number) = numbers.get_mut(at).filter(|it| **it == usize::MAX) else { continue };
                *number = next;
                next += 1;
                open.extend(self.after.get(at).into_iter().flatten().rev());
            }
        }
        for layer in &mut self.layers {
            layer.sort_by_key(|it| (numbers.get(*it).copied(), *it));
        }
    }

    /// Sweeps until nothing gets better; returns the number of crossings.
    fn sweep(&mut self) -> usize {
        let mut best = self.layers.clone();
        let mut least = self.crossings();
        for round in 0..SWEEPS {
            if least == 0 {
                break;
            }
            self.barycentres(round % 2 == 0);
            let now = self.crossings();
            if now < least {
                (least, best) = (now, self.layers.clone());
            } else if round > 5 {
                break;
            }
        }
        self.layers = best;
        least
    }

    fn barycentres(&mut self, onwards: bool) {
        let mut places = vec![0usize; self.spots.len()];
        let count = self.layers.len();
        let order: Vec<usize> = if onwards { (0..count).collect() } else { (0..count).rev().collect() };
        for at in order {
            let Some(layer) = self.layers.get_mut(at) else { continue };
            let neighbours = if onwards { &self.before } else { &self.after };
            let mut keyed: Vec<(f64, usize, usize)> = Vec::with_capacity(layer.len());
            for (place, spot) in layer.iter().enumerate() {
                let near = neighbours.get(*spot).map(Vec::as_slice).unwrap_or_default();
                let sum: usize = near.iter().filter_map(|it| places.get(*it)).sum();
                let key = if near.is_empty() { place as f64 } else { sum as f64 / near.len() as f64 };
                keyed.push((key, place, *spot));
            }
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            *layer = keyed.into_iter().map(|it| it.2).collect();
            for (place, spot) in layer.iter().enumerate() {
                if let Some(it) = places.get_mut(*spot) {
                    *it = place;
                }
            }
        }
    }

    /// How often arrows between neighbouring columns cross.
    fn crossings(&self) -> usize {
        let mut places = vec![0usize; self.spots.len()];
        for layer in &self.layers {
            for (place, spot) in layer.iter().enumerate() {
                if let Some(it) = places.get_mut(*spot) {
                    *it = place;
                }
            }
        }
        let mut total = 0;
        for (at, layer) in self.layers.iter().enumerate() {
            let mut ends: Vec<usize> = Vec::new();
            for spot in layer {
                let mut here: Vec<usize> =
                    self.after.get(*spot).into_iter().flatten().filter_map(|it| places.get(*it)).copied().collect();
                here.sort_unstable();
                ends.extend(here);
            }
            // Inversions, by a tree of sums.
            let size = self.layers.get(at + 1).map_or(0, Vec::len);
            let mut tree = vec![0usize; size + 1];
            for (seen, end) in ends.into_iter().enumerate() {
                let (mut below, mut node) = (0, end + 1);
                while node > 0 {
                    below += tree.get(node).copied().unwrap_or(0);
                    node &= node - 1;
                }
                total += seen - below.min(seen);
                let mut node = end + 1;
                while node <= size {
                    if let Some(it) = tree.get_mut(node) {
                        *it += 1;
                    }
                    node += node & node.wrapping_neg();
                }
            }
        }
        total
    }

    /// Where arrows meet each spot, from some zero: columns are placed in turn, each spot as near to the line of its
    /// neighbours as the others in its column allow.
    fn rows(&self) -> Vec<i32> {
        let mut at: Vec<f64> = vec![0.0; self.spots.len()];
        for layer in &self.layers {
            let mut top = 0.0;
            for spot in layer {
                let Some(it) = self.spots.get(*spot) else { continue };
                if let Some(place) = at.get_mut(*spot) {
                    *place = top + f64::from(it.port);
                }
                top += f64::from(it.h + ROW);
            }
        }
        let count = self.layers.len();
        for round in 0..9 {
            let onwards = round % 2 == 0;
            let order: Vec<usize> = if onwards { (0..count).collect() } else { (0..count).rev().collect() };
            for layer in order.into_iter().filter_map(|it| self.layers.get(it)) {
                let (near, far) = if onwards { (&self.before, &self.after) } else { (&self.after, &self.before) };
                let wishes: Vec<(f64, f64)> = layer.iter().map(|it| self.wish(*it, near, far, &at)).collect();
                let placed = self.fit(layer, &wishes);
                for (spot, place) in layer.iter().zip(placed) {
                    if let Some(it) = at.get_mut(*spot) {
                        *it = place;
                    }
                }
            }
        }
        at.into_iter().map(|it| it.round() as i32).collect()
    }

    /// Where a spot would like to be, and how much: on the line of its neighbour in the middle, the upper of two.
    fn wish(&self, spot: usize, near: &[Vec<usize>], far: &[Vec<usize>], at: &[f64]) -> (f64, f64) {
        let now = at.get(spot).copied().unwrap_or_default();
        let middle = |of: &[Vec<usize>]| {
            let mut rows: Vec<f64> = of.get(spot).into_iter().flatten().filter_map(|it| at.get(*it)).copied().collect();
            rows.sort_by(f64::total_cmp);
            rows.get(rows.len().saturating_sub(1) / 2).copied()
        };
        let passes = self.spots.get(spot).is_some_and(|it| it.passes);
        match middle(near).or_else(|| middle(far)) {
            Some(row) => (row, if passes { 6.0 } else { 2.0 }),
            None => (now, 0.5),
        }
    }

    /// Rows for a column, nearest to the wishes: least squares with the order and the room between spots kept.
    fn fit(&self, layer: &[usize], wishes: &[(f64, f64)]) -> Vec<f64> {
        // Each spot's offset is the room that those above it need; without offsets rows must only not decrease.
        let mut offsets = Vec::with_capacity(layer.len());
        let mut offset = 0.0;
        let mut last: Option<Spot> = None;
        for spot in layer.iter().filter_map(|it| self.spots.get(*it)) {
            if let Some(above) = last {
                let room = if above.passes && spot.passes { LANE } else { ROW };
                offset += f64::from(above.h - above.port + room + spot.port);
            }
            offsets.push(offset);
            last = Some(*spot);
        }
        // Runs that move as one: mean, weight, length.
        let mut runs: Vec<(f64, f64, usize)> = Vec::new();
        for ((wish, weight), offset) in wishes.iter().zip(&offsets) {
            let mut run = (wish - offset, *weight, 1);
            while let Some(above) = runs.last().filter(|it| it.0 > run.0).copied() {
                let weight = above.1 + run.1;
                run = ((above.0 * above.1 + run.0 * run.1) / weight, weight, above.2 + run.2);
                runs.pop();
            }
            runs.push(run);
        }
        let rows = runs.into_iter().flat_map(|(row, _, count)| std::iter::repeat_n(row, count));
        rows.zip(offsets).map(|(row, offset)| row + offset).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(x: i32, y: i32) -> Node {
        Node { w: 100, h: 100, port: 50, x, y }
    }

    fn arrow(from: usize, to: usize) -> Arrow {
        Arrow { from, to, weak: false, labelled: false }
    }

    #[test]
    fn a_chain_becomes_a_straight_row() {
        let nodes = [node(500, 300), node(0, 0), node(30, 900)];
        let places = layered(&nodes, &[arrow(0, 1), arrow(1, 2)]);
        assert_eq!(places, [(0, 0), (160, 0), (320, 0)]);
    }

    #[test]
    fn a_ring_opens_at_its_weak_arrow() {
        let nodes = [node(0, 0), node(0, 0), node(0, 0)];
        let weak = Arrow { weak: true, ..arrow(0, 1) };
        let places = layered(&nodes, &[weak, arrow(1, 2), arrow(2, 0)]);
        assert_eq!(places.iter().map(|it| it.0).collect::<Vec<_>>(), [320, 0, 160]);
    }

    #[test]
    fn crossings_are_undone() {
        // Two chains, drawn crosswise.
        let nodes = [node(0, 0), node(0, 200), node(200, 200), node(200, 0)];
        let places = layered(&nodes, &[arrow(0, 2), arrow(1, 3)]);
        assert_eq!(places[0].1, places[2].1);
        assert_eq!(places[1].1, places[3].1);
        assert!(places[0].1 != places[1].1);
    }
}
