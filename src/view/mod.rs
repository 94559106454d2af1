//! The window.
//!
//! This room never sees an engine: it plays a trace and asks `session`.

mod app;
mod bars;
mod boundaries;
mod canvas;
mod clipboard;
mod commands;
mod corners;
pub mod dialogs;
mod dropping;
mod export;
mod find;
mod fonts;
mod generate;
mod ground;
mod icon;
mod keys;
mod links;
mod live;
mod map;
mod menu;
mod minimap;
mod native;
mod pace;
pub mod panels;
mod places;
mod play;
mod prompts;
mod regions;
mod run;
mod sane;
mod sight;
mod software;
mod steps;
mod theme;
mod tidy;
mod widgets;

pub use app::App;
pub use clipboard::Clipboard;
pub use run::{RunError, run};
