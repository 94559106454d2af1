//! PNG: shapes filled by a software rasteriser, glyphs from their outlines.

use std::collections::BTreeMap;

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use tiny_skia::{
    ColorU8, FillRule, FilterQuality, LineCap, LineJoin, Paint, Path as SkPath, PathBuilder, Pixmap, PixmapPaint,
    PremultipliedColorU8, Stroke as SkStroke, StrokeDash, Transform,
};

use super::Format;
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
        let pixmap = Pixmap::new(width, height);
        let mut pixmap =
            pixmap.ok_or_else(|| ExportError::Failed(format!("no memory for {width} x {height} pixels")))?;
        if let Some(color) = picture.background {
            pixmap.fill(sk_color(color));
        }
        let mut artist = Artist {
            pixmap,
            book,
            scale: picture.scale,
            raster: GlyphRaster::new(),
            masks: BTreeMap::new(),
            area: picture.area,
        };
        for item in picture.items.iter().filter(|it| it.bounds.touches(picture.area)) {
            artist.item(item);
        }
        let pixels = artist.pixmap.take_demultiplied();
        let mut bytes = Vec::new();
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&pixels, width, height, image::ExtendedColorType::Rgba8)
            .map_err(|err| ExportError::Failed(err.to_string()))?;
        Ok(bytes)
    }
}

/// Glyphs are drawn at quarters of a pixel.
const STEPS: f32 = 4.0;

/// A glyph at a size (bits of the float) and a quarter of a pixel in both directions.
type MaskKey = (FontId, u16, u32, u8, u8);

struct Artist<'a> {
    pixmap: Pixmap,
    book: &'a FontBook,
    scale: f32,
    raster: GlyphRaster,
    masks: BTreeMap<MaskKey, GlyphMask>,
    area: RectF,
}

impl Artist<'_> {
    fn item(&mut self, item: &Item) {
        // From the drawing's coordinates to pixels. The corner is subtracted first: both are large, their
        // difference is small.
        let (dx, dy) = (item.origin.x - self.area.x, item.origin.y - self.area.y);
        let to_pixels = Transform::from_row(self.scale, 0.0, 0.0, self.scale, dx * self.scale, dy * self.scale);
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
                Shape::Image { rect, data } => self.photo(*rect, data.bytes(), to_pixels),
                Shape::Text(line) => {
                    for run in &line.runs {
                        self.run(run, dx, dy);
                    }
                }
            }
        }
    }

    /// A photo that cannot be decoded leaves a hole; the board refuses what is neither PNG nor JPEG.
    fn photo(&mut self, rect: RectF, bytes: &[u8], to_pixels: Transform) {
        let side = (rect.w.max(rect.h) * self.scale).ceil().clamp(1.0, PHOTO_SIDE as f32) as u32;
        let Ok(photo) = photo_pixels(bytes, side) else { return };
        let Some(mut pixels) = Pixmap::new(photo.width, photo.height) else { return };
        for (to, from) in pixels.pixels_mut().iter_mut().zip(photo.rgba.as_chunks::<4>().0) {
            let [r, g, b, a] = *from;
            *to = ColorU8::from_rgba(r, g, b, a).premultiply();
        }
        let fit = Transform::from_row(
            rect.w / photo.width.max(1) as f32,
            0.0,
            0.0,
            rect.h / photo.height.max(1) as f32,
            rect.x,
            rect.y,
        );
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        self.pixmap.draw_pixmap(0, 0, pixels.as_ref(), &paint, fit.post_concat(to_pixels), None);
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
        if !self.masks.contains_key(&key) {
            let (part_x, part_y) = (f32::from(part_x) / STEPS, f32::from(part_y) / STEPS);
            let mask = self.raster.mask(self.book, run.font, glyph.id, size, part_x, part_y);
            self.masks.insert(key, mask);
        }
        if let Some(mask) = self.masks.get(&key) {
            blend(&mut self.pixmap, mask, x, y, run.color);
        }
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
