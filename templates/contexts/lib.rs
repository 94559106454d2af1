//! {{ title }}: one bounded context.
//!
//! This file is yours: Stormglass wrote it once and never touches it again. What the board says is in [`generated`],
//! what you decide in [`handlers`].

#[rustfmt::skip]
pub mod generated;
pub mod handlers;

pub use generated::*;
