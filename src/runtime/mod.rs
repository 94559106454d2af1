//! Brokers, clients and stream tasks bound into one step machine.
//!
//! This room knows no sticky and has no clock, thread, socket or file; two drivers run it.

#![deny(clippy::disallowed_methods)]
