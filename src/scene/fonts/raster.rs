//! Pixels of glyphs: for the window's atlas and for PNG, so that both show the same letters.

use std::fmt;

use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::{Format, Vector};

use super::{FontBook, FontId};

/// How much a glyph covers each pixel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlyphMask {
    /// From the glyph's origin to the left edge of the pixels.
    pub left: i32,
    /// From the glyph's origin up to the top edge of the pixels.
    pub top: i32,
    /// Pixels in a row; 0 where the glyph shows nothing.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Coverage 0-255, row by row from the top.
    pub coverage: Vec<u8>,
}

/// Makes masks of glyphs. It holds no masks: whoever draws keeps those in use.
#[derive(Default)]
pub struct GlyphRaster(ScaleContext);

impl GlyphRaster {
    /// A new one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The mask of a glyph at `size` pixels an em, with its origin at the part of a pixel `x`, `y` (0 to 1, to the
    /// right and downwards). Empty for a glyph without an outline. The same everywhere: no hints are used.
    pub fn mask(&mut self, book: &FontBook, font: FontId, glyph: u16, size: f32, x: f32, y: f32) -> GlyphMask {
        let font = book.font(font);
        let font = font.and_then(|it| swash::FontRef::from_index(it.bytes(), usize::try_from(it.index).ok()?));
        let Some(font) = font else { return GlyphMask::default() };
        let mut scaler = self.0.builder(font).size(size.clamp(0.0, 4096.0)).hint(false).build();
        let image = Render::new(&[Source::Outline])
            .format(Format::Alpha)
            // Outlines count upwards.
            .offset(Vector::new(x, -y))
            .render(&mut scaler, glyph);
        image.map_or_else(GlyphMask::default, |it| GlyphMask {
            left: it.placement.left,
            top: it.placement.top,
            width: it.placement.width,
            height: it.placement.height,
            coverage: it.data,
        })
    }
}

impl fmt::Debug for GlyphRaster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GlyphRaster")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_lies_on_its_baseline_and_is_dark_inside() {
        let book = FontBook::bundled();
        let (id, font) = book.fonts().next().unwrap();
        let glyph = swash::FontRef::from_index(font.bytes(), 0).unwrap().charmap().map('H');
        let mut raster = GlyphRaster::new();
        let mask = raster.mask(&book, id, glyph, 100.0, 0.0, 0.0);
        assert_eq!(mask.coverage.len() as u32, mask.width * mask.height);
        assert!((70..=74).contains(&mask.top) && (70..=74).contains(&mask.height), "{mask:?}");
        assert!(mask.coverage.contains(&255));
        assert_eq!(raster.mask(&book, FontId(999), glyph, 10.0, 0.0, 0.0), GlyphMask::default());
    }
}
