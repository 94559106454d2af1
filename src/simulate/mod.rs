//! A deployed system in virtual time: schedule, actors, external systems, scenarios, report.
//!
//! This room supplies time and chance to `runtime`; what a sticky does is coded in `lowering`, not here.

#![deny(clippy::disallowed_methods)]
