//! Input to edits: tools, selection, camera, hit test, snapping and clipboard.
//!
//! This room knows no window toolkit and no file: it takes values in and gives edits out.

#![deny(clippy::disallowed_methods)]
