//! What causes what: a board read as a typed graph, from links, frames and geometry.
//!
//! This room knows neither fields nor types, draws nothing and changes nothing.

#![deny(clippy::disallowed_methods)]
