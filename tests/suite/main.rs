//! Everything that is tested through what users touch; a module a room, cases as data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics has failed")]

// How tests write boards.
mod notation;
// On how many random cases laws are tried.
mod laws;

mod board;
mod record;
mod journal;
mod flow;
mod scene;
mod expr;
mod trace;
mod editor;
mod layout;
mod boundaries;
mod model;
mod broker;
mod streams;
mod runtime;
mod checks;
mod context_map;
mod links;
mod lowering;
mod export;
mod simulate;
mod generate;
mod session;
mod cli;
#[cfg(feature = "window")]
mod view;
mod bad_input;
mod samples;
#[cfg(all(unix, feature = "window"))]
mod window;
