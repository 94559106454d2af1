//! Small pieces that several panels and dialogs share.

mod swatch;
mod button;
mod row;

pub(crate) use button::{FINGER, for_fingers, row_height, small_button};
pub(crate) use row::{focus_ring, heading, key_value, muted, section};
pub(crate) use swatch::{kind_button, swatch};
