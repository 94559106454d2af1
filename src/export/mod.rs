//! Pictures of a board, one format a file.
//!
//! This room returns bytes; it lays nothing out again and writes no file. [`compose`] says what is in the picture,
//! a [`Format`] of [`formats::ALL`] writes it.

#![deny(clippy::disallowed_methods)]

mod picture;
pub mod formats;

pub use formats::Format;
pub use picture::{ExportError, MOST_PIXELS, Part, Picture, Request, Size, compose};
