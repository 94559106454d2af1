//! Stormglass: an Event Storming board that is checked, run and turned into code.
//!
//! The rooms, bottom-up. A room is a first-level folder; its `mod.rs` is its facade, and imports point
//! down only. `ARCHITECTURE.md` holds the table, `tests/architecture.rs` holds the code to it.

// 0 words
pub mod kit;
// 1 vocabularies
pub mod board;
pub mod record;
// 2 readings
pub mod journal;
pub mod flow;
pub mod scene;
pub mod expr;
pub mod trace;
// 3 one job each
pub mod editor;
pub mod layout;
pub mod model;
pub mod broker;
pub mod streams;
// 4 binding
pub mod runtime;
// 5 translations
pub mod checks;
pub mod lowering;
pub mod export;
// 6 two worlds
pub mod simulate;
pub mod generate;
// 7 application
pub mod session;
// 8 shells
pub mod cli;
#[cfg(feature = "window")]
pub mod view;
