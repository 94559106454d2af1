//! Exporting a picture.

use std::path::{Path, PathBuf};

use super::{Disk, Fonts, system_fonts};
use crate::board::Board;
use crate::export::{ExportError, FORMATS, Request, compose, format_of_file};
use crate::kit::counted;
use crate::scene::{FontBook, SceneBuilder, Theme};

/// The names of the themes that a picture may have, the default first.
pub fn theme_names() -> impl Iterator<Item = &'static str> {
    Theme::names()
}

/// A picture's file, and what the user should know about it.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels (for formats without pixels, at which it is first shown).
    pub pixels: (u64, u64),
    /// For example how many characters no font could show.
    pub notes: Vec<String>,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file's ending names no format.
    #[error("{name}: no format has that ending; the formats are {known}")]
    Format {
        /// The file's name.
        name: String,
        /// The formats that there are.
        known: String,
    },
    /// No theme has that name.
    #[error("no theme is called `{name}`; the themes are {known}")]
    Theme {
        /// The name that was asked for.
        name: String,
        /// The themes that there are.
        known: String,
    },
    /// The file cannot be written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The picture cannot be drawn.
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// Draws a board into a file, replacing what is there. Fonts of this machine serve characters that the bundled ones
/// lack.
///
/// # Errors
/// As [`picture`]; or the file cannot be written, then it is as it was.
pub fn picture_into(
    disk: &Disk,
    path: &Path,
    board: &Board,
    theme: &str,
    request: &Request,
) -> Result<Exported, PictureError> {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let exported = picture_with(disk, board, &name, theme, request, Fonts::System)?;
    let written = disk.replace(path, &exported.bytes);
    written.map_err(|source| PictureError::Io { path: path.to_owned(), source })?;
    Ok(exported)
}

/// Draws a board into the bytes of a file of that name, with the bundled fonts alone.
pub fn picture(board: &Board, name: &str, theme: &str, request: &Request) -> Result<Exported, PictureError> {
    picture_with(&Disk::real(), board, name, theme, request, Fonts::Bundled)
}

/// Draws a board into the bytes of a file of that name with these fonts.
///
/// # Errors
/// The name's ending is no format's, the theme is unknown, or there is nothing to draw or too much.
pub fn picture_with(
    disk: &Disk,
    board: &Board,
    name: &str,
    theme: &str,
    request: &Request,
    fonts: Fonts,
) -> Result<Exported, PictureError> {
    let format = format_of_file(name).ok_or_else(|| PictureError::Format {
        name: name.to_owned(),
        known: FORMATS.iter().map(|it| format!(".{}", it.extension())).collect::<Vec<_>>().join(", "),
    })?;
    let mut theme = Theme::named(theme).ok_or_else(|| PictureError::Theme {
        name: theme.to_owned(),
        known: Theme::names().collect::<Vec<_>>().join(", "),
    })?;
    theme.patterns |= request.patterns;
    let mut builder = SceneBuilder::new(FontBook::bundled(), theme);
    let mut picture = compose(board, &mut builder, request)?;
    let mut notes = Vec::new();
    if fonts == Fonts::System && picture.missing_count() > 0 {
        let (book, names) = system_fonts(disk, &picture.missing.keys().copied().collect());
        if !names.is_empty() {
            builder.set_book(book);
            picture = compose(board, &mut builder, request)?;
            notes.push(format!("with fonts of this machine: {}", names.join(", ")));
        }
    }
    let bytes = format.write(&picture, builder.book())?;
    if picture.missing_count() > 0 {
        let some: Vec<String> = picture.missing.keys().take(8).map(|it| format!("U+{:04X}", *it as u32)).collect();
        let more = if picture.missing.len() > 8 { " ..." } else { "" };
        let searched = match fonts {
            Fonts::Bundled => "the bundled fonts",
            Fonts::System => "the bundled fonts and those of this machine",
        };
        let count = counted(picture.missing_count(), "character");
        notes.push(format!(
            "{count} without a glyph in {searched}, each drawn as a marked box: {}{more}",
            some.join(", ")
        ));
    }
    Ok(Exported { bytes, pixels: picture.pixels(), notes })
}
