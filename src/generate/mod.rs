//! Model to source code: a set of files, and what to do with the files that are there.
//!
//! This room is pure: it is handed the files that are there and returns what to write.

#![deny(clippy::disallowed_methods)]
