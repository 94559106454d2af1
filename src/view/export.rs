//! What is exported: remembered between two exports of one sitting.

use std::path::Path;

use egui::ColorImage;

use super::App;
use crate::board::Board;
use crate::kit::counted;
use crate::session::{
    Details, Fonts, Part, PictureRequest, PictureSize, PictureView, context_map, map_plan, photo_pixels, picture_into,
    picture_with,
};

/// The choices of the export dialog.
#[derive(Clone, Debug)]
pub(crate) struct ExportChoice {
    /// The context map and not the board.
    pub(crate) map: bool,
    /// Vector or pixels.
    pub(crate) svg: bool,
    /// Which part of the board.
    pub(crate) part: Part,
    /// Pixels a board unit.
    pub(crate) scale: f32,
    /// The theme's name.
    pub(crate) theme: &'static str,
    /// Whether kinds are told apart by patterns too.
    pub(crate) patterns: bool,
    /// Whether the ground is drawn.
    pub(crate) background: bool,
    /// Whether the title stands above.
    pub(crate) title: bool,
    /// Whether the kinds are listed below.
    pub(crate) legend: bool,
    /// Whether fields and rules are shown.
    pub(crate) details: bool,
}

impl Default for ExportChoice {
    fn default() -> Self {
        Self {
            map: false,
            svg: false,
            part: Part::Board,
            scale: 2.0,
            theme: "light",
            patterns: false,
            background: true,
            title: true,
            legend: false,
            details: true,
        }
    }
}

impl ExportChoice {
    pub(crate) fn ending(&self) -> &'static str {
        if self.svg { "svg" } else { "png" }
    }

    pub(crate) fn request(&self, board: &Board) -> PictureRequest {
        let view = match self.map {
            true => PictureView::ContextMap(map_plan(board, &context_map(board))),
            false => PictureView::Board,
        };
        PictureRequest {
            view,
            part: self.part.clone(),
            size: PictureSize::Scale(self.scale),
            background: self.background,
            title: self.title,
            legend: self.legend,
            patterns: self.patterns,
            details: if self.details { Details::ByLevel } else { Details::Names },
            ..PictureRequest::default()
        }
    }
}

/// The pixels of a PNG that was just made.
pub(crate) fn pixels(bytes: &[u8]) -> Result<ColorImage, String> {
    let image = eframe::icon_data::from_png_bytes(bytes).map_err(|it| it.to_string())?;
    Ok(ColorImage::from_rgba_unmultiplied([image.width as usize, image.height as usize], &image.rgba))
}

/// What became of a picture for the clipboard.
pub(crate) enum Copied {
    /// It lies there, so wide and high.
    Pixels(u32, u32),
    /// The toolkit puts it there.
    Svg(String),
}

/// More pixels than this take other programs' clipboards too long.
const CLIPBOARD_PIXELS: f32 = 24e6;

impl App {
    /// Puts the selected stickies on the clipboard as text.
    pub(crate) fn copy_text(&mut self, ctx: &egui::Context) {
        let text = crate::editor::pasting::listed(self.session.board(), &self.editor.selection);
        if text.is_empty() {
            self.say("No sticky is selected");
            return;
        }
        self.say(format!("Copied {}", counted(text.lines().count(), "line")));
        ctx.copy_text(text);
    }

    /// Draws off the thread what is on show: the context map, or of the board the selection, or all of it.
    pub(crate) fn copy_picture(&mut self, svg: bool) {
        let board = self.session.board().clone();
        let mut request = PictureRequest::default();
        let bounds = if self.map.open {
            request.view = PictureView::ContextMap(map_plan(&board, &context_map(&board)));
            Some(self.map.bounds())
        } else if self.editor.selection.is_empty() {
            board.bounds().map(crate::kit::Rect::to_f)
        } else {
            let ids = self.editor.selection.clone();
            let rects = ids.iter().filter_map(|id| board.rect(*id));
            let bounds = rects.reduce(crate::kit::Rect::union).map(crate::kit::Rect::to_f);
            request.part = Part::Selection(ids);
            bounds
        };
        let area = bounds.map_or(1.0, |it| it.w * it.h).max(1.0);
        request.size = PictureSize::Scale((CLIPBOARD_PIXELS / area).sqrt().min(2.0));
        let (disk, theme, clipboard) = (self.session.disk().clone(), self.export.theme, self.clipboard.clone());
        self.say("Drawing the picture");
        self.copying = Some(crate::session::Job::start(move |_| {
            let name = if svg { "copy.svg" } else { "copy.png" };
            let made =
                picture_with(&disk, &board, name, theme, &request, Fonts::System).map_err(|it| it.to_string())?;
            if svg {
                return String::from_utf8(made.bytes).map(Copied::Svg).map_err(|it| it.to_string());
            }
            let pixels = photo_pixels(&made.bytes, u32::MAX).map_err(|it| it.to_string())?;
            let (width, height) = (pixels.width, pixels.height);
            let clipboard = clipboard.ok_or("there is no clipboard")?;
            clipboard.put_picture(pixels).map(|()| Copied::Pixels(width, height))
        }));
    }

    /// Puts a picture on the clipboard once it is drawn.
    pub(crate) fn poll_copying(&mut self, ctx: &egui::Context) {
        use crate::session::Polled;
        let Some(job) = &self.copying else { return };
        let said = match job.poll() {
            Polled::Running => {
                ctx.request_repaint();
                return;
            }
            Polled::Done(Ok(Copied::Svg(text))) => {
                ctx.copy_text(text);
                "Copied as SVG".to_owned()
            }
            Polled::Done(Ok(Copied::Pixels(width, height))) => format!("Copied as PNG ({width} x {height})"),
            Polled::Done(Err(why)) => format!("Nothing was copied: {why}"),
            Polled::Lost => "Nothing was copied: an internal error".to_owned(),
        };
        self.copying = None;
        self.say(said);
    }

    /// Writes the picture off the thread.
    pub(crate) fn export_to(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension(self.export.ending()),
        };
        let (board, choice) = (self.session.board().clone(), self.export.clone());
        let disk = self.session.disk().clone();
        self.exporting = Some(crate::session::Job::start(move |_| {
            let made = picture_into(&disk, &path, &board, choice.theme, &choice.request(&board))
                .map_err(|it| it.to_string())?;
            let mut said = format!("Exported {} ({} x {})", path.display(), made.pixels.0, made.pixels.1);
            for note in &made.notes {
                said.push_str("; ");
                said.push_str(note);
            }
            Ok(said)
        }));
    }

    /// Says what became of an export.
    pub(crate) fn poll_export(&mut self) {
        use crate::session::Polled;
        let Some(job) = &self.exporting else { return };
        match job.poll() {
            Polled::Running => {}
            Polled::Done(Ok(said)) => {
                self.exporting = None;
                self.say(said);
            }
            Polled::Done(Err(why)) => {
                self.exporting = None;
                self.open_dialog(Box::new(super::prompts::Message::new("The picture was not exported", why)));
            }
            Polled::Lost => {
                self.exporting = None;
                self.say("The export ended with an internal error");
            }
        }
    }
}
