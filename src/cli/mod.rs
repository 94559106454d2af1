//! The command line: one file a subcommand.
//!
//! This room prints; everything else it asks of `session`.
