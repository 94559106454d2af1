//! The one picture: a board laid out as a display list of shapes and positioned glyph runs.
//!
//! This room knows no window, no pixel and no file; window and export draw what it lists. It knows no flow, no
//! finding and no run either: what they have to show is handed in as [`Overlay`]s.
//!
//! [`SceneBuilder::build`] lays a board out, and again at little cost after an edit; [`SceneBuilder::update`] brings
//! what an edit touched up to date in the scene that is there. What is too far away to be read is laid out roughly
//! until [`SceneBuilder::refine`] is told that it is seen. [`SceneBuilder::overlays`] lays out what lies over a board,
//! [`SceneBuilder::context_map`] the other view of it.

#![deny(clippy::disallowed_methods)]

mod color;
mod theme;
mod fonts;
mod display;
mod index;
mod overlay;
mod text;
mod route;
mod detour;
mod draw;
mod builder;
mod stickies;
mod update;
mod over;
mod writing;
mod context_map;

pub use builder::{Details, Options, SceneBuilder};
pub use color::{Color, ParseColorError};
pub use context_map::{MapContext, MapLine, MapMessage, MapPlan, MapScene};
pub(crate) use display::add_missing;
pub use display::{
    Drawing, Glyph, GlyphRun, Item, Layer, Path, Scene, Segment, Shadow, Shape, Stroke, TextLine, missing_of,
};
pub use draw::title_size;
pub use fonts::{Font, FontBook, FontId, GlyphMask, GlyphRaster, covered, subset};
pub use overlay::{Overlay, Tone};
pub use theme::{Theme, WindowColors};
pub use writing::{Step, TextEdit};
