//! What happened in a run: events with their causes, an index over them and a player.
//!
//! This room knows no engine and no window; it is written by one and played by the other.

#![deny(clippy::disallowed_methods)]
