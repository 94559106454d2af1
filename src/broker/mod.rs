//! The broker: logs of record batches, topics, partitions, groups and offsets, as a step function.
//!
//! This room has no clock, thread, socket or file: the time is handed in, effects are handed out.

#![deny(clippy::disallowed_methods)]
