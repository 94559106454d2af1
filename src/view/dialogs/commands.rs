//! The command palette: everything the program can do and every place of the board, found by a few letters.

use egui::{Align2, FontId, Key, Modifiers, ScrollArea, Sense, TextEdit, Ui, text::LayoutJob};

use super::{Dialog, DialogSpec};
use crate::view::menu::{Offer, offers, score};
use crate::view::widgets::{LINE, muted, row_height};
use crate::view::{App, theme};

pub(super) const SPEC: DialogSpec = DialogSpec {
    key: "commands",
    help: "Finds anything the program can do, and any sticky, by a few letters",
    open: |app| {
        let offers = offers(app);
        let mut palette = Commands { offers, query: String::new(), shown: Vec::new(), at: 0, moved: true };
        palette.rank(app);
        Box::new(palette)
    },
};

/// No list is longer: who finds nothing among these types one letter more.
const MOST: usize = 60;
/// The height of a row.
const ROW: f32 = 30.0;

struct Commands {
    offers: Vec<Offer>,
    query: String,
    /// What fits, the best first: the number of the offer and the letters that were met.
    shown: Vec<(usize, Vec<usize>)>,
    /// The row that Enter takes.
    at: usize,
    /// Whether that row must be brought into sight.
    moved: bool,
}

impl Commands {
    fn rank(&mut self, app: &App) {
        let query = self.query.trim();
        let mut ranked: Vec<(i32, usize, Vec<usize>)> = Vec::new();
        for (at, offer) in self.offers.iter().enumerate() {
            if query.is_empty() && offer.place.is_some() {
                break;
            }
            // What a command does is searched too, as it is written.
            let explained = || {
                let said = offer.place.is_none() && query.chars().count() > 2;
                (said && offer.help.to_lowercase().contains(&query.to_lowercase())).then(|| (-60, Vec::new()))
            };
            let Some((mut value, met)) = score(query, &offer.name).or_else(explained) else { continue };
            if let Some(age) = app.chosen_before.iter().position(|it| *it == offer.name) {
                value += 30 - 2 * age.min(10) as i32;
            }
            if !offer.enabled {
                value -= 40;
            }
            ranked.push((value, at, met));
        }
        ranked.sort_by_key(|(value, at, _)| (std::cmp::Reverse(*value), *at));
        ranked.truncate(MOST);
        self.shown = ranked.into_iter().map(|(_, at, met)| (at, met)).collect();
        self.at = 0;
        self.moved = true;
    }

    /// Moves the mark by rows, from the end to the start again.
    fn step(&mut self, by: isize) {
        let count = self.shown.len().max(1) as isize;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
        self.moved = true;
    }

    fn keys(&mut self, ui: &Ui) -> bool {
        let pressed = |key: Key| ui.input_mut(|it| it.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) || pressed(Key::Tab) {
            self.step(1);
        }
        if pressed(Key::ArrowUp) {
            self.step(-1);
        }
        if pressed(Key::PageDown) {
            self.at = (self.at + 8).min(self.shown.len().saturating_sub(1));
            self.moved = true;
        }
        if pressed(Key::PageUp) {
            self.at = self.at.saturating_sub(8);
            self.moved = true;
        }
        pressed(Key::Enter)
    }
}

impl Dialog for Commands {
    fn key(&self) -> &'static str {
        "commands"
    }

    fn title(&self) -> String {
        String::new()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let taken = self.keys(ui);
        let field = TextEdit::singleline(&mut self.query)
            .char_limit(LINE)
            .hint_text("Type what you want to do, or the name of a sticky")
            .font(FontId::proportional(theme::HEADING))
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 8));
        let response = ui.add(field.id(egui::Id::unique("command palette")));
        crate::view::live::name(&response, "Command palette");
        response.request_focus();
        if response.changed() {
            self.rank(app);
        }
        ui.add_space(6.0);
        let mut chosen = if taken { self.shown.get(self.at).map(|it| it.0) } else { None };
        let height = (ui.available_height() - 30.0).clamp(ROW * 3.0, ROW * 11.0);
        ScrollArea::vertical().auto_shrink([false, false]).max_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (row, (number, met)) in self.shown.iter().enumerate() {
                let Some(offer) = self.offers.get(*number) else { continue };
                let response = line(ui, offer, met, row == self.at);
                if row == self.at && self.moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    chosen = Some(*number);
                }
            }
        });
        self.moved = false;
        if self.shown.is_empty() {
            muted(ui, "Nothing has that name.");
        } else {
            let help = self.shown.get(self.at).and_then(|it| self.offers.get(it.0)).map_or("", |it| it.help.as_str());
            ui.add(egui::Label::new(egui::RichText::new(help).size(theme::SMALL + 0.5)).truncate());
        }
        let Some(offer) = chosen.and_then(|it| self.offers.get(it)) else { return false };
        if !offer.enabled {
            app.say(format!("{} has nothing to work on now", offer.name));
            return false;
        }
        app.chosen_before.retain(|it| *it != offer.name);
        app.chosen_before.insert(0, offer.name.clone());
        app.chosen_before.truncate(10);
        app.do_later(offer.command.clone());
        true
    }
}

/// One row: what it belongs to, its name with the letters that were met, its key.
fn line(ui: &mut Ui, offer: &Offer, met: &[usize], marked: bool) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), row_height(ui, ROW)), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, offer.enabled, marked, &offer.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if marked || response.hovered() {
        let fill = if marked { tokens.accent_soft } else { tokens.raised };
        ui.painter().rect_filled(rect, f32::from(theme::RADIUS), fill);
    }
    let middle = rect.center().y;
    let small = FontId::proportional(theme::SMALL);
    let painter = ui.painter().with_clip_rect(rect);
    painter.text(egui::pos2(rect.left() + 10.0, middle), Align2::LEFT_CENTER, offer.group, small, tokens.muted);
    let keys = egui::pos2(rect.right() - 10.0, middle);
    let right = painter.text(keys, Align2::RIGHT_CENTER, &offer.keys, FontId::monospace(theme::SMALL), tokens.muted);
    let plain = if offer.enabled { tokens.text } else { tokens.muted };
    let mut job = LayoutJob::default();
    let letters: Vec<(bool, char)> =
        offer.name.chars().take(120).enumerate().map(|(at, it)| (met.contains(&at), it)).collect();
    for run in letters.chunk_by(|a, b| a.0 == b.0) {
        let hit = run.first().is_some_and(|it| it.0);
        let text: String = run.iter().map(|it| if it.1.is_control() { ' ' } else { it.1 }).collect();
        let font = if hit { theme::bold(theme::BODY) } else { FontId::proportional(theme::BODY) };
        let color = if hit && offer.enabled { tokens.accent } else { plain };
        job.append(&text, 0.0, egui::TextFormat::simple(font, color));
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width((right.left() - rect.left() - 100.0).max(60.0));
    let galley = painter.layout_job(job);
    let corner = egui::pos2(rect.left() + 84.0, middle - galley.size().y / 2.0);
    painter.galley(corner, galley, plain);
    response
}
