//! The canvas beside its peers, line by line: the same board, the same moves.

#[cfg(feature = "window")]
use std::path::Path;
use std::time::{Duration, Instant};

use stormglass::board::write;
use stormglass::export::{Request, Size, compose, format_of_file};
use stormglass::scene::{FontBook, SceneBuilder, Theme};

use super::boards::as_peers;
use super::peers::{self, Line};

/// Prints the table.
pub(crate) fn table() {
    Line::head();
    #[cfg(feature = "window")]
    window();
    pictures();
}

fn ms(it: Duration) -> f64 {
    it.as_secs_f64() * 1000.0
}

/// The median of five.
fn median(mut one: impl FnMut() -> f64) -> f64 {
    let mut all: Vec<f64> = (0..5).map(|_| one()).collect();
    all.sort_by(f64::total_cmp);
    all[2]
}

#[cfg(feature = "window")]
fn window() {
    use super::frames::{Window, open, part, paste};
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (count, line) in [(1_000, peers::OPEN_1000), (10_000, peers::OPEN_10000)] {
        let path = folder.path().join(format!("{count}.storm.ron"));
        std::fs::write(&path, write(&as_peers(count))).expect("a file can be written");
        line.print(median(|| ms(open(&path, count).1)));
    }
    for (count, line) in [(1_000, peers::PAN_1000), (5_000, peers::PAN_5000), (10_000, peers::PAN_10000)] {
        let mut window = Window::new(as_peers(count));
        window.settle();
        line.print(median(|| part(window.pan(120, 2.0), 0.5)));
    }
    peers::PASTE_10000.print(median(|| ms(paste(10_000))));
    let mut window = Window::new(as_peers(10_000));
    window.settle();
    window.zoom_to(0.85);
    peers::NEAR_10000.print(median(|| part(window.pan(120, 8.0), 0.5)));
    peers::DRAG_10000.print(median(|| part(window.drag(60), 0.95)));
    // Of a process that does nothing else and has no driver.
    let path = folder.path().join("10000.storm.ron");
    if let Some(all) = std::env::current_exe().ok().and_then(|it| memory_of_another(&it, &path)) {
        peers::MEMORY_10000.print(all);
    }
    drop(window);
    let mut window = Window::new(as_peers(100_000));
    window.settle();
    window.zoom_to(0.85);
    peers::NEAR_100000.print(median(|| part(window.pan(120, 8.0), 0.5)));
}

/// What this program needs in megabytes if it shows that board and nothing else.
#[cfg(feature = "window")]
fn memory_of_another(program: &Path, board: &Path) -> Option<f64> {
    let output = std::process::Command::new(program).arg("memory").arg(board).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Shows a board of 10,000 and prints the process's memory in megabytes, where the system tells.
#[cfg(feature = "window")]
pub(crate) fn memory(board: &Path) {
    let (mut window, _) = super::frames::open(board, 10_000);
    window.settle();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.split_whitespace().next()?.parse::<f64>().ok());
    if let Some(kilobytes) = kilobytes {
        println!("{}", kilobytes / 1024.0);
    }
    drop(window);
}

fn pictures() {
    let cases =
        [(1_000, "x.png", peers::PNG_1000), (5_000, "x.png", peers::PNG_5000), (5_000, "x.svg", peers::SVG_5000)];
    for (count, name, line) in cases {
        let board = as_peers(count);
        let request = Request { size: Size::Scale(1.0), ..Request::default() };
        let format = format_of_file(name).expect("the format is there");
        // Text is laid out anew each time, as if nothing had been shown before; the peers have it laid out already.
        let took = median(|| {
            let start = Instant::now();
            let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
            let picture = compose(&board, &mut builder, &request).expect("the board can be drawn");
            let written = format.write(&picture, builder.book());
            let took = ms(start.elapsed());
            match written {
                Ok(bytes) => drop(bytes),
                Err(err) => {
                    eprintln!("{}: {err}", line.what);
                    return f64::NAN;
                }
            }
            took
        });
        line.print(took);
    }
}
