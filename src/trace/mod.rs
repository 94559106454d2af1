//! What happened in a run: events, records that know their cause, an index, a player, JSON lines.
//!
//! This room knows ids of stickies but no boards and no engine: whoever runs something records here,
//! whoever shows it reads here.

#![deny(clippy::disallowed_methods)]

mod chunks;
mod event;
mod log;
mod index;
mod lines;
mod player;

pub use chunks::Chunks;
pub use event::{Choice, Entry, RecordNo, TraceEvent, TracedRecord};
pub use index::{CausalTree, Index};
pub use lines::{entry_to_json, record_to_json, write_lines};
pub use log::{Header, Trace};
pub use player::{Flash, FlashKind, Player, Pulse};
