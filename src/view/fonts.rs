//! Fonts of this machine for what the bundled ones lack, looked for off the thread.

use std::collections::BTreeSet;

use super::App;
use crate::kit::counted;
use crate::scene::FontBook;
use crate::session::{Fonts, Job, Polled, system_fonts};

/// The search for fonts.
#[derive(Default)]
pub(crate) struct FontSearch {
    /// Whether this machine's fonts may be used.
    pub(crate) allowed: Fonts,
    /// Characters that were looked for, found or not.
    searched: BTreeSet<char>,
    job: Option<Job<(FontBook, Vec<String>)>>,
    /// The fonts that serve now.
    names: Vec<String>,
}

impl App {
    /// Starts a search where the board holds characters that were not looked for yet, and takes what was found.
    pub(super) fn look_for_fonts(&mut self, ctx: &egui::Context) {
        if let Some(job) = &self.fonts.job {
            match job.poll() {
                Polled::Running => return,
                Polled::Done((book, names)) => self.take_fonts(ctx, book, names),
                Polled::Lost => {}
            }
            self.fonts.job = None;
        }
        if self.fonts.allowed == Fonts::Bundled {
            return;
        }
        let lacking = self.canvas.scene().missing.keys().chain(self.map.missing());
        let fresh: Vec<char> = lacking.filter(|it| !self.fonts.searched.contains(it)).copied().collect();
        if fresh.is_empty() {
            return;
        }
        self.fonts.searched.extend(fresh);
        let (disk, wanted) = (self.session.disk().clone(), self.fonts.searched.clone());
        self.fonts.job = Some(Job::start(move |_| system_fonts(&disk, &wanted)));
    }

    fn take_fonts(&mut self, ctx: &egui::Context, book: FontBook, names: Vec<String>) {
        if names.is_empty() {
            let count = counted(self.canvas.scene().missing_count(), "character");
            self.say(format!("No font of this machine shows {count} of the board; each is a marked box"));
            return;
        }
        if names != self.fonts.names {
            self.say(format!("With a font of this machine: {}", names.join(", ")));
            super::theme::install(ctx, &book);
            self.map.set_book(book.clone());
            self.canvas.set_book(ctx, book);
            self.fonts.names = names;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Disk, Session, StateDir};

    #[test]
    fn panels_get_the_fonts_that_were_found() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = egui::Context::default();
        let mut app = App::new_for_test(&ctx, Session::new(Disk::real(), StateDir::at(folder.path())));
        let mut book = FontBook::bundled();
        let names = book.with_system(include_bytes!("../../assets/fonts/hebrew-bold.ttf").to_vec());
        let last = book.fonts().last().map(|it| format!("board-{}", it.0.0)).unwrap();
        for found in [false, true] {
            if found {
                app.take_fonts(&ctx, book.clone(), names.clone());
            }
            // Fonts take effect with the next frame.
            for _ in 0..2 {
                ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
            }
            let known = ctx.fonts(|it| it.definitions().families.clone());
            let serves = |family| known.get(&family).is_some_and(|it: &Vec<String>| it.contains(&last));
            assert_eq!(serves(egui::FontFamily::Proportional), found);
            assert_eq!(serves(egui::FontFamily::Name("bold".into())), found);
        }
    }
}
