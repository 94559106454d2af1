//! Frames to pixels: only what looks otherwise than in the frame before is painted.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use egui::epaint::{ClippedPrimitive, Mesh, Primitive};
use egui::{Color32, Rect, TextureId, TexturesDelta};
use rustc_hash::FxHasher;

use super::area::{Area, Areas};
use super::blend::packed;
use super::texture::Textures;
use super::triangles::{Canvas, Place, paint};

/// So many frames back what has changed is known.
const PAST: usize = 4;

/// What a frame was made of, as far as needed to know what the next one changes.
#[derive(PartialEq)]
struct Part {
    texture: TextureId,
    /// Which pixels it may touch.
    area: Area,
    /// Of its triangles and the state of its texture.
    hash: u64,
}

/// Paints frames of egui.
#[derive(Default)]
pub(super) struct Painter {
    textures: Textures,
    parts: Vec<Part>,
    /// Size, pixels for a point and ground of the frame before.
    ground: Option<(usize, usize, f32, Color32)>,
    /// What each of the last frames changed, the newest first.
    past: VecDeque<Areas>,
}

impl Painter {
    /// Takes over pictures before a frame is painted with them.
    #[expect(clippy::iter_over_hash_type, reason = "pictures do not depend on each other")]
    pub(super) fn take(&mut self, delta: &mut TexturesDelta) {
        for (id, deltas) in delta.set.drain() {
            for it in &deltas {
                self.textures.set(id, it);
            }
        }
    }

    /// Lets go of pictures after a frame.
    #[expect(clippy::iter_over_hash_type, reason = "pictures do not depend on each other")]
    pub(super) fn free(&mut self, delta: &mut TexturesDelta) {
        for id in delta.free.drain() {
            self.textures.free(id);
        }
    }

    /// Paints what has changed; `age` says how many frames ago these pixels were shown, 0 that nobody knows. Returns what
    /// differs from the frame before; where that is nothing the frame counts only if it is shown `anyway`.
    pub(super) fn paint(
        &mut self,
        canvas: &mut Canvas<'_>,
        age: u8,
        anyway: bool,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        ground: Color32,
    ) -> Areas {
        let width = canvas.width;
        let height = canvas.pixels.len().checked_div(width).unwrap_or_default();
        let whole = Area::whole(width, height);
        let parts: Vec<Part> = primitives.iter().map(|it| self.part(it, pixels_per_point, whole)).collect();
        let now = Some((width, height, pixels_per_point, ground));
        let mut changed = Areas::default();
        if self.ground == now {
            differences(&self.parts, &parts, &mut changed);
        } else {
            changed.add(whole);
        }
        (self.ground, self.parts) = (now, parts);
        if changed.is_empty() && !anyway {
            return changed;
        }
        self.past.push_front(changed.clone());
        self.past.truncate(PAST);
        let mut stale = Areas::default();
        match usize::from(age) {
            known @ 1.. if known <= self.past.len() => self.past.iter().take(known).for_each(|it| stale.add_all(it)),
            _ => stale.add(whole),
        }
        for area in stale.iter() {
            canvas.clear(area, packed(ground));
            for (it, part) in primitives.iter().zip(&self.parts) {
                let within = part.area.common(area);
                let (Primitive::Mesh(mesh), false) = (&it.primitive, within.is_empty()) else { continue };
                let Some(texture) = self.textures.get(mesh.texture_id) else { continue };
                paint(canvas, mesh, &Place { texture, within, scale: pixels_per_point });
            }
        }
        changed
    }

    fn part(&self, it: &ClippedPrimitive, pixels_per_point: f32, whole: Area) -> Part {
        let Primitive::Mesh(mesh) = &it.primitive else {
            // Nothing here asks for OpenGL.
            return Part { texture: TextureId::default(), area: Area::whole(0, 0), hash: 0 };
        };
        let mut hasher = FxHasher::default();
        self.textures.get(mesh.texture_id).map(|it| it.version).hash(&mut hasher);
        let bounds = read(mesh, &mut hasher);
        let area = Area::rounded(it.clip_rect * pixels_per_point).common(Area::touched(bounds * pixels_per_point));
        Part { texture: mesh.texture_id, area: area.common(whole), hash: hasher.finish() }
    }
}

/// What a mesh is, into a hash, and where it lies.
fn read(mesh: &Mesh, hasher: &mut FxHasher) -> Rect {
    let mut bounds = Rect::NOTHING;
    let pair = |a: f32, b: f32| u64::from(a.to_bits()) << 32 | u64::from(b.to_bits());
    for it in &mesh.vertices {
        bounds.extend_with(it.pos);
        hasher.write_u64(pair(it.pos.x, it.pos.y));
        hasher.write_u64(pair(it.uv.x, it.uv.y));
        hasher.write_u32(packed(it.color));
    }
    for it in mesh.indices.chunks(2) {
        hasher.write_u64(it.iter().fold(0, |sum, it| sum << 32 | u64::from(*it)));
    }
    bounds
}

/// Where two frames differ. What both begin with and what both end with is alike.
fn differences(old: &[Part], new: &[Part], changed: &mut Areas) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(..old.len() - end).unwrap_or_default(), new.get(..new.len() - end).unwrap_or_default());
    if old.len() == new.len() {
        for (a, b) in old.iter().zip(new).filter(|(a, b)| a != b) {
            changed.add(a.area);
            changed.add(b.area);
        }
    } else {
        old.iter().chain(new).for_each(|it| changed.add(it.area));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::epaint::{ColorImage, ImageData, ImageDelta, Vertex};
    use egui::{TextureOptions, pos2};
    use proptest::prelude::*;

    use super::*;

    const SIDE: usize = 24;

    /// A picture whose first texel is white, as those of egui are.
    fn picture(version: u8) -> ImageDelta {
        let mut image = ColorImage::filled([8, 8], Color32::from_rgba_premultiplied(version, 40, 80, 90));
        image.pixels[0] = Color32::WHITE;
        ImageDelta::full(ImageData::Color(Arc::new(image)), TextureOptions::LINEAR)
    }

    /// A mesh of rectangles and triangles, some of them with letters or colours that change.
    fn primitive() -> impl Strategy<Value = ClippedPrimitive> {
        let corner = (-4_i8..30, -4_i8..30, any::<u32>(), 0_u8..9);
        let mesh = proptest::collection::vec((any::<bool>(), [corner.clone(), corner.clone(), corner]), 1..4);
        let clip = (0_u8..20, 0_u8..20, 1_u8..24, 1_u8..24);
        (mesh, clip).prop_map(|(shapes, (x, y, w, h))| {
            let mut mesh = Mesh::default();
            for (upright, corners) in shapes {
                let base = mesh.vertices.len() as u32;
                let [a, b, c] = corners.map(|(x, y, color, uv)| {
                    let [r, g, b, a] = color.to_be_bytes();
                    let color = Color32::from_rgba_unmultiplied(r, g, b, a);
                    let pos = pos2(f32::from(x) * 1.25, f32::from(y) * 0.75);
                    Vertex { pos, uv: pos2(f32::from(uv) / 8.0, f32::from(uv % 3) / 8.0), color }
                });
                if upright {
                    let at = |x: &Vertex, y: &Vertex| Vertex {
                        pos: pos2(x.pos.x, y.pos.y),
                        uv: pos2(x.uv.x, y.uv.y),
                        color: a.color,
                    };
                    mesh.vertices.extend([at(&a, &a), at(&b, &a), at(&b, &b), at(&a, &b)]);
                    mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|it| base + it));
                } else {
                    mesh.vertices.extend([a, b, c]);
                    mesh.indices.extend([0, 1, 2].map(|it| base + it));
                }
            }
            let at = |it: u8| f32::from(it);
            let clip_rect = Rect::from_min_size(pos2(at(x), at(y)), egui::vec2(at(w), at(h)));
            ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }
        })
    }

    proptest! {
        /// Whatever a system does with its buffers, what is shown is the frame as if it were the first.
        #[test]
        fn painting_what_changed_is_painting_everything(
            frames in proptest::collection::vec(
                (proptest::collection::vec((any::<bool>(), primitive()), 0..4), any::<bool>(), any::<bool>()),
                1..8,
            ),
            buffers in 1_usize..4,
        ) {
            let mut painter = Painter::default();
            let mut delta = TexturesDelta::default();
            delta.push(TextureId::default(), picture(0));
            painter.take(&mut delta);
            // Each buffer with the number of the frame that was shown with it.
            let mut swapped = vec![(vec![7; SIDE * SIDE], None); buffers];
            let (mut shown, mut showing) = (0_usize, Vec::new());
            let mut now: Vec<ClippedPrimitive> = Vec::new();
            for (number, (changes, textured, anyway)) in frames.into_iter().enumerate() {
                for (at, (added, it)) in changes.into_iter().enumerate() {
                    if added || now.len() <= at { now.push(it) } else { now[at] = it }
                }
                if textured {
                    delta.push(TextureId::default(), picture(number as u8));
                    painter.take(&mut delta);
                }
                let (pixels, of) = &mut swapped[shown % buffers];
                let age = of.map_or(0, |it: usize| (shown - it) as u8);
                let mut canvas = Canvas { pixels, width: SIDE };
                let changed = painter.paint(&mut canvas, age, anyway, &now, 1.0, Color32::GRAY);
                if anyway || !changed.is_empty() {
                    *of = Some(shown);
                    shown += 1;
                    showing.clone_from(pixels);
                }
                let mut fresh = vec![0; SIDE * SIDE];
                let mut other = Painter { textures: std::mem::take(&mut painter.textures), ..Painter::default() };
                let mut canvas = Canvas { pixels: &mut fresh, width: SIDE };
                other.paint(&mut canvas, 0, true, &now, 1.0, Color32::GRAY);
                painter.textures = std::mem::take(&mut other.textures);
                prop_assert_eq!(&showing, &fresh);
            }
        }
    }
}
