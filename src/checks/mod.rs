//! The grammar as rules: findings that point at stickies, with quick fixes as edits.
//!
//! This room changes nothing: a fix is a list of edits for somebody else to apply.

#![deny(clippy::disallowed_methods)]
