//! `stormglass check`: what the grammar has to say about a board.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Subcommand;
use super::shared::{board_argument, path};
use crate::cli::{CLEAN, FOUND, Output, UNUSABLE};
use crate::session::{
    Board, CheckReport as Report, Disk, Finding, Id, Level, RULES, Readings, Severity, board_of, counted,
    lines_of_elements, read_file,
};

pub(super) struct Check;

impl Subcommand for Check {
    fn name(&self) -> &'static str {
        "check"
    }

    fn about(&self) -> &'static str {
        "Check a board against the grammar; exit 0 clean, 1 errors found, 2 unusable input"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        let levels: Vec<&'static str> = Level::ALL.iter().map(|it| it.key()).collect();
        command
            .arg(board_argument())
            .arg(
                clap::Arg::new("level")
                    .long("level")
                    .value_name("LEVEL")
                    .value_parser(levels)
                    .help("Check as a board of this level [default: the board's own]"),
            )
            .arg(
                clap::Arg::new("format")
                    .long("format")
                    .value_parser(["text", "json", "sarif"])
                    .default_value("text")
                    .help("How to print the findings"),
            )
            .arg(
                clap::Arg::new("all")
                    .long("all")
                    .action(clap::ArgAction::SetTrue)
                    .help("Every finding, not groups of ten lines"),
            )
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let file = path(matches, "BOARD");
        let read = read_file(&Disk::real(), &file).and_then(|bytes| Ok((board_of(&file, &bytes)?, bytes)));
        let (board, bytes) = match read {
            Ok(read) => read,
            Err(err) => {
                output.error(err);
                return UNUSABLE;
            }
        };
        let level =
            matches.get_one::<String>("level").and_then(|key| Level::ALL.into_iter().find(|it| it.key() == key));
        let readings = Readings::at_level(&board, 0, level.unwrap_or(board.settings().level));
        let report = &readings.report;
        let lines = lines_of_elements(&String::from_utf8_lossy(&bytes));
        let place = Place { file: file.display().to_string(), lines, board: &board };
        match matches.get_one::<String>("format").map(String::as_str) {
            Some("json") => output.line(pretty(&json_report(report, &place))),
            Some("sarif") => output.line(pretty(&sarif(report, &place))),
            Some(_) | None if matches.get_flag("all") => all_lines(report, &place, output),
            Some(_) | None => summary(report, &place, output),
        }
        if report.count(Severity::Error) > 0 { FOUND } else { CLEAN }
    }
}

/// Where findings are, for people and machines.
struct Place<'a> {
    file: String,
    lines: BTreeMap<Id, usize>,
    board: &'a Board,
}

impl Place<'_> {
    fn line(&self, finding: &Finding) -> Option<usize> {
        self.lines.get(finding.elements.first()?).copied()
    }
}

fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn totals(report: &Report) -> String {
    let count = |severity, word: &str| counted(report.count(severity), word);
    let waived = report.findings.len() - report.open().count();
    let waived = if waived == 0 { String::new() } else { format!(", {waived} waived") };
    let level = report.level.name().to_lowercase();
    let [errors, warnings, hints] =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Hint, "hint")];
    format!("{errors}, {warnings}, {hints}{waived} at {level} level")
}

/// At most ten lines: a line a rule with the first finding, and the totals.
fn summary(report: &Report, place: &Place<'_>, output: &mut Output) {
    let summary = report.summary();
    for group in &summary.groups {
        let first = group.findings.first().and_then(|at| report.findings.get(*at));
        let Some(first) = first else { continue };
        let at = place.line(first).map_or(String::from(" "), |line| format!("{line}: "));
        let more = if group.count > 1 { format!(" (and {} more)", group.count - 1) } else { String::new() };
        output.line(format!("{}:{at}{} {}: {}{more}", place.file, word(group.severity), group.code, first.message));
    }
    if summary.more_groups > 0 {
        let (findings, rules) = (counted(summary.more_findings, "finding"), counted(summary.more_groups, "more rule"));
        output.line(format!("... and {findings} of {rules}; --all lists them"));
    }
    output.line(totals(report));
}

fn all_lines(report: &Report, place: &Place<'_>, output: &mut Output) {
    for it in &report.findings {
        let at = place.line(it).map_or(String::from(" "), |line| format!("{line}: "));
        let waived = it.waived.as_ref().map_or(String::new(), |why| format!(" (waived: {why})"));
        output.line(format!("{}:{at}{} {}: {}{waived}", place.file, word(it.severity), it.code, it.message));
        for fix in &it.fixes {
            output.line(format!("    fix: {}", fix.label));
        }
    }
    output.line(totals(report));
}

/// The shape that the README documents: it only ever grows.
fn json_report(report: &Report, place: &Place<'_>) -> Json {
    let findings: Vec<Json> = report
        .findings
        .iter()
        .map(|it| {
            json!({
                "code": it.code,
                "severity": word(it.severity),
                "message": it.message,
                "elements": it.elements.iter().map(|id| json!({"id": id, "name": place.board.name(*id)})).collect::<Vec<_>>(),
                "line": place.line(it),
                "fixes": it.fixes.iter().map(|fix| fix.label.as_str()).collect::<Vec<_>>(),
                "waived": it.waived,
            })
        })
        .collect();
    json!({
        "version": 1,
        "board": place.file,
        "level": report.level.key(),
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "hints": report.count(Severity::Hint),
        "findings": findings,
    })
}

/// SARIF 2.1.0, as code hosts read it.
fn sarif(report: &Report, place: &Place<'_>) -> Json {
    let rules: Vec<Json> = RULES
        .iter()
        .map(|it| json!({"id": it.code, "shortDescription": {"text": it.title}, "fullDescription": {"text": it.why}}))
        .collect();
    let results: Vec<Json> = report
        .findings
        .iter()
        .map(|it| {
            let level = match it.severity {
                Severity::Hint => "note",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let mut result = json!({
                "ruleId": it.code,
                "level": level,
                "message": {"text": it.message},
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": {"uri": place.file.replace('\\', "/")},
                        "region": {"startLine": place.line(it).unwrap_or(1)},
                    },
                }],
                "partialFingerprints": {
                    "element/v1": it.elements.first().map_or_else(|| "board".to_owned(), ToString::to_string),
                },
            });
            if let (Some(why), Some(result)) = (&it.waived, result.as_object_mut()) {
                let suppression = json!([{"kind": "external", "justification": why}]);
                result.insert("suppressions".to_owned(), suppression);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "stormglass", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "results": results,
        }],
    })
}
