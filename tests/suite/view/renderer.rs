//! A picture of a frame without a GPU: triangles of `tessellate` drawn on the CPU.

use std::collections::BTreeMap;

use egui::epaint::{ImageDelta, Primitive, textures::TexturesDelta};
use egui::{ClippedPrimitive, ImageData, TextureId};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// A texture: width, height and premultiplied colours.
struct Texture {
    size: [usize; 2],
    pixels: Vec<[f32; 4]>,
}

/// Draws what a harness shows.
#[derive(Default)]
pub(crate) struct CpuRenderer {
    textures: BTreeMap<TextureId, Texture>,
}

impl TestRenderer for CpuRenderer {
    #[allow(clippy::iter_over_hash_type, reason = "each texture is on its own")]
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in &delta.set {
            for change in changes {
                self.change(*id, change);
            }
        }
        delta.clear();
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let (w, h) = (size.x.round() as u32, size.y.round() as u32);
        let mut image = vec![[0.0f32, 0.0, 0.0, 1.0]; (w * h) as usize];
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            self.draw(&primitive, scale, w, h, &mut image);
        }
        Ok(RgbaImage::from_fn(w, h, |x, y| {
            let [r, g, b, _] = image[(y * w + x) as usize];
            let byte = |it: f32| (it.clamp(0.0, 1.0) * 255.0).round() as u8;
            Rgba([byte(r), byte(g), byte(b), 255])
        }))
    }
}

impl CpuRenderer {
    fn change(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let pixels = image.pixels.iter().map(|it| it.to_array().map(|it| f32::from(it) / 255.0));
        match delta.pos {
            None => drop(self.textures.insert(id, Texture { size: image.size, pixels: pixels.collect() })),
            Some([left, top]) => {
                let Some(texture) = self.textures.get_mut(&id) else { return };
                for (at, pixel) in pixels.enumerate() {
                    let (x, y) = (left + at % image.size[0], top + at / image.size[0]);
                    if let Some(slot) = texture.pixels.get_mut(y * texture.size[0] + x) {
                        *slot = pixel;
                    }
                }
            }
        }
    }

    fn draw(&self, primitive: &ClippedPrimitive, scale: f32, w: u32, h: u32, image: &mut [[f32; 4]]) {
        let Primitive::Mesh(mesh) = &primitive.primitive else { return };
        let Some(texture) = self.textures.get(&mesh.texture_id) else { return };
        let clip = primitive.clip_rect;
        let (low_x, low_y) = ((clip.left() * scale).max(0.0) as i32, (clip.top() * scale).max(0.0) as i32);
        let high_x = ((clip.right() * scale).round() as i32).min(w as i32);
        let high_y = ((clip.bottom() * scale).round() as i32).min(h as i32);
        for triangle in mesh.indices.chunks_exact(3) {
            let v = [0, 1, 2].map(|it| mesh.vertices[triangle[it] as usize]);
            let p = v.map(|it| (it.pos.x * scale, it.pos.y * scale));
            let area = edge(p[0], p[1], p[2]);
            if area == 0.0 || !area.is_finite() {
                continue;
            }
            let xs = p.map(|it| it.0);
            let ys = p.map(|it| it.1);
            let min = |it: [f32; 3]| it[0].min(it[1]).min(it[2]);
            let max = |it: [f32; 3]| it[0].max(it[1]).max(it[2]);
            let (x0, x1) = ((min(xs).floor() as i32).max(low_x), (max(xs).ceil() as i32).min(high_x));
            let (y0, y1) = ((min(ys).floor() as i32).max(low_y), (max(ys).ceil() as i32).min(high_y));
            let colors = v.map(|it| it.color.to_array().map(|it| f32::from(it) / 255.0));
            for y in y0..y1 {
                for x in x0..x1 {
                    let at = (x as f32 + 0.5, y as f32 + 0.5);
                    let weights =
                        [edge(p[1], p[2], at), edge(p[2], p[0], at), edge(p[0], p[1], at)].map(|it| it / area);
                    // Shared edges belong to the triangle whose edge points down or left, so that none is drawn twice.
                    if weights.iter().any(|it| *it < 0.0)
                        || (0..3).any(|it| weights[it] == 0.0 && !top_left(p[(it + 1) % 3], p[(it + 2) % 3], area))
                    {
                        continue;
                    }
                    let mix = |f: &dyn Fn(usize) -> f32| (0..3).map(|it| weights[it] * f(it)).sum::<f32>();
                    let texel = texture.sample(mix(&|it| v[it].uv.x), mix(&|it| v[it].uv.y));
                    let slot = &mut image[(y as u32 * w + x as u32) as usize];
                    let alpha = mix(&|it| colors[it][3]) * texel[3];
                    for channel in 0..3 {
                        let source = mix(&|it| colors[it][channel]) * texel[channel];
                        slot[channel] = source + slot[channel] * (1.0 - alpha);
                    }
                }
            }
        }
    }
}

fn edge(a: (f32, f32), b: (f32, f32), c: (f32, f32)) -> f32 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn top_left(a: (f32, f32), b: (f32, f32), area: f32) -> bool {
    let (dx, dy) = if area > 0.0 { (b.0 - a.0, b.1 - a.1) } else { (a.0 - b.0, a.1 - b.1) };
    dy < 0.0 || dy == 0.0 && dx > 0.0
}

impl Texture {
    /// Bilinear, as the window does it.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (w, h) = (self.size[0] as f32, self.size[1] as f32);
        let (x, y) = ((u * w - 0.5).clamp(0.0, w - 1.0), (v * h - 0.5).clamp(0.0, h - 1.0));
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let get = |x: f32, y: f32| {
            let at = (y.min(h - 1.0) as usize) * self.size[0] + x.min(w - 1.0) as usize;
            self.pixels.get(at).copied().unwrap_or_default()
        };
        let corners = [get(x0, y0), get(x0 + 1.0, y0), get(x0, y0 + 1.0), get(x0 + 1.0, y0 + 1.0)];
        let weights = [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy];
        std::array::from_fn(|channel| (0..4).map(|it| weights[it] * corners[it][channel]).sum())
    }
}
