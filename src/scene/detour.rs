//! Ways with corners, for links whose curves would run through stickies: along the gaps between rows and columns.

use super::route::{Anchor, Ends, Side};
use crate::kit::{PointF, RectF};

/// How far a way keeps from the stickies that it passes.
const CLEAR: f32 = 16.0;
/// How far it goes straight before it turns.
const STUB: f32 = 18.0;
/// What running through a sticky costs, and what a corner costs, in units of length.
const THROUGH: f32 = 600.0;
const CORNER: f32 = 40.0;
/// The most gaps that are tried in each direction.
const GAPS: usize = 24;
/// The radius of corners.
const ROUND: f32 = 14.0;

/// A way with corners and what it costs.
pub(super) struct Detour {
    /// Start, corners, end.
    pub(super) corners: Vec<PointF>,
    pub(super) cost: f32,
}

/// What a curve of that length costs that runs through so many stickies.
pub(super) fn cost(length: f32, hits: usize) -> f32 {
    length + hits as f32 * THROUGH
}

/// The best way with corners round the obstacles.
pub(super) fn detour(ends: Ends, obstacles: &[RectF]) -> Option<Detour> {
    let (from, to) = ends;
    let all = || obstacles.iter().copied().chain([from.rect, to.rect]);
    let middle = from.rect.union(to.rect).center();
    let gaps = |near: &dyn Fn(RectF) -> f32, far: &dyn Fn(RectF) -> f32, middle: f32| {
        let mut gaps: Vec<f32> = all().flat_map(|it| [near(it) - CLEAR, far(it) + CLEAR]).collect();
        gaps.sort_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()).then(a.total_cmp(b)));
        gaps.dedup();
        gaps.truncate(GAPS);
        gaps
    };
    // Links that take the same gap lie beside each other.
    let aside = (from.part + to.part - 1.0) * 8.0;
    let mut best: Option<Detour> = None;
    let mut offer = |corners: Vec<PointF>| {
        let cost = price(&corners, from.rect, to.rect, obstacles);
        if best.as_ref().is_none_or(|it| cost < it.cost) {
            best = Some(Detour { corners, cost });
        }
    };
    for y in gaps(&|it| it.y, &|it| it.bottom(), middle.y) {
        let y = y + aside;
        for (a, out) in leaving(from, y) {
            for (d, into) in leaving(to, y) {
                let mut corners = vec![a];
                corners.extend(out);
                let (left, right) = (out.unwrap_or(a), into.unwrap_or(d));
                corners.extend([PointF::new(left.x, y), PointF::new(right.x, y)]);
                corners.extend(into);
                corners.push(d);
                offer(corners);
            }
        }
    }
    for x in gaps(&|it| it.x, &|it| it.right(), middle.x) {
        let x = x + aside;
        let side = |rect: RectF| if x >= rect.center().x { Side::Right } else { Side::Left };
        let (a, d) = (end(from, side(from.rect)), end(to, side(to.rect)));
        offer(vec![a, PointF::new(x, a.y), PointF::new(x, d.y), d]);
    }
    best
}

/// The ways out of a rectangle to a level gap at `y`: straight up or down, or sideways with a corner.
fn leaving(anchor: Anchor, y: f32) -> [(PointF, Option<PointF>); 3] {
    let upright = if y < anchor.rect.center().y { Side::Top } else { Side::Bottom };
    let sideways = |side: Side, by: f32| {
        let at = end(anchor, side);
        (at, Some(PointF::new(at.x + by, at.y)))
    };
    [(end(anchor, upright), None), sideways(Side::Right, STUB), sideways(Side::Left, -STUB)]
}

/// Where a link touches that side: its place there, if it is the side that was chosen for it.
fn end(anchor: Anchor, side: Side) -> PointF {
    let it = anchor.on(side);
    side.at(it.rect, it.part)
}

fn price(corners: &[PointF], from: RectF, to: RectF, obstacles: &[RectF]) -> f32 {
    let last = corners.len().saturating_sub(2);
    let mut price = corners.len().saturating_sub(2) as f32 * CORNER;
    for (at, pair) in corners.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let line = RectF::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs());
        price += line.w + line.h;
        let crossed = obstacles.iter().filter(|it| line.touches(it.grown(4.0))).count();
        let own = usize::from(at > 0 && line.touches(from.grown(-1.0)))
            + usize::from(at < last && line.touches(to.grown(-1.0)));
        price += (crossed + own) as f32 * THROUGH;
    }
    price
}

/// A rounded corner: where it begins, its two control points, and where it ends.
pub(super) fn rounded(before: PointF, corner: PointF, after: PointF) -> [PointF; 4] {
    let towards = |to: PointF| {
        let (dx, dy) = (to.x - corner.x, to.y - corner.y);
        let length = dx.hypot(dy).max(0.001);
        let by = ROUND.min(length / 2.0) / length;
        PointF::new(corner.x + dx * by, corner.y + dy * by)
    };
    let (a, d) = (towards(before), towards(after));
    let lean = |it: PointF| PointF::new(it.x + (corner.x - it.x) * 0.55, it.y + (corner.y - it.y) * 0.55);
    [a, lean(a), lean(d), d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_along_a_full_row_takes_the_gap_below_or_above() {
        let rect = |x: f32, y: f32| RectF::new(x, y, 100.0, 100.0);
        let anchor = |rect, side| Anchor { rect, side, part: 0.5, elsewhere: [0.5; 4] };
        let ends = (anchor(rect(0.0, 0.0), Side::Right), anchor(rect(1600.0, 0.0), Side::Left));
        let mut row: Vec<RectF> = (1..10).map(|it| rect(it as f32 * 160.0, 0.0)).collect();
        row.extend((0..11).map(|it| rect(it as f32 * 160.0, 160.0)));
        let way = detour(ends, &row).unwrap();
        for pair in way.corners.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let line = RectF::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs());
            assert!(row.iter().all(|it| !line.touches(*it)), "{:?}", way.corners);
        }
        assert!(way.cost < 2_500.0);
    }
}
