//! The first minutes: five steps beside the canvas. Each ticks itself when it is done; nothing waits for them.

use egui::{Align2, Area, Frame, Margin, RichText, Ui};

use super::{App, theme};
use crate::board::{Board, Kind, Role};
use crate::editor::Does;

/// The steps, in order.
pub(crate) const STEPS: [(&str, &str); 5] = [
    ("Press Run", "Watch messages move along the links."),
    ("Click a message", "On the canvas or in the Simulation panel: what caused it, what it caused."),
    ("Make the payment provider fail", "Right-click it, or open the Simulation panel."),
    ("Add an event with E", "Type its name and press Esc."),
    ("Generate code", "File > Generate code: a Rust workspace that compiles."),
];

/// What has been done of the first steps.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    /// Whether the strip is shown.
    pub(crate) shown: bool,
    /// Which are done.
    pub(crate) done: [bool; 5],
    events: Option<usize>,
    /// Whether the payment provider of the samples is on the board.
    provider: bool,
}

impl Steps {
    /// The strip, with the steps of these names done at an earlier start. Once all are done it stays away.
    pub(crate) fn new(dismissed: bool, before: &[String]) -> Self {
        let done = STEPS.map(|(name, _)| before.iter().any(|it| it == name));
        Self { shown: !dismissed && done.contains(&false), done, events: None, provider: false }
    }

    /// The names of the steps that are done.
    pub(crate) fn names(&self) -> Vec<String> {
        let done = STEPS.iter().zip(self.done).filter(|(_, done)| *done);
        done.map(|((name, _), _)| (*name).to_owned()).collect()
    }

    pub(crate) fn ran(&mut self) {
        self.tick(0);
    }

    pub(crate) fn chose_message(&mut self) {
        self.tick(1);
    }

    pub(crate) fn made_fail(&mut self) {
        self.tick(2);
    }

    pub(crate) fn generated(&mut self) {
        self.tick(4);
    }

    /// Counts named events: one more than before is a step done.
    pub(crate) fn saw_board(&mut self, board: &Board) {
        let events = board.stickies().values().filter(|it| it.kind.role() == Role::Event);
        let named = events.filter(|it| !board.text(it.id).trim().is_empty()).count();
        if self.events.is_some_and(|before| named > before) {
            self.tick(3);
        }
        self.events = Some(named);
        let mut outside = board.stickies().values().filter(|it| it.kind.role() == Role::External);
        self.provider = outside.any(|it| board.name(it.id).eq_ignore_ascii_case("payment provider"));
    }

    /// Another board: what is on it was not added.
    pub(crate) fn other_board(&mut self, board: &Board) {
        self.events = None;
        self.saw_board(board);
    }

    fn tick(&mut self, at: usize) {
        if let Some(done) = self.done.get_mut(at) {
            *done = true;
        }
    }
}

/// The strip at the right upper corner of the canvas.
pub(crate) fn show(app: &mut App, ui: &mut Ui) {
    // On a small canvas the next step alone is shown, and none while one looks for something.
    let small = super::sight::is_small(app.canvas.rect);
    if !app.steps.shown || app.session.board().is_empty() || small && (app.find.is_open() || app.drawer) {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let corner = app.canvas.rect.right_top() + egui::vec2(-14.0, 14.0);
    let mut dismissed = false;
    Area::new(egui::Id::unique("first steps")).fixed_pos(corner).pivot(Align2::RIGHT_TOP).show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(tokens.panel)
            .stroke(egui::Stroke::new(1.0, tokens.line))
            .corner_radius(10.0)
            .inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            ui.set_width(232.0);
            ui.horizontal(|ui| {
                ui.label(RichText::new("First minutes").font(theme::bold(theme::BODY)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let close = crate::view::widgets::small_button(ui, "\u{2715}")
                        .on_hover_text("Do not show these steps any more");
                    super::live::name(&close, "Dismiss first steps");
                    dismissed = close.clicked();
                });
            });
            let next = app.steps.done.iter().position(|it| !it);
            let event = app.key_text(Does::Make(Kind::DOMAIN_EVENT));
            for (at, ((title, hint), done)) in STEPS.iter().zip(app.steps.done).enumerate() {
                if small && next != Some(at) {
                    continue;
                }
                // The names are kept in the preferences; the key may be another.
                let title = match *title {
                    "Make the payment provider fail" if !app.steps.provider => "Make an external system fail",
                    it => it,
                };
                let title = match title.strip_suffix(" with E") {
                    Some(what) if event.is_empty() => what.to_owned(),
                    Some(what) => format!("{what} with {event}"),
                    None => title.to_owned(),
                };
                let sign = if done { "\u{2714}" } else { "\u{25cb}" };
                let color = if done {
                    tokens.success
                } else if next == Some(at) {
                    tokens.accent
                } else {
                    tokens.muted
                };
                ui.horizontal(|ui| {
                    ui.label(RichText::new(sign).color(color));
                    let text = RichText::new(title);
                    let text = if done { text.color(tokens.muted).strikethrough() } else { text.color(tokens.text) };
                    ui.label(text).on_hover_text(*hint);
                });
                if next == Some(at) && !small {
                    let margin = Margin { left: 22, ..Margin::ZERO };
                    Frame::new().inner_margin(margin).show(ui, |ui| {
                        ui.label(RichText::new(*hint).size(theme::SMALL).color(tokens.muted));
                    });
                }
            }
            if next.is_none() {
                ui.label(RichText::new("That is the round trip. The board is yours.").color(tokens.success));
            }
        });
    });
    if dismissed {
        app.steps.shown = false;
        app.session.prefer(|it| it.steps_dismissed = true);
    }
}
