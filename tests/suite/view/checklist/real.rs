//! The same hands in the real window: xdotool does what was recorded, and the saved file tells what came of it.

use std::path::Path;
use std::time::{Duration, Instant};

use stormglass::board::{Board, read, write};

use super::script::{Op, in_x};
use super::{After, Walked, said, start};
use crate::window::Display;

/// Walks every recorded case in one window, each from the same board.
pub(super) fn walk(still: &Walked, cases: &[Walked]) {
    let can = |it: &Op| !matches!(it, Op::Pinch(_) | Op::Linger | Op::Clip(_));
    let mut here: Vec<&Walked> = cases.iter().filter(|it| it.hands.iter().all(can)).collect();
    if std::env::var_os("STORMGLASS_EVERY_SCRIPT").is_none() {
        // One script a line; walking every one takes minutes.
        here.dedup_by_key(|it| it.line);
    }
    let Some(display) = Display::start(1440, 900) else {
        eprintln!("skipped: {} scripts in the real window", here.len());
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (state, file) = (folder.path().join("state"), folder.path().join("b.storm.ron"));
    std::fs::write(&file, write(&start())).unwrap();
    let mut window = display.window(&state, &file);
    display.wait_for_window();
    display.xdotool(&[
        "search",
        "--onlyvisible",
        "--name",
        "Stormglass",
        "windowmove",
        "0",
        "0",
        "windowsize",
        "1440",
        "900",
    ]);
    display.xdotool(&["search", "--onlyvisible", "--name", "Stormglass", "windowfocus"]);
    std::thread::sleep(Duration::from_millis(1_500));
    play(&display, &[Op::Down("Ctrl".to_owned()), Op::Down(".".to_owned())]);
    play(&display, &[Op::Up(".".to_owned()), Op::Up("Ctrl".to_owned())]);
    play(&display, &still.back);
    let mut failures = Vec::new();
    for it in &here {
        play(&display, &it.hands);
        if !file_becomes(&display, &file, |board| same(&said(board), still, it)) {
            let found = board(&file).map(|it| said(&it)).unwrap_or_default();
            failures.push(format!(
                "{}\n  wanted\n  {}\n  found\n  {}",
                it.case.script,
                it.left.join("\n  "),
                found.join("\n  ")
            ));
            if failures.len() > 20 {
                break;
            }
        }
        // The next one starts from the start, however slow the machine is.
        play(&display, &it.back);
        if !file_becomes(&display, &file, |board| said(board) == said(&start())) {
            failures.push(format!("{}: undo does not lead back", it.case.script));
            break;
        }
    }
    window.kill().unwrap();
    window.wait().unwrap();
    println!(
        "check list: {} scripts walked in the real window, {} in the harness only",
        here.len(),
        cases.len() - here.len()
    );
    assert!(failures.is_empty(), "in the real window:\n{}", failures.join("\n"));
}

fn board(file: &Path) -> Option<Board> {
    read(&std::fs::read(file).ok()?).ok()
}

/// Saves until the file holds what is wanted; `false` if that takes too long.
fn file_becomes(display: &Display, file: &Path, wanted: impl Fn(&Board) -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(8);
    while Instant::now() < end {
        display.xdotool(&["key", "ctrl+s"]);
        std::thread::sleep(Duration::from_millis(120));
        if board(file).is_some_and(|it| wanted(&it)) {
            return true;
        }
    }
    false
}

/// Whether a board says what the harness left. The place of the probe, which tells the view, may differ by half a step
/// of the grid; how far a wheel's click scrolls differs between systems, so that only its direction counts.
fn same(found: &[String], still: &Walked, it: &Walked) -> bool {
    if it.case.after != After::Create {
        return found == it.left;
    }
    let probe = |it: &&String| it.contains("\"Probe\"");
    let rest = |all: &[String]| all.iter().filter(|it| !probe(it)).cloned().collect::<Vec<_>>();
    let place = |all: &[String]| {
        let line = all.iter().find(probe)?;
        let mut numbers = line.split_whitespace().skip(2).filter_map(|it| it.parse::<i32>().ok());
        Some((numbers.next()?, numbers.next()?))
    };
    let (Some(a), Some(b), Some(zero)) = (place(found), place(&it.left), place(&still.left)) else { return false };
    let turned = it.hands.iter().any(|it| matches!(it, Op::Wheel(_)));
    let near = |a: i32, b: i32, zero: i32| match turned {
        true => (a - zero).signum() == (b - zero).signum(),
        false => (a - b).abs() <= 20,
    };
    (turned || near(a.0, b.0, zero.0)) && near(a.1, b.1, zero.1) && rest(found) == rest(&it.left)
}

fn play(display: &Display, ops: &[Op]) {
    let mut arguments: Vec<String> = Vec::new();
    for op in ops {
        let words: Vec<String> = match op {
            Op::Down(key) => vec!["keydown".to_owned(), in_x(key)],
            Op::Up(key) => vec!["keyup".to_owned(), in_x(key)],
            Op::Type(text) => vec!["type".to_owned(), "--delay".to_owned(), "12".to_owned(), text.clone()],
            Op::Move(at) => vec!["mousemove".to_owned(), at.x.round().to_string(), at.y.round().to_string()],
            Op::Press(which) => vec!["mousedown".to_owned(), which.to_string()],
            Op::Release(which) => vec!["mouseup".to_owned(), which.to_string()],
            Op::Wheel(lines) => {
                let button = if *lines > 0 { "4" } else { "5" };
                let count = lines.unsigned_abs().to_string();
                vec![
                    "click".to_owned(),
                    "--repeat".to_owned(),
                    count,
                    button.to_owned(),
                    "sleep".to_owned(),
                    "0.4".to_owned(),
                ]
            }
            Op::Rest => vec!["sleep".to_owned(), "0.45".to_owned()],
            Op::Pinch(_) | Op::Linger | Op::Clip(_) => continue,
        };
        // Typing takes the rest of its line, so each kind of work is a call of its own.
        let types = matches!(op, Op::Type(_));
        if types {
            flush(display, &mut arguments);
        }
        arguments.extend(words);
        if types {
            flush(display, &mut arguments);
        } else {
            arguments.extend(["sleep".to_owned(), "0.03".to_owned()]);
        }
    }
    flush(display, &mut arguments);
}

fn flush(display: &Display, arguments: &mut Vec<String>) {
    if !arguments.is_empty() {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert!(display.xdotool(&words), "xdotool cannot do {words:?}");
        arguments.clear();
    }
}
