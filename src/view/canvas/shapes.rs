//! One drawing as triangles: everything from near, less and less from afar.

use egui::epaint::{CornerRadiusF32, Mesh, PathShape, PathStroke, RectShape, TessellationOptions, Tessellator, Vertex};
use egui::{Color32, Pos2, Rect, StrokeKind, Vec2, pos2, vec2};

use super::atlas::Atlas;
use super::painter::color32;
use crate::kit::{PointF, RectF};
use crate::scene::{Color, Drawing, FontBook, GlyphRun, Layer, Path, Shape, Stroke};

/// Letters smaller than this many pixels an em are bars.
const READABLE: f32 = 4.5;
/// Names on stickies of the usual size can be read where a board unit has this many pixels.
pub(super) const NAMES: f32 = READABLE / 25.0;
/// Letters smaller than this many pixels an em are nothing.
const BARS: f32 = 1.3;
/// Shadows are left out where a board unit has fewer pixels.
const SHADOWS: f32 = 0.3;
/// Links are lines without heads where a board unit has fewer pixels.
const HEADS: f32 = 0.22;
/// Filled shapes with fewer pixels are left out.
const SPECK: f32 = 2.0;
/// Parts of a sticky with fewer pixels are left out.
const PART: f32 = 3.0;
/// Edges of filled shapes with fewer pixels are left out.
const FINE: f32 = 0.12;
/// The same of stickies, of which there are many, and which have a colour of their own.
const STICKY_EDGE: f32 = 0.3;
/// Stickies whose shorter side has fewer pixels have no soft edges and no corner that is turned up.
const FLAT: f32 = 24.0;
/// Plain rectangles on a sticky that are lower have no soft edges: they lie inside it.
const STRIP: f32 = 6.0;
/// The number of lines for a curve of one pixel; it grows with the root of the length.
const ROUND: f32 = 1.4;
/// How far a link from afar may stray from its way, in pixels.
const STRAY: f32 = 1.5;
/// Lines of letters with fewer pixels an em are one picture.
const LINES: f32 = 12.0;

/// What is left of a drawing from far away: four corners of one colour, in board units.
#[derive(Clone, Copy)]
pub(super) struct Blot {
    corners: [PointF; 4],
    color: Color32,
    /// Which of the drawing's shapes it is.
    shape: usize,
    /// Whether it is a rectangle that stands upright.
    upright: bool,
}

impl Blot {
    /// The largest opaque shape of a drawing.
    pub(super) fn of(drawing: &Drawing) -> Option<Self> {
        let corners = |it: RectF| {
            let at = PointF::new;
            [at(it.x, it.y), at(it.right(), it.y), at(it.right(), it.bottom()), at(it.x, it.bottom())]
        };
        let grounds = drawing.shapes.iter().enumerate().filter_map(|(at, it)| match it {
            Shape::Rect { rect, fill: Some(fill), .. } => Some((*rect, corners(*rect), *fill, at, true)),
            Shape::Path { path, fill: Some(fill), .. } => {
                let rect = path.bounds()?;
                let contours = path.flatten(|_| 1);
                // A diamond stays one; what has more corners is as good as a rectangle.
                match contours.first().map(|it| it.0.as_slice()) {
                    Some(&[a, b, c, d]) => Some((rect, [a, b, c, d], *fill, at, false)),
                    _ => Some((rect, corners(rect), *fill, at, true)),
                }
            }
            Shape::Rect { .. } | Shape::Path { .. } | Shape::Shadow(_) | Shape::Text(_) | Shape::Image { .. } => None,
        });
        let largest = grounds.filter(|it| it.2.a > 200).max_by(|a, b| (a.0.w * a.0.h).total_cmp(&(b.0.w * b.0.h)));
        largest.map(|(_, corners, color, shape, upright)| Self { corners, color: color32(color), shape, upright })
    }

    /// The same if it is a good likeness of a sticky whose shorter side has that many pixels, but for what is on it.
    pub(super) fn flat(self, pixels: f32) -> Option<Self> {
        // What is as pale as paper is only seen by its edge.
        let pale = self.color.to_array().into_iter().min().is_some_and(|it| it > 215);
        (self.upright && !pale && pixels < FLAT).then_some(self)
    }

    /// Adds it, moved by `by` and enlarged by `zoom`.
    pub(super) fn put(&self, mesh: &mut Mesh, zoom: f32, by: Vec2) {
        let base = mesh.vertices.len() as u32;
        mesh.vertices.extend(self.corners.iter().map(|it| Vertex {
            pos: pos2(it.x * zoom + by.x, it.y * zoom + by.y),
            uv: egui::epaint::WHITE_UV,
            color: self.color,
        }));
        mesh.indices.extend([base, base + 1, base + 2, base, base + 2, base + 3]);
    }
}

/// Turns drawings into triangles, relative to their origins.
pub(super) struct Shaper<'a> {
    pub(super) atlas: &'a mut Atlas,
    pub(super) fonts: &'a FontBook,
    /// What the drawing is of.
    pub(super) layer: Layer,
    /// What is drawn for its ground.
    pub(super) flat: Option<Blot>,
    /// Points of the screen for a board unit.
    pub(super) zoom: f32,
    pub(super) pixels_per_point: f32,
    /// Whether there was text that could be read if it had letters.
    pub(super) rough: bool,
}

impl Shaper<'_> {
    pub(super) fn triangles(&mut self, drawing: &Drawing) -> Mesh {
        let mut mesh = Mesh::default();
        let pixels = self.zoom * self.pixels_per_point;
        if self.layer == Layer::Link
            && pixels < HEADS
            && let Some(way) = &drawing.way
        {
            self.plain_link(drawing, way, &mut mesh);
            return mesh;
        }
        let options = TessellationOptions { round_rects_to_pixels: false, ..TessellationOptions::default() };
        let mut tessellator = Tessellator::new(self.pixels_per_point, options, [1, 1], Vec::new());
        for (at, shape) in drawing.shapes.iter().enumerate() {
            match (self.flat.filter(|it| it.shape == at), shape) {
                (Some(flat), Shape::Path { path, stroke, .. }) => {
                    flat.put(&mut mesh, self.zoom, Vec2::ZERO);
                    let edge = stroke.filter(|it| it.width * pixels >= STICKY_EDGE);
                    self.path(path, None, edge, &mut tessellator, &mut mesh);
                }
                _ => self.shape(shape, &mut tessellator, &mut mesh),
            }
        }
        mesh
    }

    fn shape(&mut self, shape: &Shape, tessellator: &mut Tessellator, mesh: &mut Mesh) {
        let zoom = self.zoom;
        let pixels = zoom * self.pixels_per_point;
        match shape {
            Shape::Shadow(shadow) => {
                if pixels < SHADOWS {
                    return;
                }
                for (rect, radius, color) in shadow.layers() {
                    add_rect(tessellator, mesh, scaled(rect, zoom), radius * zoom, color32(color), egui::Stroke::NONE);
                }
            }
            Shape::Rect { rect, radius, fill, stroke } => {
                if rect.w.max(rect.h) * pixels < self.speck() {
                    return;
                }
                if self.flat.is_some()
                    && let (Some(fill), None, 0.0) = (fill, stroke, *radius)
                    && rect.h * pixels < STRIP
                {
                    mesh.add_colored_rect(scaled(*rect, zoom), color32(*fill));
                    return;
                }
                let rounded = radius * zoom;
                let outline = scaled(*rect, zoom);
                let stroke = stroke.filter(|it| fill.is_none() || it.width * pixels >= self.fine());
                let fill = fill.map_or(Color32::TRANSPARENT, color32);
                match stroke {
                    Some(Stroke { dash: Some((dash, gap)), color, width }) => {
                        add_rect(tessellator, mesh, outline, rounded, fill, egui::Stroke::NONE);
                        let corners =
                            [outline.left_top(), outline.right_top(), outline.right_bottom(), outline.left_bottom()];
                        let line: Vec<Pos2> = corners.into_iter().chain([outline.left_top()]).collect();
                        let stroke = egui::Stroke::new(width * zoom, color32(color));
                        dashed(tessellator, mesh, &line, stroke, dash * zoom, gap * zoom);
                    }
                    Some(Stroke { dash: None, color, width }) => {
                        let stroke = egui::Stroke::new(width * zoom, color32(color));
                        add_rect(tessellator, mesh, outline, rounded, fill, stroke);
                    }
                    None => add_rect(tessellator, mesh, outline, rounded, fill, egui::Stroke::NONE),
                }
            }
            Shape::Path { path, fill, stroke } => self.path(path, *fill, *stroke, tessellator, mesh),
            // Photos have textures of their own and lie below everything.
            Shape::Image { .. } => {}
            Shape::Text(line) => {
                for run in &line.runs {
                    self.run(run, line.baseline, mesh);
                }
            }
        }
    }

    fn speck(&self) -> f32 {
        if self.flat.is_some() { PART } else { SPECK }
    }

    fn fine(&self) -> f32 {
        if self.flat.is_some() { STICKY_EDGE } else { FINE }
    }

    fn path(
        &self,
        path: &Path,
        fill: Option<Color>,
        stroke: Option<Stroke>,
        tessellator: &mut Tessellator,
        mesh: &mut Mesh,
    ) {
        let zoom = self.zoom;
        let pixels = zoom * self.pixels_per_point;
        let small = |it: RectF| it.w.max(it.h) * pixels < self.speck();
        if path.bounds().is_none_or(small) {
            return;
        }
        let stroke = stroke.filter(|it| fill.is_none() || it.width * pixels >= self.fine());
        // A curve strays from its chords by its length over the square of their number: a small part of a pixel.
        let steps = |length: f32| ((length * pixels).sqrt() * ROUND).clamp(2.0, 64.0) as usize;
        for (points, closed) in path.flatten(steps) {
            let points: Vec<Pos2> = points.iter().map(|it| pos2(it.x * zoom, it.y * zoom)).collect();
            if let Some(fill) = fill.filter(|_| points.len() > 2) {
                let shape = PathShape::convex_polygon(points.clone(), color32(fill), PathStroke::NONE);
                tessellator.tessellate_path(&shape, mesh);
            }
            let Some(Stroke { color, width, dash }) = stroke else { continue };
            let stroke = egui::Stroke::new(width * zoom, color32(color));
            match dash {
                Some((dash, gap)) => {
                    let mut line = points;
                    if let Some(first) = line.first().copied().filter(|_| closed) {
                        line.push(first);
                    }
                    dashed(tessellator, mesh, &line, stroke, dash * zoom, gap * zoom);
                }
                None if closed => tessellator.tessellate_path(&PathShape::closed_line(points, stroke), mesh),
                None => tessellator.tessellate_path(&PathShape::line(points, stroke), mesh),
            }
        }
    }

    fn run(&mut self, run: &GlyphRun, baseline: f32, mesh: &mut Mesh) {
        let zoom = self.zoom;
        let pixels = run.size * zoom * self.pixels_per_point;
        let em = run.size * zoom;
        if pixels < BARS {
            return;
        }
        if pixels < READABLE || run.glyphs.is_empty() {
            self.rough |= pixels >= READABLE;
            bars(run, baseline, zoom, mesh);
            return;
        }
        let color = color32(run.color);
        if pixels < LINES
            && let Some(first) = run.glyphs.first()
            && let Some(cell) = self.atlas.line(self.fonts, run, pixels)
        {
            let at = pos2(first.x * zoom + cell.left * em, first.y * zoom + cell.top * em);
            mesh.add_rect_with_uv(Rect::from_min_size(at, vec2(cell.w * em, cell.h * em)), cell.uv, color);
            return;
        }
        for glyph in &run.glyphs {
            let Some(cell) = self.atlas.glyph(self.fonts, run.font, glyph.id, pixels) else { continue };
            let at = pos2(glyph.x * zoom + cell.left * em, glyph.y * zoom + cell.top * em);
            mesh.add_rect_with_uv(Rect::from_min_size(at, vec2(cell.w * em, cell.h * em)), cell.uv, color);
        }
    }

    /// A link from afar: its way in as few pieces as look like it, and no head.
    fn plain_link(&self, drawing: &Drawing, way: &[PointF], mesh: &mut Mesh) {
        let stroke = drawing.shapes.iter().find_map(|it| match it {
            Shape::Path { stroke: Some(stroke), .. } => Some(*stroke),
            _ => None,
        });
        let (Some(stroke), Some(first), Some(last)) = (stroke, way.first(), way.last()) else { return };
        let mut kept = vec![*first];
        thinned(way, STRAY / (self.zoom * self.pixels_per_point), &mut kept);
        kept.push(*last);
        let points: Vec<Pos2> = kept.iter().map(|it| pos2(it.x * self.zoom, it.y * self.zoom)).collect();
        let pixel = 1.0 / self.pixels_per_point;
        if let [from, to] = points.as_slice()
            && (from.x - to.x).abs().min((from.y - to.y).abs()) < pixel / 2.0
        {
            // Level or upright: a strip.
            let width = stroke.width * self.zoom;
            let color = color32(stroke.color).gamma_multiply((width / pixel).clamp(0.3, 1.0));
            let half = width.max(pixel) / 2.0;
            let aside = if (from.x - to.x).abs() > (from.y - to.y).abs() { vec2(0.0, half) } else { vec2(half, 0.0) };
            mesh.add_colored_rect(Rect::from_two_pos(*from - aside, *to + aside), color);
            return;
        }
        hairline(&points, stroke.width * self.zoom, pixel, color32(stroke.color), mesh);
    }
}

/// The points between the ends of a way without which it would stray by more than `most` (Douglas and Peucker).
fn thinned(way: &[PointF], most: f32, kept: &mut Vec<PointF>) {
    let (Some(first), Some(last)) = (way.first(), way.last()) else { return };
    let (dx, dy) = (last.x - first.x, last.y - first.y);
    let length = dx.hypot(dy).max(f32::EPSILON);
    let stray = way.iter().map(|it| ((it.x - first.x) * dy - (it.y - first.y) * dx).abs() / length);
    let farthest = stray.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|it| it.1 > most);
    let Some((at, point)) = farthest.and_then(|it| Some((it.0, way.get(it.0)?))) else { return };
    if at > 0 && at + 1 < way.len() {
        thinned(way.get(..=at).unwrap_or_default(), most, kept);
        kept.push(*point);
        thinned(way.get(at..).unwrap_or_default(), most, kept);
    }
}

/// A soft line no thinner than a pixel; a thinner one is paler instead.
fn hairline(points: &[Pos2], width: f32, pixel: f32, color: Color32, mesh: &mut Mesh) {
    let color = color.gamma_multiply((width / pixel).clamp(0.3, 1.0));
    let reach = (width / 2.0 + pixel / 2.0).max(pixel);
    let count = points.len();
    let base = mesh.vertices.len() as u32;
    for (at, point) in points.iter().enumerate() {
        let before = points.get(at.saturating_sub(1)).unwrap_or(point);
        let after = points.get((at + 1).min(count - 1)).unwrap_or(point);
        let along = (*after - *before).normalized();
        let aside = vec2(-along.y, along.x) * reach;
        let mut put = |pos: Pos2, color: Color32| {
            mesh.vertices.push(Vertex { pos, uv: egui::epaint::WHITE_UV, color });
        };
        put(*point - aside, Color32::TRANSPARENT);
        put(*point, color);
        put(*point + aside, Color32::TRANSPARENT);
    }
    for piece in 0..count.saturating_sub(1) as u32 {
        let (a, b) = (base + piece * 3, base + piece * 3 + 3);
        mesh.indices.extend([a, a + 1, b, a + 1, b, b + 1, a + 1, a + 2, b + 1, a + 2, b + 1, b + 2]);
    }
}

/// Words too small to be read, as bars: how much is written where is still seen.
fn bars(run: &GlyphRun, baseline: f32, zoom: f32, mesh: &mut Mesh) {
    let color = color32(run.color).gamma_multiply(0.45);
    let count = run.text.chars().count().max(1) as f32;
    let place = |at: usize| {
        let part = at as f32 / count;
        run.x + run.advance * if run.rtl { 1.0 - part } else { part }
    };
    let mut start = None;
    let mut put = |from: usize, to: usize| {
        let (a, b) = (place(from), place(to));
        let rect = RectF::new(a.min(b), baseline - run.size * 0.55, (b - a).abs(), run.size * 0.55);
        mesh.add_colored_rect(scaled(rect, zoom), color);
    };
    let mut end = 0;
    for (at, c) in run.text.chars().enumerate() {
        end = at + 1;
        match (start, c.is_whitespace()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                put(from, at);
                start = None;
            }
            (None, true) | (Some(_), false) => {}
        }
    }
    if let Some(from) = start {
        put(from, end);
    }
}

fn scaled(rect: RectF, zoom: f32) -> Rect {
    Rect::from_min_size(pos2(rect.x * zoom, rect.y * zoom), vec2(rect.w * zoom, rect.h * zoom))
}

fn add_rect(
    tessellator: &mut Tessellator,
    mesh: &mut Mesh,
    rect: Rect,
    radius: f32,
    fill: Color32,
    stroke: egui::Stroke,
) {
    let radius = CornerRadiusF32::same(radius.min(250.0));
    tessellator.tessellate_rect(&RectShape::new(rect, radius, fill, stroke, StrokeKind::Middle), mesh);
}

fn dashed(tessellator: &mut Tessellator, mesh: &mut Mesh, line: &[Pos2], stroke: egui::Stroke, dash: f32, gap: f32) {
    // A dash shorter than a point is a thin line, and far cheaper.
    if dash < 1.0 {
        tessellator.tessellate_path(&PathShape::line(line.to_vec(), stroke), mesh);
        return;
    }
    for shape in egui::Shape::dashed_line(line, stroke, dash, gap.max(0.5)) {
        tessellator.tessellate_shape(shape, mesh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The farthest that a point of `way` lies from a line of points.
    fn off(way: &[PointF], line: &[PointF]) -> f32 {
        let from = |at: &PointF| {
            let pieces = line.windows(2).map(|it| {
                let (ax, ay) = (at.x - it[0].x, at.y - it[0].y);
                let (bx, by) = (it[1].x - it[0].x, it[1].y - it[0].y);
                let along = ((ax * bx + ay * by) / (bx * bx + by * by)).clamp(0.0, 1.0);
                (ax - bx * along).hypot(ay - by * along)
            });
            pieces.fold(f32::INFINITY, f32::min)
        };
        way.iter().map(from).fold(0.0, f32::max)
    }

    #[test]
    fn a_link_from_afar_keeps_to_its_way_in_few_pieces() {
        let at = PointF::new;
        let straight: Vec<PointF> = (0..=24).map(|it| at(it as f32 * 100.0, 0.0)).collect();
        let bent = Path::from(vec![
            crate::scene::Segment::Move(at(0.0, 0.0)),
            crate::scene::Segment::Cubic(at(2_000.0, 0.0), at(-1_000.0, 1_500.0), at(1_000.0, 1_500.0)),
        ]);
        let bent = bent.flatten(|_| 24).remove(0).0;
        for (way, pixels, most) in [(&straight, 0.2, 2), (&bent, 0.2, 21), (&bent, 0.02, 6), (&bent, 0.001, 2)] {
            let mut kept = vec![way[0]];
            thinned(way, STRAY / pixels, &mut kept);
            kept.push(way[24]);
            assert!(kept.len() <= most, "{} at {pixels}", kept.len());
            assert!(off(way, &kept) * pixels <= STRAY * 1.01, "{} at {pixels}", off(way, &kept) * pixels);
        }
    }
}
