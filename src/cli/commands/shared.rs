//! What the subcommands have in common.

use std::path::PathBuf;

use crate::cli::Output;
use crate::session::{Board, Disk, load};

/// The argument that names the board.
pub(super) fn board_argument() -> clap::Arg {
    clap::Arg::new("BOARD")
        .required(true)
        .value_parser(clap::value_parser!(PathBuf))
        .help("The board's file (*.storm.ron)")
}

/// The path given for an argument that is required or has a default.
pub(super) fn path(matches: &clap::ArgMatches, name: &str) -> PathBuf {
    matches.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

/// Reads the board; says why it cannot be read and gives `None` where that is so.
pub(super) fn read_board(matches: &clap::ArgMatches, output: &mut Output) -> Option<Board> {
    match load(&Disk::real(), &path(matches, "BOARD")) {
        Ok((board, _)) => Some(board),
        Err(err) => {
            output.error(err);
            None
        }
    }
}
