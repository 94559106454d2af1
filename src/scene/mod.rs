//! The one picture: a board laid out as a display list of shapes and positioned glyph runs.
//!
//! This room knows no window, no pixel and no file; window and export draw what it lists.

#![deny(clippy::disallowed_methods)]
