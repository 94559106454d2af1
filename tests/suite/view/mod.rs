//! Tests of the window, through the accessibility tree and events, without a display.

mod bad_input;
mod canvas;
mod checklist;
mod context_map;
mod clipboard;
mod files;
mod inspector;
mod first_minutes;
mod frames;
mod keyboard;
mod looks;
mod palette;
mod pictures;
mod sixty;
mod small;
mod touch;
mod renderer;
mod shortcuts;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Edit, Element, Kind, Sticky};
use stormglass::kit::{IdSource, Point};
use stormglass::session::{Disk, Pixels, Session, StateDir};
use stormglass::view::{App, Clipboard};

/// The window over a session in a folder of its own.
pub(crate) struct Desk {
    pub(crate) harness: Harness<'static, Option<App>>,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The window over that board.
    pub(crate) fn new(board: Board) -> Self {
        Self::paced(board, 0.25)
    }

    /// The same with so many seconds from frame to frame.
    pub(crate) fn paced(board: Board, seconds: f32) -> Self {
        Self::prepared(board, seconds, |_| {})
    }

    /// The same with a session in which something was done before the window opens.
    pub(crate) fn prepared(board: Board, seconds: f32, prepare: impl FnOnce(&mut Session)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::new(Disk::real(), StateDir::at(folder.path()));
        session.start_untitled(board);
        prepare(&mut session);
        let mut session = Some(session);
        let harness = Harness::builder()
            .with_size([1440.0, 900.0])
            .with_theme(egui::Theme::Light)
            .with_step_dt(seconds)
            .renderer(renderer::CpuRenderer::default())
            .build_ui_state(
                move |ui, app: &mut Option<App>| {
                    if let Some(session) = session.take() {
                        *app = Some(App::new_for_test(ui.ctx(), session));
                        // Fonts take effect with the next frame.
                        return;
                    }
                    if let Some(app) = app {
                        app.frame(ui);
                    }
                },
                None,
            );
        let mut desk = Self { harness, _folder: folder };
        desk.steps(4);
        desk
    }

    /// The window over a sample.
    pub(crate) fn sample(key: &str) -> Self {
        Self::new(stormglass::session::Sample::find(key).unwrap().board().unwrap())
    }

    pub(crate) fn steps(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    /// Frames until something holds; the time between them is that of the window.
    pub(crate) fn wait(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        for _ in 0..1_500 {
            if holds(self) {
                return;
            }
            self.steps(1);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("never: {what}");
    }

    /// Opens a menu and clicks the entry that starts with these words.
    pub(crate) fn menu(&mut self, menu: &str, entry: &str) {
        self.harness.get_by_role_and_label(egui::accesskit::Role::Button, menu).click();
        self.steps(3);
        self.harness.get_by_label_contains(entry).click();
        self.steps(3);
    }

    /// Writes into the field with that name what stands there from then on.
    pub(crate) fn write(&mut self, field: &str, text: &str) {
        self.harness.get_by_label(field).focus();
        self.steps(1);
        self.key_with(egui::Modifiers::COMMAND, Key::A);
        self.text(text);
    }

    pub(crate) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.steps(3);
    }

    pub(crate) fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    pub(crate) fn board(&self) -> &Board {
        self.app().session().board()
    }

    pub(crate) fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.steps(2);
    }

    pub(crate) fn key_with(&mut self, mods: egui::Modifiers, key: Key) {
        self.harness.key_press_modifiers(mods, key);
        self.steps(2);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.steps(2);
    }

    pub(crate) fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.hover_at(from);
        self.steps(1);
        self.harness.drag_at(from);
        self.steps(1);
        for step in 1..=4 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 4.0));
            self.steps(1);
        }
        self.harness.drop_at(to);
        self.steps(2);
    }

    /// Lets the window read and write that clipboard.
    pub(crate) fn use_clipboard(&mut self, pocket: &Arc<Pocket>) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().as_mut().unwrap().use_clipboard(&ctx, Some(Arc::clone(pocket) as Arc<dyn Clipboard>));
    }

    /// Writes a picture of the window where the variable `STORMGLASS_LOOK` names a folder.
    pub(crate) fn look(&mut self, name: &str) {
        if let Some(folder) = std::env::var_os("STORMGLASS_LOOK") {
            let image = self.harness.render().unwrap();
            image.save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
        }
    }
}

/// A clipboard as data.
#[derive(Default)]
pub(crate) struct Pocket {
    pub(crate) text: Mutex<Option<String>>,
    pub(crate) files: Mutex<Vec<PathBuf>>,
    pub(crate) picture: Mutex<Option<Pixels>>,
    /// Who holds this keeps readers waiting.
    pub(crate) slow: Mutex<()>,
}

impl Clipboard for Pocket {
    fn text(&self) -> Option<String> {
        let _waited = self.slow.lock().unwrap();
        self.text.lock().unwrap().clone()
    }

    fn files(&self) -> Vec<PathBuf> {
        self.files.lock().unwrap().clone()
    }

    fn picture(&self) -> Result<Option<Pixels>, String> {
        let _waited = self.slow.lock().unwrap();
        match &*self.picture.lock().unwrap() {
            Some(it) if it.rgba.is_empty() => Err("the picture on the clipboard is damaged".to_owned()),
            it => Ok(it.clone()),
        }
    }

    fn put_text(&self, text: String) -> Result<(), String> {
        *self.text.lock().unwrap() = Some(text);
        Ok(())
    }

    fn put_picture(&self, picture: Pixels) -> Result<(), String> {
        *self.picture.lock().unwrap() = Some(picture);
        Ok(())
    }
}

/// A board with these stickies in a row.
pub(crate) fn row(stickies: &[(Kind, &str)]) -> Board {
    let mut board = Board::new();
    let mut ids = IdSource::seeded(3);
    for (at, (kind, text)) in stickies.iter().enumerate() {
        let sticky = Sticky::new(ids.next_id(), *kind, Point::new(at as i32 * 240, 0), *text);
        stormglass::board::apply(&mut board, &Edit::Add(Box::new(Element::Sticky(sticky)))).unwrap();
    }
    board
}
