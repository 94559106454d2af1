//! `stormglass generate`: a Cargo workspace, schemas and topics from a board.

use std::path::PathBuf;

use super::Subcommand;
use super::shared::{board_argument, path, read_board};
use crate::cli::{CLEAN, FOUND, Output, UNUSABLE};
use crate::session::{Disk, Plan, Readings, counted, generate_into, plan_into};

pub(super) struct Generate;

impl Subcommand for Generate {
    fn name(&self) -> &'static str {
        "generate"
    }

    fn about(&self) -> &'static str {
        "Write a Cargo workspace, Avro schemas and topic definitions; your own files are never touched"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        let flag = |name: &'static str, help: &'static str| {
            clap::Arg::new(name).long(name).action(clap::ArgAction::SetTrue).help(help)
        };
        command
            .arg(board_argument())
            .arg(
                clap::Arg::new("out")
                    .long("out")
                    .value_name("DIR")
                    .required(true)
                    .value_parser(clap::value_parser!(PathBuf))
                    .help("The folder of the workspace"),
            )
            .arg(flag("dry-run", "Write nothing; print what would change as a diff"))
            .arg(flag("check", "Write nothing; exit with 1 and the diff if the folder is out of date"))
            .arg(flag("allow-ghosts", "Go on although the board relies on ghost links that nobody accepted"))
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let Some(board) = read_board(matches, output) else { return UNUSABLE };
        let readings = Readings::of(&board, 0);
        for problem in &readings.system.problems {
            output.note(format!("note: {} {}", problem.code, problem.message));
        }
        let (disk, root, ghosts) = (Disk::real(), path(matches, "out"), matches.get_flag("allow-ghosts"));
        let (check, dry) = (matches.get_flag("check"), matches.get_flag("dry-run"));
        let result = if check || dry {
            plan_into(&disk, &root, &readings.system, ghosts)
        } else {
            generate_into(&disk, &root, &readings.system, ghosts)
        };
        let plan = match result {
            Ok(plan) => plan,
            Err(err) => {
                output.error(err);
                return UNUSABLE;
            }
        };
        if check || dry {
            output.text(plan.diff());
        }
        say(&plan, &root.display().to_string(), check || dry, output);
        let stale = check && !plan.is_up_to_date();
        if stale || !plan.conflicts.is_empty() { FOUND } else { CLEAN }
    }
}

fn say(plan: &Plan, root: &str, dry: bool, output: &mut Output) {
    for note in &plan.notes {
        output.note(format!("note: {note}"));
    }
    for conflict in &plan.conflicts {
        output.note(format!(
            "conflict: {root}/{}: it was edited since it was generated and is left as it is; move your changes to a file of \
             your own, delete it and generate again",
            conflict.path
        ));
    }
    for orphan in &plan.orphans {
        output.note(format!("note: {root}/{}: the board asks for it no longer; it is yours to delete", orphan.path));
    }
    let (write, delete) = if dry { ("to write", "to delete") } else { ("written", "deleted") };
    output.line(format!(
        "{root}: {} {write}, {} {delete}, {} unchanged, {}",
        counted(plan.writes.len(), "file"),
        plan.deletes.len(),
        plan.unchanged,
        counted(plan.conflicts.len(), "conflict")
    ));
}
