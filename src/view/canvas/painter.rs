//! The scene as two meshes a frame: the board, and what lies over it.
//!
//! Each drawing is turned into triangles once for a band of zooms, relative to its origin. The board's mesh is made of
//! them once for a part of the board somewhat larger than the view, and kept: as long as the view moves within that
//! part a frame only moves its vertices. What is too small to be read is drawn as bars, what is very small is one plain
//! blot. A frame turns only so many drawings into triangles; until its turn comes a drawing is shown from another band.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Vec2, pos2, vec2};

use super::atlas::Atlas;
use super::shapes::{Blot, Shaper};
use crate::editor::Camera;
use crate::kit::{PointF, RectF};
use crate::scene::{Color, Drawing, FontBook, Item, Layer, Scene};

/// Stickies whose shorter side has fewer pixels than this are one blot.
const PLAIN: f32 = 9.0;
/// Labels with fewer pixels from top to bottom than this are left out.
const LABELS: f32 = 3.0;
/// Steps of zoom within which triangles are reused.
const BAND: f32 = 1.2;
/// So many drawings are turned into triangles in a frame at most.
const BUDGET: usize = 200;
/// Kept triangles are looked through for stale ones when there are more than this.
const KEEP: usize = 12_000;
/// How far the kept mesh reaches beyond the view on each side, in parts of the view.
const MARGIN: f32 = 0.2;

/// What is kept of one drawing.
struct Kept {
    /// Keeps the address that is the key from being used for another drawing.
    drawing: Arc<Drawing>,
    blot: Option<Blot>,
    geometry: Option<Geometry>,
    used: u64,
}

/// Triangles of one drawing.
struct Geometry {
    vertices: Vec<Vertex>,
    indices: Vec<u32>,
    band: i32,
    /// Points of the screen for a board unit, at which it was made.
    zoom: f32,
    generation: u64,
}

/// The board's mesh for a part of the board.
#[derive(Default)]
struct Sheet {
    mesh: Arc<Mesh>,
    /// Where the vertices lie, in points from `anchor` at `zoom`.
    places: Vec<Pos2>,
    anchor: PointF,
    zoom: f32,
    part: RectF,
    made_for: Option<MadeFor>,
}

/// What a sheet depends on, but for the camera's place.
#[derive(Clone, Copy, PartialEq)]
struct MadeFor {
    version: u64,
    band: i32,
    pixels_per_point: f32,
    generation: u64,
}

/// How a frame looks at the board.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) camera: &'a Camera,
    /// The left top corner of the canvas on the screen.
    pub(crate) corner: Pos2,
    pub(crate) pixels_per_point: f32,
}

impl View<'_> {
    fn band(&self) -> i32 {
        ((self.camera.zoom * self.pixels_per_point).ln() / BAND.ln()).round() as i32
    }

    /// The zoom at which the band's triangles are made.
    fn band_zoom(&self) -> f32 {
        BAND.powi(self.band()) / self.pixels_per_point
    }
}

/// Draws scenes.
pub(crate) struct ScenePainter {
    atlas: Atlas,
    // Only looked up, never iterated over for output.
    kept: HashMap<usize, Kept>,
    sheet: Sheet,
    /// The version of the scene for which the sheet was made last, and whether that was another than before.
    version: u64,
    changing: bool,
    above: Arc<Mesh>,
    frame: u64,
    budget: usize,
    /// Whether the last frame left drawings for the next.
    pub(crate) unfinished: bool,
    /// Whether text was turned into triangles that could be read if it had letters.
    pub(super) rough: bool,
}

impl ScenePainter {
    pub(crate) fn new(ctx: &egui::Context) -> Self {
        Self {
            atlas: Atlas::new(ctx),
            kept: HashMap::new(),
            sheet: Sheet::default(),
            version: 0,
            changing: false,
            above: Arc::default(),
            frame: 0,
            budget: 0,
            unfinished: false,
            rough: false,
        }
    }

    /// The scene and what lies above it, as seen by the camera. `version` changes with every change of the scene.
    pub(crate) fn meshes(
        &mut self,
        scene: &Scene,
        version: u64,
        above: &[&Item],
        fonts: &FontBook,
        view: View<'_>,
    ) -> [Arc<Mesh>; 2] {
        self.frame += 1;
        self.budget = BUDGET;
        self.unfinished = false;
        // Emptying the atlas in the middle of a frame voids what was emitted before: then it is done once more.
        for _ in 0..2 {
            let generation = self.atlas.generation();
            self.board(scene, version, fonts, view);
            self.over(above, fonts, view);
            if self.atlas.generation() == generation {
                break;
            }
        }
        self.atlas.upload();
        if self.kept.len() > KEEP {
            let oldest = self.frame.saturating_sub(120);
            self.kept.retain(|_, it| it.used >= oldest);
        }
        [Arc::clone(&self.sheet.mesh), Arc::clone(&self.above)]
    }

    fn board(&mut self, scene: &Scene, version: u64, fonts: &FontBook, view: View<'_>) {
        let camera = view.camera;
        let generation = self.atlas.generation();
        let wanted = MadeFor { version, band: view.band(), pixels_per_point: view.pixels_per_point, generation };
        let seen = camera.visible().grown(2.0 / camera.zoom);
        let covered = seen.intersection(scene.bounds).is_none_or(|it| encloses(self.sheet.part, it));
        if self.sheet.made_for != Some(wanted) || !covered {
            let unfinished = self.unfinished;
            self.unfinished = false;
            // While the scene changes with every frame nothing beyond the view is of use.
            let (before, changing) = (self.changing, self.version != version);
            (self.changing, self.version) = (changing, version);
            let wide = if changing && before { 0.0 } else { seen.w.max(seen.h) * MARGIN };
            self.sheet.part = seen.grown(wide);
            self.sheet.anchor = PointF::new(seen.x, seen.y);
            self.sheet.zoom = view.band_zoom();
            let mut sheet = std::mem::take(&mut self.sheet);
            let mesh = Arc::make_mut(&mut sheet.mesh);
            mesh.clear();
            mesh.texture_id = self.atlas.texture();
            if self.kept.is_empty() {
                self.kept.reserve(scene.items.len().min(KEEP));
            }
            for item in scene.within(sheet.part) {
                let by = vec2(item.origin.x - sheet.anchor.x, item.origin.y - sheet.anchor.y) * sheet.zoom;
                self.emit(item, fonts, view, sheet.zoom, by, mesh);
            }
            sheet.places.clear();
            sheet.places.extend(mesh.vertices.iter().map(|it| it.pos));
            // An unfinished one is made again in the next frame.
            let done = !self.unfinished && self.atlas.generation() == generation;
            sheet.made_for = done.then_some(wanted);
            self.unfinished |= unfinished;
            self.sheet = sheet;
        }
        let sheet = &mut self.sheet;
        let scale = camera.zoom / sheet.zoom;
        let at = camera.to_view(sheet.anchor);
        let (dx, dy) = (view.corner.x + at.x, view.corner.y + at.y);
        let mesh = Arc::make_mut(&mut sheet.mesh);
        for (vertex, place) in mesh.vertices.iter_mut().zip(&sheet.places) {
            vertex.pos = pos2(place.x * scale + dx, place.y * scale + dy);
        }
    }

    fn over(&mut self, items: &[&Item], fonts: &FontBook, view: View<'_>) {
        let mut above = std::mem::take(&mut self.above);
        let mesh = Arc::make_mut(&mut above);
        mesh.clear();
        mesh.texture_id = self.atlas.texture();
        let camera = view.camera;
        let seen = camera.visible().grown(2.0 / camera.zoom);
        for item in items.iter().filter(|it| it.bounds.touches(seen)) {
            let origin = camera.to_view(item.origin);
            let by = vec2(view.corner.x + origin.x, view.corner.y + origin.y);
            self.emit(item, fonts, view, camera.zoom, by, mesh);
        }
        self.above = above;
    }

    /// Adds an item at `zoom` points a board unit, moved by `by` points.
    fn emit(&mut self, item: &Item, fonts: &FontBook, view: View<'_>, zoom: f32, by: Vec2, mesh: &mut Mesh) {
        let band = view.band();
        let pixels = BAND.powi(band);
        if item.layer == Layer::Label && item.bounds.h * pixels < LABELS {
            return;
        }
        let key = Arc::as_ptr(&item.drawing) as usize;
        let kept = self.kept.entry(key).or_insert_with(|| Kept {
            drawing: Arc::clone(&item.drawing),
            blot: if item.layer == Layer::Sticky { Blot::of(&item.drawing) } else { None },
            geometry: None,
            used: 0,
        });
        kept.used = self.frame;
        if let Some(blot) = kept.blot.filter(|_| item.bounds.w.min(item.bounds.h) * pixels < PLAIN) {
            blot.put(mesh, zoom, by);
            return;
        }
        let generation = self.atlas.generation();
        let usable = kept.geometry.as_ref().is_some_and(|it| it.generation == generation);
        let fresh = usable && kept.geometry.as_ref().is_some_and(|it| it.band == band);
        if !fresh && (self.budget > 0 || !usable) {
            self.budget = self.budget.saturating_sub(1);
            let at = view.band_zoom();
            let (atlas, pixels_per_point) = (&mut self.atlas, view.pixels_per_point);
            let side = item.bounds.w.min(item.bounds.h);
            let flat = kept.blot.and_then(|it| it.flat(side * pixels));
            let mut shaper = Shaper { atlas, fonts, layer: item.layer, flat, zoom: at, pixels_per_point, rough: false };
            let made = shaper.triangles(&kept.drawing);
            self.rough |= shaper.rough;
            let generation = self.atlas.generation();
            let Mesh { vertices, indices, .. } = made;
            kept.geometry = Some(Geometry { vertices, indices, band, zoom: at, generation });
        } else if !fresh {
            self.unfinished = true;
        }
        let Some(geometry) = &kept.geometry else { return };
        let scale = zoom / geometry.zoom;
        let base = mesh.vertices.len() as u32;
        mesh.vertices.extend(geometry.vertices.iter().map(|it| Vertex {
            pos: pos2(it.pos.x * scale + by.x, it.pos.y * scale + by.y),
            uv: it.uv,
            color: it.color,
        }));
        mesh.indices.extend(geometry.indices.iter().map(|it| base + it));
    }
}

/// Whether a rectangle holds another.
pub(super) fn encloses(outer: RectF, inner: RectF) -> bool {
    // A little slack: rectangles that were cut at the same edge differ by rounding.
    let slack = (inner.w + inner.h) * 1e-5;
    outer.x <= inner.x + slack
        && outer.y <= inner.y + slack
        && outer.right() + slack >= inner.right()
        && outer.bottom() + slack >= inner.bottom()
}

/// A scene's colour for the screen.
pub(crate) fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Plain colours come from the white corner of the atlas.
const _: () = assert!(WHITE_UV.x == 0.0 && WHITE_UV.y == 0.0);
