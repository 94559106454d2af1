//! Files that are dropped on the window: what each of them is, by its name and its first bytes.

use std::path::Path;

use super::Disk;
use crate::export::{FittedPhoto, fit_photo};

/// The largest text that is read, in bytes.
const TEXT_MAX: u64 = 16 << 20;

/// The largest file of a photo that is read, in bytes.
const PHOTO_FILE_MAX: u64 = 128 << 20;

/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSort {
    /// A board to open.
    Board,
    /// A photo to place.
    Photo,
    /// Text: lines or a table. `comma` says that commas or semicolons separate its cells.
    Text {
        /// Whether it is a file of comma-separated values.
        comma: bool,
    },
}

/// What a file is, by its name.
pub fn sort_of(path: &Path) -> FileSort {
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "ron" => FileSort::Board,
        "png" | "jpg" | "jpeg" => FileSort::Photo,
        "csv" => FileSort::Text { comma: true },
        _ => FileSort::Text { comma: false },
    }
}

/// Reads a photo and makes it small enough for a board.
///
/// # Errors
/// A sentence for people: it cannot be read, is too large, or is no photo.
pub fn read_photo(disk: &Disk, path: &Path) -> Result<FittedPhoto, String> {
    let bytes = disk.read(path, PHOTO_FILE_MAX).map_err(|err| format!("{}: {err}", path.display()))?;
    fit_photo(bytes).map_err(|err| format!("{}: {err}", path.display()))
}

/// Reads a text file in UTF-8 or, with its mark, UTF-16; other bytes are shown as replacement characters.
///
/// # Errors
/// A sentence for people: it cannot be read, is too long, or is no text.
pub fn read_text(disk: &Disk, path: &Path) -> Result<String, String> {
    let bytes = disk.read(path, TEXT_MAX).map_err(|err| format!("{}: {err}", path.display()))?;
    let wide = |of: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..).unwrap_or_default().as_chunks::<2>().0.iter().map(|it| of(*it));
        char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Ok(wide(u16::from_le_bytes));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(wide(u16::from_be_bytes));
    }
    if bytes.iter().take(8_000).any(|it| *it == 0) {
        return Err(format!("{}: it is neither text nor a board nor a photo (PNG or JPEG)", path.display()));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
