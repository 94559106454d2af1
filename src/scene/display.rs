//! The display list: what window and export draw, in paint order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::index::Places;
use super::{Color, FontId};
use crate::board::PhotoBytes;
use crate::kit::{Id, PointF, RectF};

/// A board laid out: items in paint order (what comes later lies above).
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Everything to draw, bottom to top.
    pub items: Vec<Item>,
    /// The photos from bottom to top, which lie below all items.
    pub photos: Vec<Item>,
    /// The smallest rectangle round all items and photos; empty for an empty board.
    pub bounds: RectF,
    /// Characters that no font could show, with how often; each was drawn as a marked box.
    pub missing: BTreeMap<char, usize>,
    /// Where the item of an element lies in `items`, by id.
    pub(super) index: Vec<(Id, u32)>,
    /// Where the label of a link lies in `items`, by the link's id; labels come last.
    pub(super) labels: Vec<(Id, u32)>,
    /// How many lines of pivotal events there are; they come first.
    pub(super) tapes: usize,
    /// How many drawings are rough.
    pub(super) rough: usize,
    /// Where the items lie.
    pub(super) places: Places,
}

impl Scene {
    /// How many characters no font could show.
    pub fn missing_count(&self) -> usize {
        self.missing.values().sum()
    }

    /// The item of an element.
    pub fn item(&self, element: Id) -> Option<&Item> {
        let at = self.index.binary_search_by_key(&element, |(id, _)| *id).ok()?;
        let (_, item) = self.index.get(at)?;
        self.items.get(*item as usize)
    }

    /// The way of a link as a line of points in board units, from start to end.
    pub fn link_path(&self, link: Id) -> Option<Vec<PointF>> {
        let item = self.item(link)?;
        let way = item.drawing.way.as_ref()?;
        Some(way.iter().map(|it| PointF::new(it.x + item.origin.x, it.y + item.origin.y)).collect())
    }
}

/// One thing in the picture: an element of the board, or an overlay.
///
/// The drawing is shared: stickies that look the same share one, and moving a sticky changes `origin` alone.
#[derive(Clone, Debug)]
pub struct Item {
    /// The element it shows, or that it belongs to.
    pub element: Option<Id>,
    /// The layer it was sorted into.
    pub layer: Layer,
    /// What to add to all coordinates of the drawing, in board units.
    pub origin: PointF,
    /// The rectangle outside which it draws nothing, in board units, `origin` included.
    pub bounds: RectF,
    /// What to draw, relative to `origin`.
    pub drawing: Arc<Drawing>,
}

/// The layers, bottom to top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Photos.
    Photo,
    /// Lines of pivotal events and frames.
    Frame,
    /// Links without their labels.
    Link,
    /// Stickies and scenarios.
    Sticky,
    /// Labels of links.
    Label,
    /// Overlays: badges, pulses, ghost links.
    Overlay,
}

/// Shapes in paint order, relative to the origin of the item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// What to draw, bottom to top.
    pub shapes: Vec<Shape>,
    /// The rectangle outside which it draws nothing.
    pub bounds: RectF,
    /// For a link its way from start to end, flattened.
    pub way: Option<Vec<PointF>>,
    /// Whether its text lies where it may lie, and has no letters: good enough where words are bars.
    pub rough: bool,
    /// Whether text was cut short with an ellipsis (the board keeps all of it).
    pub cut: bool,
    /// Characters that no font could show.
    pub missing: BTreeMap<char, usize>,
}

/// Adds characters that no font could show to others, with how often each was met.
pub(crate) fn add_missing(sum: &mut BTreeMap<char, usize>, more: &BTreeMap<char, usize>) {
    for (c, count) in more {
        *sum.entry(*c).or_default() += count;
    }
}

/// The characters that no font could show in all of these.
pub fn missing_of(items: &[Item]) -> BTreeMap<char, usize> {
    let mut sum = BTreeMap::new();
    items.iter().for_each(|it| add_missing(&mut sum, &it.drawing.missing));
    sum
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A soft shadow of a rectangle; [`Shadow::layers`] makes plain rectangles of it.
    Shadow(Shadow),
    /// A rectangle.
    Rect {
        /// Where.
        rect: RectF,
        /// Radius of its corners; 0 is sharp.
        radius: f32,
        /// The inside.
        fill: Option<Color>,
        /// The edge, centred on the outline.
        stroke: Option<Stroke>,
    },
    /// Lines and curves. What is filled is convex and one closed contour.
    Path {
        /// The contours.
        path: Path,
        /// The inside.
        fill: Option<Color>,
        /// The edge, centred on the outline.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text(TextLine),
    /// A photo.
    Image {
        /// Where.
        rect: RectF,
        /// Its bytes.
        data: PhotoBytes,
    },
}

/// A soft shadow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// What throws it, moved to where the shadow falls.
    pub rect: RectF,
    /// Radius of the corners.
    pub radius: f32,
    /// How far it reaches beyond `rect`.
    pub blur: f32,
    /// Its colour in the middle.
    pub color: Color,
}

impl Shadow {
    /// Translucent rounded rectangles that together look like this shadow, outermost first.
    pub fn layers(&self) -> [(RectF, f32, Color); 3] {
        let alpha = |part: f32| self.color.with_alpha((f32::from(self.color.a) * part).round() as u8);
        [
            (self.rect.grown(self.blur), self.radius + self.blur, alpha(0.22)),
            (self.rect.grown(self.blur * 0.55), self.radius + self.blur * 0.55, alpha(0.32)),
            (self.rect.grown(self.blur * 0.15), self.radius + self.blur * 0.15, alpha(0.46)),
        ]
    }
}

/// The edge of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width in board units.
    pub width: f32,
    /// Lengths of dash and gap; `None` is a solid line.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(color: Color, width: f32) -> Self {
        Self { color, width, dash: None }
    }

    /// A dashed line.
    pub const fn dashed(color: Color, width: f32, dash: f32, gap: f32) -> Self {
        Self { color, width, dash: Some((dash, gap)) }
    }
}

/// Contours of lines and cubic curves. A copy shares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Arc<[Segment]>);

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Starts a contour here.
    Move(PointF),
    /// A line to here.
    Line(PointF),
    /// A cubic curve: two control points and the end.
    Cubic(PointF, PointF, PointF),
    /// A line back to where the contour started.
    Close,
}

impl Path {
    /// A closed polygon, or an open line.
    pub fn polygon(points: &[PointF], closed: bool) -> Self {
        let mut path = Vec::with_capacity(points.len() + 1);
        for (at, point) in points.iter().enumerate() {
            path.push(if at == 0 { Segment::Move(*point) } else { Segment::Line(*point) });
        }
        if closed && !path.is_empty() {
            path.push(Segment::Close);
        }
        Self::from(path)
    }

    /// A circle.
    pub fn circle(center: PointF, radius: f32) -> Self {
        // The distance of control points that comes nearest to a quarter of a circle.
        const K: f32 = 0.552_284_8;
        let at = |dx: f32, dy: f32| PointF::new(center.x + dx * radius, center.y + dy * radius);
        Self::from(vec![
            Segment::Move(at(1.0, 0.0)),
            Segment::Cubic(at(1.0, K), at(K, 1.0), at(0.0, 1.0)),
            Segment::Cubic(at(-K, 1.0), at(-1.0, K), at(-1.0, 0.0)),
            Segment::Cubic(at(-1.0, -K), at(-K, -1.0), at(0.0, -1.0)),
            Segment::Cubic(at(K, -1.0), at(1.0, -K), at(1.0, 0.0)),
            Segment::Close,
        ])
    }

    /// The contours as lines of points, each with whether it is closed. `steps` gives the number of lines for a curve
    /// that is no longer than that.
    pub fn flatten(&self, steps: impl Fn(f32) -> usize) -> Vec<(Vec<PointF>, bool)> {
        let mut contours: Vec<(Vec<PointF>, bool)> = Vec::new();
        for segment in self.0.iter() {
            match segment {
                Segment::Move(to) => contours.push((vec![*to], false)),
                Segment::Line(to) => {
                    if let Some((points, _)) = contours.last_mut() {
                        points.push(*to);
                    }
                }
                Segment::Cubic(a, b, to) => {
                    let Some((points, _)) = contours.last_mut() else { continue };
                    let Some(from) = points.last().copied() else { continue };
                    let length = |from: PointF, to: PointF| (to.x - from.x).hypot(to.y - from.y);
                    let steps = steps(length(from, *a) + length(*a, *b) + length(*b, *to)).max(1);
                    points.extend((1..=steps).map(|it| cubic(from, *a, *b, *to, it as f32 / steps as f32)));
                }
                Segment::Close => {
                    if let Some((_, closed)) = contours.last_mut() {
                        *closed = true;
                    }
                }
            }
        }
        contours
    }

    /// A rectangle that holds all points and control points; `None` for an empty path.
    pub fn bounds(&self) -> Option<RectF> {
        let points = self.0.iter().flat_map(|it| match it {
            Segment::Move(a) | Segment::Line(a) => [Some(*a), None, None],
            Segment::Cubic(a, b, c) => [Some(*a), Some(*b), Some(*c)],
            Segment::Close => [None; 3],
        });
        points.flatten().map(|it| RectF::new(it.x, it.y, 0.0, 0.0)).reduce(RectF::union)
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Self(segments.into())
    }
}

/// The point of a cubic curve at `t` (0: start, 1: end).
pub(super) fn cubic(from: PointF, a: PointF, b: PointF, to: PointF, t: f32) -> PointF {
    let u = 1.0 - t;
    let (c0, c1, c2, c3) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
    PointF::new(c0 * from.x + c1 * a.x + c2 * b.x + c3 * to.x, c0 * from.y + c1 * a.y + c2 * b.y + c3 * to.y)
}

/// One line of text, laid out: nobody lays it out again.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// The characters of the line in reading order, an ellipsis included where it was cut.
    pub text: String,
    /// The rectangle of the line: its advance and line height.
    pub bounds: RectF,
    /// Its baseline.
    pub baseline: f32,
    /// Whether its paragraph reads right to left.
    pub rtl: bool,
    /// Its glyphs, runs in visual order from left to right.
    pub runs: Vec<GlyphRun>,
}

/// Glyphs of one font, size, colour and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font; its bytes are in the [`super::FontBook`].
    pub font: FontId,
    /// Size in board units an em.
    pub size: f32,
    /// The colour.
    pub color: Color,
    /// The characters it shows, in reading order.
    pub text: String,
    /// The byte of the line's text at which they start.
    pub start: usize,
    /// Whether they read right to left.
    pub rtl: bool,
    /// Left edge.
    pub x: f32,
    /// How far it goes.
    pub advance: f32,
    /// The glyphs in visual order, on the baseline, relative to the item's origin.
    pub glyphs: Vec<Glyph>,
}

/// A glyph and where its origin lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font. 0 never appears: what no font has is drawn as a box shape.
    pub id: u16,
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}
