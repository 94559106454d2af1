//! The glyph atlas: letters drawn once at a few sizes, kept in one texture.

use std::collections::BTreeMap;

use egui::{Color32, ColorImage, TextureHandle, TextureId, TextureOptions, pos2};

use crate::scene::{FontBook, FontId, GlyphRaster};

/// Sizes at which letters are drawn, in pixels an em; sizes between are scaled down from the next.
const SIZES: [u16; 13] = [8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96];
/// Width and height of the texture in pixels, at first.
const SIDE: usize = 1024;
/// Its width and height as soon as not all letters have room.
const LARGEST: usize = 2048;
/// Pixels between letters, so that neighbours do not bleed in.
const GAP: usize = 1;

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

/// Letters in one texture. A letter that finds no room empties it, and makes it larger the first time: what is on the
/// screen comes back by itself.
pub(super) struct Atlas {
    texture: TextureHandle,
    /// Its width and height.
    side: usize,
    pixels: Vec<u8>,
    cells: BTreeMap<(FontId, u16, u16), Option<Cell>>,
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
        let last = SIZES.len() - 1;
        let step = SIZES.iter().position(|it| f32::from(*it) >= pixels).unwrap_or(last);
        let size = SIZES.get(step).copied().unwrap_or(96);
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
