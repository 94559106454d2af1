//! The samples: a gallery with pictures and one sentence each.

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{Dialog, DialogSpec, buttons};
use crate::board::Board;
use crate::session::SAMPLES;
use crate::view::App;
use crate::view::canvas::color32;
use crate::view::commands::Command;
use crate::view::widgets::muted;

pub(super) const SPEC: DialogSpec = DialogSpec {
    key: "samples",
    help: "Boards to look at, run and change",
    open: |_| Box::new(Samples { boards: SAMPLES.iter().map(|it| it.board().ok()).collect() }),
};

struct Samples {
    boards: Vec<Option<Board>>,
}

impl Dialog for Samples {
    fn key(&self) -> &'static str {
        "samples"
    }

    fn title(&self) -> String {
        "Samples".to_owned()
    }

    fn width(&self) -> f32 {
        760.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let mut close = false;
        let height = tile_height(ui);
        egui::ScrollArea::vertical().max_height(ui.available_height() - 60.0).show(ui, |ui| {
            for concept in [false, true] {
                if concept && SAMPLES.iter().any(|it| it.concept) {
                    crate::view::widgets::section(ui, "Concepts");
                }
                ui.horizontal_wrapped(|ui| {
                    for (sample, board) in SAMPLES.iter().zip(&self.boards).filter(|it| it.0.concept == concept) {
                        if tile(ui, height, sample.title, sample.sentence, board.as_ref()) {
                            app.do_later(Command::Sample(sample.key.to_owned()));
                            close = true;
                        }
                    }
                });
            }
        });
        muted(ui, "A sample opens as a copy of your own; saving it asks where.");
        buttons(ui, |ui| close |= ui.button("Cancel").clicked());
        close
    }
}

/// The width of a tile, the height of its picture, what stays free beside and below the text, and the sentence's size.
const WIDTH: f32 = 236.0;
const PICTURE: f32 = 124.0;
const SIDES: (f32, f32) = (12.0, 10.0);
const BELOW: f32 = 10.0;
const SENTENCE: f32 = 11.5;

/// How high all tiles are, so that the longest sentence keeps clear of the edge.
fn tile_height(ui: &Ui) -> f32 {
    let font = egui::FontId::proportional(SENTENCE);
    let width = WIDTH - SIDES.0 - SIDES.1;
    let heights = SAMPLES
        .iter()
        .map(|it| ui.painter().layout(it.sentence.to_owned(), font.clone(), Color32::PLACEHOLDER, width).size().y);
    let title = ui.text_style_height(&egui::TextStyle::Body);
    8.0 + PICTURE + 6.0 + title + ui.spacing().item_spacing.y + heights.fold(0.0, f32::max) + BELOW
}

/// A picture, a title and a sentence, all one button.
fn tile(ui: &mut Ui, height: f32, title: &str, sentence: &str, board: Option<&Board>) -> bool {
    let tokens = crate::view::theme::tokens(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::click());
    let edge = if response.hovered() || response.has_focus() { tokens.accent } else { tokens.line };
    ui.painter().rect(rect, 8.0, tokens.raised, Stroke::new(1.0, edge), StrokeKind::Inside);
    let picture = Rect::from_min_size(rect.min + vec2(8.0, 8.0), vec2(rect.width() - 16.0, PICTURE));
    if let Some(board) = board {
        thumbnail(ui, picture, board);
    }
    // The tiles lie in a row that wraps; what is written on one goes from top to bottom.
    let mut text = ui.new_child(egui::UiBuilder::new().layout(egui::Layout::top_down(egui::Align::Min)).max_rect(
        Rect::from_min_max(pos2(rect.left() + SIDES.0, picture.bottom() + 6.0), rect.max - vec2(SIDES.1, BELOW)),
    ));
    text.add(egui::Label::new(egui::RichText::new(title).strong()).selectable(false));
    text.add(
        egui::Label::new(egui::RichText::new(sentence).size(SENTENCE).color(tokens.muted)).selectable(false).wrap(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open sample {title}")));
    response.clicked()
}

/// The board from afar: frames as tints, stickies as colours.
fn thumbnail(ui: &Ui, rect: Rect, board: &Board) {
    let theme = crate::view::theme::board(ui.ctx());
    ui.painter().rect_filled(rect, 4.0, color32(theme.canvas));
    let Some(bounds) = board.bounds() else { return };
    let scale = (rect.width() / bounds.w.max(1) as f32).min(rect.height() / bounds.h.max(1) as f32) * 0.94;
    let corner = rect.center() - vec2(bounds.w as f32, bounds.h as f32) * scale / 2.0;
    let place = |it: crate::kit::Rect| {
        let at = corner + vec2((it.x - bounds.x) as f32, (it.y - bounds.y) as f32) * scale;
        Rect::from_min_size(at, vec2(it.w as f32, it.h as f32) * scale)
    };
    for frame in board.frames().values() {
        let color = color32(theme.frame(frame.kind.color()));
        let edge = Stroke::new(0.7, color.gamma_multiply(0.6));
        ui.painter().rect(place(frame.rect()), 1.0, color.gamma_multiply(0.12), edge, StrokeKind::Inside);
    }
    for link in board.links().values() {
        if let (Some(from), Some(to)) = (board.rect(link.from), board.rect(link.to)) {
            let line = [place(from).center(), place(to).center()];
            ui.painter().line_segment(line, Stroke::new(0.5, color32(theme.link).gamma_multiply(0.5)));
        }
    }
    for scenario in board.scenarios().values() {
        ui.painter().rect_filled(place(scenario.rect()), 0.0, Color32::from_gray(200).gamma_multiply(0.6));
    }
    for sticky in board.stickies().values() {
        ui.painter().rect_filled(place(sticky.rect()), 0.0, color32(theme.sticky(sticky.kind.spec().color)));
    }
}
