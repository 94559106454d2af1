//! Triangles to pixels, as OpenGL has them: a pixel belongs to the triangle that holds its centre, so that two triangles
//! with a common edge share no pixel and leave none out.
//!
//! Most of what a window shows is upright rectangles of one colour, and letters; these are recognised and filled row by
//! row.

use egui::epaint::{Mesh, Vertex};
use egui::{Pos2, Vec2};

use super::area::Area;
use super::blend::{between, fill, lit, over, packed};
use super::texture::{Texture, neighbours};

/// The pixels that are painted on, `0x00RRGGBB` row by row.
pub(super) struct Canvas<'a> {
    pub(super) pixels: &'a mut [u32],
    pub(super) width: usize,
}

impl Canvas<'_> {
    /// The pixels of a row from `left` up to `right`.
    #[inline]
    fn row(&mut self, y: usize, left: usize, right: usize) -> &mut [u32] {
        let from = y * self.width;
        self.pixels.get_mut(from + left..from + right).unwrap_or_default()
    }

    /// Gives all pixels of an area one colour.
    pub(super) fn clear(&mut self, area: Area, color: u32) {
        for y in area.top..area.bottom {
            self.row(y, area.left, area.right).fill(color);
        }
    }
}

/// Where a mesh is painted.
pub(super) struct Place<'a> {
    pub(super) texture: &'a Texture,
    /// Nothing is painted beyond it. It lies within the canvas.
    pub(super) within: Area,
    /// Pixels for a unit of the mesh.
    pub(super) scale: f32,
}

/// A corner in pixels, its place in the texture in texels, its colour.
#[derive(Clone, Copy)]
struct Corner {
    at: Pos2,
    uv: Pos2,
    color: u32,
}

/// Paints a mesh. Triangles whose corners are no numbers or no vertices are left out.
pub(super) fn paint(canvas: &mut Canvas<'_>, mesh: &Mesh, place: &Place<'_>) {
    let size = Vec2::new(place.texture.width as f32, place.texture.height as f32);
    let corner = |at: u32| {
        let Vertex { pos, uv, color } = *mesh.vertices.get(at as usize)?;
        let at = Pos2::new(pos.x * place.scale, pos.y * place.scale);
        at.is_finite().then(|| Corner { at, uv: Pos2::new(uv.x * size.x, uv.y * size.y), color: packed(color) })
    };
    let triangle = |it: &[u32]| -> Option<[Corner; 3]> {
        let &[a, b, c] = it else { return None };
        Some([corner(a)?, corner(b)?, corner(c)?])
    };
    let mut before: Option<[Corner; 3]> = None;
    for it in mesh.indices.chunks_exact(3) {
        let it = triangle(it);
        let Some(first) = before.take() else {
            before = it;
            continue;
        };
        match it.and_then(|second| rectangle(&first, &second)) {
            Some(found) => paint_rectangle(canvas, &found, place),
            None => {
                paint_triangle(canvas, first, place);
                before = it;
            }
        }
    }
    if let Some(last) = before {
        paint_triangle(canvas, last, place);
    }
}

/// An upright rectangle of one colour, with its places in the texture at its edges.
struct Rectangle {
    min: Pos2,
    max: Pos2,
    uv_min: Pos2,
    uv_max: Pos2,
    color: u32,
}

/// The upright rectangle that two triangles make, if they do and have one colour.
fn rectangle(first: &[Corner; 3], second: &[Corner; 3]) -> Option<Rectangle> {
    let [a, b, c] = first;
    let color = a.color;
    let (min, max) = (a.at.min(b.at).min(c.at), a.at.max(b.at).max(c.at));
    let uv = |fits: &dyn Fn(Pos2) -> bool| first.iter().find(|it| fits(it.at)).map_or(Pos2::ZERO, |it| it.uv);
    let uv_min = Pos2::new(uv(&|it| it.x == min.x).x, uv(&|it| it.y == min.y).y);
    let uv_max = Pos2::new(uv(&|it| it.x == max.x).x, uv(&|it| it.y == max.y).y);
    // Each corner by its number: 1 is right, 2 is below. A triangle has three of the four, the other one the opposite three.
    let missing = |it: &[Corner; 3]| {
        let mut seen = 0_u8;
        for corner in it {
            let (right, below) = (corner.at.x == max.x, corner.at.y == max.y);
            let fits = (right || corner.at.x == min.x) && (below || corner.at.y == min.y);
            let place = Pos2::new(if right { uv_max.x } else { uv_min.x }, if below { uv_max.y } else { uv_min.y });
            if !fits || corner.color != color || corner.uv != place {
                return None;
            }
            seen |= 1 << (u8::from(right) + 2 * u8::from(below));
        }
        match seen {
            0b1110 => Some(0),
            0b1101 => Some(1),
            0b1011 => Some(2),
            0b0111 => Some(3),
            _ => None,
        }
    };
    (missing(first)? + missing(second)? == 3).then_some(Rectangle { min, max, uv_min, uv_max, color })
}

/// The first pixel whose centre is not before `at`.
#[inline]
fn pixel(at: f32) -> usize {
    // What is negative becomes 0.
    (at - 0.5).ceil() as usize
}

fn paint_rectangle(canvas: &mut Canvas<'_>, it: &Rectangle, place: &Place<'_>) {
    let area = Area { left: pixel(it.min.x), top: pixel(it.min.y), right: pixel(it.max.x), bottom: pixel(it.max.y) };
    let area = area.common(place.within);
    if area.is_empty() || it.color == 0 {
        return;
    }
    if it.uv_min == it.uv_max {
        let color = lit(place.texture.sample(it.uv_min.x, it.uv_min.y), it.color);
        for y in area.top..area.bottom {
            fill(canvas.row(y, area.left, area.right), color);
        }
        return;
    }
    let per_pixel = (it.uv_max - it.uv_min) / (it.max - it.min);
    let x_at = |x: usize| it.uv_min.x + (x as f32 + 0.5 - it.min.x) * per_pixel.x;
    let y_at = |y: usize| it.uv_min.y + (y as f32 + 0.5 - it.min.y) * per_pixel.y;
    // A texel for each pixel, as the letters of panels have it: nothing lies between two of them.
    let straight = |at: f32, per_pixel: f32| {
        let off = (at - 0.5).rem_euclid(1.0);
        (per_pixel - 1.0).abs() < 1e-3 && off.min(1.0 - off) < 0.02
    };
    let (u, v) = (x_at(area.left), y_at(area.top));
    if u >= 0.0 && v >= 0.0 && straight(u, per_pixel.x) && straight(v, per_pixel.y) {
        let start = (u - 0.25) as usize;
        for y in area.top..area.bottom {
            let texels = place.texture.row((v - 0.25) as usize + y - area.top);
            let texels = texels.get(start..).unwrap_or_default();
            for (below, texel) in canvas.row(y, area.left, area.right).iter_mut().zip(texels) {
                put(below, *texel, it.color);
            }
        }
        return;
    }
    if !place.texture.smooth {
        for y in area.top..area.bottom {
            let v = y_at(y);
            for (x, below) in (area.left..).zip(canvas.row(y, area.left, area.right)) {
                put(below, place.texture.sample(x_at(x), v), it.color);
            }
        }
        return;
    }
    for y in area.top..area.bottom {
        let (top, bottom, down) = neighbours(y_at(y));
        let (upper, lower) = (place.texture.row(top), place.texture.row(bottom));
        let last = upper.len().saturating_sub(1);
        for (x, below) in (area.left..).zip(canvas.row(y, area.left, area.right)) {
            let (left, right, across) = neighbours(x_at(x));
            let (left, right) = (left.min(last), right.min(last));
            let at = |row: &[u32], x: usize| row.get(x).copied().unwrap_or_default();
            let (a, b, c, d) = (at(upper, left), at(upper, right), at(lower, left), at(lower, right));
            if a | b | c | d != 0 {
                put(below, between(between(a, b, across), between(c, d, across), down), it.color);
            }
        }
    }
}

#[inline]
fn put(below: &mut u32, texel: u32, color: u32) {
    if texel != 0 {
        *below = over(*below, lit(texel, color));
    }
}

/// How something changes from pixel to pixel over a triangle.
#[derive(Clone, Copy)]
struct Slope {
    at: f32,
    right: f32,
    down: f32,
}

impl Slope {
    fn value(self, x: f32, y: f32) -> f32 {
        self.at + self.right * x + self.down * y
    }
}

fn paint_triangle(canvas: &mut Canvas<'_>, mut it: [Corner; 3], place: &Place<'_>) {
    it.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
    let [a, b, c] = it;
    let top = pixel(a.at.y).max(place.within.top);
    let bottom = pixel(c.at.y).min(place.within.bottom);
    if top >= bottom || (a.color | b.color | c.color) == 0 {
        return;
    }
    let (ab, ac) = (b.at - a.at, c.at - a.at);
    let twice = ab.x * ac.y - ab.y * ac.x;
    if twice == 0.0 || !twice.is_finite() {
        return;
    }
    let slope = |of: fn(&Corner) -> f32| {
        let (start, to_b, to_c) = (of(&a), of(&b) - of(&a), of(&c) - of(&a));
        let right = (to_b * ac.y - to_c * ab.y) / twice;
        let down = (to_c * ab.x - to_b * ac.x) / twice;
        Slope { at: start - right * a.at.x - down * a.at.y, right, down }
    };
    let plain = a.uv == b.uv && a.uv == c.uv;
    let even = a.color == b.color && a.color == c.color;
    let texel = if plain { place.texture.sample(a.uv.x, a.uv.y) } else { 0 };
    let channel: [fn(&Corner) -> f32; 4] = [
        |it| ((it.color >> 24) & 255) as f32,
        |it| ((it.color >> 16) & 255) as f32,
        |it| ((it.color >> 8) & 255) as f32,
        |it| (it.color & 255) as f32,
    ];
    let colors = if even { None } else { Some(channel.map(slope)) };
    let places = if plain { None } else { Some([slope(|it| it.uv.x), slope(|it| it.uv.y)]) };
    // Both triangles beside an edge reckon it from its upper end, so they agree on each row.
    let edge = |from: Pos2, to: Pos2, y: f32| from.x + (y - from.y) * ((to.x - from.x) / (to.y - from.y));
    for y in top..bottom {
        let middle = y as f32 + 0.5;
        let long = edge(a.at, c.at, middle);
        let short = if middle < b.at.y { edge(a.at, b.at, middle) } else { edge(b.at, c.at, middle) };
        let (left, right) = if long < short { (long, short) } else { (short, long) };
        let (left, right) = (pixel(left).max(place.within.left), pixel(right).min(place.within.right));
        if left >= right {
            continue;
        }
        let row = canvas.row(y, left, right);
        match (&colors, &places) {
            (None, None) => fill(row, lit(texel, a.color)),
            (Some(colors), None) => {
                let start = colors.map(|it| it.value(left as f32 + 0.5, middle));
                for (step, below) in row.iter_mut().enumerate() {
                    put(below, texel, mixed(colors, start, step as f32));
                }
            }
            (_, Some([u, v])) => {
                let start = colors.map(|it| it.map(|it| it.value(left as f32 + 0.5, middle)));
                for (step, below) in row.iter_mut().enumerate() {
                    let x = (left + step) as f32 + 0.5;
                    let color = match (&colors, start) {
                        (Some(colors), Some(start)) => mixed(colors, start, step as f32),
                        _ => a.color,
                    };
                    put(below, place.texture.sample(u.value(x, middle), v.value(x, middle)), color);
                }
            }
        }
    }
}

/// The colour so many pixels right of where it is `start`.
#[inline]
fn mixed(colors: &[Slope; 4], start: [f32; 4], step: f32) -> u32 {
    let [a, r, g, b] = std::array::from_fn(|at| (start[at] + colors[at].right * step + 0.5) as u8);
    // Rounding may put a channel above its alpha.
    u32::from_be_bytes([a, r.min(a), g.min(a), b.min(a)])
}

#[cfg(test)]
mod tests {
    use egui::epaint::{ColorImage, ImageData, ImageDelta};
    use egui::{Color32, TextureId, TextureOptions, pos2};
    use proptest::prelude::*;

    use super::super::texture::Textures;
    use super::*;

    const SIDE: usize = 32;

    /// What OpenGL paints of a triangle with exact numbers: the pixel, if its centre lies within and not next to an edge.
    fn exact(corners: &[Vertex; 3], x: usize, y: usize) -> Option<Option<[f64; 4]>> {
        let at = corners.map(|it| (f64::from(it.pos.x), f64::from(it.pos.y)));
        let center = (x as f64 + 0.5, y as f64 + 0.5);
        let cross = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        let twice = cross(at[0], at[1], at[2]);
        let shares = [cross(at[1], at[2], center), cross(at[2], at[0], center), cross(at[0], at[1], center)]
            .map(|it| it / twice);
        if twice.abs() < 1.0 || shares.iter().any(|it| it.abs() < 1e-3) {
            return None;
        }
        let channel =
            |at: usize| shares.iter().zip(corners).map(|(share, it)| share * f64::from(it.color.to_array()[at])).sum();
        Some(shares.iter().all(|it| *it > 0.0).then(|| std::array::from_fn(channel)))
    }

    proptest! {
        #[test]
        fn triangles_hold_the_pixels_whose_centres_lie_within(
            places in [(-8_f32..40.0, -8_f32..40.0), (-8_f32..40.0, -8_f32..40.0), (-8_f32..40.0, -8_f32..40.0)],
            colors in any::<[[u8; 3]; 3]>(),
            one_color in any::<bool>(),
        ) {
            let mut textures = Textures::default();
            let white = ColorImage::filled([1, 1], Color32::WHITE);
            let id = TextureId::default();
            textures.set(id, &ImageDelta::full(ImageData::Color(white.into()), TextureOptions::NEAREST));
            let corners: [Vertex; 3] = std::array::from_fn(|at| {
                let [r, g, b] = colors[if one_color { 0 } else { at }];
                Vertex { pos: pos2(places[at].0, places[at].1), uv: pos2(0.0, 0.0), color: Color32::from_rgb(r, g, b) }
            });
            let mesh = Mesh { indices: vec![0, 1, 2], vertices: corners.to_vec(), ..Mesh::default() };
            let mut pixels = vec![0; SIDE * SIDE];
            let texture = textures.get(id).unwrap();
            let place = Place { texture, within: Area::whole(SIDE, SIDE), scale: 1.0 };
            paint(&mut Canvas { pixels: &mut pixels, width: SIDE }, &mesh, &place);
            for (at, pixel) in pixels.iter().enumerate() {
                match exact(&corners, at % SIDE, at / SIDE) {
                    None => {}
                    Some(None) => prop_assert_eq!(*pixel, 0),
                    Some(Some(wanted)) => {
                        let [_, r, g, b] = pixel.to_be_bytes();
                        for (have, want) in [r, g, b].into_iter().zip(wanted) {
                            prop_assert!((f64::from(have) - want).abs() < 1.1, "{have} is not {want}");
                        }
                    }
                }
            }
        }

        /// Two triangles with a common edge make one surface, seen through or not.
        #[test]
        fn no_pixel_is_painted_twice_or_left_out(
            a in (0_f32..32.0, 0_f32..32.0), c in (0_f32..32.0, 0_f32..32.0), b in (0_f32..32.0, 0_f32..32.0),
        ) {
            let mut textures = Textures::default();
            let white = ColorImage::filled([1, 1], Color32::WHITE);
            let id = TextureId::default();
            textures.set(id, &ImageDelta::full(ImageData::Color(white.into()), TextureOptions::NEAREST));
            let color = Color32::from_rgba_premultiplied(60, 60, 60, 120);
            // The fourth corner makes a parallelogram with the other three.
            let at = [a, b, c, (a.0 + c.0 - b.0, a.1 + c.1 - b.1)];
            let vertices = at.map(|(x, y)| Vertex { pos: pos2(x, y), uv: pos2(0.0, 0.0), color }).to_vec();
            let texture = textures.get(id).unwrap();
            let place = Place { texture, within: Area::whole(SIDE, SIDE), scale: 1.0 };
            let painted = |indices: Vec<u32>| {
                let mesh = Mesh { indices, vertices: vertices.clone(), ..Mesh::default() };
                let mut pixels = vec![0; SIDE * SIDE];
                paint(&mut Canvas { pixels: &mut pixels, width: SIDE }, &mesh, &place);
                pixels
            };
            let (both, one, other) = (painted(vec![0, 1, 2, 0, 2, 3]), painted(vec![0, 1, 2]), painted(vec![0, 2, 3]));
            for ((both, one), other) in both.into_iter().zip(one).zip(other) {
                prop_assert!(one == 0 || other == 0, "painted by both");
                prop_assert_eq!(both, one | other);
            }
        }
    }

    #[test]
    fn nothing_is_painted_for_what_is_no_number_or_no_vertex() {
        let mut textures = Textures::default();
        let white = ColorImage::filled([1, 1], Color32::WHITE);
        let id = TextureId::default();
        textures.set(id, &ImageDelta::full(ImageData::Color(white.into()), TextureOptions::NEAREST));
        let at = |x: f32, y: f32| Vertex { pos: pos2(x, y), uv: pos2(0.0, 0.0), color: Color32::RED };
        let texture = textures.get(id).unwrap();
        let place = Place { texture, within: Area::whole(SIDE, SIDE), scale: 1.0 };
        for (vertices, indices) in [
            (vec![at(f32::NAN, 0.0), at(9.0, 0.0), at(0.0, 9.0)], vec![0, 1, 2]),
            (vec![at(f32::INFINITY, 0.0), at(9.0, 0.0), at(0.0, 9.0)], vec![0, 1, 2]),
            (vec![at(0.0, 0.0), at(9.0, 0.0), at(0.0, 9.0)], vec![0, 1, 7]),
            (vec![at(1e30, 1e30), at(2e30, 0.0), at(3e30, 9.0)], vec![0, 1, 2]),
            (vec![at(5.0, 5.0), at(9.0, 5.0), at(20.0, 5.0)], vec![0, 1, 2]),
        ] {
            let mesh = Mesh { indices, vertices, ..Mesh::default() };
            let mut pixels = vec![0; SIDE * SIDE];
            paint(&mut Canvas { pixels: &mut pixels, width: SIDE }, &mesh, &place);
            assert!(pixels.iter().all(|it| *it == 0));
        }
    }
}
