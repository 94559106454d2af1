//! `stormglass fmt`: the board's file in its one form.

use super::Subcommand;
use super::shared::{board_argument, path, read_board};
use crate::cli::{CLEAN, FOUND, Output, UNUSABLE};
use crate::session::{Disk, board_text, read_file, save_bytes};

pub(super) struct Fmt;

impl Subcommand for Fmt {
    fn name(&self) -> &'static str {
        "fmt"
    }

    fn about(&self) -> &'static str {
        "Write a board's file in its one form: elements sorted by id, one a line, defaults left out"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        command.arg(board_argument()).arg(
            clap::Arg::new("check")
                .long("check")
                .action(clap::ArgAction::SetTrue)
                .help("Write nothing; exit with 1 if the file is in another form"),
        )
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let Some(board) = read_board(matches, output) else { return UNUSABLE };
        let (disk, path) = (Disk::real(), path(matches, "BOARD"));
        let text = board_text(&board);
        match read_file(&disk, &path) {
            Ok(bytes) if bytes == text.as_bytes() => CLEAN,
            Ok(_) if matches.get_flag("check") => {
                output.line(format!("{}: not in its one form; run `stormglass fmt` on it", path.display()));
                FOUND
            }
            Ok(_) => match save_bytes(&disk, &path, text.as_bytes(), None) {
                Ok(_) => CLEAN,
                Err(err) => {
                    output.error(err);
                    UNUSABLE
                }
            },
            Err(err) => {
                output.error(err);
                UNUSABLE
            }
        }
    }
}
