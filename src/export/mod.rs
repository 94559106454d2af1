//! Pictures and texts of a board, one format a file.
//!
//! This room returns bytes; it lays nothing out again and writes no file.

#![deny(clippy::disallowed_methods)]
