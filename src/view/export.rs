//! What is exported: remembered between two exports of one sitting.

use std::path::Path;

use super::App;
use crate::board::Board;
use crate::session::{Details, Part, PictureRequest, PictureSize, PictureView, context_map, map_plan, picture_into};

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
    /// Light or dark.
    pub(crate) dark: bool,
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
            dark: false,
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

    pub(crate) fn theme(&self) -> &'static str {
        if self.dark { "dark" } else { "light" }
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
            details: if self.details { Details::ByLevel } else { Details::Names },
            ..PictureRequest::default()
        }
    }
}

impl App {
    /// Writes the picture off the thread.
    pub(crate) fn export_to(&mut self, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension(self.export.ending()),
        };
        let (board, choice) = (self.session.board().clone(), self.export.clone());
        let disk = self.session.disk().clone();
        self.exporting = Some(crate::session::Job::start(move |_| {
            let made = picture_into(&disk, &path, &board, choice.theme(), &choice.request(&board))
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
