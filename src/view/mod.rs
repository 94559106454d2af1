//! The window.
//!
//! This room never sees an engine: it plays a trace and asks `session`.
