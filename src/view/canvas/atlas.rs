//! The glyph atlas: letters drawn once at a few sizes, kept in one texture.

use std::collections::{BTreeMap, HashMap};

use egui::{Color32, ColorImage, TextureHandle, TextureId, TextureOptions, pos2};

use crate::scene::{FontBook, FontId, GlyphMask, GlyphRaster, GlyphRun};

/// Sizes at which letters are drawn, in pixels an em; sizes between are scaled down from the next.
const SIZES: [u16; 13] = [8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96];
/// Width and height of the texture in pixels, at first.
const SIDE: usize = 1024;
/// Its width and height as soon as not all letters have room.
const LARGEST: usize = 2048;
/// Pixels between letters, so that neighbours do not bleed in.
const GAP: usize = 1;

/// Whole lines are put into the first rows only, this part of all: they come and go with the names on the board.
const LINES: usize = 2;
/// Lines with more pixels are no one picture.
const LONG: usize = 512;
/// Parts of a pixel at which letters of a line may stand.
const STEPS: f32 = 4.0;

/// Where a letter lies in the texture, and how to place it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Corners in the texture, 0 to 1.
    pub(super) uv: egui::Rect,
    /// From the letter's origin to its left top corner, as parts of an em, y downwards.
    pub(super) left: f32,
    /// See `left`.
    pub(super) top: f32,
    /// Size as parts of an em.
    pub(super) w: f32,
    /// See `w`.
    pub(super) h: f32,
}

/// A font, a size, and letters with their places.
type Line = (FontId, u16, Vec<(u16, i32, i32)>);

/// Letters in one texture. A letter that finds no room empties it, and makes it larger the first time: what is on the
/// screen comes back by itself.
pub(super) struct Atlas {
    texture: TextureHandle,
    /// Its width and height.
    side: usize,
    pixels: Vec<u8>,
    cells: BTreeMap<(FontId, u16, u16), Option<Cell>>,
    /// Lines of letters, by font, size and letters with their places in parts of a pixel. Only looked up.
    lines: HashMap<Line, Option<Cell>>,
    /// Letters of lines, by font, number, size and the part of a pixel at which they stand. Only looked up.
    masks: HashMap<(FontId, u16, u16, u8), GlyphMask>,
    raster: GlyphRaster,
    /// The shelf that is filled: next x, its top, its height.
    shelf: (usize, usize, usize),
    /// Rows that the texture does not have yet.
    dirty: Option<(usize, usize)>,
    /// Grows each time the texture is emptied: positions kept elsewhere are void then.
    generation: u64,
}

impl Atlas {
    pub(super) fn new(ctx: &egui::Context) -> Self {
        let texture = ctx.load_texture("glyph atlas", blank(SIDE), TextureOptions::LINEAR);
        let mut atlas = Self {
            texture,
            side: SIDE,
            pixels: vec![0; SIDE * SIDE],
            cells: BTreeMap::new(),
            lines: HashMap::new(),
            masks: HashMap::new(),
            raster: GlyphRaster::new(),
            shelf: (0, 0, 0),
            dirty: None,
            generation: 0,
        };
        atlas.clear();
        atlas
    }

    pub(super) fn texture(&self) -> TextureId {
        self.texture.id()
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    fn clear(&mut self) {
        self.pixels.fill(0);
        self.cells.clear();
        self.lines.clear();
        self.masks.clear();
        // A white corner, so that plain colours come from the same texture as letters.
        for y in 0..2 {
            for x in 0..2 {
                if let Some(pixel) = self.pixels.get_mut(y * self.side + x) {
                    *pixel = 255;
                }
            }
        }
        self.shelf = (4, 0, 4);
        self.dirty = Some((0, self.side));
        self.generation += 1;
    }

    /// The letter for drawing at `pixels` an em; `None` if it has no ink.
    pub(super) fn glyph(&mut self, fonts: &FontBook, font: FontId, glyph: u16, pixels: f32) -> Option<Cell> {
        let size = drawn_at(pixels);
        let key = (font, glyph, size);
        if let Some(cell) = self.cells.get(&key) {
            return *cell;
        }
        let cell = self.draw(fonts, font, glyph, size);
        self.cells.insert(key, cell);
        cell
    }

    fn draw(&mut self, fonts: &FontBook, font: FontId, glyph: u16, size: u16) -> Option<Cell> {
        let mask = self.raster.mask(fonts, font, glyph, f32::from(size), 0.0, 0.0);
        self.keep(&mask, size)
    }

    /// A run of letters as one picture, relative to its first letter; `None` if it has no ink, is too long, or there is no
    /// room for lines any more.
    pub(super) fn line(&mut self, fonts: &FontBook, run: &GlyphRun, pixels: f32) -> Option<Cell> {
        let first = run.glyphs.first()?;
        let size = drawn_at(pixels);
        let scale = f32::from(size) / run.size * STEPS;
        let part = |it: f32| (it * scale).round() as i32;
        let letters = run.glyphs.iter().map(|it| (it.id, part(it.x - first.x), part(it.y - first.y))).collect();
        let key = (run.font, size, letters);
        if let Some(cell) = self.lines.get(&key) {
            return *cell;
        }
        if self.shelf.1 >= self.side / LINES {
            return None;
        }
        let mask = self.join(fonts, &key);
        let cell = mask.and_then(|it| self.keep(&it, size));
        self.lines.insert(key, cell);
        cell
    }

    /// The letters of a line in one mask.
    fn join(&mut self, fonts: &FontBook, (font, size, letters): &Line) -> Option<GlyphMask> {
        let steps = STEPS as i32;
        // Left, top downwards, and which letter: in pixels from the first letter's origin.
        let mut placed = Vec::with_capacity(letters.len());
        for (id, x, y) in letters {
            let part = x.rem_euclid(steps) as u8;
            let key = (*font, *id, *size, part);
            let raster = &mut self.raster;
            let mask = self
                .masks
                .entry(key)
                .or_insert_with(|| raster.mask(fonts, *font, *id, f32::from(*size), f32::from(part) / STEPS, 0.0));
            if mask.width > 0 {
                let down = (*y as f32 / STEPS).round() as i32;
                placed.push((x.div_euclid(steps) + mask.left, down - mask.top, key));
            }
        }
        let size_of = |it: &(i32, i32, (FontId, u16, u16, u8))| {
            self.masks.get(&it.2).map_or((0, 0), |it| (it.width as i32, it.height as i32))
        };
        let left = placed.iter().map(|it| it.0).min()?;
        let top = placed.iter().map(|it| it.1).min()?;
        let width = usize::try_from(placed.iter().map(|it| it.0 + size_of(it).0).max()? - left).ok()?;
        let height = usize::try_from(placed.iter().map(|it| it.1 + size_of(it).1).max()? - top).ok()?;
        if width > LONG || height > LONG {
            return None;
        }
        let mut coverage = vec![0; width * height];
        for (x, y, key) in &placed {
            let mask = self.masks.get(key)?;
            let (x, y) = ((x - left) as usize, (y - top) as usize);
            for (row, from) in mask.coverage.chunks_exact(mask.width as usize).enumerate() {
                let at = (y + row) * width + x;
                for (to, from) in coverage.get_mut(at..at + from.len())?.iter_mut().zip(from) {
                    *to = (*to).max(*from);
                }
            }
        }
        Some(GlyphMask { left, top: -top, width: width as u32, height: height as u32, coverage })
    }

    /// Puts a mask into the texture.
    fn keep(&mut self, mask: &GlyphMask, size: u16) -> Option<Cell> {
        let (w, h) = (mask.width as usize, mask.height as usize);
        if w == 0 || h == 0 || w + GAP > SIDE || h + GAP > SIDE {
            return None;
        }
        let (x, y) = self.room(w, h);
        for row in 0..h {
            let from = mask.coverage.get(row * w..(row + 1) * w)?;
            let at = (y + row) * self.side + x;
            self.pixels.get_mut(at..at + w)?.copy_from_slice(from);
        }
        let (low, high) = self.dirty.unwrap_or((y, y));
        self.dirty = Some((low.min(y), high.max(y + h)));
        let em = f32::from(size);
        let side = self.side as f32;
        Some(Cell {
            uv: egui::Rect::from_min_max(
                pos2(x as f32 / side, y as f32 / side),
                pos2((x + w) as f32 / side, (y + h) as f32 / side),
            ),
            left: mask.left as f32 / em,
            top: -mask.top as f32 / em,
            w: w as f32 / em,
            h: h as f32 / em,
        })
    }

    /// A free place of that size.
    fn room(&mut self, w: usize, h: usize) -> (usize, usize) {
        let (x, top, height) = self.shelf;
        if x + w + GAP <= self.side && top + h.max(height) + GAP <= self.side {
            self.shelf = (x + w + GAP, top, height.max(h + GAP));
            return (x, top);
        }
        let top = top + height;
        if top + h + GAP <= self.side {
            self.shelf = (w + GAP, top, h + GAP);
            return (0, top);
        }
        if self.side < LARGEST {
            self.side = LARGEST;
            self.pixels = vec![0; LARGEST * LARGEST];
            self.texture.set(blank(LARGEST), TextureOptions::LINEAR);
        }
        self.clear();
        let (x, top, height) = self.shelf;
        self.shelf = (x + w + GAP, top, height.max(h + GAP));
        (x, top)
    }

    /// Sends new letters to the texture; call once a frame, after all letters were asked for.
    pub(super) fn upload(&mut self) {
        let Some((low, high)) = self.dirty.take() else { return };
        let rows = self.pixels.get(low * self.side..high * self.side).unwrap_or_default();
        let pixels = rows.iter().map(|it| Color32::from_white_alpha(*it)).collect();
        let image = ColorImage::new([self.side, high - low], pixels);
        self.texture.set_partial([0, low], image, TextureOptions::LINEAR);
    }
}

fn blank(side: usize) -> ColorImage {
    ColorImage::filled([side, side], Color32::TRANSPARENT)
}

/// The size at which letters are drawn that are shown with `pixels` an em.
fn drawn_at(pixels: f32) -> u16 {
    SIZES.into_iter().find(|it| f32::from(*it) >= pixels).unwrap_or(96)
}
