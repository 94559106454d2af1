//! The command line: one file a subcommand.
//!
//! This room prints; everything else it asks of `session`.

mod commands;
mod output;
mod tour;

use std::ffi::OsString;
use std::path::PathBuf;

pub use commands::{ALL, Subcommand};
pub use output::Output;
pub use tour::tour;

/// What a command line asks for beyond what was already done.
#[derive(Debug)]
pub enum Invocation {
    /// Open the window, on this board if one is named.
    Window(Option<PathBuf>),
    /// Everything is done; end with this exit code.
    Done(u8),
}

/// Exit code: everything is fine.
pub const CLEAN: u8 = 0;
/// Exit code: errors were found, or something is out of date.
pub const FOUND: u8 = 1;
/// Exit code: the input cannot be used, or the command line is wrong.
pub const UNUSABLE: u8 = 2;

/// The grammar of the command line.
pub fn grammar() -> clap::Command {
    let board = clap::Arg::new("BOARD")
        .value_parser(clap::value_parser!(PathBuf))
        .help("The board to open in the window (*.storm.ron)");
    let mut grammar = clap::Command::new("stormglass")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Event Storming on a canvas that runs: check a board, simulate it, generate Rust")
        .after_help(
            "Without a subcommand the window opens. Where there is no display, the first sample is checked, \
             simulated, generated and exported into a folder that is named.\n\n\
             Exit codes: 0 clean, 1 errors found or out of date, 2 unusable input.",
        )
        .args_conflicts_with_subcommands(true)
        .arg(board);
    for subcommand in ALL {
        let own = clap::Command::new(subcommand.name()).about(subcommand.about());
        grammar = grammar.subcommand(subcommand.arguments(own));
    }
    grammar
}

/// Reads a command line and does what it says, unless that needs a window.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Invocation {
    let mut output = Output::standard();
    let matches = match grammar().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(err) => {
            let code = if err.use_stderr() { UNUSABLE } else { CLEAN };
            let _ = err.print();
            return Invocation::Done(code);
        }
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Invocation::Window(matches.get_one::<PathBuf>("BOARD").cloned());
    };
    match ALL.iter().find(|it| it.name() == name) {
        Some(subcommand) => Invocation::Done(subcommand.run(matches, &mut output)),
        None => Invocation::Done(UNUSABLE),
    }
}
