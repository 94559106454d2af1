//! The ways of links: which sides they leave and enter, and curves that go round other stickies.

use std::collections::BTreeMap;

use super::detour::{cost, detour};
use super::display::cubic;
use crate::kit::{Id, PointF, Rect, RectF};

/// A side of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Bottom, Self::Top];
    const ALL_IN_ORDER: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    fn normal(self) -> (f32, f32) {
        match self {
            Self::Left => (-1.0, 0.0),
            Self::Right => (1.0, 0.0),
            Self::Top => (0.0, -1.0),
            Self::Bottom => (0.0, 1.0),
        }
    }

    /// The point on the side of `rect`, `part` of the way along it.
    pub(super) fn at(self, rect: RectF, part: f32) -> PointF {
        let (x, y) = (rect.x + rect.w * part, rect.y + rect.h * part);
        match self {
            Self::Left => PointF::new(rect.x, y),
            Self::Right => PointF::new(rect.right(), y),
            Self::Top => PointF::new(x, rect.y),
            Self::Bottom => PointF::new(x, rect.bottom()),
        }
    }
}

/// Where an end of a link touches its sticky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    pub(super) rect: RectF,
    pub(super) side: Side,
    /// How far along the side, 0 to 1.
    pub(super) part: f32,
    /// The same on each side, for where the link leaves or enters there instead.
    pub(super) elsewhere: [f32; 4],
}

impl Anchor {
    fn point(self) -> PointF {
        self.side.at(self.rect, self.part)
    }

    /// The same end on that side of its sticky.
    pub(super) fn on(self, side: Side) -> Self {
        let [left, right, top, bottom] = self.elsewhere;
        let part = match side {
            _ if side == self.side => self.part,
            Side::Left => left,
            Side::Right => right,
            Side::Top => top,
            Side::Bottom => bottom,
        };
        Self { side, part, ..self }
    }
}

/// What a link joins, and where that lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: Id,
    pub(super) from_rect: Rect,
    pub(super) to: Id,
    pub(super) to_rect: Rect,
}

/// One end each: from, to.
pub(super) type Ends = (Anchor, Anchor);

/// An end of a link in line on a side: they stand in the order of where their links go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    on: Id,
    side: Side,
    /// Where the other end lies along the side, twice.
    along: i64,
    enters: bool,
    link: usize,
}

/// Chooses sides for all links and spreads those that share a side along it, in the order of where they go.
pub(super) fn anchors(links: &[Span]) -> Vec<Ends> {
    let mut ends: Vec<Ends> = Vec::with_capacity(links.len());
    let mut turns: Vec<Turn> = Vec::with_capacity(2 * links.len());
    for (link, Span { from, from_rect, to, to_rect }) in links.iter().enumerate() {
        let (leave, enter) = sides(*from_rect, *to_rect);
        let along = |side: Side, rect: &Rect| match side {
            Side::Left | Side::Right => i64::from(rect.y) * 2 + i64::from(rect.h),
            Side::Top | Side::Bottom => i64::from(rect.x) * 2 + i64::from(rect.w),
        };
        turns.push(Turn { on: *from, side: leave, along: along(leave, to_rect), enters: false, link });
        turns.push(Turn { on: *to, side: enter, along: along(enter, from_rect), enters: true, link });
        let anchor = |rect: &Rect, side| Anchor { rect: rect.to_f(), side, part: 0.5, elsewhere: [0.5; 4] };
        ends.push((anchor(from_rect, leave), anchor(to_rect, enter)));
    }
    turns.sort_unstable();
    for of_one in turns.chunk_by(|a, b| a.on == b.on).filter(|it| it.len() > 1) {
        let mixed = |it: &[Turn]| it.iter().any(|it| it.enters) && it.iter().any(|it| !it.enters);
        let mut taken: [Vec<f32>; 4] = Default::default();
        for group in of_one.chunk_by(|a, b| a.side == b.side) {
            let count = group.len() as f32;
            // The more there are, the more of the side they take; what enters keeps well off what leaves.
            let step = if mixed(group) { 0.3 } else { 0.16 };
            let width = (step * (count - 1.0)).min(0.72);
            for (place, turn) in group.iter().enumerate() {
                let part = 0.5 - width / 2.0 + width * place as f32 / (count - 1.0).max(1.0);
                taken[turn.side as usize].push(part);
                if let Some(it) = anchor_of(&mut ends, turn) {
                    it.part = part;
                }
            }
        }
        let mixed = mixed(of_one);
        for turn in of_one {
            if let Some(it) = anchor_of(&mut ends, turn) {
                it.elsewhere = Side::ALL_IN_ORDER.map(|side| free(&taken[side as usize], turn.enters, mixed));
            }
        }
    }
    ends
}

fn anchor_of<'a>(ends: &'a mut [Ends], turn: &Turn) -> Option<&'a mut Anchor> {
    ends.get_mut(turn.link).map(|(from, to)| if turn.enters { to } else { from })
}

/// The place on a side for a link that was meant for another: off those that are taken, and where links both enter and
/// leave each sort off the other.
fn free(taken: &[f32], enters: bool, mixed: bool) -> f32 {
    let wished = match (mixed, enters) {
        (false, _) => [0.5, 0.3, 0.7, 0.15, 0.85],
        (true, false) => [0.38, 0.24, 0.12, 0.5, 0.88],
        (true, true) => [0.62, 0.76, 0.88, 0.5, 0.12],
    };
    let room = |at: f32| taken.iter().map(|it| (it - at).abs()).fold(f32::INFINITY, f32::min);
    let roomy = wished.into_iter().find(|at| room(*at) >= 0.1);
    roomy.or_else(|| wished.into_iter().max_by(|a, b| room(*a).total_cmp(&room(*b)))).unwrap_or(0.5)
}

/// The sides that look at each other.
fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let right = i64::from(to.x) - i64::from(from.right());
    let left = i64::from(from.x) - i64::from(to.right());
    let below = i64::from(to.y) - i64::from(from.bottom());
    let above = i64::from(from.y) - i64::from(to.bottom());
    // The flow of a board is from left to right: a gap to the side counts a little more.
    let across = right.max(left);
    let down = below.max(above);
    if across * 5 / 4 + 10 >= down {
        if right >= left { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) }
    } else if below >= above {
        (Side::Bottom, Side::Top)
    } else {
        (Side::Top, Side::Bottom)
    }
}

/// The distance of samples along a way.
const STEP: f32 = 40.0;

/// A curve from sticky to sticky, or a way with corners.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    /// Start, two control points, end.
    pub(super) curve: [PointF; 4],
    /// Where it has corners: start, corners, end; else empty.
    pub(super) corners: Vec<PointF>,
}

impl Way {
    fn new(from: Anchor, to: Anchor, strength: f32) -> Self {
        let (a, d) = (from.point(), to.point());
        let reach = |anchor: Anchor| {
            let (nx, ny) = anchor.side.normal();
            let ahead = ((d.x - a.x).abs() * nx.abs() + (d.y - a.y).abs() * ny.abs()).max(12.0);
            let aside = (d.x - a.x).abs() * ny.abs() + (d.y - a.y).abs() * nx.abs();
            (ahead * 0.5 + aside * 0.12).min(ahead + 60.0) * strength
        };
        let control = |anchor: Anchor, at: PointF| {
            let (nx, ny) = anchor.side.normal();
            let reach = reach(anchor);
            PointF::new(at.x + nx * reach, at.y + ny * reach)
        };
        Self { curve: [a, control(from, a), control(to, d), d], corners: Vec::new() }
    }

    fn with_corners(corners: Vec<PointF>) -> Option<Self> {
        let (first, last) = (corners.first().copied()?, corners.last().copied()?);
        let (second, before) = (corners.get(1).copied()?, corners.get(corners.len().checked_sub(2)?).copied()?);
        Some(Self { curve: [first, second, before, last], corners })
    }

    /// The same, moved.
    pub(super) fn moved(&self, dx: f32, dy: f32) -> Self {
        let by = |it: PointF| PointF::new(it.x + dx, it.y + dy);
        Self { curve: self.curve.map(by), corners: self.corners.iter().copied().map(by).collect() }
    }

    /// The point at `t`, 0 to 1.
    pub(super) fn at(&self, t: f32) -> PointF {
        if !self.corners.is_empty() {
            return PointF::along(&self.corners, t);
        }
        let [a, b, c, d] = self.curve;
        cubic(a, b, c, d, t)
    }

    /// The way as a line of points.
    pub(super) fn points(&self, steps: usize) -> Vec<PointF> {
        if !self.corners.is_empty() {
            return self.corners.clone();
        }
        (0..=steps).map(|it| self.at(it as f32 / steps as f32)).collect()
    }

    fn bounds(&self) -> RectF {
        let [a, rest @ ..] = self.curve;
        rest.iter().fold(RectF::new(a.x, a.y, 0.0, 0.0), |all, it| all.union(RectF::new(it.x, it.y, 0.0, 0.0)))
    }

    /// How many other stickies it goes through.
    fn hits(&self, obstacles: &[RectF]) -> usize {
        let bounds = self.bounds();
        let near: Vec<RectF> = obstacles.iter().copied().filter(|it| it.touches(bounds)).collect();
        if near.is_empty() {
            return 0;
        }
        // Samples lie nearer to each other than stickies are wide.
        let steps = ((bounds.w + bounds.h) / STEP).clamp(24.0, 160.0) as usize;
        let points: Vec<PointF> = (1..steps).map(|it| self.at(it as f32 / steps as f32)).collect();
        near.iter().filter(|rect| points.iter().any(|at| rect.contains(*at))).count()
    }

    fn length(&self) -> f32 {
        let points = self.points(8);
        points.windows(2).map(|it| if let [a, b] = it { (b.x - a.x).hypot(b.y - a.y) } else { 0.0 }).sum()
    }
}

/// The rectangle outside which no sticky has a say in the way between two stickies.
pub(super) fn influence(from: RectF, to: RectF) -> RectF {
    from.union(to).grown(130.0)
}

/// The way of a link: the plain curve, or where that runs through stickies the best of some that leave and enter
/// elsewhere or swing wider.
pub(super) fn way(ends: Ends, obstacles: &[RectF]) -> Way {
    let (from, to) = ends;
    let plain = Way::new(from, to, 1.0);
    let hits = plain.hits(obstacles);
    if hits == 0 {
        return plain;
    }
    let mut best_cost = cost(plain.length(), hits);
    let mut best = plain;
    for leave in Side::ALL {
        for enter in Side::ALL {
            for strength in [1.0, 1.9] {
                let way = Way::new(from.on(leave), to.on(enter), strength);
                let own = way.hits(&[from.rect.grown(-1.0), to.rect.grown(-1.0)]);
                let cost = cost(way.length(), way.hits(obstacles) + own);
                if cost < best_cost {
                    (best, best_cost) = (way, cost);
                }
            }
        }
    }
    // A curve that goes a little round is more pleasant than corners.
    match detour(ends, obstacles) {
        Some(other) if other.cost < best_cost => Way::with_corners(other.corners).unwrap_or(best),
        Some(_) | None => best,
    }
}

/// Rectangles by place, for looking up those near another.
pub(super) struct Grid {
    cells: BTreeMap<(i32, i32), Vec<u32>>,
    large: Vec<u32>,
    rects: Vec<(Id, RectF)>,
}

/// The side of a cell of the grid.
const CELL: f32 = 400.0;

/// Links longer than this many cells take the plain way: nobody follows them by eye.
const FAR: i32 = 40;

/// No more rectangles than this are ever considered for one link.
const MOST: usize = 200;

impl Grid {
    pub(super) fn new(rects: Vec<(Id, RectF)>) -> Self {
        let mut cells: BTreeMap<(i32, i32), Vec<u32>> = BTreeMap::new();
        let mut large = Vec::new();
        for (at, (_, rect)) in rects.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            if rect.w > CELL || rect.h > CELL {
                large.push(at);
            } else {
                // By its middle alone: queries reach out by half a cell.
                let middle = rect.center();
                cells.entry(cell(middle.x, middle.y)).or_default().push(at);
            }
        }
        Self { cells, large, rects }
    }

    /// The rectangles that touch `area`, but those of two elements.
    pub(super) fn near(&self, area: RectF, but: [Id; 2]) -> Vec<RectF> {
        let Some([left, top, right, bottom]) = cells(area) else { return Vec::new() };
        let columns = (left..=right).flat_map(|x| self.cells.range((x, top)..=(x, bottom)));
        let small = columns.flat_map(|(_, places)| places);
        let places = small.chain(&self.large).filter_map(|it| self.rects.get(*it as usize));
        obstacles(places.filter(|(_, rect)| rect.touches(area)).copied(), but)
    }
}

/// The cells in which rectangles near `area` lie, from left top to right bottom; `None` where these are too many.
fn cells(area: RectF) -> Option<[i32; 4]> {
    let reach = area.grown(CELL / 2.0);
    let (left, top) = cell(reach.x, reach.y);
    let (right, bottom) = cell(reach.right(), reach.bottom());
    (right - left <= FAR && bottom - top <= FAR).then_some([left, top, right, bottom])
}

/// Whether links within that area take the plain way.
pub(super) fn is_far(area: RectF) -> bool {
    cells(area).is_none()
}

/// What a link goes round, of what was found near it: the same whoever found it.
pub(super) fn obstacles(found: impl Iterator<Item = (Id, RectF)>, but: [Id; 2]) -> Vec<RectF> {
    let mut found: Vec<(Id, RectF)> = found.filter(|(id, _)| !but.contains(id)).collect();
    found.sort_unstable_by_key(|it| it.0);
    found.into_iter().take(MOST).map(|it| it.1).collect()
}

fn cell(x: f32, y: f32) -> (i32, i32) {
    ((x / CELL).floor() as i32, (y / CELL).floor() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{IdSource, Point, Size};

    fn rect(x: i32, y: i32) -> Rect {
        Rect::new(Point::new(x, y), Size::new(100, 100))
    }

    #[test]
    fn links_leave_the_side_that_looks_at_the_other_end() {
        assert_eq!(sides(rect(0, 0), rect(200, 0)), (Side::Right, Side::Left));
        assert_eq!(sides(rect(200, 0), rect(0, 0)), (Side::Left, Side::Right));
        assert_eq!(sides(rect(0, 0), rect(10, 300)), (Side::Bottom, Side::Top));
        assert_eq!(sides(rect(10, 300), rect(0, 0)), (Side::Top, Side::Bottom));
    }

    #[test]
    fn links_on_one_side_do_not_meet() {
        let mut ids = IdSource::seeded(1);
        let (a, b, c) = (ids.next_id(), ids.next_id(), ids.next_id());
        let to = |to, y| Span { from: a, from_rect: rect(0, 0), to, to_rect: rect(300, y) };
        let links = [to(b, 200), to(c, -200)];
        let ends = anchors(&links);
        assert!(ends[0].0.part > 0.5 && ends[1].0.part < 0.5, "the upper one leaves above");
    }

    #[test]
    fn what_enters_keeps_off_what_leaves() {
        let mut ids = IdSource::seeded(1);
        let all: Vec<(Id, Rect)> = [(0, 0), (300, 0), (300, 200), (-300, 40), (0, 300)]
            .map(|(x, y)| (ids.next_id(), rect(x, y)))
            .into_iter()
            .collect();
        let span = |from: usize, to: usize| {
            let ((from, from_rect), (to, to_rect)) = (all[from], all[to]);
            Span { from, from_rect, to, to_rect }
        };
        // Each pair in both directions, and all of them at once.
        let mut cases: Vec<Vec<Span>> = (1..5).map(|other| vec![span(0, other), span(other, 0)]).collect();
        cases.push((1..5).flat_map(|other| [span(0, other), span(other, 0)]).collect());
        for links in cases {
            let ends = anchors(&links);
            for (out, leaving) in links.iter().zip(&ends) {
                for (into, entering) in links.iter().zip(&ends).filter(|(it, _)| it.to == out.from) {
                    for (a, b) in Side::ALL.into_iter().flat_map(|a| Side::ALL.map(|b| (a, b))) {
                        let (a, b) = (leaving.0.on(a).point(), entering.1.on(b).point());
                        let apart = (a.x - b.x).hypot(a.y - b.y);
                        assert!(apart >= 9.9, "{apart} from {:?} to {:?}", out.to_rect, into.from_rect);
                    }
                }
            }
        }
    }

    #[test]
    fn a_link_goes_round_a_sticky_in_its_way() {
        let anchor = |rect: Rect, side| Anchor { rect: rect.to_f(), side, part: 0.5, elsewhere: [0.5; 4] };
        let ends = (anchor(rect(0, 0), Side::Right), anchor(rect(400, 0), Side::Left));
        let obstacle = rect(200, 0).to_f();
        assert!(Way::new(ends.0, ends.1, 1.0).hits(&[obstacle]) > 0);
        assert_eq!(way(ends, &[obstacle]).hits(&[obstacle]), 0);
        assert_eq!(way(ends, &[]), Way::new(ends.0, ends.1, 1.0));
    }

    #[test]
    fn the_grid_finds_what_is_near_and_nothing_else() {
        let mut ids = IdSource::seeded(2);
        let rects: Vec<(Id, RectF)> = (0..50).map(|it| (ids.next_id(), rect(it * 150, (it % 7) * 90).to_f())).collect();
        let grid = Grid::new(rects.clone());
        let area = RectF::new(1000.0, 0.0, 900.0, 300.0);
        let but = [rects[8].0, rects[9].0];
        let mut found: Vec<f32> = grid.near(area, but).iter().map(|it| it.x).collect();
        found.sort_by(f32::total_cmp);
        let expected: Vec<f32> =
            rects.iter().filter(|(id, it)| it.touches(area) && !but.contains(id)).map(|(_, it)| it.x).collect();
        assert_eq!(found, expected);
    }
}
