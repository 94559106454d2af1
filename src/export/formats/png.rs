//! PNG: a picture is drawn, filtered and compressed in bands of rows, side by side.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use tiny_skia::PremultipliedColorU8;

use super::Format;
use super::artist::{self, Studio, Tools};
use super::deflate::{self, Content, Packer, Packing, Part, Sum};
use crate::export::{ExportError, Picture};
use crate::scene::FontBook;

/// Portable network graphics.
#[derive(Debug)]
pub(super) struct Png;

impl Format for Png {
    fn name(&self) -> &'static str {
        "PNG"
    }

    fn extension(&self) -> &'static str {
        "png"
    }

    fn meaning(&self) -> &'static str {
        "Pixels: shown everywhere, looks the same everywhere."
    }

    fn write(&self, picture: &Picture, book: &FontBook) -> Result<Vec<u8>, ExportError> {
        let (width, height) = picture.check_pixels()?;
        let opaque = artist::ground(picture.background)[3] == 255;
        let studio = Studio::new(picture, book);
        let failed = |err: &dyn std::fmt::Display| ExportError::Failed(err.to_string());
        let benches: Mutex<Vec<Bench>> = Mutex::default();
        let bands: Vec<u32> = (0..height).step_by(BAND as usize).collect();
        // Each band is drawn and compressed for itself, so that all cores work and no picture is in memory as a whole.
        let parts: Result<Vec<Part>, ExportError> = bands
            .into_par_iter()
            .map(|top| {
                let mut bench = benches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
                let Bench { tools, packer, lines } = &mut bench;
                let rows = BAND.min(height - top);
                let pixels = artist::draw(&studio, tools, (width, rows), top)
                    .ok_or_else(|| failed(&format_args!("no picture is {width} pixels wide")))?;
                let content =
                    if studio.has_photo(top, rows) { Content::Sparse } else { content(pixels, width as usize) };
                let part = packed(pixels, width as usize, opaque, (packer.start(content), content), lines);
                let part = part.map_err(|err| failed(&err))?;
                benches.lock().unwrap_or_else(PoisonError::into_inner).push(bench);
                Ok(part)
            })
            .collect();
        file(width, height, opaque, &parts?).map_err(|err| failed(&err))
    }
}

/// So many rows are drawn at once.
const BAND: u32 = 128;

/// Rows are compressed as soon as they are so many bytes.
const CHUNK: usize = 1 << 16;

/// What a thread works with, from band to band.
#[derive(Default)]
struct Bench {
    tools: Tools,
    packer: Packer,
    lines: Lines,
}

/// Rows on their way from pixels to bytes of a file.
#[derive(Default)]
struct Lines {
    now: Vec<u8>,
    above: Vec<u8>,
    ready: Vec<u8>,
}

/// How a row is told, by the numbers that PNG has for it.
#[derive(Clone, Copy)]
enum Filter {
    /// As it is.
    None = 0,
    /// The difference from the pixel before.
    Sub = 1,
    /// The difference from the row above.
    Up = 2,
}

/// Filters and compresses the rows of a band.
fn packed(
    pixels: &[u8],
    width: usize,
    opaque: bool,
    (mut packing, content): (Packing<'_>, Content),
    lines: &mut Lines,
) -> Result<Part, flate2::CompressError> {
    let Lines { now, above, ready } = lines;
    let depth = if opaque { 3 } else { 4 };
    now.resize(width * depth, 0);
    above.resize(width * depth, 0);
    ready.clear();
    let mut last: Option<&[u8]> = None;
    for row in pixels.chunks_exact(width * 4) {
        if last == Some(row) {
            // Most of a board is as it is a row higher.
            ready.push(Filter::Up as u8);
            ready.resize(ready.len() + width * depth, 0);
        } else {
            if opaque {
                solid(row, now)
            } else {
                clear(row, now)
            }
            let filter = match (content, last) {
                (Content::Sparse, Some(_)) => Filter::Up,
                (Content::Sparse, None) => Filter::Sub,
                (Content::Dense, _) => Filter::None,
            };
            ready.push(filter as u8);
            match filter {
                Filter::None => ready.extend_from_slice(now),
                Filter::Sub => {
                    let before = [0; 4].into_iter().take(depth).chain(now.iter().copied());
                    ready.extend(now.iter().zip(before).map(|(it, before)| it.wrapping_sub(before)));
                }
                Filter::Up => ready.extend(now.iter().zip(&*above).map(|(it, above)| it.wrapping_sub(*above))),
            }
            std::mem::swap(now, above);
        }
        last = Some(row);
        if ready.len() >= CHUNK {
            packing.add(ready)?;
            ready.clear();
        }
    }
    packing.add(ready)?;
    packing.end()
}

/// What a look at some of the rows says of all of them.
fn content(pixels: &[u8], width: usize) -> Content {
    const SPAN: usize = 32 * 4;
    let (mut all, mut changed) = (0_usize, 0_usize);
    for rows in pixels.chunks_exact(width * 4 * 8) {
        let (above, row) = rows.split_at(width * 4);
        for (above, row) in above.chunks(SPAN).zip(row.chunks(SPAN)) {
            all += 1;
            changed += usize::from(above != row);
        }
    }
    if changed * 8 > all { Content::Dense } else { Content::Sparse }
}

/// Pixels that are all opaque, three bytes each.
fn solid(row: &[u8], to: &mut [u8]) {
    for (to, it) in to.as_chunks_mut::<3>().0.iter_mut().zip(row.as_chunks::<4>().0) {
        let [r, g, b, _] = *it;
        *to = [r, g, b];
    }
}

/// Pixels that are not multiplied by how opaque they are, four bytes each.
fn clear(row: &[u8], to: &mut [u8]) {
    for (to, it) in to.as_chunks_mut::<4>().0.iter_mut().zip(row.as_chunks::<4>().0) {
        let [r, g, b, a] = *it;
        let plain = || PremultipliedColorU8::from_rgba(r, g, b, a).map(|it| it.demultiply());
        *to = match a {
            0 => [0; 4],
            255 => *it,
            _ => plain().map_or([0; 4], |it| [it.red(), it.green(), it.blue(), it.alpha()]),
        };
    }
}

fn file(width: u32, height: u32, opaque: bool, parts: &[Part]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|it| it.bytes.len() + 64).sum::<usize>() + 256);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, &deflate::HEAD)?;
    for part in parts {
        writer.write_chunk(png::chunk::IDAT, &part.bytes)?;
    }
    let sum = parts.iter().fold(Sum::NONE, |sum, it| sum.then(it.sum));
    writer.write_chunk(png::chunk::IDAT, &[&deflate::END[..], &sum.bytes()].concat())?;
    writer.finish()?;
    Ok(bytes)
}
