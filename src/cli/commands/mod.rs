//! The subcommands: one file each.

mod check;
mod export;
mod fmt;
mod generate;
mod shared; // shared
mod simulate;
mod tidy;

use super::Output;

/// Every subcommand, in the order of the help.
pub static ALL: &[&dyn Subcommand] =
    &[&check::Check, &export::Export, &generate::Generate, &simulate::Simulate, &fmt::Fmt, &tidy::Tidy];

/// One subcommand.
pub trait Subcommand: Sync {
    /// Its name.
    fn name(&self) -> &'static str;

    /// What it does, one sentence.
    fn about(&self) -> &'static str;

    /// Its arguments.
    fn arguments(&self, command: clap::Command) -> clap::Command;

    /// Does it, and says with which code the process ends.
    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8;
}
