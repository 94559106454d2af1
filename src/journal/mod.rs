//! Transactions, undo and redo, and the log that survives a crash.
//!
//! This room knows edits and bytes, but no file, no window and no meaning of a board.

#![deny(clippy::disallowed_methods)]

mod history;
mod log;
mod transaction;
mod wording;

pub use history::History;
pub use log::{Header, LogError, Recovered, read_log, record};
pub use transaction::Transaction;
