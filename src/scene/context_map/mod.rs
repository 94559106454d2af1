//! The context map as a picture: the bounded contexts, and between them lines with what crosses.
//!
//! What there is to draw is handed in as a [`MapPlan`]: this room knows no flow.

mod draw;
mod seats;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use seats::Ring;

use super::builder::item;
use super::display::cubic;
use super::{Item, Layer, Path, Scene, SceneBuilder, Segment, missing_of};
use crate::kit::{Id, Point, PointF, Rect, RectF, Size};

/// What is on a context map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapPlan {
    /// The contexts.
    pub contexts: Vec<MapContext>,
    /// What is between two of them.
    pub lines: Vec<MapLine>,
}

/// A bounded context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapContext {
    /// Its frame.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What is in it, one line each.
    pub lines: Vec<String>,
    /// Where somebody put it: its left top corner. It is laid out where nobody did.
    pub at: Option<Point>,
}

/// What is between two contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapLine {
    /// The two contexts.
    pub ends: (Id, Id),
    /// The side that is upstream.
    pub upstream: Option<Id>,
    /// The signs of the patterns at each end, such as `OHS`.
    pub signs: (Vec<String>, Vec<String>),
    /// The patterns that hold for both sides, in words.
    pub captions: Vec<String>,
    /// What crosses.
    pub messages: Vec<MapMessage>,
    /// Whether the line stands for a separation.
    pub apart: bool,
}

/// A message that crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapMessage {
    /// Its name.
    pub name: String,
    /// The colour token of its kind.
    pub color: &'static str,
    /// The context that it goes to.
    pub to: Id,
}

/// A context map laid out.
#[derive(Clone, Debug, Default)]
pub struct MapScene {
    /// Everything to draw.
    pub scene: Scene,
    /// Where each context lies.
    pub contexts: Vec<(Id, Rect)>,
    /// Where the label of each line lies, in the order of the plan, and its way as points.
    pub lines: Vec<(RectF, Vec<PointF>)>,
}

impl MapScene {
    /// Where a context lies.
    pub fn context(&self, id: Id) -> Option<Rect> {
        self.contexts.iter().find(|it| it.0 == id).map(|it| it.1)
    }
}

/// The size of a context.
pub(super) const CONTEXT: Size = Size::new(250, 124);

/// How far lines bow round what lies in their way; the first that is free is taken.
const BOWS: [f32; 7] = [0.0, 110.0, -110.0, 200.0, -200.0, 320.0, -320.0];

impl SceneBuilder {
    /// Lays a context map out.
    pub fn context_map(&mut self, plan: &MapPlan) -> MapScene {
        let contexts = seats::seats(plan, &mut self.ring);
        let rects: BTreeMap<Id, RectF> = contexts.iter().map(|(id, it)| (*id, it.to_f())).collect();
        let mut lines = Vec::new();
        let mut labels = Vec::new();
        let mut taken: Vec<RectF> = rects.values().map(|it| it.grown(8.0)).collect();
        let mut made = Vec::new();
        let mut shown = Vec::new();
        for line in &plan.lines {
            let (Some(a), Some(b)) = (rects.get(&line.ends.0), rects.get(&line.ends.1)) else { continue };
            let curve = way(*a, *b, &rects);
            let path = Path::from(vec![Segment::Move(curve[0]), Segment::Cubic(curve[1], curve[2], curve[3])]);
            let drawing = draw::line(&path, line, &self.pen());
            lines.push(item(None, Layer::Link, PointF::default(), Arc::new(drawing)));
            for (at_start, signs) in [(true, &line.signs.0), (false, &line.signs.1)] {
                let end = if at_start { line.ends.0 } else { line.ends.1 };
                let letter = line.upstream.map(|up| if up == end { "U" } else { "D" });
                if let Some((drawing, size)) = draw::end(letter, signs, &mut self.pen()) {
                    let near = if at_start { *a } else { *b };
                    let at = near_end(&curve, at_start, near.grown(7.0), size);
                    let place = RectF::new(at.x - size.0 / 2.0, at.y - size.1 / 2.0, size.0, size.1);
                    taken.push(place);
                    labels.push(item(None, Layer::Label, PointF::new(place.x, place.y), Arc::new(drawing)));
                }
            }
            made.push((line, curve));
        }
        for (line, curve) in made {
            let points = (0..=24).map(|it| at(&curve, it as f32 / 24.0)).collect();
            let along = (curve[3].x - curve[0].x, curve[3].y - curve[0].y);
            let (drawing, size) = draw::label(line, along, &mut self.pen());
            let place = label_place(&curve, size, &taken);
            taken.push(place.grown(3.0));
            shown.push((place, points));
            labels.push(item(None, Layer::Label, PointF::new(place.x, place.y), Arc::new(drawing)));
        }
        let mut items = lines;
        for context in &plan.contexts {
            let Some(rect) = rects.get(&context.id) else { continue };
            let drawing = draw::context(context, CONTEXT, &mut self.pen());
            items.push(item(Some(context.id), Layer::Sticky, PointF::new(rect.x, rect.y), Arc::new(drawing)));
        }
        items.extend(labels);
        MapScene { scene: scene(items), contexts, lines: shown }
    }
}

fn scene(items: Vec<Item>) -> Scene {
    let numbers = 0u32..;
    let mut index: Vec<(Id, u32)> =
        items.iter().zip(numbers).filter_map(|(it, at)| it.element.map(|id| (id, at))).collect();
    index.sort_unstable();
    let bounds = items.iter().map(|it| it.bounds).reduce(RectF::union).unwrap_or_default();
    let missing = missing_of(&items);
    Scene { items, bounds, missing, index, ..Scene::default() }
}

/// A line from one context's edge to another's, bowed where a third lies between them.
fn way(a: RectF, b: RectF, contexts: &BTreeMap<Id, RectF>) -> [PointF; 4] {
    let others: Vec<RectF> = contexts.values().filter(|it| **it != a && **it != b).map(|it| it.grown(10.0)).collect();
    let bowed = |bow: f32| {
        let (from, to) = (a.center(), b.center());
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.hypot(dy).max(1.0);
        let (nx, ny) = (-dy / length * bow, dx / length * bow);
        let third = |part: f32| PointF::new(from.x + dx * part + nx, from.y + dy * part + ny);
        let (c1, c2) = (third(1.0 / 3.0), third(2.0 / 3.0));
        [edge(a, c1), c1, c2, edge(b, c2)]
    };
    let hits = |curve: &[PointF; 4]| {
        let points = (0..=32).map(|it| at(curve, it as f32 / 32.0));
        points.filter(|point| others.iter().any(|it| it.contains(*point))).count()
    };
    let mut best = bowed(0.0);
    let mut fewest = hits(&best);
    for bow in BOWS.into_iter().skip(1) {
        if fewest == 0 {
            break;
        }
        let curve = bowed(bow);
        let count = hits(&curve);
        if count < fewest {
            (best, fewest) = (curve, count);
        }
    }
    best
}

fn at(curve: &[PointF; 4], t: f32) -> PointF {
    let [a, b, c, d] = *curve;
    cubic(a, b, c, d, t)
}

/// Where the line from the middle of a rectangle to a point leaves it.
fn edge(rect: RectF, towards: PointF) -> PointF {
    let middle = rect.center();
    let (dx, dy) = (towards.x - middle.x, towards.y - middle.y);
    let part = |half: f32, by: f32| if by.abs() > f32::EPSILON { half / by.abs() } else { f32::INFINITY };
    let part = part(rect.w / 2.0, dx).min(part(rect.h / 2.0, dy)).min(1.0);
    PointF::new(middle.x + dx * part, middle.y + dy * part)
}

/// The place on the line, near one of its ends, where a box of that size just clears the context.
fn near_end(curve: &[PointF; 4], start: bool, context: RectF, (w, h): (f32, f32)) -> PointF {
    let side = |t: f32| at(curve, if start { t } else { 1.0 - t });
    let clears = |at: &PointF| !RectF::new(at.x - w / 2.0, at.y - h / 2.0, w, h).touches(context);
    (0..45).map(|it| side(it as f32 / 100.0)).find(clears).unwrap_or_else(|| side(0.4))
}

/// Where a label of that size hides least: on its line or beside it.
fn label_place(curve: &[PointF; 4], (w, h): (f32, f32), taken: &[RectF]) -> RectF {
    let mut best: Option<(f32, RectF)> = None;
    for (step, t) in [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.25, 0.75].into_iter().enumerate() {
        let on = at(curve, t);
        for (aside, (x, y)) in [(0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0)].into_iter().enumerate() {
            let (dx, dy) = (x * (w / 2.0 + 10.0), y * (h / 2.0 + 10.0));
            let rect = RectF::new(on.x - w / 2.0 + dx, on.y - h / 2.0 + dy, w, h);
            let hidden: f32 = taken.iter().map(|it| rect.hides(*it)).sum();
            let cost = hidden * 4.0 + (step * 20 + aside * 90) as f32;
            if best.is_none_or(|it| cost < it.0) {
                best = Some((cost, rect));
            }
        }
    }
    best.map_or(RectF::default(), |it| it.1)
}
