//! Small pieces that several panels and dialogs share.

mod swatch;
mod row;

pub(crate) use row::{heading, key_value, muted, section};
pub(crate) use swatch::{kind_button, swatch};
