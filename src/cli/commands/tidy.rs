//! `stormglass tidy`: the board laid out from left to right by what leads to what.

use std::path::PathBuf;

use super::Subcommand;
use super::shared::{board_argument, path, read_board};
use crate::cli::{CLEAN, Output, UNUSABLE};
use crate::session::{Disk, board_text, save_bytes, tidied_board};

pub(super) struct Tidy;

impl Subcommand for Tidy {
    fn name(&self) -> &'static str {
        "tidy"
    }

    fn about(&self) -> &'static str {
        "Lay a board out from left to right by what leads to what; what is pinned or locked stays"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        command.arg(board_argument()).arg(
            clap::Arg::new("output")
                .short('o')
                .long("output")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .help("Where to write the board; the board's own file if it is left out"),
        )
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let Some(board) = read_board(matches, output) else { return UNUSABLE };
        let own = path(matches, "BOARD");
        let to = matches.get_one::<PathBuf>("output").unwrap_or(&own);
        let (board, tidied) = tidied_board(&board);
        match save_bytes(&Disk::real(), to, board_text(&board).as_bytes(), None) {
            Ok(_) => {
                output.line(format!("{}: {} moved, {} pinned or locked", to.display(), tidied.moved, tidied.kept));
                CLEAN
            }
            Err(err) => {
                output.error(err);
                UNUSABLE
            }
        }
    }
}
