//! Photos in the window: decoded off the thread, each a texture, painted below everything.

use std::collections::BTreeMap;

use egui::{Align2, Color32, ColorImage, FontId, Painter, Rect, TextureHandle, TextureOptions, Ui, pos2};

use crate::board::{Board, PhotoBytes};
use crate::editor::Editor;
use crate::session::{Job, Polled, photo_pixels};
use crate::view::places;

/// No texture is larger: twice as sharp as most screens, and every graphics driver takes it.
const SIDE: u32 = 2_048;

/// The textures of the photos on the board, by what tells their bytes apart: their address, which is kept from being
/// that of others.
#[derive(Default)]
pub(super) struct Photos(BTreeMap<usize, (PhotoBytes, State)>);

enum State {
    Decoding(Job<Option<ColorImage>>),
    Shown(TextureHandle),
    Broken,
}

impl Photos {
    pub(super) fn paint(&mut self, ui: &Ui, painter: &Painter, view: Rect, editor: &Editor, board: &Board) {
        if board.photos().is_empty() {
            self.0.clear();
            return;
        }
        if self.0.len() > board.photos().len() {
            self.0.retain(|key, _| board.photos().values().any(|it| it.data.key() == *key));
        }
        let side = SIDE.min(u32::try_from(ui.input(|it| it.max_texture_side)).unwrap_or(SIDE));
        for photo in board.photos_upward() {
            let rect = photo.rect().to_f();
            if !rect.touches(editor.camera.visible()) {
                continue;
            }
            let (_, state) = self.0.entry(photo.data.key()).or_insert_with(|| {
                let data = photo.data.clone();
                let decoding = State::Decoding(Job::start(move |_| {
                    let it = photo_pixels(data.bytes(), side).ok()?;
                    let size = [it.width as usize, it.height as usize];
                    Some(ColorImage::from_rgba_unmultiplied(size, &it.rgba))
                }));
                (photo.data.clone(), decoding)
            });
            if let State::Decoding(job) = state {
                *state = match job.poll() {
                    Polled::Running => {
                        ui.ctx().request_repaint_after(std::time::Duration::from_millis(30));
                        continue;
                    }
                    Polled::Done(Some(image)) => {
                        State::Shown(ui.ctx().load_texture("photo", image, TextureOptions::LINEAR))
                    }
                    Polled::Done(None) | Polled::Lost => State::Broken,
                };
            }
            let place = places::rect(view, &editor.camera, rect);
            match state {
                State::Shown(texture) => {
                    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    painter.image(texture.id(), place, whole, Color32::WHITE);
                }
                State::Decoding(_) | State::Broken => {
                    painter.rect_filled(place, 0.0, Color32::from_gray(128).gamma_multiply(0.3));
                    let text = format!("{} cannot be shown", photo.text);
                    let font = FontId::proportional(14.0);
                    painter.text(place.center(), Align2::CENTER_CENTER, text, font, ui.visuals().text_color());
                }
            }
        }
    }
}
