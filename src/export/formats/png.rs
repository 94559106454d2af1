//! PNG: shapes filled by a software rasteriser, glyphs from their outlines.

use std::collections::{BTreeMap, HashMap};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use tiny_skia::{
    ColorU8, FillRule, FilterQuality, LineCap, LineJoin, Paint, Path as SkPath, PathBuilder, Pixmap, PixmapPaint,
    PremultipliedColorU8, Stroke as SkStroke, StrokeDash, Transform,
};

use super::Format;
use super::deflate::{self, Part, Sum};
use crate::export::{ExportError, PHOTO_SIDE, Picture, photo_pixels};
use crate::kit::{PointF, RectF};
use crate::scene::{
    Color, FontBook, FontId, Glyph, GlyphMask, GlyphRaster, GlyphRun, Item, Path, Segment, Shape, Stroke,
};

/// Portable network graphics.
#[derive(Debug)]
pub(super) struct Png;

impl Format for Png {
    fn name(&self) -> &'static str {
        "PNG"
    }

    fn extension(&self) -> &'static str {
        "png"
    }

    fn meaning(&self) -> &'static str {
        "Pixels: shown everywhere, looks the same everywhere."
    }

    fn write(&self, picture: &Picture, book: &FontBook) -> Result<Vec<u8>, ExportError> {
        let (width, height) = picture.check_pixels()?;
        let background = picture.background.map(sk_color);
        let opaque = background.is_some_and(|it| it.is_opaque());
        let photos = photos(picture);
        let no_memory = || ExportError::Failed(format!("no memory for {width} x {height} pixels"));
        let bands: Vec<u32> = (0..height).step_by(BAND as usize).collect();
        // Each band is drawn and compressed for itself, so that all cores work and no picture is in memory as a whole.
        let parts: Result<Vec<Part>, ExportError> = bands
            .into_par_iter()
            .map_init(Glyphs::default, |glyphs, top| {
                let mut pixmap = Pixmap::new(width, BAND.min(height - top)).ok_or_else(no_memory)?;
                if let Some(color) = background {
                    pixmap.fill(color);
                }
                let mut artist =
                    Artist { pixmap, book, scale: picture.scale, glyphs, photos: &photos, area: picture.area, top };
                let rows = RectF {
                    y: picture.area.y + top as f32 / picture.scale,
                    h: BAND as f32 / picture.scale,
                    ..picture.area
                };
                // A pixel more on both sides, because edges are soft.
                let rows = rows.grown(2.0 / picture.scale);
                for item in picture.items.iter().filter(|it| it.bounds.touches(rows)) {
                    artist.item(item);
                }
                let rows = filtered(&artist.pixmap, opaque);
                deflate::part(&rows).map_err(|err| ExportError::Failed(err.to_string()))
            })
            .collect();
        file(width, height, opaque, &parts?).map_err(|err| ExportError::Failed(err.to_string()))
    }
}

/// So many rows are drawn at once.
const BAND: u32 = 256;

/// So many pixels of a row are compared with those above at once.
const SPAN: usize = 32;

/// The bytes of the rows as PNG has them: each with its filter, the difference from the row above, in the first row
/// from the pixel before.
fn filtered(pixmap: &Pixmap, opaque: bool) -> Vec<u8> {
    let (width, depth) = (pixmap.width() as usize, if opaque { 3 } else { 4 });
    let mut to = Vec::with_capacity(pixmap.height() as usize * (width * depth + 1));
    let mut above: Option<&[u8]> = None;
    for row in pixmap.data().chunks_exact(width * 4) {
        match above {
            None => {
                to.push(1);
                let mut before = [0; 4];
                for it in row.chunks_exact(4) {
                    let it = plain(it, depth);
                    to.extend(it.iter().zip(before).map(|(it, before)| it.wrapping_sub(before)).take(depth));
                    before = it;
                }
            }
            Some(above) => {
                to.push(2);
                for (span, above) in row.chunks(SPAN * 4).zip(above.chunks(SPAN * 4)) {
                    // Most of a board is as it is a row higher.
                    if span == above {
                        to.resize(to.len() + span.len() / 4 * depth, 0);
                        continue;
                    }
                    for (it, above) in span.chunks_exact(4).zip(above.chunks_exact(4)) {
                        let (it, above) = (plain(it, depth), plain(above, depth));
                        to.extend(it.iter().zip(above).map(|(it, above)| it.wrapping_sub(above)).take(depth));
                    }
                }
            }
        }
        above = Some(row);
    }
    to
}

/// A pixel, not multiplied by how opaque it is. Without that byte it is opaque.
fn plain(pixel: &[u8], depth: usize) -> [u8; 4] {
    let &[r, g, b, a] = pixel else { return [0; 4] };
    if depth == 3 {
        return [r, g, b, a];
    }
    let it = PremultipliedColorU8::from_rgba(r, g, b, a).map(|it| it.demultiply());
    it.map_or([0; 4], |it| [it.red(), it.green(), it.blue(), it.alpha()])
}

fn file(width: u32, height: u32, opaque: bool, parts: &[Part]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|it| it.bytes.len() + 64).sum::<usize>() + 256);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, &deflate::HEAD)?;
    for part in parts {
        writer.write_chunk(png::chunk::IDAT, &part.bytes)?;
    }
    let sum = parts.iter().fold(Sum::NONE, |sum, it| sum.then(it.sum));
    writer.write_chunk(png::chunk::IDAT, &[&deflate::END[..], &sum.bytes()].concat())?;
    writer.finish()?;
    Ok(bytes)
}

/// Glyphs are drawn at quarters of a pixel.
const STEPS: f32 = 4.0;

/// A glyph at a size (bits of the float) and a quarter of a pixel in both directions.
type MaskKey = (FontId, u16, u32, u8, u8);

struct Artist<'a> {
    pixmap: Pixmap,
    book: &'a FontBook,
    scale: f32,
    glyphs: &'a mut Glyphs,
    photos: &'a Photos,
    area: RectF,
    /// The row of the picture at which this band starts.
    top: u32,
}

/// The photos of a picture, decoded, by what tells them apart and the longer side that is asked of them.
type Photos = HashMap<(usize, u32), Pixmap>;

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
    masks: HashMap<MaskKey, GlyphMask>,
}

impl Default for Glyphs {
    fn default() -> Self {
        Self { raster: GlyphRaster::new(), masks: HashMap::new() }
    }
}

impl Artist<'_> {
    fn item(&mut self, item: &Item) {
        // From the drawing's coordinates to pixels. The corner is subtracted first: both are large, their
        // difference is small.
        let (dx, dy) = (item.origin.x - self.area.x, item.origin.y - self.area.y);
        let to_pixels = Transform::from_row(self.scale, 0.0, 0.0, self.scale, dx * self.scale, dy * self.scale)
            .post_translate(0.0, -(self.top as f32));
        for shape in &item.drawing.shapes {
            match shape {
                Shape::Shadow(shadow) => {
                    for (rect, radius, color) in shadow.layers() {
                        self.rect(rect, radius, Some(color), None, to_pixels);
                    }
                }
                Shape::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke, to_pixels),
                Shape::Path { path, fill, stroke } => {
                    if let Some(path) = sk_path(path) {
                        self.path(&path, *fill, *stroke, to_pixels);
                    }
                }
                Shape::Image { rect, data } => self.photo(*rect, data.key(), to_pixels),
                Shape::Text(line) => {
                    for run in &line.runs {
                        self.run(run, dx, dy);
                    }
                }
            }
        }
    }

    /// A photo that cannot be decoded leaves a hole; the board refuses what is neither PNG nor JPEG.
    fn photo(&mut self, rect: RectF, key: usize, to_pixels: Transform) {
        let Some(photo) = self.photos.get(&(key, photo_side(rect, self.scale))) else { return };
        let fit = Transform::from_row(
            rect.w / photo.width() as f32,
            0.0,
            0.0,
            rect.h / photo.height() as f32,
            rect.x,
            rect.y,
        );
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        self.pixmap.draw_pixmap(0, 0, photo.as_ref(), &paint, fit.post_concat(to_pixels), None);
    }

    fn rect(&mut self, rect: RectF, radius: f32, fill: Option<Color>, stroke: Option<Stroke>, to_pixels: Transform) {
        if let Some(path) = sk_path(&rounded(rect, radius)) {
            self.path(&path, fill, stroke, to_pixels);
        }
    }

    fn path(&mut self, path: &SkPath, fill: Option<Color>, stroke: Option<Stroke>, to_pixels: Transform) {
        if let Some(color) = fill.filter(|it| it.a > 0) {
            self.pixmap.fill_path(path, &paint(color), FillRule::Winding, to_pixels, None);
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
            self.pixmap.stroke_path(path, &paint(stroke.color), &line, to_pixels, None);
        }
    }

    fn run(&mut self, run: &GlyphRun, dx: f32, dy: f32) {
        let size = run.size * self.scale;
        if size < 0.5 || run.color.a == 0 {
            return;
        }
        for glyph in &run.glyphs {
            let at = PointF::new((glyph.x + dx) * self.scale, (glyph.y + dy) * self.scale);
            self.glyph(run, *glyph, size, at);
        }
    }

    fn glyph(&mut self, run: &GlyphRun, glyph: Glyph, size: f32, at: PointF) {
        let split = |it: f32| {
            let quarters = (it * STEPS).round();
            let whole = (quarters / STEPS).floor();
            (whole as i32, (quarters - whole * STEPS) as u8)
        };
        let ((x, part_x), (y, part_y)) = (split(at.x), split(at.y));
        let key = (run.font, glyph.id, size.to_bits(), part_x, part_y);
        let Glyphs { raster, masks } = &mut self.glyphs;
        let mask = masks.entry(key).or_insert_with(|| {
            let (part_x, part_y) = (f32::from(part_x) / STEPS, f32::from(part_y) / STEPS);
            raster.mask(self.book, run.font, glyph.id, size, part_x, part_y)
        });
        blend(&mut self.pixmap, mask, x, y.saturating_sub_unsigned(self.top), run.color);
    }
}

/// Lays a colour over the pixels, as much as the mask covers them.
fn blend(pixmap: &mut Pixmap, mask: &GlyphMask, x: i32, y: i32, color: Color) {
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    let stride = mask.width as usize;
    if stride == 0 {
        return;
    }
    let (left, top) = (x.saturating_add(mask.left), y.saturating_sub(mask.top));
    let pixels = pixmap.pixels_mut();
    for (row, coverage) in mask.coverage.chunks_exact(stride).enumerate() {
        let Ok(py) = usize::try_from(i64::from(top) + row as i64) else { continue };
        if py >= height {
            break;
        }
        let Some(line) = pixels.get_mut(py * width..(py + 1) * width) else { break };
        for (column, cover) in coverage.iter().enumerate().filter(|(_, it)| **it > 0) {
            let Ok(px) = usize::try_from(i64::from(left) + column as i64) else { continue };
            let Some(pixel) = line.get_mut(px) else { break };
            let alpha = u32::from(*cover) * u32::from(color.a) / 255;
            let over =
                |top: u8, below: u8| ((u32::from(top) * alpha + u32::from(below) * (255 - alpha) + 127) / 255) as u8;
            let a = (alpha + u32::from(pixel.alpha()) * (255 - alpha) / 255).min(255) as u8;
            let (r, g, b) = (over(color.r, pixel.red()), over(color.g, pixel.green()), over(color.b, pixel.blue()));
            if let Some(mixed) = PremultipliedColorU8::from_rgba(r.min(a), g.min(a), b.min(a), a) {
                *pixel = mixed;
            }
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
    Path(vec![
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

fn sk_path(path: &Path) -> Option<SkPath> {
    let mut builder = PathBuilder::new();
    for segment in &path.0 {
        match segment {
            Segment::Move(a) => builder.move_to(a.x, a.y),
            Segment::Line(a) => builder.line_to(a.x, a.y),
            Segment::Cubic(a, b, c) => builder.cubic_to(a.x, a.y, b.x, b.y, c.x, c.y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}
