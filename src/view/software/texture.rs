//! Pictures that triangles are painted with.

use std::collections::HashMap;

use egui::epaint::{ImageData, ImageDelta};
use egui::{TextureFilter, TextureId};

use super::blend::{between, packed};

/// A picture. Beyond its edges its outermost pixels go on.
pub(super) struct Texture {
    pub(super) width: usize,
    pub(super) height: usize,
    texels: Vec<u32>,
    /// Whether it is smoothed where it is enlarged or made smaller.
    pub(super) smooth: bool,
    /// Grows with every change.
    pub(super) version: u64,
}

impl Texture {
    /// The texel at a place, or the nearest there is.
    #[inline]
    pub(super) fn at(&self, x: usize, y: usize) -> u32 {
        let (x, y) = (x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        self.texels.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The row that is nearest to `y`.
    #[inline]
    pub(super) fn row(&self, y: usize) -> &[u32] {
        let from = y.min(self.height.saturating_sub(1)) * self.width;
        self.texels.get(from..from + self.width).unwrap_or_default()
    }

    /// What is seen at a place given in texels.
    #[inline]
    pub(super) fn sample(&self, x: f32, y: f32) -> u32 {
        if !self.smooth {
            return self.at(x.max(0.0) as usize, y.max(0.0) as usize);
        }
        let ((left, right, across), (top, bottom, down)) = (neighbours(x), neighbours(y));
        let upper = between(self.at(left, top), self.at(right, top), across);
        let lower = between(self.at(left, bottom), self.at(right, bottom), across);
        between(upper, lower, down)
    }
}

/// The two texels between whose centres a place lies, and how far it is on the way to the second, of 256.
#[inline]
pub(super) fn neighbours(at: f32) -> (usize, usize, u32) {
    let from_center = at - 0.5;
    if from_center < 0.0 {
        return (0, 0, 0);
    }
    let first = from_center as usize;
    (first, first + 1, ((from_center - first as f32) * 256.0 + 0.5) as u32)
}

/// All pictures there are.
#[derive(Default)]
pub(super) struct Textures {
    // Only looked up.
    all: HashMap<TextureId, Texture>,
    version: u64,
}

impl Textures {
    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.all.get(&id)
    }

    /// Takes over a new picture or a new part of one. A part that does not lie within its picture is left out.
    pub(super) fn set(&mut self, id: TextureId, delta: &ImageDelta) {
        self.version += 1;
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        let smooth = delta.options.magnification == TextureFilter::Linear;
        let Some([x, y]) = delta.pos else {
            let texels = image.pixels.iter().copied().map(packed).collect();
            self.all.insert(id, Texture { width, height, texels, smooth, version: self.version });
            return;
        };
        let Some(texture) = self.all.get_mut(&id) else { return };
        texture.version = self.version;
        for (at, from) in image.pixels.chunks_exact(width.max(1)).enumerate() {
            let start = (y + at) * texture.width + x;
            let fits = x + width <= texture.width;
            if let Some(row) = texture.texels.get_mut(start..start + width).filter(|_| fits) {
                for (to, from) in row.iter_mut().zip(from) {
                    *to = packed(*from);
                }
            }
        }
    }

    pub(super) fn free(&mut self, id: TextureId) {
        self.all.remove(&id);
    }
}
