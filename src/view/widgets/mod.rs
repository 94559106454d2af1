//! Small pieces that several panels and dialogs share.

mod swatch;
mod button;
mod row;
mod choices;

pub(crate) use button::{FINGER, for_fingers, row_height, small_button};
pub(crate) use choices::choices;
pub(crate) use row::{focus_ring, heading, key_value, muted, section};
pub(crate) use swatch::{kind_button, swatch};

/// So many letters are taken by a field of one line: what is pasted there may be a whole file.
pub(crate) const LINE: usize = 1_000;
/// See [`LINE`]: a path may be longer.
pub(crate) const PATH: usize = 4_096;
