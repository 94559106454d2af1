//! Files dropped on the window: a board is opened, text becomes stickies, a photo is placed.

use std::path::PathBuf;

use egui::{Align2, FontId, Ui};

use super::commands::Command;
use super::{App, prompts, theme};
use crate::board::{Edit, Element, Photo, PhotoBytes};
use crate::editor::Does;
use crate::session::{FileSort, FittedPhoto, Job, Polled, read_photo, sort_of};

/// A picture that is being read; the clipboard may hold none.
pub(super) type Reading = Job<Result<Option<FittedPhoto>, String>>;

/// More files at once are left alone.
const MOST: usize = 20;

/// Takes the files that were dropped in this frame.
pub(super) fn take(app: &mut App, ctx: &egui::Context) {
    take_files(app, ctx.input(|it| it.raw.dropped_files.iter().map(|it| it.path().to_owned()).collect()));
}

/// Takes files that were dropped or pasted together.
pub(super) fn take_files(app: &mut App, paths: Vec<PathBuf>) {
    if paths.len() > MOST {
        app.say(format!("{} files at once are too many: at most {MOST}", paths.len()));
    }
    // What falls together with a board is not put on the one that is left, nor on the other unseen.
    if let Some(board) = paths.iter().find(|it| sort_of(it) == FileSort::Board).cloned() {
        if paths.len() > 1 {
            let why = "One board is opened at a time, and nothing else with it. Bring the rest once more.";
            app.open_dialog(Box::new(prompts::Message::new("Only the board is opened", why)));
        }
        app.take_file(board);
        return;
    }
    for path in paths.into_iter().take(MOST) {
        app.take_file(path);
    }
}

impl App {
    /// Opens a board, places a photo, makes stickies of lines.
    pub(crate) fn take_file(&mut self, path: PathBuf) {
        match sort_of(&path) {
            FileSort::Board => self.do_later(Command::OpenPath(path)),
            FileSort::Photo => {
                self.show_map(false);
                self.place_photo(path);
            }
            FileSort::Text { comma } => {
                self.show_map(false);
                let dialog = prompts::Pasting::of_file(self.session.disk().clone(), path, comma);
                self.open_dialog(Box::new(dialog));
            }
        }
    }

    /// Reads a photo off the thread; it is placed once it is read.
    fn place_photo(&mut self, path: PathBuf) {
        let disk = self.session.disk().clone();
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        self.read_photo(&name, move || read_photo(&disk, &path).map(Some));
    }

    /// The same for a picture that comes from elsewhere.
    pub(super) fn read_photo(
        &mut self,
        name: &str,
        read: impl FnOnce() -> Result<Option<FittedPhoto>, String> + Send + 'static,
    ) {
        self.say(format!("Reading {name}"));
        self.photos.push((name.to_owned(), Job::start(move |_| read())));
    }

    /// Places the photos that were read.
    pub(crate) fn poll_photos(&mut self, ctx: &egui::Context) {
        let mut waiting = Vec::new();
        for (name, job) in std::mem::take(&mut self.photos) {
            match job.poll() {
                Polled::Running => {
                    ctx.request_repaint_after(std::time::Duration::from_millis(30));
                    waiting.push((name, job));
                }
                Polled::Done(Ok(Some(photo))) => self.put_photo(&name, photo),
                Polled::Done(Ok(None)) => self.say("The clipboard holds nothing that could be pasted"),
                Polled::Done(Err(why)) => {
                    self.open_dialog(Box::new(prompts::Message::new("The photo cannot be placed", why)));
                }
                Polled::Lost => self.say(format!("{name} could not be read: an internal error")),
            }
        }
        self.photos.extend(waiting);
    }

    fn put_photo(&mut self, name: &str, photo: FittedPhoto) {
        // In the middle of the view, as large as it fits there.
        let seen = self.editor.camera.visible();
        let (w, h) = (photo.width.max(1) as f32, photo.height.max(1) as f32);
        let scale = (seen.w * 0.8 / w).min(seen.h * 0.8 / h);
        let (w, h) = ((w * scale).max(1.0), (h * scale).max(1.0));
        let middle = seen.center();
        let rect = crate::kit::RectF::new(middle.x - w / 2.0, middle.y - h / 2.0, w, h);
        let corner = crate::kit::PointF::new(rect.x, rect.y).round();
        let size = crate::kit::Size::new(rect.w.round() as i32, rect.h.round() as i32);
        let id = self.session.ids().next_id();
        let mut placed = Photo::new(id, crate::kit::Rect::new(corner, size), name, PhotoBytes::from(photo.bytes));
        let under = self.session.board().photos_upward().last().map(|it| it.z.clone());
        placed.z = crate::kit::OrderKey::between(under.as_ref(), None);
        let edit = Edit::Add(Box::new(Element::Photo(placed)));
        if self.with_cx(|editor, cx| {
            editor.end_text(cx);
            cx.commit("Place photo", vec![edit])
        }) {
            self.editor.select_only(id);
            let smaller = if photo.shrunk {
                format!(", made smaller ({} x {})", photo.width, photo.height)
            } else {
                String::new()
            };
            let lock = self.with_key("lock it", Does::Act("lock"));
            self.say(format!("Placed {name}{smaller}; {lock}, so that it stays below what you do"));
        }
    }
}

/// What letting go would do, while files are held over the window.
pub(super) fn show(app: &App, ui: &Ui) {
    let hovered = ui.input(|it| it.raw.hovered_files.first().map(|it| it.path.clone()));
    let Some(path) = hovered else { return };
    let text = match path.as_deref().map(sort_of) {
        Some(FileSort::Board) => "Drop to open this board",
        Some(FileSort::Photo) => "Drop to place this photo behind the stickies",
        Some(FileSort::Text { .. }) => "Drop to make stickies of its lines",
        None => "Drop to open a board, place a photo or make stickies of lines",
    };
    let tokens = theme::tokens(ui.ctx());
    let rect = app.canvas.rect.shrink(10.0);
    let painter = ui.painter();
    painter.rect(
        rect,
        12.0,
        tokens.accent.gamma_multiply(0.10),
        egui::Stroke::new(3.0, tokens.accent),
        egui::StrokeKind::Inside,
    );
    painter.text(rect.center(), Align2::CENTER_CENTER, text, FontId::proportional(theme::HEADING + 4.0), tokens.text);
}
