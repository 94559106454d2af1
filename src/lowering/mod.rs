//! Model to running parts: topics and topologies, with provenance back to the stickies.
//!
//! The only place where stickies become running parts; it runs nothing itself.

#![deny(clippy::disallowed_methods)]
