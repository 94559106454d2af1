//! From the display list to pixels: shapes by a software rasteriser, glyphs from their outlines.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rustc_hash::FxHashMap;
use tiny_skia::{
    ColorU8, FillRule, FilterQuality, LineCap, LineJoin, Paint, Path as SkPath, PathBuilder, Pixmap, PixmapMut,
    PixmapPaint, Stroke as SkStroke, StrokeDash, Transform,
};

use super::sprites::{Sprite, Sprites};
use crate::export::{PHOTO_SIDE, Picture, photo_pixels};
use crate::kit::{PointF, RectF};
use crate::scene::{
    Color, FontBook, FontId, Glyph, GlyphMask, GlyphRaster, GlyphRun, Item, Layer, Path, Segment, Shape, Stroke,
};

/// What all bands of a picture are drawn from.
pub(super) struct Studio<'a> {
    pub(super) picture: &'a Picture,
    pub(super) book: &'a FontBook,
    pub(super) photos: Photos,
    pub(super) sprites: Sprites,
}

impl<'a> Studio<'a> {
    pub(super) fn new(picture: &'a Picture, book: &'a FontBook) -> Self {
        let sprites = Sprites::of(picture);
        Self { picture, book, photos: photos(picture), sprites }
    }

    /// Whether there is a photo in so many rows from `top`.
    pub(super) fn has_photo(&self, top: u32, rows: u32) -> bool {
        let rows = self.rows(top, rows);
        self.picture.items.iter().any(|it| it.layer == Layer::Photo && it.bounds.touches(rows))
    }

    /// The part of the board that is seen in so many rows from `top`. A pixel more on both sides, because edges are soft.
    fn rows(&self, top: u32, rows: u32) -> RectF {
        let Picture { area, scale, .. } = self.picture;
        let rows = RectF { y: area.y + top as f32 / scale, h: rows as f32 / scale, ..*area };
        rows.grown(2.0 / scale)
    }
}

/// What a thread keeps from band to band.
#[derive(Default)]
pub(super) struct Tools {
    glyphs: Glyphs,
    /// The pixels of the band.
    band: Vec<u8>,
    patch: Patch,
}

/// The pixels of a small item while it is drawn.
pub(super) type Patch = Vec<u8>;

/// Draws a band of a picture: `height` rows from `top`.
pub(super) fn draw<'t>(
    studio: &Studio<'_>,
    tools: &'t mut Tools,
    (width, height): (u32, u32),
    top: u32,
) -> Option<&'t [u8]> {
    let Picture { background, items, .. } = studio.picture;
    let rows = studio.rows(top, height);
    let Tools { glyphs, band, patch } = tools;
    let (width, height) = (width as usize, height as usize);
    let edge = width * EDGE * 4;
    band.resize(width * height * 4 + 2 * edge, 0);
    let ground = ground(*background);
    for pixel in band.as_chunks_mut::<4>().0 {
        *pixel = ground;
    }
    let target = Target { pixels: band, width, height: height + 2 * EDGE, top: i64::from(top) - EDGE as i64 };
    let mut artist = Artist { target, studio, glyphs, patch };
    for (at, item) in items.iter().enumerate().filter(|(_, it)| it.bounds.touches(rows)) {
        artist.item(at, item)?;
    }
    tools.band.get(edge..edge + width * height * 4)
}

/// The pixel that nothing was drawn on.
pub(super) fn ground(background: Option<Color>) -> [u8; 4] {
    background.map_or([0; 4], |it| {
        let it = sk_color(it).premultiply().to_color_u8();
        [it.red(), it.green(), it.blue(), it.alpha()]
    })
}

/// Glyphs are drawn at quarters of a pixel.
const STEPS: f32 = 4.0;

/// Shapes are drawn at this part of a pixel, which is that of the rasteriser.
const PARTS: f32 = 256.0;

/// So many rows more are drawn above and below, since thin lines are not drawn right where little of them is seen.
const EDGE: usize = 8;

/// A glyph at a size (bits of the float) and a quarter of a pixel in both directions.
type MaskKey = (FontId, u16, u32, u8, u8);

/// Pixels of a picture from row `top` on.
pub(super) struct Target<'a> {
    pub(super) pixels: &'a mut [u8],
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) top: i64,
}

impl Target<'_> {
    /// The pixels `from..to` of a row, counted in the picture, as bytes.
    pub(super) fn row(&mut self, y: i64, from: usize, to: usize) -> Option<&mut [u8]> {
        let row = usize::try_from(y - self.top).ok()? * self.width;
        self.pixels.get_mut((row + from) * 4..(row + to) * 4)
    }
}

/// Where the origin of an item lies in a picture: a whole pixel, and parts of a pixel that are added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) part: (u8, u8),
}

impl Place {
    pub(super) fn of(item: &Item, area: RectF, scale: f32) -> Self {
        let split = |it: f32| {
            let parts = (it * PARTS).round();
            let whole = (parts / PARTS).floor();
            (whole as i64, (parts - whole * PARTS) as u8)
        };
        // The corner is subtracted first: both are large, their difference is small.
        let (x, y) = (split((item.origin.x - area.x) * scale), split((item.origin.y - area.y) * scale));
        Self { x: x.0, y: y.0, part: (x.1, y.1) }
    }

    /// From the drawing's coordinates to pixels, counted from (x, y) of the picture.
    pub(super) fn transform(self, scale: f32, x: i64, y: i64) -> Transform {
        let shift = |whole: i64, from: i64, part: u8| (whole - from) as f32 + f32::from(part) / PARTS;
        let (dx, dy) = (shift(self.x, x, self.part.0), shift(self.y, y, self.part.1));
        Transform::from_row(scale, 0.0, 0.0, scale, dx, dy)
    }
}

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) right: i64,
    pub(super) bottom: i64,
}

impl Window {
    pub(super) fn width(self) -> usize {
        usize::try_from(self.right - self.left).unwrap_or(0)
    }

    pub(super) fn height(self) -> usize {
        usize::try_from(self.bottom - self.top).unwrap_or(0)
    }

    /// The pixels of an item, if it is so small that it is drawn for itself and laid into the picture.
    pub(super) fn of(item: &Item, place: Place, scale: f32) -> Option<Self> {
        // Links are thin: most of the pixels round them would be copied for nothing.
        let most = if item.layer == Layer::Sticky { 1 << 18 } else { 1 << 14 };
        let bounds = item.drawing.bounds;
        let small = bounds.w * scale * bounds.h * scale <= most as f32;
        if !small {
            return None;
        }
        let from = |it: f32| (it * scale).floor() as i64 - 2;
        let to = |it: f32| (it * scale).ceil() as i64 + 3;
        Some(Self {
            left: place.x + from(bounds.x),
            top: place.y + from(bounds.y),
            right: place.x + to(bounds.right()),
            bottom: place.y + to(bounds.bottom()),
        })
    }
}

/// How many of the shapes lie below all text and photos: those may be drawn for themselves.
pub(super) fn plain_shapes(item: &Item) -> &[Shape] {
    let shapes = &item.drawing.shapes;
    let text = shapes.iter().position(|it| matches!(it, Shape::Text(_) | Shape::Image { .. }));
    shapes.get(..text.unwrap_or(shapes.len())).unwrap_or_default()
}

struct Artist<'a> {
    target: Target<'a>,
    studio: &'a Studio<'a>,
    glyphs: &'a mut Glyphs,
    patch: &'a mut Patch,
}

/// The photos of a picture, decoded, by what tells them apart and the longer side that is asked of them.
type Photos = FxHashMap<(usize, u32), Pixmap>;

/// How many pixels of a photo's longer side are of use.
fn photo_side(rect: RectF, scale: f32) -> u32 {
    (rect.w.max(rect.h) * scale).ceil().clamp(1.0, PHOTO_SIDE as f32) as u32
}

/// Decodes the photos once for all bands.
fn photos(picture: &Picture) -> Photos {
    let shapes = picture.items.iter().flat_map(|it| &it.drawing.shapes);
    let images = shapes.filter_map(|it| match it {
        Shape::Image { rect, data } => Some(((data.key(), photo_side(*rect, picture.scale)), data.bytes())),
        _ => None,
    });
    let found: BTreeMap<(usize, u32), &[u8]> = images.collect();
    let decoded = found.into_par_iter().filter_map(|((key, side), bytes)| {
        let photo = photo_pixels(bytes, side).ok()?;
        let mut pixels = Pixmap::new(photo.width, photo.height)?;
        for (to, from) in pixels.pixels_mut().iter_mut().zip(photo.rgba.as_chunks::<4>().0) {
            let [r, g, b, a] = *from;
            *to = ColorU8::from_rgba(r, g, b, a).premultiply();
        }
        Some(((key, side), pixels))
    });
    decoded.collect()
}

/// The letters that were drawn before.
struct Glyphs {
    raster: GlyphRaster,
    masks: FxHashMap<MaskKey, GlyphMask>,
}

impl Default for Glyphs {
    fn default() -> Self {
        Self { raster: GlyphRaster::new(), masks: FxHashMap::default() }
    }
}

impl Artist<'_> {
    /// Draws an item, the one at `at` of the picture. `None` where there is no such size of pixels.
    fn item(&mut self, at: usize, item: &Item) -> Option<()> {
        let scale = self.studio.picture.scale;
        let place = Place::of(item, self.studio.picture.area, scale);
        let plain = plain_shapes(item);
        match Window::of(item, place, scale) {
            Some(window) => match self.studio.sprites.of_item(at) {
                Some(sprite) => self.sprite(sprite, window, plain, place),
                None => patch(&mut self.target, self.patch, window, plain, place, scale),
            },
            None => self.large(plain, place)?,
        }
        let rest = item.drawing.shapes.get(plain.len()..).unwrap_or_default();
        for shape in rest {
            match shape {
                Shape::Image { rect, data } => self.photo(*rect, data.key(), place)?,
                Shape::Text(line) => {
                    let area = self.studio.picture.area;
                    let (dx, dy) = (item.origin.x - area.x, item.origin.y - area.y);
                    for run in &line.runs {
                        self.run(run, dx, dy);
                    }
                }
                Shape::Shadow(_) | Shape::Rect { .. } | Shape::Path { .. } => {
                    self.large(std::slice::from_ref(shape), place)?;
                }
            }
        }
        Some(())
    }

    /// Lays a sprite into the picture. Where its edges do not lie on the bare ground, its shapes are drawn.
    fn sprite(&mut self, sprite: &Sprite, window: Window, shapes: &[Shape], place: Place) {
        let scale = self.studio.picture.scale;
        for rows in sprite.lay(&mut self.target, window) {
            let (top, bottom) = (window.top + rows.start as i64, window.top + rows.end as i64);
            patch(&mut self.target, self.patch, Window { top, bottom, ..window }, shapes, place, scale);
        }
    }

    /// All of the band.
    fn canvas(&mut self) -> Option<PixmapMut<'_>> {
        let side = |it: usize| u32::try_from(it).ok();
        let (width, height) = (side(self.target.width)?, side(self.target.height)?);
        PixmapMut::from_bytes(self.target.pixels, width, height)
    }

    fn large(&mut self, shapes: &[Shape], place: Place) -> Option<()> {
        if shapes.is_empty() {
            return Some(());
        }
        let to_pixels = place.transform(self.studio.picture.scale, 0, self.target.top);
        let mut canvas = self.canvas()?;
        for shape in shapes {
            paint_shape(&mut canvas, shape, to_pixels);
        }
        Some(())
    }

    /// A photo that cannot be decoded leaves a hole; the board refuses what is neither PNG nor JPEG.
    fn photo(&mut self, rect: RectF, key: usize, place: Place) -> Option<()> {
        let studio = self.studio;
        let scale = studio.picture.scale;
        let Some(photo) = studio.photos.get(&(key, photo_side(rect, scale))) else { return Some(()) };
        let to_pixels = place.transform(scale, 0, self.target.top);
        let (w, h) = (rect.w / photo.width() as f32, rect.h / photo.height() as f32);
        let fit = Transform::from_row(w, 0.0, 0.0, h, rect.x, rect.y);
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        self.canvas()?.draw_pixmap(0, 0, photo.as_ref(), &paint, fit.post_concat(to_pixels), None);
        Some(())
    }

    fn run(&mut self, run: &GlyphRun, dx: f32, dy: f32) {
        let scale = self.studio.picture.scale;
        let size = run.size * scale;
        if size < 0.5 || run.color.a == 0 {
            return;
        }
        // No letter reaches further.
        let reach = size * 4.0 + 8.0;
        let (top, bottom) =
            (self.target.top as f32 - reach, self.target.top as f32 + self.target.height as f32 + reach);
        for glyph in &run.glyphs {
            let at = PointF::new((glyph.x + dx) * scale, (glyph.y + dy) * scale);
            if (top..bottom).contains(&at.y) {
                self.glyph(run, *glyph, size, at);
            }
        }
    }

    fn glyph(&mut self, run: &GlyphRun, glyph: Glyph, size: f32, at: PointF) {
        let split = |it: f32| {
            let quarters = (it * STEPS).round();
            let whole = (quarters / STEPS).floor();
            (whole as i64, (quarters - whole * STEPS) as u8)
        };
        let ((x, part_x), (y, part_y)) = (split(at.x), split(at.y));
        let key = (run.font, glyph.id, size.to_bits(), part_x, part_y);
        let Glyphs { raster, masks } = &mut *self.glyphs;
        let book = self.studio.book;
        let mask = masks.entry(key).or_insert_with(|| {
            let (part_x, part_y) = (f32::from(part_x) / STEPS, f32::from(part_y) / STEPS);
            raster.mask(book, run.font, glyph.id, size, part_x, part_y)
        });
        blend(&mut self.target, mask, x, y, run.color);
    }
}

/// Draws shapes that lie within `window`: on pixels of their own, so that where in the picture they lie does not count.
pub(super) fn patch(
    target: &mut Target<'_>,
    patch: &mut Patch,
    window: Window,
    shapes: &[Shape],
    place: Place,
    scale: f32,
) {
    let bottom = target.top.saturating_add_unsigned(target.height as u64);
    let seen = Window {
        left: window.left.max(0),
        top: window.top.max(target.top),
        right: window.right.min(target.width as i64),
        bottom: window.bottom.min(bottom),
    };
    let (width, height) = (seen.width(), seen.height() + 2 * EDGE);
    if width == 0 || seen.height() == 0 || shapes.is_empty() {
        return;
    }
    let (from, to) = (seen.left as usize, seen.right as usize);
    patch.clear();
    patch.resize(EDGE * width * 4, 0);
    for y in seen.top..seen.bottom {
        patch.extend_from_slice(target.row(y, from, to).unwrap_or_default());
    }
    patch.resize(height * width * 4, 0);
    if let Some(mut canvas) = PixmapMut::from_bytes(patch, width as u32, height as u32) {
        let to_pixels = place.transform(scale, seen.left, seen.top - EDGE as i64);
        for shape in shapes {
            paint_shape(&mut canvas, shape, to_pixels);
        }
    }
    for (y, row) in (seen.top..seen.bottom).zip(patch.chunks_exact(width * 4).skip(EDGE)) {
        if let Some(to) = target.row(y, from, to) {
            to.copy_from_slice(row);
        }
    }
}

/// Draws a shape. Text and photos are drawn elsewhere.
fn paint_shape(canvas: &mut PixmapMut<'_>, shape: &Shape, to_pixels: Transform) {
    match shape {
        Shape::Shadow(shadow) => {
            for (rect, radius, color) in shadow.layers() {
                paint_path(canvas, sk_path(&rounded(rect, radius), to_pixels.sx), Some(color), None, to_pixels);
            }
        }
        Shape::Rect { rect, radius, fill, stroke } => {
            paint_path(canvas, sk_path(&rounded(*rect, *radius), to_pixels.sx), *fill, *stroke, to_pixels);
        }
        Shape::Path { path, fill, stroke } => {
            paint_path(canvas, sk_path(path, to_pixels.sx), *fill, *stroke, to_pixels);
        }
        Shape::Image { .. } | Shape::Text(_) => {}
    }
}

fn paint_path(
    canvas: &mut PixmapMut<'_>,
    path: Option<SkPath>,
    fill: Option<Color>,
    stroke: Option<Stroke>,
    to_pixels: Transform,
) {
    let Some(path) = path else { return };
    if let Some(color) = fill.filter(|it| it.a > 0) {
        canvas.fill_path(&path, &paint(color), FillRule::Winding, to_pixels, None);
    }
    if let Some(stroke) = stroke.filter(|it| it.color.a > 0) {
        let dash = stroke.dash.and_then(|(dash, gap)| StrokeDash::new(vec![dash, gap], 0.0));
        let line = SkStroke {
            width: stroke.width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash,
            ..SkStroke::default()
        };
        canvas.stroke_path(&path, &paint(stroke.color), &line, to_pixels, None);
    }
}

/// Lays a colour over the pixels, as much as the mask covers them.
fn blend(target: &mut Target<'_>, mask: &GlyphMask, x: i64, y: i64, color: Color) {
    let stride = mask.width as usize;
    if stride == 0 {
        return;
    }
    let (left, top) = (x + i64::from(mask.left), y - i64::from(mask.top));
    let seen = |it: i64| usize::try_from(it).unwrap_or(0).min(target.width);
    let (from, to) = (seen(left), seen(left + stride as i64));
    let first = usize::try_from(-left).unwrap_or(0);
    for (coverage, y) in mask.coverage.chunks_exact(stride).zip(top..) {
        let Some(line) = target.row(y, from, to) else { continue };
        let coverage = coverage.get(first..).unwrap_or_default();
        for (pixel, cover) in line.as_chunks_mut::<4>().0.iter_mut().zip(coverage).filter(|(_, it)| **it > 0) {
            let alpha = u32::from(*cover) * u32::from(color.a) / 255;
            if alpha == 255 {
                *pixel = [color.r, color.g, color.b, 255];
                continue;
            }
            let over =
                |top: u8, below: u8| ((u32::from(top) * alpha + u32::from(below) * (255 - alpha) + 127) / 255) as u8;
            let [r, g, b, a] = *pixel;
            let a = (alpha + u32::from(a) * (255 - alpha) / 255).min(255) as u8;
            let (r, g, b) = (over(color.r, r), over(color.g, g), over(color.b, b));
            *pixel = [r.min(a), g.min(a), b.min(a), a];
        }
    }
}

fn sk_color(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(sk_color(color));
    paint.anti_alias = true;
    paint
}

/// The outline of a rectangle with round corners.
fn rounded(rect: RectF, radius: f32) -> Path {
    let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    let at = |x: f32, y: f32| PointF::new(x, y);
    let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    if radius <= 0.0 {
        return Path::polygon(&[at(left, top), at(right, top), at(right, bottom), at(left, bottom)], true);
    }
    // What is left of the radius at the control points of a quarter of a circle.
    let k = radius * (1.0 - 0.552_284_8);
    Path::from(vec![
        Segment::Move(at(left + radius, top)),
        Segment::Line(at(right - radius, top)),
        Segment::Cubic(at(right - k, top), at(right, top + k), at(right, top + radius)),
        Segment::Line(at(right, bottom - radius)),
        Segment::Cubic(at(right, bottom - k), at(right - k, bottom), at(right - radius, bottom)),
        Segment::Line(at(left + radius, bottom)),
        Segment::Cubic(at(left + k, bottom), at(left, bottom - k), at(left, bottom - radius)),
        Segment::Line(at(left, top + radius)),
        Segment::Cubic(at(left, top + k), at(left + k, top), at(left + radius, top)),
        Segment::Close,
    ])
}

/// Curves longer than this many pixels are drawn as lines: where a band cuts a long curve it would run a little
/// otherwise than in one piece.
const LONG: f32 = 120.0;

/// How long these lines are, in pixels.
const CHORD: f32 = 6.0;

fn sk_path(path: &Path, scale: f32) -> Option<SkPath> {
    let mut builder = PathBuilder::new();
    let mut at = PointF::default();
    for segment in path.0.iter() {
        match segment {
            Segment::Move(a) => builder.move_to(a.x, a.y),
            Segment::Line(a) => builder.line_to(a.x, a.y),
            Segment::Cubic(a, b, c) => {
                let corners = [at, *a, *b, *c];
                let sides =
                    corners.windows(2).map(|it| if let [a, b] = it { (b.x - a.x).hypot(b.y - a.y) } else { 0.0 });
                let length = sides.sum::<f32>() * scale;
                if length <= LONG {
                    builder.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y);
                } else {
                    let steps = (length / CHORD).clamp(8.0, 400.0) as usize;
                    let points = (1..=steps).map(|it| on_curve(corners, it as f32 / steps as f32));
                    points.for_each(|it| builder.line_to(it.x, it.y));
                }
            }
            Segment::Close => builder.close(),
        }
        if let Segment::Move(end) | Segment::Line(end) | Segment::Cubic(_, _, end) = segment {
            at = *end;
        }
    }
    builder.finish()
}

/// The point at `t`, 0 to 1, of a curve with these corners.
fn on_curve([a, b, c, d]: [PointF; 4], t: f32) -> PointF {
    let s = 1.0 - t;
    let [i, j, k, l] = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    PointF::new(i * a.x + j * b.x + k * c.x + l * d.x, i * a.y + j * b.y + k * c.y + l * d.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Board, Edit, Element, Frame, FrameKind, Kind, Link, Sticky, apply_all};
    use crate::export::{Request, Size, compose};
    use crate::kit::{IdSource, Point, Rect, Size as Extent};
    use crate::scene::{SceneBuilder, Theme};

    /// Stickies with links between them, some of which lie over one another or over a frame's edge.
    fn picture(scale: f32, background: bool) -> (Picture, SceneBuilder) {
        let mut ids = IdSource::seeded(3);
        let rect = Rect::new(Point::new(-40, -60), Extent::new(700, 420));
        let frame = Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, "Ordering".to_owned());
        let mut edits = vec![Edit::Add(Box::new(Element::Frame(frame)))];
        let mut last = None;
        for at in 0..48 {
            let point = Point::new(at % 8 * 140, at / 8 * 125 + at % 8 * 7);
            let kind = if at % 3 == 0 { Kind::COMMAND } else { Kind::DOMAIN_EVENT };
            let sticky = Sticky::new(ids.next_id(), kind, point, format!("Order Placed {at}"));
            let id = sticky.id;
            edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
            if let Some(last) = last.replace(id) {
                edits.push(Edit::Add(Box::new(Element::Link(Link::new(ids.next_id(), last, id)))));
            }
        }
        let mut board = Board::new();
        apply_all(&mut board, &edits).unwrap();
        let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
        let request = Request { size: Size::Scale(scale), background, ..Request::default() };
        (compose(&board, &mut builder, &request).unwrap(), builder)
    }

    fn pixels(studio: &Studio<'_>, rows: u32) -> Vec<u8> {
        let (width, height) = studio.picture.check_pixels().unwrap();
        let mut tools = Tools::default();
        let bands = (0..height)
            .step_by(rows as usize)
            .flat_map(|top| draw(studio, &mut tools, (width, rows.min(height - top)), top).unwrap().to_vec());
        bands.collect()
    }

    /// How many bytes differ, and by how much at most.
    fn differences(a: &[u8], b: &[u8]) -> (usize, u8) {
        assert_eq!(a.len(), b.len());
        let all = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).filter(|it| *it > 0);
        all.fold((0, 0), |(count, most), it| (count + 1, most.max(it)))
    }

    #[test]
    fn neither_bands_nor_sprites_are_seen() {
        for (scale, background) in [(1.0, true), (1.0, false), (0.7, true), (2.0, true)] {
            let (picture, builder) = picture(scale, background);
            let studio = Studio::new(&picture, builder.book());
            let used = (0..picture.items.len()).filter(|it| studio.sprites.of_item(*it).is_some()).count();
            assert_eq!(used > 20, scale.fract() == 0.0, "{used} sprites at {scale}");
            let whole = pixels(&studio, u32::MAX / 2);
            let drawn = pixels(&Studio { sprites: Sprites::default(), ..Studio::new(&picture, builder.book()) }, 64);
            assert!(whole.chunks(4).filter(|it| **it != ground(picture.background)).count() > whole.len() / 16);
            // A thin line that is cut elsewhere is a shade lighter or darker.
            for (other, what) in [(pixels(&studio, 64), "bands"), (pixels(&studio, 1), "rows"), (drawn, "no sprites")] {
                let (count, most) = differences(&whole, &other);
                assert!(most <= 48 && count <= whole.len() / 400, "{what} at {scale}: {count} bytes differ, by {most}");
            }
        }
    }
}
