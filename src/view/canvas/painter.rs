//! The scene as one mesh a frame.
//!
//! Each drawing is turned into triangles once for a band of zooms, relative to its origin; a frame copies and moves
//! them. What is too small to be read is not drawn as letters, what is very small is one plain rectangle. A frame
//! turns only so many drawings into triangles; until its turn comes a drawing is shown from another band.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::{
    CornerRadiusF32, Mesh, PathShape, PathStroke, RectShape, TessellationOptions, Tessellator, Vertex, WHITE_UV,
};
use egui::{Color32, Pos2, Rect, StrokeKind, pos2, vec2};

use super::atlas::Atlas;
use crate::editor::Camera;
use crate::kit::{PointF, RectF};
use crate::scene::{Color, Drawing, FontBook, Item, Layer, Shape, Stroke};

/// Letters smaller than this many pixels an em are not drawn.
const READABLE: f32 = 3.5;
/// Items whose longer side has fewer pixels than this are one rectangle.
const PLAIN: f32 = 9.0;
/// Steps of zoom within which triangles are reused.
const BAND: f32 = 1.1;
/// So many drawings are turned into triangles in a frame at most.
const BUDGET: usize = 400;
/// Kept triangles are looked through for stale ones when there are more than this.
const KEEP: usize = 6_000;

/// Triangles of one drawing.
struct Geometry {
    /// Keeps the address that is the key from being used for another drawing.
    _drawing: Arc<Drawing>,
    vertices: Vec<Vertex>,
    indices: Vec<u32>,
    band: i32,
    /// Points of the screen for a board unit, at which it was made.
    zoom: f32,
    generation: u64,
    used: u64,
}

/// Draws scenes.
pub(super) struct ScenePainter {
    atlas: Atlas,
    mesh: Arc<Mesh>,
    // Only looked up, never iterated over for output.
    kept: HashMap<usize, Geometry>,
    frame: u64,
    /// Whether the last frame left drawings for the next.
    pub(super) unfinished: bool,
}

impl ScenePainter {
    pub(super) fn new(ctx: &egui::Context) -> Self {
        Self {
            atlas: Atlas::new(ctx),
            mesh: Arc::new(Mesh::default()),
            kept: HashMap::new(),
            frame: 0,
            unfinished: false,
        }
    }

    /// The items seen through the camera as one mesh, with the left top corner of the view at `corner`.
    pub(super) fn mesh<'a>(
        &mut self,
        items: impl Iterator<Item = &'a Item> + Clone,
        fonts: &FontBook,
        camera: &Camera,
        corner: Pos2,
        pixels_per_point: f32,
    ) -> Arc<Mesh> {
        self.frame += 1;
        self.unfinished = false;
        let mut mesh = Arc::try_unwrap(std::mem::take(&mut self.mesh)).unwrap_or_default();
        mesh.clear();
        mesh.texture_id = self.atlas.texture();
        let seen = camera.visible().grown(2.0 / camera.zoom);
        // Emptying the atlas in the middle of a frame voids what was emitted before: then it is done once more.
        for _ in 0..2 {
            let generation = self.atlas.generation();
            mesh.clear();
            let mut budget = BUDGET;
            for item in items.clone().filter(|it| it.bounds.touches(seen)) {
                self.emit(item, fonts, camera, corner, pixels_per_point, &mut budget, &mut mesh);
            }
            if self.atlas.generation() == generation {
                break;
            }
        }
        self.atlas.upload();
        if self.kept.len() > KEEP {
            let oldest = self.frame.saturating_sub(120);
            self.kept.retain(|_, it| it.used >= oldest);
        }
        self.mesh = Arc::new(mesh);
        Arc::clone(&self.mesh)
    }

    #[expect(clippy::too_many_arguments, reason = "one call, in the innermost loop")]
    fn emit(
        &mut self,
        item: &Item,
        fonts: &FontBook,
        camera: &Camera,
        corner: Pos2,
        pixels_per_point: f32,
        budget: &mut usize,
        mesh: &mut Mesh,
    ) {
        let pixels = camera.zoom * pixels_per_point;
        if item.layer == Layer::Sticky && item.bounds.w.max(item.bounds.h) * pixels < PLAIN {
            if let Some((rect, color)) = ground(&item.drawing) {
                let at = camera.to_view(PointF::new(rect.x + item.origin.x, rect.y + item.origin.y));
                let min = pos2(corner.x + at.x, corner.y + at.y);
                mesh.add_colored_rect(Rect::from_min_size(min, vec2(rect.w, rect.h) * camera.zoom), color32(color));
            }
            return;
        }
        let band = (pixels.ln() / BAND.ln()).round() as i32;
        let key = Arc::as_ptr(&item.drawing) as usize;
        let generation = self.atlas.generation();
        let fresh = self.kept.get(&key).is_some_and(|it| it.band == band && it.generation == generation);
        let usable = self.kept.get(&key).is_some_and(|it| it.generation == generation);
        if !fresh && (*budget > 0 || !usable) {
            *budget = budget.saturating_sub(1);
            let made = self.triangles(&item.drawing, fonts, BAND.powi(band) / pixels_per_point, pixels_per_point, band);
            self.kept.insert(key, made);
        } else if !fresh {
            self.unfinished = true;
        }
        let Some(geometry) = self.kept.get_mut(&key) else { return };
        geometry.used = self.frame;
        let origin = camera.to_view(item.origin);
        let (dx, dy) = (corner.x + origin.x, corner.y + origin.y);
        let scale = camera.zoom / geometry.zoom;
        let base = mesh.vertices.len() as u32;
        mesh.vertices.extend(geometry.vertices.iter().map(|it| Vertex {
            pos: pos2(it.pos.x * scale + dx, it.pos.y * scale + dy),
            uv: it.uv,
            color: it.color,
        }));
        mesh.indices.extend(geometry.indices.iter().map(|it| base + it));
    }

    fn triangles(
        &mut self,
        drawing: &Arc<Drawing>,
        fonts: &FontBook,
        zoom: f32,
        pixels_per_point: f32,
        band: i32,
    ) -> Geometry {
        let mut mesh = Mesh::default();
        let options = TessellationOptions { round_rects_to_pixels: false, ..TessellationOptions::default() };
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        for shape in &drawing.shapes {
            self.shape(shape, fonts, zoom, pixels_per_point, &mut tessellator, &mut mesh);
        }
        Geometry {
            _drawing: Arc::clone(drawing),
            vertices: mesh.vertices,
            indices: mesh.indices,
            band,
            zoom,
            generation: self.atlas.generation(),
            used: self.frame,
        }
    }

    fn shape(
        &mut self,
        shape: &Shape,
        fonts: &FontBook,
        zoom: f32,
        pixels_per_point: f32,
        tessellator: &mut Tessellator,
        mesh: &mut Mesh,
    ) {
        match shape {
            Shape::Shadow(shadow) => {
                if zoom * pixels_per_point < 0.3 {
                    return;
                }
                for (rect, radius, color) in shadow.layers() {
                    add_rect(tessellator, mesh, scaled(rect, zoom), radius * zoom, color32(color), egui::Stroke::NONE);
                }
            }
            Shape::Rect { rect, radius, fill, stroke } => {
                let fill = fill.map_or(Color32::TRANSPARENT, color32);
                match stroke {
                    Some(Stroke { dash: Some((dash, gap)), color, width }) => {
                        add_rect(tessellator, mesh, scaled(*rect, zoom), radius * zoom, fill, egui::Stroke::NONE);
                        let outline = scaled(*rect, zoom);
                        let line = [
                            outline.left_top(),
                            outline.right_top(),
                            outline.right_bottom(),
                            outline.left_bottom(),
                            outline.left_top(),
                        ];
                        let stroke = egui::Stroke::new(width * zoom, color32(*color));
                        dashed(tessellator, mesh, &line, stroke, dash * zoom, gap * zoom);
                    }
                    Some(Stroke { dash: None, color, width }) => {
                        let stroke = egui::Stroke::new(width * zoom, color32(*color));
                        add_rect(tessellator, mesh, scaled(*rect, zoom), radius * zoom, fill, stroke);
                    }
                    None => {
                        add_rect(tessellator, mesh, scaled(*rect, zoom), radius * zoom, fill, egui::Stroke::NONE);
                    }
                }
            }
            Shape::Path { path, fill, stroke } => {
                let steps = (zoom * pixels_per_point * 24.0).clamp(4.0, 64.0) as usize;
                for (points, closed) in path.flatten(steps) {
                    let points: Vec<Pos2> = points.iter().map(|it| pos2(it.x * zoom, it.y * zoom)).collect();
                    if let Some(fill) = fill.filter(|_| points.len() > 2) {
                        let shape = PathShape::convex_polygon(points.clone(), color32(fill), PathStroke::NONE);
                        tessellator.tessellate_path(&shape, mesh);
                    }
                    let Some(Stroke { color, width, dash }) = stroke else { continue };
                    let stroke = egui::Stroke::new(width * zoom, color32(*color));
                    match dash {
                        Some((dash, gap)) => {
                            let mut line = points;
                            if let Some(first) = line.first().copied().filter(|_| closed) {
                                line.push(first);
                            }
                            dashed(tessellator, mesh, &line, stroke, dash * zoom, gap * zoom);
                        }
                        None if closed => {
                            tessellator.tessellate_path(&PathShape::closed_line(points, stroke), mesh);
                        }
                        None => tessellator.tessellate_path(&PathShape::line(points, stroke), mesh),
                    }
                }
            }
            Shape::Text(line) => {
                for run in &line.runs {
                    let pixels = run.size * zoom * pixels_per_point;
                    if pixels < READABLE {
                        continue;
                    }
                    let color = color32(run.color);
                    let em = run.size * zoom;
                    for glyph in &run.glyphs {
                        let Some(cell) = self.atlas.glyph(fonts, run.font, glyph.id, pixels) else { continue };
                        let at = pos2(glyph.x * zoom + cell.left * em, glyph.y * zoom + cell.top * em);
                        let rect = Rect::from_min_size(at, vec2(cell.w * em, cell.h * em));
                        mesh.add_rect_with_uv(rect, cell.uv, color);
                    }
                }
            }
        }
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

/// The largest opaque shape of a drawing: what is left of it from afar.
fn ground(drawing: &Drawing) -> Option<(RectF, Color)> {
    let grounds = drawing.shapes.iter().filter_map(|it| match it {
        Shape::Rect { rect, fill: Some(fill), .. } => Some((*rect, *fill)),
        Shape::Path { path, fill: Some(fill), .. } => path.bounds().map(|it| (it, *fill)),
        Shape::Rect { .. } | Shape::Path { .. } | Shape::Shadow(_) | Shape::Text(_) => None,
    });
    grounds.filter(|it| it.1.a > 200).max_by(|a, b| (a.0.w * a.0.h).total_cmp(&(b.0.w * b.0.h)))
}

/// A scene's colour for the screen.
pub(crate) fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Plain colours come from the white corner of the atlas.
const _: () = assert!(WHITE_UV.x == 0.0 && WHITE_UV.y == 0.0);
