//! Photos: their pixels for pictures and the window, and photos from files made small enough for a board.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, RgbaImage};

use crate::board::PHOTO_MOST;

/// The longest side of a photo on a board, in pixels. Larger ones are made smaller.
pub const PHOTO_SIDE: u32 = 4_096;
/// What has more pixels is not even decoded.
const PIXELS_MOST: u64 = 100_000_000;
/// The most memory a decoder may take.
const MEMORY_MOST: u64 = 512 << 20;

/// Pixels with red, green, blue and alpha, a byte each, alpha not multiplied in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Four bytes a pixel, row by row.
    pub rgba: Vec<u8>,
}

/// A photo that is small enough for a board.
#[derive(Clone, Debug)]
pub struct FittedPhoto {
    /// The bytes of a PNG or JPEG.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Whether it was made smaller.
    pub shrunk: bool,
}

/// Why a photo cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Too many pixels; its head says so, nothing was decoded.
    #[error(
        "it has {width} x {height} pixels, {} million; at most {} million are read: make it smaller first",
        u64::from(*width) * u64::from(*height) / 1_000_000, PIXELS_MOST / 1_000_000
    )]
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// It is neither PNG nor JPEG, or damaged.
    #[error("it cannot be read as PNG or JPEG: {0}")]
    Unreadable(String),
}

fn within_limits(width: u32, height: u32) -> Result<(), PhotoError> {
    let few = u64::from(width) * u64::from(height) <= PIXELS_MOST;
    if few { Ok(()) } else { Err(PhotoError::TooLarge { width, height }) }
}

/// The picture as it is seen, and whether it had to be turned for that.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, bool), PhotoError> {
    let unreadable = |err: &dyn std::fmt::Display| PhotoError::Unreadable(err.to_string());
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|it| unreadable(&it))?;
    let mut decoder = reader.into_decoder().map_err(|it| unreadable(&it))?;
    let (width, height) = decoder.dimensions();
    within_limits(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MOST);
    decoder.set_limits(limits).map_err(|it| unreadable(&it))?;
    // Cameras write down how they were held.
    let plain = image::metadata::Orientation::NoTransforms;
    let turned = decoder.orientation().unwrap_or(plain);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|it| unreadable(&it))?;
    picture.apply_orientation(turned);
    Ok((picture, turned != plain))
}

/// The pixels of a photo with no side longer than `side`.
///
/// # Errors
/// It is too large, or no PNG or JPEG.
pub fn photo_pixels(bytes: &[u8], side: u32) -> Result<Pixels, PhotoError> {
    let mut picture = decode(bytes)?.0;
    if picture.width().max(picture.height()) > side {
        picture = picture.thumbnail(side.max(1), side.max(1));
    }
    let rgba = picture.into_rgba8();
    Ok(Pixels { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw() })
}

/// Makes a photo small enough for a board: no side longer than [`PHOTO_SIDE`], no more than [`PHOTO_MOST`] bytes. A photo
/// that is small enough already stays as it is, unless it says that it must be turned: not everyone heeds that.
///
/// # Errors
/// It is too large to be read, or no PNG or JPEG.
pub fn fit_photo(bytes: Vec<u8>) -> Result<FittedPhoto, PhotoError> {
    let (picture, turned) = decode(&bytes)?;
    let (width, height) = (picture.width(), picture.height());
    if width.max(height) <= PHOTO_SIDE && bytes.len() <= PHOTO_MOST && !turned {
        return Ok(FittedPhoto { bytes, width, height, shrunk: false });
    }
    as_jpeg(&picture)
}

/// Makes pixels a photo that is small enough for a board: a PNG where that is no larger than a photo may be.
///
/// # Errors
/// There are too many of them, none, or not as many as their width and height say.
pub fn fit_pixels(pixels: Pixels) -> Result<FittedPhoto, PhotoError> {
    let Pixels { width, height, rgba } = pixels;
    within_limits(width, height)?;
    let unreadable = |why: &str| PhotoError::Unreadable(why.to_owned());
    if rgba.is_empty() {
        return Err(unreadable("it has no pixels"));
    }
    let picture =
        RgbaImage::from_raw(width, height, rgba).ok_or_else(|| unreadable("some of its pixels are missing"))?;
    let sees_through = picture.pixels().any(|it| it.0[3] < 255);
    let picture = DynamicImage::ImageRgba8(picture);
    let picture = if sees_through { picture } else { picture.into_rgb8().into() };
    if width.max(height) <= PHOTO_SIDE {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        picture.write_with_encoder(encoder).map_err(|it| PhotoError::Unreadable(it.to_string()))?;
        if bytes.len() <= PHOTO_MOST {
            return Ok(FittedPhoto { bytes, width, height, shrunk: false });
        }
    }
    as_jpeg(&picture)
}

/// A picture as a JPEG, as large as a photo may be.
fn as_jpeg(picture: &DynamicImage) -> Result<FittedPhoto, PhotoError> {
    let (width, height) = (picture.width(), picture.height());
    let mut side = PHOTO_SIDE.min(width.max(height));
    loop {
        let small = if width.max(height) > side { picture.thumbnail(side, side) } else { picture.clone() };
        let mut out = Vec::new();
        let rgb = on_white(&small);
        let encoder = JpegEncoder::new_with_quality(&mut out, 85);
        rgb.write_with_encoder(encoder).map_err(|it| PhotoError::Unreadable(it.to_string()))?;
        if out.len() <= PHOTO_MOST || side < 256 {
            let shrunk = rgb.width() < width || rgb.height() < height;
            return Ok(FittedPhoto { bytes: out, width: rgb.width(), height: rgb.height(), shrunk });
        }
        side = side * 3 / 4;
    }
}

/// A picture without alpha: what is seen through lies on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let image::Rgba([r, g, b, a]) = *rgba.get_pixel(x, y);
        let over = |it: u8| {
            let (it, a) = (u32::from(it), u32::from(a));
            ((it * a + 255 * (255 - a) + 127) / 255) as u8
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn photos_are_made_small_enough_or_refused_by_their_head() {
        let small = fit_photo(png(30, 20)).unwrap();
        assert_eq!((small.width, small.height, small.shrunk, small.bytes), (30, 20, false, png(30, 20)));
        let wide = fit_photo(png(5_000, 10)).unwrap();
        assert_eq!((wide.width, wide.height, wide.shrunk), (4_096, 8, true));
        assert!(photo_pixels(&wide.bytes, 100).unwrap().width <= 100);
        // A head that claims 200 million pixels, and nothing behind it.
        let mut huge = png(1, 1);
        huge[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x27, 0x10]);
        let crc = png_crc(&huge[12..29]);
        huge[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(fit_photo(huge).unwrap_err(), PhotoError::TooLarge { width: 20_000, height: 10_000 });
        for bad in [&b""[..], b"GIF89a", b"\x89PNG\r\n\x1a\n", &[0xff, 0xd8, 0xff, 0xe0]] {
            assert!(matches!(fit_photo(bad.to_vec()), Err(PhotoError::Unreadable(_))), "{bad:?}");
        }
    }

    #[test]
    fn pixels_become_a_photo_or_are_refused() {
        let noise = |at: usize| {
            let mixed = (at as u32).wrapping_mul(0x9e37_79b9);
            (mixed ^ mixed >> 15).wrapping_mul(0x85eb_ca6b).to_be_bytes()[0]
        };
        let pixels = |width: u32, height: u32, byte: &dyn Fn(usize) -> u8| {
            let rgba = (0..width as usize * height as usize * 4).map(|at| if at % 4 == 3 { 255 } else { byte(at) });
            Pixels { width, height, rgba: rgba.collect() }
        };
        // (pixels, size of the photo, whether it is the same picture to the last bit)
        let cases = [
            (pixels(30, 20, &|_| 90), (30, 20), true),
            (pixels(5_000, 10, &|_| 90), (4_096, 8), false),
            (pixels(1_400, 1_400, &noise), (1_400, 1_400), false),
            (Pixels { width: 1, height: 2, rgba: vec![10, 20, 30, 40, 50, 60, 70, 255] }, (1, 2), true),
        ];
        for (given, size, same) in cases {
            let photo = fit_pixels(given.clone()).unwrap();
            assert_eq!((photo.width, photo.height), size);
            assert_eq!(photo.shrunk, (given.width, given.height) != size);
            assert!(photo.bytes.len() <= PHOTO_MOST);
            assert_eq!(photo_pixels(&photo.bytes, PHOTO_SIDE).unwrap() == given, same, "{size:?}");
        }
        let refused = [(20_000, 10_000, 0), (0, 0, 0), (10, 10, 399)];
        for (width, height, count) in refused {
            assert!(fit_pixels(Pixels { width, height, rgba: vec![0; count] }).is_err(), "{width} x {height}");
        }
    }

    /// A JPEG, left half red and right half blue, that says it must be turned right.
    fn turned_jpeg() -> Vec<u8> {
        let picture = RgbImage::from_fn(60, 20, |x, _| image::Rgb(if x < 30 { [220, 0, 0] } else { [0, 0, 220] }));
        let mut plain = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 95)).unwrap();
        let tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let mut segment = vec![0xff, 0xe1, 0, 8 + tiff.len() as u8];
        segment.extend(b"Exif\0\0");
        segment.extend(tiff);
        [&plain[..2], &segment, &plain[2..]].concat()
    }

    #[test]
    fn a_photo_that_says_it_must_be_turned_is_turned_for_good() {
        let photo = fit_photo(turned_jpeg()).unwrap();
        assert_eq!((photo.width, photo.height, photo.shrunk), (20, 60, false));
        // Whoever reads the bytes without heeding what cameras write sees the same.
        let raw = image::load_from_memory(&photo.bytes).unwrap().to_rgb8();
        assert_eq!((raw.width(), raw.height()), (20, 60));
        let (top, bottom) = (raw.get_pixel(10, 10).0, raw.get_pixel(10, 50).0);
        assert!(top[0] > 180 && bottom[2] > 180, "{top:?} {bottom:?}");
    }

    #[test]
    fn what_is_seen_through_lies_on_white() {
        let mut clear = Cursor::new(Vec::new());
        let picture =
            image::RgbaImage::from_fn(5_000, 20, |x, _| image::Rgba([0, 0, 0, if x < 2_500 { 0 } else { 255 }]));
        picture.write_to(&mut clear, image::ImageFormat::Png).unwrap();
        let photo = fit_photo(clear.into_inner()).unwrap();
        assert!(photo.shrunk);
        let seen = image::load_from_memory(&photo.bytes).unwrap().to_rgb8();
        assert!(seen.get_pixel(100, 8).0[0] > 240 && seen.get_pixel(4_000, 8).0[0] < 20);
    }

    /// The checksum of a chunk.
    fn png_crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |it, _| if it & 1 == 1 { it >> 1 ^ 0xedb8_8320 } else { it >> 1 })
        })
    }
}
