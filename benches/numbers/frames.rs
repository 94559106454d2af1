//! Frames of the whole window without a GPU: input, layout, scene, panels and tessellation on one thread; what a graphics
//! card does is left out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase};
use egui::{pos2, vec2};
use stormglass::board::Board;
use stormglass::session::{Disk, Session, StateDir};
use stormglass::view::App;

/// The canvas beside palette and panel is about as large as the view the peers were measured with, 1280 x 800.
const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1840.0, 870.0) };
/// The middle of the canvas.
const MIDDLE: Pos2 = pos2(790.0, 440.0);

/// How long this thread has been at work: a machine that does other things besides changes nothing of it.
#[cfg(unix)]
fn busy() -> Duration {
    let it = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(it.tv_sec as u64, it.tv_nsec as u32)
}

/// The time that has passed, where a thread's own is not to be had.
#[cfg(not(unix))]
fn busy() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

/// The window over a board, driven frame by frame.
pub(crate) struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
    vertices: usize,
    _folder: tempfile::TempDir,
}

impl Window {
    pub(crate) fn new(board: Board) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ctx = egui::Context::default();
        let mut session = Session::new(Disk::real(), StateDir::at(folder.path()));
        session.start_untitled(board);
        let app = App::new_for_test(&ctx, session);
        Self { ctx, app, time: 0.0, vertices: 0, _folder: folder }
    }

    /// One frame: how long the thread was busy with it.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.frame_with(events, Vec::new())
    }

    fn frame_with(&mut self, events: Vec<Event>, dropped_files: Vec<egui::DroppedFileHandle>) -> Duration {
        self.time += 1.0 / 60.0;
        let (screen_rect, time) = (Some(SCREEN), Some(self.time));
        let input = RawInput { screen_rect, time, events, dropped_files, ..RawInput::default() };
        let start = busy();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        let primitives = self.ctx.tessellate(std::mem::take(&mut output.shapes), 1.0);
        let took = busy().saturating_sub(start);
        output.textures_delta.clear();
        let meshes = primitives.iter().map(|it| match &it.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
            egui::epaint::Primitive::Callback(_) => 0,
        });
        self.vertices = meshes.sum();
        took
    }

    /// Frames until nothing moves any more and the board was read off the thread.
    pub(crate) fn settle(&mut self) {
        self.frame(vec![Event::PointerMoved(MIDDLE)]);
        for _ in 0..200 {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Zooms about the middle of the canvas until a board unit is `zoom` points.
    pub(crate) fn zoom_to(&mut self, zoom: f32) {
        for _ in 0..60 {
            let factor = zoom / self.app.editor().camera.zoom;
            if (factor - 1.0).abs() < 0.001 {
                break;
            }
            self.frame(vec![Event::PointerMoved(MIDDLE), Event::Zoom(factor.clamp(0.5, 2.0))]);
        }
        self.settle();
    }

    /// The times of frames in which the view moves by `step` points to and fro.
    pub(crate) fn pan(&mut self, frames: usize, step: f32) -> Vec<Duration> {
        let mut times = Vec::with_capacity(frames);
        for at in 0..frames {
            let delta = if at % 40 < 20 { vec2(step, step / 2.0) } else { vec2(-step, -step / 2.0) };
            let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Wheel);
            times.push(self.frame(vec![Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE }]));
        }
        times
    }

    /// The times of frames in which the sticky nearest to the middle is dragged.
    pub(crate) fn drag(&mut self, frames: usize) -> Vec<Duration> {
        let camera = self.app.editor().camera;
        let middle = camera.center();
        let near = |it: &&stormglass::board::Sticky| {
            let at = it.rect().center();
            (at.x as f32 - middle.x).hypot(at.y as f32 - middle.y)
        };
        let board = self.app.session().board();
        let sticky = board.stickies().values().min_by(|a, b| near(a).total_cmp(&near(b))).expect("a sticky");
        let (id, before) = (sticky.id, (sticky.x, sticky.y));
        let at = camera.to_view(sticky.rect().to_f().center());
        let offset = camera.to_view(middle);
        let from = MIDDLE + vec2(at.x - offset.x, at.y - offset.y);
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![button(from, true)]);
        self.frame(vec![Event::PointerMoved(from + vec2(6.0, 2.0))]);
        let mut times = Vec::with_capacity(frames);
        let mut to = from;
        for at in 0..frames {
            to = from + vec2(6.0 + 2.0 * at as f32, 2.0 + at as f32);
            times.push(self.frame(vec![Event::PointerMoved(to)]));
        }
        self.frame(vec![button(to, false)]);
        let after = self.app.session().board().sticky(id).map(|it| (it.x, it.y));
        assert!(after != Some(before), "the sticky was not dragged");
        times
    }
}

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|err| err.to_string())
    }
}

/// A window with the board of that file, and the time that passed from the wish to open it to the frame that shows its
/// stickies, in a window that ran already: reading and laying out on other threads count.
pub(crate) fn open(path: &Path, stickies: usize) -> (Window, Duration) {
    let mut window = Window::new(Board::new());
    window.settle();
    let start = Instant::now();
    window.frame_with(Vec::new(), vec![Arc::new(Dropped(path.to_owned()))]);
    for _ in 0..400 {
        window.frame(Vec::new());
        if window.vertices > 4 * stickies {
            return (window, start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the board was not shown");
}

/// The longest time that a frame takes while that many lines are pasted as stickies.
pub(crate) fn paste(stickies: usize) -> Duration {
    let mut window = Window::new(Board::new());
    window.settle();
    let lines: String = (0..stickies).map(|it| format!("E: Order {it} Placed\n")).collect();
    let key = |pressed| Event::Key {
        key: egui::Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let mut longest = Duration::ZERO;
    let mut frame = |window: &mut Window, events| {
        let start = Instant::now();
        window.frame(events);
        longest = longest.max(start.elapsed());
    };
    frame(&mut window, vec![Event::Paste(lines)]);
    for _ in 0..2_000 {
        // The question is answered as soon as it is asked.
        frame(&mut window, vec![key(true), key(false)]);
        if window.app.session().board().stickies().len() == stickies {
            for _ in 0..60 {
                frame(&mut window, Vec::new());
            }
            return longest;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("nothing was pasted")
}

/// The value below which `part` of the times lie, in milliseconds.
pub(crate) fn part(mut times: Vec<Duration>, part: f64) -> f64 {
    times.sort();
    let at = ((times.len() as f64 * part).ceil() as usize).clamp(1, times.len()) - 1;
    times[at].as_secs_f64() * 1000.0
}
