//! What looks the same many times over, paper with its shadow above all, is drawn once and then copied.
//!
//! A sprite holds the pixels of shapes on the bare ground. Pixels that hide the ground hide everything, so that they may
//! be copied anywhere; the others are copied only where nothing but the ground lies below them. So a picture has the
//! same pixels with sprites and without.

use std::ops::Range;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rustc_hash::FxHashMap;

use super::artist::{Patch, Place, Target, Window, ground, patch, plain_shapes};
use crate::export::Picture;
use crate::kit::RectF;
use crate::scene::{Item, Shape};

/// Shapes that occur so often are worth a sprite.
const OFTEN: usize = 6;
/// All sprites of a picture have at most so many bytes.
const MOST_BYTES: usize = 32 << 20;
/// So many different looks of one size are told apart.
const MOST_LOOKS: usize = 64;
/// Rows between two that are drawn are drawn too, if they are so few.
const GAP: usize = 8;

/// The sprites of a picture.
#[derive(Debug, Default)]
pub(super) struct Sprites {
    all: Vec<Sprite>,
    /// By the item's place in the picture.
    of_item: Vec<Option<u32>>,
}

/// Items that are the same pixels, up to where they lie.
struct Group<'a> {
    first: &'a Item,
    place: Place,
    window: Window,
    items: Vec<usize>,
}

/// What must be equal in a group, as far as it can be looked up.
type Key = ((u8, u8), usize, [u32; 4]);

fn key(place: Place, shapes: &[Shape], bounds: RectF) -> Key {
    (place.part, shapes.len(), [bounds.x, bounds.y, bounds.w, bounds.h].map(f32::to_bits))
}

impl Sprites {
    /// Draws the sprites that a picture is worth.
    pub(super) fn of(picture: &Picture) -> Self {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut looks: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (at, item) in picture.items.iter().enumerate() {
            let place = Place::of(item, picture.area, picture.scale);
            let shapes = plain_shapes(item);
            let window = Window::of(item, place, picture.scale).filter(|_| !shapes.is_empty());
            let Some(window) = window else { continue };
            let looks = looks.entry(key(place, shapes, item.drawing.bounds)).or_default();
            let same = |it: &&usize| groups.get(**it).is_some_and(|it| plain_shapes(it.first) == shapes);
            match looks.iter().find(same).copied() {
                Some(group) => groups.get_mut(group).into_iter().for_each(|it| it.items.push(at)),
                None if looks.len() < MOST_LOOKS => {
                    looks.push(groups.len());
                    groups.push(Group { first: item, place, window, items: vec![at] });
                }
                None => {}
            }
        }
        let mut bytes = 0;
        groups.retain(|it| {
            let size = it.window.width() * it.window.height() * 4;
            let worth = it.items.len() >= OFTEN && bytes + size <= MOST_BYTES;
            bytes += if worth { size } else { 0 };
            worth
        });
        let mut of_item = vec![None; if groups.is_empty() { 0 } else { picture.items.len() }];
        for (sprite, group) in (0..).zip(&groups) {
            for at in &group.items {
                of_item.get_mut(*at).into_iter().for_each(|it| *it = Some(sprite));
            }
        }
        let all = groups.into_par_iter().map(|it| Sprite::draw(&it, picture)).collect();
        Self { all, of_item }
    }

    /// The sprite of the item at that place of the picture.
    pub(super) fn of_item(&self, at: usize) -> Option<&Sprite> {
        self.all.get((*self.of_item.get(at)?)? as usize)
    }
}

/// Pixels that were drawn once.
#[derive(Debug)]
pub(super) struct Sprite {
    width: usize,
    /// Its pixels on the bare ground.
    pixels: Vec<u8>,
    rows: Vec<Row>,
    ground: [u8; 4],
}

/// What a row of a sprite does to the pixels below.
#[derive(Clone, Debug, Default)]
struct Row {
    /// The columns that it changes.
    seen: Range<usize>,
    /// The columns among them where nothing of what is below is seen.
    solid: Range<usize>,
}

impl Sprite {
    fn draw(group: &Group<'_>, picture: &Picture) -> Self {
        let window = group.window;
        let (width, height) = (window.width(), window.height());
        let shapes = plain_shapes(group.first);
        let on = |below: [u8; 4]| {
            let mut pixels = below.repeat(width * height);
            // The window lies at the corner of this target.
            let place = Place { x: group.place.x - window.left, y: group.place.y - window.top, ..group.place };
            let here = Window { left: 0, top: 0, right: width as i64, bottom: height as i64 };
            let mut target = Target { pixels: &mut pixels, width, height, top: 0 };
            patch(&mut target, &mut Patch::new(), here, shapes, place, picture.scale);
            pixels
        };
        let ground = ground(picture.background);
        let pixels = on(ground);
        // All steps of drawing keep the order of what is below: where black and white become the same, everything does.
        let grounds = [[0; 4], [0, 0, 0, 255], [255; 4]];
        let others = grounds.map(on);
        let rows = (0..height).map(|y| {
            let pixel = |of: &Vec<u8>, x: usize| of.as_chunks::<4>().0.get(y * width + x).copied();
            let mut seen = 0..0;
            let mut solid: Range<usize> = 0..0;
            let mut run = 0..0;
            for x in 0..width {
                let mut changed = grounds.iter().zip(&others).any(|(below, it)| pixel(it, x) != Some(*below));
                changed |= pixel(&pixels, x) != Some(ground);
                if changed {
                    seen = if seen.is_empty() { x..x + 1 } else { seen.start..x + 1 };
                }
                if others.iter().all(|it| pixel(it, x) == pixel(&pixels, x)) {
                    run = if run.end == x && !run.is_empty() { run.start..x + 1 } else { x..x + 1 };
                    if run.len() > solid.len() {
                        solid = run.clone();
                    }
                }
            }
            if solid.is_empty() {
                solid = seen.end..seen.end;
            }
            Row { seen, solid }
        });
        let rows = rows.collect();
        Self { width, pixels, rows, ground }
    }

    /// Copies the sprite to `window`, but for the rows that it gives back: those are to be drawn.
    pub(super) fn lay(&self, target: &mut Target<'_>, window: Window) -> Vec<Range<usize>> {
        let mut open: Vec<Range<usize>> = Vec::new();
        let clip = |columns: &Range<usize>| {
            let side = |it: usize| usize::try_from(window.left + it as i64).unwrap_or(0).min(target.width);
            side(columns.start)..side(columns.end)
        };
        let clips: Vec<(Range<usize>, Range<usize>)> =
            self.rows.iter().map(|it| (clip(&it.seen), clip(&it.solid))).collect();
        for (y, (seen, solid)) in clips.iter().enumerate() {
            let mut bare = |from: usize, to: usize| {
                let below = target.row(window.top + y as i64, from, to.max(from));
                below.is_none_or(|it| it.as_chunks::<4>().0.iter().all(|it| *it == self.ground))
            };
            if bare(seen.start, solid.start.min(seen.end)) && bare(solid.end.max(seen.start), seen.end) {
                continue;
            }
            match open.last_mut() {
                Some(last) if y <= last.end + GAP => last.end = y + 1,
                _ => open.push(y..y + 1),
            }
        }
        let mut at = 0;
        let shut = open.iter().map(|it| it.start..it.end).chain(std::iter::once(self.rows.len()..self.rows.len()));
        for next in shut {
            for (y, (seen, _)) in clips.iter().enumerate().take(next.start).skip(at) {
                let Some(to) = target.row(window.top + y as i64, seen.start, seen.end) else { continue };
                let Some(x) = usize::try_from(seen.start as i64 - window.left).ok() else { continue };
                let from = (y * self.width + x) * 4;
                if let Some(from) = self.pixels.get(from..from + to.len()) {
                    to.copy_from_slice(from);
                }
            }
            at = next.end;
        }
        open
    }
}
