//! Where things should lie: tidying by causality, and frames for contexts that were advised.
//!
//! This room gives edits and changes nothing. It knows neither window nor session, and of what a board means only what
//! leads to what.

#![deny(clippy::disallowed_methods)]

mod layered;
mod pack;
mod nest;
mod stacks;
mod grid;
mod lanes;
mod tidy;
mod keep;
mod contexts;

pub use contexts::draw_contexts;
pub use keep::{keep_flow, tidy_and_keep};
pub use tidy::{Tidied, tidy};
