//! Input to edits: tools, selection, camera, hit test, snapping and clipboard.
//!
//! This room knows no window toolkit and no file: it takes values in and gives edits out.

#![deny(clippy::disallowed_methods)]

pub mod actions;
mod axis;
mod camera;
mod clipboard;
mod find;
mod state;
mod gestures;
mod hit;
mod input;
mod keys;
mod keymap;
mod neighbours;
pub mod pasting;
mod placing;
mod snap;
mod text;
pub mod tools;

pub use camera::Camera;
pub use find::{Found, Query, find, replace};
pub use gestures::{
    Attaching, Extending, Framing, Gesture, Lasso, Linking, Marquee, Moving, Nudging, Panning, Pushed, Resizing,
    Spacing,
};
pub use hit::{Corner, Hit, REACH, distance_to_line, hit, inside, is_resized, link_handles};
pub use input::{Button, Input, Key, Mods, Request};
pub use keymap::{Binding, Does, KeyMap, WindowKeys};
pub use keys::Shortcut;
pub use neighbours::Direction;
pub use placing::top_z;
pub use snap::Snapped;
pub use state::{Cx, Editor};
pub use text::Writing;
pub use tools::{Cursor, Tool};
