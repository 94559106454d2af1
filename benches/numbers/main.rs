//! The figures that the README promises, measured: `cargo bench --bench numbers`. Medians of several runs, each line with
//! its target; nothing is asserted here, because another machine is another matter.

mod boards;

use std::hint::black_box;
use std::time::{Duration, Instant};

use stormglass::board::{read, write};
use stormglass::export::{Format, Request, Size, compose, format_of_file};
use stormglass::kit::RectF;
use stormglass::scene::{FontBook, Options, SceneBuilder, Theme};

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

fn line(what: &str, took: Duration, target_ms: f64) {
    let ms = took.as_secs_f64() * 1000.0;
    let verdict = if ms <= target_ms { "holds" } else { "MISSED" };
    println!("{what:<64} {ms:>9.2} ms   target {target_ms:>7.1} ms   {verdict}");
}

fn rate(what: &str, count: u64, took: Duration, target: f64) {
    let per_second = count as f64 / took.as_secs_f64();
    let verdict = if per_second >= target { "holds" } else { "MISSED" };
    println!("{what:<64} {per_second:>9.0} /s   target {target:>7.0} /s   {verdict}");
}

fn main() {
    println!("medians; 2 cores, no GPU assumed\n");
    let board = boards::wall(10_000);
    let text = write(&board);
    println!(
        "board of {} stickies and {} links, {} KB\n",
        board.stickies().len(),
        board.links().len(),
        text.len() / 1024
    );
    line("open a board of 10,000 stickies", median(7, || read(text.as_bytes())), 300.0);
    line("write a board of 10,000 stickies", median(7, || write(&board)), 300.0);
    analysis(&board);
    canvas(1_000);
    canvas(10_000);
    pictures();
    simulation();
}

fn analysis(board: &stormglass::board::Board) {
    let took = median(5, || stormglass::session::analyse(board, 0, None));
    println!("{:<64} {:>9.2} ms", "flow, model, lowering and check of 10,000 stickies", took.as_secs_f64() * 1000.0);
    let took = median(5, || {
        let flow = stormglass::flow::Flow::read(board, stormglass::flow::Options { ghosts: true });
        stormglass::checks::run(board, &flow, board.settings().level, &[])
    });
    line("flow and check of 10,000 stickies", took, 200.0);
}

/// Layout, scene and (with the window) tessellation, all stickies visible, the view moving every frame.
fn canvas(count: usize) {
    let board = boards::wall(count);
    let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
    let start = Instant::now();
    let scene = builder.build(&board, &Options::default());
    let first = start.elapsed();
    println!("{:<64} {:>9.2} ms", format!("first layout and scene of {count} stickies"), first.as_secs_f64() * 1000.0);
    let again = median(9, || builder.build(&board, &Options::default()));
    println!(
        "{:<64} {:>9.2} ms",
        format!("scene of {count} stickies again, nothing changed"),
        again.as_secs_f64() * 1000.0
    );
    let bounds: RectF = scene.bounds;
    #[cfg(feature = "window")]
    {
        let took = stormglass::view::bench_frames(&board, bounds, 60);
        line(
            &format!("a frame of the canvas, {count} visible, panning"),
            took,
            if count <= 1_000 { 16.0 } else { 16.0 },
        );
    }
    #[cfg(not(feature = "window"))]
    let _ = bounds;
}

fn pictures() {
    let board = boards::wall(2_000);
    let png = format_of_file("x.png").expect("PNG is a format");
    let svg = format_of_file("x.svg").expect("SVG is a format");
    let request = Request { size: Size::Within(3_840, 2_160), ..Request::default() };
    let draw = |format: &dyn Format| {
        let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
        let picture = compose(&board, &mut builder, &request).expect("the board can be drawn");
        format.write(&picture, builder.book()).expect("the picture can be written")
    };
    line("PNG of 2,000 stickies at 4K, layout included", median(3, || draw(png)), 2_000.0);
    let took = median(3, || draw(svg));
    println!("{:<64} {:>9.2} ms", "SVG of 2,000 stickies, layout included", took.as_secs_f64() * 1000.0);
}

fn simulation() {
    let sample = &stormglass::session::SAMPLES[0];
    let board = sample.board().expect("a sample is a board");
    let analysis = stormglass::session::analyse(&board, 0, None);
    let (records, took) = stormglass::session::bench_simulation(&analysis, 200_000);
    rate(&format!("simulated records of {}, one core", sample.key), records, took, 300_000.0);
}
