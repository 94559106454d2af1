//! Links, their labels, and ghost links.

use super::{Pen, drawing};
use crate::kit::{PointF, RectF};
use crate::scene::detour::rounded;
use crate::scene::route::Way;
use crate::scene::text::{Align, Block, Fit, rough_width};
use crate::scene::{Color, Drawing, Path, Segment, Shape, Stroke};

/// The length of an arrow head.
const HEAD: f32 = 9.0;

/// Where the ends are nearer than this the arrow is drawn as a badge over the seam.
const SEAM: f32 = 16.0;

/// The size of labels between the smallest stickies, and of those whose ends have no name.
pub(in crate::scene) const LABEL: f32 = 9.5;

/// How large a label is at least, in parts of the names it stands between: both are read from the same distance.
const OF_NAME: f32 = 0.75;

/// The size of a label between stickies whose names are shown that large.
pub(in crate::scene) fn label_size(names: impl Iterator<Item = f32>) -> f32 {
    names.map(|it| it * OF_NAME).fold(LABEL, f32::max)
}

/// How a link is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::scene) struct Ink {
    pub(in crate::scene) color: Color,
    pub(in crate::scene) width: f32,
    pub(in crate::scene) dashed: bool,
}

/// The curve and its head, relative to the start of the way.
pub(in crate::scene) fn draw(way: &Way, ink: Ink) -> Drawing {
    let origin = way.curve[0];
    let local = way.moved(-origin.x, -origin.y);
    let [a, b, c, d] = local.curve;
    let (dx, dy) = direction(c, d);
    let stop = PointF::new(d.x - dx * HEAD * 0.8, d.y - dy * HEAD * 0.8);
    let stroke =
        if ink.dashed { Stroke::dashed(ink.color, ink.width, 6.0, 4.0) } else { Stroke::solid(ink.color, ink.width) };
    let mut path = vec![Segment::Move(a)];
    if local.corners.is_empty() {
        path.push(Segment::Cubic(b, c, stop));
    } else {
        for it in local.corners.windows(3) {
            if let [before, corner, after] = it {
                let [start, lean, back, end] = rounded(*before, *corner, *after);
                path.extend([Segment::Line(start), Segment::Cubic(lean, back, end)]);
            }
        }
        path.push(Segment::Line(stop));
    }
    let line = Shape::Path { path: Path::from(path), fill: None, stroke: Some(stroke) };
    let head = Shape::Path { path: head(d, (dx, dy), HEAD), fill: Some(ink.color), stroke: None };
    let mut drawing = drawing(vec![line, head]);
    drawing.way = Some(local.points(24));
    drawing
}

/// What is drawn over the stickies: the label, and the head where the ends are too near to show one between them.
/// Relative to the start of the way. `ends` are the stickies that it joins, `near` others that the label should not
/// hide.
pub(in crate::scene) fn label(
    way: &Way,
    (text, size): (&str, f32),
    ink: Ink,
    ends: [RectF; 2],
    near: &[RectF],
    pen: &mut Pen<'_>,
) -> Option<Drawing> {
    let origin = way.curve[0];
    let mut shapes = Vec::new();
    let (start, end) = (way.curve[0], way.curve[3]);
    if (end.x - start.x).hypot(end.y - start.y) < SEAM {
        let at = way.at(0.5);
        let at = PointF::new(at.x - origin.x, at.y - origin.y);
        let towards = direction(way.curve[0], way.curve[1]);
        let ring = Some(Stroke::solid(ink.color, 1.2));
        shapes.push(Shape::Path { path: Path::circle(at, 6.0), fill: Some(pen.theme.paper), stroke: ring });
        let tip = PointF::new(at.x + towards.0 * 3.7, at.y + towards.1 * 3.7);
        shapes.push(Shape::Path { path: head(tip, towards, 6.5), fill: Some(ink.color), stroke: None });
    }
    let text = text.trim();
    let mut result = Drawing::default();
    if !text.is_empty() {
        // Between two stickies side by side the label is as narrow as the gap if its words are, so that it hides
        // neither; else it stands above or below them.
        let (across, down) = ((end.x - start.x).abs(), (end.y - start.y).abs());
        let (most, gap) = (WIDTH * size, across - 22.0);
        let word = text.split_whitespace().map(rough_width).fold(0.0, f32::max) * size * 1.1;
        let lines = rough_width(text) * size * 1.2 / gap.max(1.0);
        let is_narrow = across > down && gap >= word && lines <= 4.0;
        let width = if is_narrow { gap.min(most) } else { most };
        let mut inks = pen.inks_on_canvas();
        inks.name = pen.theme.text.mix(ink.color, 0.25);
        let laid = pen.text.lay(Block::plain(text, false), &label_fit(width, size), &inks);
        let it = laid.bounds;
        let pill = RectF::new(it.x - 5.0, it.y - 2.0, it.w + 10.0, it.h + 4.0);
        let middle = place(way, pill, ends, near);
        let (dx, dy) = (middle.x - origin.x - pill.center().x, middle.y - origin.y - pill.center().y);
        let rect = RectF { x: pill.x + dx, y: pill.y + dy, ..pill };
        let edge = Some(Stroke::solid(ink.color.with_alpha(90), 0.8));
        shapes.push(Shape::Rect { rect, radius: 5.0, fill: Some(pen.theme.canvas.with_alpha(240)), stroke: edge });
        shapes.extend(laid.shapes.into_iter().map(|it| moved(it, dx, dy)));
        (result.cut, result.missing) = (laid.cut, laid.missing);
    }
    let empty = shapes.is_empty();
    (!empty).then(|| Drawing { cut: result.cut, missing: result.missing, ..drawing(shapes) })
}

/// The widest that a label is, in sizes.
const WIDTH: f32 = 13.5;

/// The box of a label of that width and the size to try, round (0, 0).
pub(in crate::scene) fn label_fit(width: f32, size: f32) -> Fit {
    let height = size * 6.0;
    let area = RectF::new(-width / 2.0, -height / 2.0, width, height);
    Fit { area, largest: size, smallest: size, details: 1.0, whole_lines: false, align: Align::Middle }
}

/// The box of a label that is being written, and its size.
pub(in crate::scene) fn label_box(size: f32) -> Fit {
    label_fit(WIDTH * size, size)
}

/// Where the middle of a label lies: on the way or beside it, where it hides least.
fn place(way: &Way, pill: RectF, ends: [RectF; 2], near: &[RectF]) -> PointF {
    let aside = pill.h / 2.0 + 4.0;
    let [from, to] = ends;
    let (above, below) = (from.y.min(to.y) - aside, from.bottom().max(to.bottom()) + aside);
    let mut best = (f32::INFINITY, way.at(0.5));
    for (step, t) in [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].into_iter().enumerate() {
        let on = way.at(t);
        let beside = [0.0, -aside, aside, -aside * 2.4, aside * 2.4].map(|it| on.y + it);
        for (side, y) in beside.into_iter().chain([above, below]).enumerate() {
            let at = PointF::new(on.x, y);
            let rect = RectF::new(at.x - pill.w / 2.0, at.y - pill.h / 2.0, pill.w, pill.h);
            let hidden: f32 = near.iter().chain(&ends).map(|it| rect.hides(*it)).sum();
            let cost = hidden + (step * 12 + side * 25) as f32 + (y - on.y).abs();
            if cost < best.0 {
                best = (cost, at);
            }
        }
    }
    best.1
}

/// The unit vector from `a` to `b`; to the right where they are one point.
pub(super) fn direction(a: PointF, b: PointF) -> (f32, f32) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy);
    if length > f32::EPSILON { (dx / length, dy / length) } else { (1.0, 0.0) }
}

/// A triangle whose tip is at `tip`.
pub(in crate::scene) fn head(tip: PointF, (dx, dy): (f32, f32), length: f32) -> Path {
    let back = PointF::new(tip.x - dx * length, tip.y - dy * length);
    let half = length * 0.45;
    let left = PointF::new(back.x - dy * half, back.y + dx * half);
    let right = PointF::new(back.x + dy * half, back.y - dx * half);
    Path::polygon(&[tip, left, right], true)
}

/// The shape moved by a distance.
pub(in crate::scene) fn moved(shape: Shape, dx: f32, dy: f32) -> Shape {
    let by = |it: PointF| PointF::new(it.x + dx, it.y + dy);
    let shift = |it: RectF| RectF { x: it.x + dx, y: it.y + dy, ..it };
    match shape {
        Shape::Shadow(mut it) => {
            it.rect = shift(it.rect);
            Shape::Shadow(it)
        }
        Shape::Rect { rect, radius, fill, stroke } => Shape::Rect { rect: shift(rect), radius, fill, stroke },
        Shape::Path { path, fill, stroke } => {
            let path = path.0.iter().map(|it| match *it {
                Segment::Move(a) => Segment::Move(by(a)),
                Segment::Line(a) => Segment::Line(by(a)),
                Segment::Cubic(a, b, c) => Segment::Cubic(by(a), by(b), by(c)),
                Segment::Close => Segment::Close,
            });
            Shape::Path { path: Path(path.collect()), fill, stroke }
        }
        Shape::Image { rect, data } => Shape::Image { rect: shift(rect), data },
        Shape::Text(mut line) => {
            line.bounds = shift(line.bounds);
            line.baseline += dy;
            for run in &mut line.runs {
                run.x += dx;
                for glyph in &mut run.glyphs {
                    glyph.x += dx;
                    glyph.y += dy;
                }
            }
            Shape::Text(line)
        }
    }
}
