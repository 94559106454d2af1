//! The window without a graphics card: frames are painted by the processor and handed to the system as pixels.
//!
//! A software OpenGL does the same, but it paints each triangle of each frame as if it were new. Here only what has
//! changed is painted, and what is an upright rectangle or a letter is filled as one: panning a thousand stickies takes
//! a seventh of the time, the driver's memory is saved, and no OpenGL is needed at all.
//!
//! In reading order: [`area`], [`blend`], [`texture`], [`triangles`], [`painter`], [`window`].

mod area;
mod blend;
mod painter;
mod texture;
mod triangles;
mod window;

pub(super) use window::{Software, fits};
