//! The figures that the README promises, measured: `cargo bench`. Medians of several runs, each line with its target;
//! nothing is asserted here, because another machine is another matter.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot run says so")]

mod boards;
mod canvas;
#[cfg(feature = "window")]
mod frames;
mod peers;

use std::hint::black_box;
use std::time::{Duration, Instant};

use stormglass::board::{Board, read, write};
use stormglass::checks;
use stormglass::export::{Format, Request, Size, compose, format_of_file};
use stormglass::flow::{self, Flow};
use stormglass::scene::{FontBook, Options, SceneBuilder, Theme};
use stormglass::session::{Readings, SAMPLES, measure_run};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs `work` `times` and gives the median.
fn median<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut runs: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    runs.sort();
    runs[runs.len() / 2]
}

fn line(what: &str, took: Duration, target_ms: Option<f64>) {
    let ms = took.as_secs_f64() * 1000.0;
    let target = target_ms.map_or(String::new(), |target| {
        format!("   target {target:>7.1} ms   {}", if ms <= target { "holds" } else { "MISSED" })
    });
    println!("{what:<60} {ms:>9.2} ms{target}");
}

fn main() {
    let mut args = std::env::args().skip_while(|it| it != "boards").skip(1);
    if let Some(folder) = args.next() {
        // For `benches/canvas/window.sh`.
        for count in [1_000, 5_000, 10_000] {
            let path = std::path::Path::new(&folder).join(format!("{count}.storm.ron"));
            std::fs::write(path, write(&boards::as_peers(count))).expect("a file can be written");
        }
        return;
    }
    // A process of its own, whose memory is measured.
    #[cfg(feature = "window")]
    if let Some(board) = std::env::args().skip_while(|it| it != "memory").nth(1) {
        canvas::memory(std::path::Path::new(&board));
        return;
    }
    println!("medians; 2 cores, no GPU\n");
    // `cargo bench -- canvas` measures the canvas alone.
    if std::env::args().any(|it| it == "canvas") {
        canvas::table();
        return;
    }
    // `cargo bench -- simulation` measures runs alone.
    if std::env::args().any(|it| it == "simulation") {
        simulation();
        return;
    }
    let board = boards::wall(10_000);
    let text = write(&board);
    let (stickies, links) = (board.stickies().len(), board.links().len());
    println!("a board of {stickies} stickies and {links} links, {} KB\n", text.len() / 1024);
    line("open a board of 10,000 stickies", median(7, || read(text.as_bytes())), Some(300.0));
    line("write a board of 10,000 stickies", median(7, || write(&board)), None);
    reading(&board);
    layout(1_000);
    layout(10_000);
    pictures();
    canvas::table();
    simulation();
}

fn reading(board: &Board) {
    let took = median(5, || {
        let flow = Flow::read(board, flow::Options { ghosts: true });
        checks::run(board, &flow, board.settings().level, &[])
    });
    line("flow and check of 10,000 stickies", took, Some(200.0));
    line("flow, model, lowering and check of 10,000 stickies", median(3, || Readings::of(board, 0)), None);
}

fn layout(count: usize) {
    let board = boards::wall(count);
    let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
    let start = Instant::now();
    black_box(builder.build(&board, &Options::default()));
    line(&format!("first layout and scene of {count} stickies"), start.elapsed(), None);
    let again = median(9, || builder.build(&board, &Options::default()));
    line(&format!("scene of {count} stickies again, nothing changed"), again, None);
}

fn pictures() {
    let board = boards::wall(2_000);
    let request = Request { size: Size::Within(3_840, 2_160), ..Request::default() };
    let draw = |format: &dyn Format| {
        let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
        let picture = compose(&board, &mut builder, &request).expect("the board can be drawn");
        format.write(&picture, builder.book()).expect("the picture can be written")
    };
    for (name, target) in [("x.png", Some(2_000.0)), ("x.svg", None)] {
        let format = format_of_file(name).expect("the format is there");
        let took = median(3, || draw(format));
        line(&format!("{} of 2,000 stickies at 4K, layout included", format.name()), took, target);
    }
}

fn simulation() {
    for sample in SAMPLES.iter().filter(|it| it.key == "food-ordering" || it.key == "decoupling") {
        let readings = Readings::of(&sample.board().expect("a sample is a board"), 0);
        let (records, took) = measure_run(&readings, 400_000).expect("a sample runs");
        let rate = records as f64 / took.as_secs_f64();
        let verdict = if rate >= 300_000.0 { "holds" } else { "MISSED" };
        let what = format!("simulated records of {}, one core", sample.key);
        println!("{what:<60} {rate:>9.0} /s   target  300000 /s   {verdict}");
    }
}
