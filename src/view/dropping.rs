//! Files dropped on the window: a board is opened, text becomes stickies, a picture is placed.

use std::path::PathBuf;

use egui::{Align2, FontId, Ui};

use super::commands::Command;
use super::{App, prompts, theme};
use crate::session::{FileSort, sort_of};

/// More files at once are left alone.
const MOST: usize = 20;

/// Takes the files that were dropped in this frame.
pub(super) fn take(app: &mut App, ctx: &egui::Context) {
    let paths: Vec<PathBuf> = ctx.input(|it| it.raw.dropped_files.iter().map(|it| it.path().to_owned()).collect());
    if paths.len() > MOST {
        app.say(format!("{} files at once are too many: at most {MOST}", paths.len()));
    }
    let mut opened = false;
    for path in paths.into_iter().take(MOST) {
        match sort_of(&path) {
            FileSort::Board if !opened => {
                opened = true;
                app.do_later(Command::OpenPath(path));
            }
            FileSort::Board => app.say("One board is opened at a time"),
            FileSort::Text { comma } => {
                let dialog = prompts::Pasting::of_file(app.session.disk().clone(), path, comma);
                app.open_dialog(Box::new(dialog));
            }
        }
    }
}

/// What letting go would do, while files are held over the window.
pub(super) fn show(app: &App, ui: &Ui) {
    let hovered = ui.input(|it| it.raw.hovered_files.first().map(|it| it.path.clone()));
    let Some(path) = hovered else { return };
    let text = match path.as_deref().map(sort_of) {
        Some(FileSort::Board) => "Drop to open this board",
        Some(FileSort::Text { .. }) => "Drop to make stickies of its lines",
        None => "Drop to open a board or to make stickies of lines",
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
