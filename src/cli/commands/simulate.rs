//! `stormglass simulate`: a board runs in virtual time.

use std::path::{Path, PathBuf};

use super::Subcommand;
use super::shared::{board_argument, read_board};
use crate::cli::{CLEAN, FOUND, Output, UNUSABLE};
use crate::session::{
    Board, Disk, Id, Millis, Readings, ScenarioResult, Trace, run_scenario_of, run_to_end, save_bytes, write_lines,
};

pub(super) struct Simulate;

impl Subcommand for Simulate {
    fn name(&self) -> &'static str {
        "simulate"
    }

    fn about(&self) -> &'static str {
        "Run a board in virtual time from a seed, or one of its scenarios, and report"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        command
            .arg(board_argument())
            .arg(
                clap::Arg::new("scenario")
                    .long("scenario")
                    .value_name("NAME")
                    .help("Run the scenario of that title instead (`all`: every scenario); exit 1 if it fails"),
            )
            .arg(
                clap::Arg::new("seed")
                    .long("seed")
                    .value_name("N")
                    .value_parser(clap::value_parser!(u64))
                    .default_value("7")
                    .help("The same board and seed are the same run, to the byte"),
            )
            .arg(
                clap::Arg::new("for")
                    .long("for")
                    .value_name("DURATION")
                    .value_parser(|text: &str| text.parse::<Millis>())
                    .default_value("1 day")
                    .help("How long, in virtual time: `2 days`, `90 min`"),
            )
            .arg(
                clap::Arg::new("format")
                    .long("format")
                    .value_parser(["text", "json"])
                    .default_value("text")
                    .help("How to print the report"),
            )
            .arg(
                clap::Arg::new("trace")
                    .long("trace")
                    .value_name("FILE")
                    .value_parser(clap::value_parser!(PathBuf))
                    .help("Write everything that happened to this file, a JSON object a line"),
            )
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let Some(board) = read_board(matches, output) else { return UNUSABLE };
        let readings = Readings::of(&board, 0);
        let seed = matches.get_one::<u64>("seed").copied().unwrap_or(7);
        let json = matches.get_one::<String>("format").is_some_and(|it| it == "json");
        let trace_to = matches.get_one::<PathBuf>("trace");
        if let Some(name) = matches.get_one::<String>("scenario") {
            return scenarios(&board, &readings, name, seed, json, trace_to, output);
        }
        let time = matches.get_one::<Millis>("for").copied().unwrap_or(Millis::DAY);
        let simulation = match run_to_end(&readings, seed, time) {
            Ok(simulation) => simulation,
            Err(err) => {
                output.error(err);
                return UNUSABLE;
            }
        };
        let report = simulation.report();
        output.text(if json { report.to_json() } else { report.to_text() });
        if let Some(file) = trace_to
            && !write_trace(simulation.trace(), file, output)
        {
            return UNUSABLE;
        }
        if report.is_clean() { CLEAN } else { FOUND }
    }
}

fn scenarios(
    board: &Board,
    readings: &Readings,
    name: &str,
    seed: u64,
    json: bool,
    trace_to: Option<&PathBuf>,
    output: &mut Output,
) -> u8 {
    let runnable = |it: &&Id| readings.system.scenarios.contains_key(*it);
    let title = |id: Id| board.scenarios().get(&id).map_or("", |it| it.title());
    let all: Vec<Id> = board.scenarios().keys().filter(runnable).copied().collect();
    let wanted: Vec<Id> =
        all.iter().copied().filter(|id| name == "all" || title(*id).eq_ignore_ascii_case(name)).collect();
    if wanted.is_empty() {
        let known: Vec<&str> = all.iter().map(|id| title(*id)).collect();
        let known = if known.is_empty() { "the board has none".to_owned() } else { known.join("; ") };
        output.error(format!("no scenario is called `{name}`: {known}"));
        return UNUSABLE;
    }
    let mut results: Vec<ScenarioResult> = Vec::new();
    let mut last: Option<Trace> = None;
    for id in wanted {
        match run_scenario_of(readings, id, seed) {
            Ok((result, trace)) => {
                results.push(result);
                last = Some(trace);
            }
            Err(err) => {
                output.error(format!("{}: {err}", title(id)));
                return UNUSABLE;
            }
        }
    }
    if json {
        output.line(serde_json::to_string_pretty(&results).unwrap_or_default());
    } else {
        for result in &results {
            output.line(format!("{} {}", if result.passed { "passed" } else { "FAILED" }, result.title));
            for step in result.steps.iter().filter(|_| !result.passed) {
                let why = step.why.as_ref().map_or(String::new(), |why| format!(": {why}"));
                output.line(format!("    {} {}{why}", if step.passed { "ok  " } else { "FAIL" }, step.text));
            }
        }
    }
    if let (Some(file), Some(trace)) = (trace_to, &last)
        && !write_trace(trace, file, output)
    {
        return UNUSABLE;
    }
    if results.iter().all(|it| it.passed) { CLEAN } else { FOUND }
}

fn write_trace(trace: &Trace, file: &Path, output: &mut Output) -> bool {
    let mut bytes = Vec::new();
    let written = write_lines(trace, &mut bytes);
    match written
        .map_err(|err| err.to_string())
        .and_then(|()| save_bytes(&Disk::real(), file, &bytes, None).map(|_| ()).map_err(|err| err.to_string()))
    {
        Ok(()) => true,
        Err(err) => {
            output.error(err);
            false
        }
    }
}
