//! Pictures of a board, one format a file.
//!
//! This room returns bytes; it lays nothing out again and writes no file. [`compose`] says what is in the picture,
//! a [`Format`] of [`FORMATS`] writes it.

#![deny(clippy::disallowed_methods)]

mod picture;
mod photo;
mod formats;

pub use formats::{ALL as FORMATS, Format, format_of_file};
pub use photo::{FittedPhoto, PHOTO_SIDE, PhotoError, Pixels, fit_photo, fit_pixels, photo_pixels};
pub use picture::{ExportError, MOST_PIXELS, Part, Picture, Request, Size, View, compose};
