//! Frames of the whole window without a GPU: layout, scene, panels and tessellation; what a graphics card does is left
//! out.

use std::time::{Duration, Instant};

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use stormglass::board::Board;
use stormglass::session::{Disk, Session, StateDir};
use stormglass::view::App;

/// The median time of a frame while the view moves, with the whole board in sight.
pub(crate) fn panning(board: &Board, frames: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ctx = egui::Context::default();
    let mut session = Session::new(Disk::real(), StateDir::at(folder.path()));
    session.start_untitled(board.clone());
    let mut app = App::new_for_test(&ctx, session);
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 1000.0));
    let mut time = 0.0;
    let mut frame = |events: Vec<Event>| {
        time += 1.0 / 60.0;
        let input = RawInput { screen_rect: Some(screen), time: Some(time), events, ..RawInput::default() };
        let start = Instant::now();
        let mut output = ctx.run_ui(input, |ui| app.frame(ui));
        let primitives = ctx.tessellate(std::mem::take(&mut output.shapes), 1.0);
        let took = start.elapsed();
        output.textures_delta.clear();
        std::hint::black_box(primitives.len());
        took
    };
    frame(vec![Event::PointerMoved(pos2(700.0, 500.0))]);
    // The first frames lay everything out and read the board off the thread.
    for _ in 0..90 {
        frame(Vec::new());
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut runs: Vec<Duration> = (0..frames)
        .map(|at| {
            let delta = vec2(if at % 40 < 20 { 3.0 } else { -3.0 }, 0.0);
            let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Wheel);
            frame(vec![Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE }])
        })
        .collect();
    runs.sort();
    runs[runs.len() / 2]
}
