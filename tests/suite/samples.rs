//! Every board in `samples/` reads, and writes the bytes that it was read from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use stormglass::board;
use stormglass::checks;
use stormglass::flow::{Flow, Options};
use stormglass::kit::Severity;
use stormglass::lowering::lower;
use stormglass::model::System;
use stormglass::session::SAMPLES;
use stormglass::simulate::run_scenario;

/// All boards under `samples/`, sorted.
fn boards(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            boards(&path, into);
        } else if path.to_string_lossy().ends_with(".storm.ron") {
            into.push(path);
        }
    }
    into.sort();
}

#[test]
fn every_sample_is_written_as_it_is_read() {
    let mut paths = Vec::new();
    boards(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), &mut paths);
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let board = board::read(&bytes).unwrap_or_else(|err| panic!("{}: {err}", path.display()));
        let written = board::write(&board);
        for (number, (read, wrote)) in String::from_utf8_lossy(&bytes).lines().zip(written.lines()).enumerate() {
            assert_eq!(read, wrote, "{} line {}", path.display(), number + 1);
        }
        assert_eq!(bytes, written.as_bytes(), "{}", path.display());
        assert!(!board.settings().title.is_empty() && !board.settings().notes.is_empty(), "{}", path.display());
    }
}

#[test]
fn nothing_on_a_sample_overlaps() {
    let mut paths = Vec::new();
    boards(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), &mut paths);
    for path in paths {
        let board = board::read(&std::fs::read(&path).unwrap()).unwrap();
        let rects: Vec<_> = (board.stickies().values().map(|it| (it.id, it.rect())))
            .chain(board.scenarios().values().map(|it| (it.id, it.rect())))
            .collect();
        for (at, (a, first)) in rects.iter().enumerate() {
            for (b, second) in &rects[at + 1..] {
                let names = || format!("{}: {} and {}", path.display(), board.name(*a), board.name(*b));
                assert_eq!(first.intersection(*second), None, "{}", names());
            }
        }
    }
}

/// No sample has an error at its own level; what else is found is listed in `samples/expected`.
#[test]
fn no_sample_has_an_error() {
    for sample in SAMPLES {
        let board = sample.board().unwrap();
        let flow = Flow::read(&board, Options { ghosts: true });
        let system = System::resolve(&board, &flow);
        let report = checks::run(&board, &flow, board.settings().level, &system.problems);
        let worst = report.findings.iter().map(|it| it.severity).max();
        assert_ne!(worst, Some(Severity::Error), "{}", sample.key);
    }
}

#[test]
fn every_scenario_of_every_sample_passes() {
    for sample in SAMPLES.iter().filter(|it| it.key != "food-ordering-big-picture") {
        let board = sample.board().unwrap();
        let system = Arc::new(System::resolve(&board, &Flow::read(&board, Options { ghosts: true })));
        let lowering = Arc::new(lower(&system));
        assert!(!system.scenarios.is_empty(), "{} has no scenario", sample.key);
        for scenario in system.scenarios.keys() {
            let (result, _) = run_scenario(&system, &lowering, *scenario, 7).unwrap();
            assert!(result.passed, "{}: {}: {}", sample.key, result.title, result.difference);
        }
    }
}

/// Samples are read by their links alone: nothing in them rests on a guess.
#[test]
fn samples_rely_on_no_ghost_links() {
    for sample in stormglass::session::SAMPLES {
        let readings = stormglass::session::Readings::of(&sample.board().unwrap(), 0);
        let name = |id| readings.system.name(id).to_owned();
        let ghosts: Vec<_> = readings.ghosts.iter().map(|it| (name(it.from), name(it.to), &it.reason)).collect();
        assert!(ghosts.is_empty(), "{}: {ghosts:?}", sample.key);
    }
}
