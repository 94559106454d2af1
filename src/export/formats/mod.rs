//! The formats of pictures: one file each and its entry in [`ALL`].

mod artist; // shared
mod deflate; // shared
mod png;
mod sprites; // shared
mod svg;

use super::{ExportError, Picture};
use crate::scene::FontBook;

/// Every format, in menu order.
pub static ALL: &[&dyn Format] = &[&png::Png, &svg::Svg];

/// A format that a picture can be written in.
pub trait Format: Sync {
    /// The name that people read.
    fn name(&self) -> &'static str;

    /// The ending of its files, without the dot.
    fn extension(&self) -> &'static str;

    /// What it is good for, one sentence.
    fn meaning(&self) -> &'static str;

    /// The bytes of a file. `book` holds the fonts with which the picture was laid out.
    fn write(&self, picture: &Picture, book: &FontBook) -> Result<Vec<u8>, ExportError>;
}

/// The format of a file by its name's ending.
pub fn format_of_file(name: &str) -> Option<&'static dyn Format> {
    let (_, ending) = name.rsplit_once('.')?;
    ALL.iter().copied().find(|it| it.extension().eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_ending() {
        for format in ALL {
            let found = format_of_file(&format!("a.b/c.{}", format.extension().to_uppercase()));
            assert_eq!(found.map(Format::name), Some(format.name()));
            assert!(!format.meaning().is_empty());
        }
        assert!(format_of_file("svg").is_none());
        assert!(format_of_file("a.doc").is_none());
    }
}
