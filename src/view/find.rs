//! The bar to find and replace in all texts of the board.

use std::collections::BTreeSet;

use egui::{Align2, Area, Frame, Key, Margin, Modifiers, RichText, TextEdit, Ui};

use super::{App, theme};
use crate::editor::{Does, Found, Query, find, replace};
use crate::kit::{Id, counted};

/// How much of the bar's width the field of the words leaves to the rest, in points.
const BESIDE: f32 = 366.0;

/// On a narrower canvas the buttons stand below the field, in points.
const NARROW: f32 = 480.0;

/// For so many frames what was found is kept in sight: until the bar has found its place.
const SETTLED: u8 = 3;

/// What the bar holds.
#[derive(Debug, Default)]
pub(crate) struct Find {
    open: bool,
    /// Whether the second row is open.
    replacing: bool,
    query: Query,
    with: String,
    found: Vec<Found>,
    /// The elements of `found`, each once.
    on: Vec<Id>,
    /// Which of `found` is shown.
    at: usize,
    /// For which board and which words `found` holds.
    made_for: Option<(u64, Query)>,
    /// Whether the field takes the keyboard in the next frame.
    focus: bool,
    /// In how many frames to come what was found is looked after.
    settle: u8,
    /// Which part of the bar had the keyboard in the last frame.
    keyboard_in: Option<egui::Id>,
}

impl App {
    /// Opens the bar.
    pub(crate) fn open_find(&mut self, replacing: bool) {
        self.find.open = true;
        self.find.replacing |= replacing;
        self.find.focus = true;
        self.find.look_again();
    }

    /// Looks anew where the board or the words have changed.
    fn look(&mut self) {
        let wanted = (self.session.history().revision(), self.find.query.clone());
        if self.find.made_for.as_ref() == Some(&wanted) {
            return;
        }
        let same_words = self.find.made_for.as_ref().is_some_and(|it| it.1 == wanted.1);
        self.find.found = find(self.session.board(), &self.find.query);
        self.find.on = self.find.found.iter().map(|it| it.on).collect();
        self.find.on.dedup();
        let count = self.find.found.len();
        self.find.at = if same_words { self.find.at.min(count.saturating_sub(1)) } else { 0 };
        self.find.made_for = Some(wanted);
        if !same_words {
            self.show_found();
        }
    }

    fn show_found(&mut self) {
        if let Some(id) = self.find.found.get(self.find.at).map(|it| it.on) {
            self.editor.go_to(self.session.board(), id);
            self.find.settle = SETTLED;
        }
    }

    /// Goes to the next occurrence, or the one before; from the end to the start again.
    pub(crate) fn find_step(&mut self, back: bool) {
        if self.find.query.text.is_empty() {
            self.open_find(false);
            return;
        }
        self.look();
        let count = self.find.found.len();
        if count == 0 {
            self.say(format!("\u{201c}{}\u{201d} is not on this board", self.find.query.text));
            return;
        }
        self.find.at = (self.find.at + if back { count - 1 } else { 1 }) % count;
        self.show_found();
    }

    fn replace(&mut self, all: bool) {
        self.look();
        let wanted: Vec<Found> = match all {
            true => self.find.found.clone(),
            false => self.find.found.get(self.find.at).cloned().into_iter().collect(),
        };
        let edits = replace(self.session.board(), &self.find.query, &wanted, &self.find.with);
        if edits.is_empty() {
            return;
        }
        let on = edits.len();
        let label = if all { "Replace all" } else { "Replace" };
        if self.with_cx(|_, cx| cx.commit(label, edits)) && all {
            self.say(format!("Replaced {} on {}", counted(wanted.len(), "occurrence"), counted(on, "element")));
        }
        self.look();
        if !all {
            self.show_found();
        }
    }
}

impl Find {
    /// Whether the bar is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// What was found is brought into sight again: the canvas has changed.
    pub(crate) fn look_again(&mut self) {
        if self.open && !self.found.is_empty() {
            self.settle = SETTLED;
        }
    }
}

/// How wide the fields are, so that the bar fits the canvas.
fn field_width(app: &App) -> f32 {
    let canvas = app.canvas.rect.width();
    let rest = if canvas < NARROW { 0.0 } else { BESIDE };
    (canvas - rest - 56.0).clamp(80.0, 240.0)
}

fn field_id() -> egui::Id {
    egui::Id::unique("find field")
}

fn with_id() -> egui::Id {
    egui::Id::unique("replace field")
}

/// Escape in the bar closes the bar; the canvas, which would let go of the selection, never sees it.
pub(crate) fn take_escape(app: &mut App, ctx: &egui::Context) {
    if app.find.keyboard_in.take().is_some() && ctx.input_mut(|it| it.consume_key(Modifiers::NONE, Key::Escape)) {
        (app.find.open, app.find.replacing) = (false, false);
    }
}

/// The bar at the head of the canvas, and the marks on what was found.
pub(crate) fn show(app: &mut App, ui: &mut Ui) {
    if !app.find.open {
        return;
    }
    app.look();
    if app.find.settle > 0 {
        app.find.settle -= 1;
        if let Some(id) = app.find.found.get(app.find.at).map(|it| it.on) {
            app.keep_in_sight(ui.ctx(), id);
        }
        ui.ctx().request_repaint();
    }
    mark(app, ui);
    let narrow = app.canvas.rect.width() < NARROW;
    let tokens = theme::tokens(ui.ctx());
    let head = app.canvas.rect.center_top() + egui::vec2(0.0, 12.0);
    let mut close = false;
    let tab = |mods| {
        let pressed = |it: &egui::Event| matches!(it, egui::Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if *modifiers == mods);
        ui.input(|it| it.events.iter().any(pressed))
    };
    let to = match app.find.keyboard_in.filter(|_| app.find.replacing) {
        Some(it) if it == field_id() && tab(Modifiers::NONE) => Some(with_id()),
        Some(it) if it == with_id() && tab(Modifiers::SHIFT) => Some(field_id()),
        _ => None,
    };
    let area = Area::new(egui::Id::unique("find bar")).fixed_pos(head).pivot(Align2::CENTER_TOP);
    let most = (app.canvas.rect.width() - 40.0).max(80.0);
    let area = area.constrain_to(app.canvas.rect).show(ui.ctx(), |ui| {
        ui.set_max_width(most);
        let frame = Frame::new()
            .fill(tokens.panel)
            .stroke(egui::Stroke::new(1.0, tokens.line))
            .corner_radius(10.0)
            .inner_margin(Margin::same(8));
        frame.show(ui, |ui| {
            let step = if narrow { ui.horizontal(|ui| words(app, ui)).inner } else { None };
            ui.horizontal_wrapped(|ui| {
                let step = if narrow { step } else { words(app, ui) };
                let count = app.find.found.len();
                let text = match (count, app.find.query.text.is_empty()) {
                    (_, true) => String::new(),
                    (0, _) => "Nothing found".to_owned(),
                    _ => format!("{} of {count}", app.find.at + 1),
                };
                let color = if count == 0 { tokens.warning } else { tokens.muted };
                ui.add_sized(
                    [if narrow { 64.0 } else { 96.0 }, 20.0],
                    egui::Label::new(RichText::new(text).color(color)),
                );
                let mut by = step;
                let key = |first: &str, does: &'static str| {
                    let more = app.key_text(Does::Window(does));
                    if more.is_empty() { first.to_owned() } else { format!("{first} or {more}") }
                };
                let (before, next) = (key("Shift+Enter", "find_back"), key("Enter", "find_next"));
                if button(ui, "\u{2b06}", "Previous occurrence", &before) {
                    by = Some(true);
                }
                if button(ui, "\u{2b07}", "Next occurrence", &next) {
                    by = Some(false);
                }
                if let Some(back) = by {
                    app.find_step(back);
                }
                let case = ui.selectable_label(app.find.query.match_case, "Aa").on_hover_text("Match case");
                super::live::name(&case, "Match case");
                if case.clicked() {
                    app.find.query.match_case ^= true;
                }
                let open = app.find.replacing;
                let more =
                    ui.selectable_label(open, "Replace\u{2026}").on_hover_text(app.key_text(Does::Window("replace")));
                super::live::name(&more, "Show replace");
                if more.clicked() {
                    app.find.replacing = !open;
                }
                close |= button(ui, "\u{2715}", "Close find", "Esc");
            });
            if app.find.replacing {
                replacing(app, ui);
            }
        });
    });
    // Between the two fields lie buttons; who replaces goes from one to the other.
    if let Some(id) = to {
        ui.memory_mut(|it| it.request_focus(id));
    }
    let focused = ui.memory(egui::Memory::focused).and_then(|it| ui.ctx().read_response(it));
    app.find.keyboard_in = focused.filter(|it| it.layer_id == area.response.layer_id).map(|it| it.id);
    if close {
        app.find.open = false;
        app.find.replacing = false;
    }
}

/// The field of the words. Returns the step that Enter asks for.
fn words(app: &mut App, ui: &mut Ui) -> Option<bool> {
    let id = field_id();
    let wide = field_width(app);
    let mut step = None;
    if ui.memory(|it| it.has_focus(id)) {
        if ui.input_mut(|it| it.consume_key(Modifiers::SHIFT, Key::Enter)) {
            step = Some(true);
        } else if ui.input_mut(|it| it.consume_key(Modifiers::NONE, Key::Enter)) {
            step = Some(false);
        }
    }
    let field = TextEdit::singleline(&mut app.find.query.text).hint_text("Find on the board").desired_width(wide);
    let mut output = field.char_limit(1_000).id(id).show(ui);
    super::live::name(&output.response.response, "Find on the board");
    if std::mem::take(&mut app.find.focus) {
        output.response.request_focus();
        let all = egui::text::CCursorRange::select_all(&output.galley);
        output.state.cursor.set_char_range(Some(all));
        output.state.store(ui.ctx(), id);
    }
    step
}

fn replacing(app: &mut App, ui: &mut Ui) {
    let id = with_id();
    let (mut one, mut all) = (false, false);
    if ui.memory(|it| it.has_focus(id)) {
        all = ui.input_mut(|it| it.consume_key(Modifiers::COMMAND, Key::Enter));
        one = !all && ui.input_mut(|it| it.consume_key(Modifiers::NONE, Key::Enter));
    }
    let wide = field_width(app);
    let field = TextEdit::singleline(&mut app.find.with).hint_text("Replace with").desired_width(wide);
    let mut field = Some(field.char_limit(1_000).id(id));
    if app.canvas.rect.width() < NARROW
        && let Some(field) = field.take()
    {
        super::live::name(&ui.add(field), "Replace with");
    }
    ui.horizontal(|ui| {
        if let Some(field) = field.take() {
            super::live::name(&ui.add(field), "Replace with");
        }
        ui.add_enabled_ui(!app.find.found.is_empty(), |ui| {
            one |= ui.button("Replace").on_hover_text("This one, then on to the next (Enter)").clicked();
            all |= ui.button("Replace all").on_hover_text("Every one, as one undo step (Ctrl+Enter)").clicked();
        });
    });
    if one || all {
        app.replace(all);
    }
}

fn button(ui: &mut Ui, sign: &str, name: &str, keys: &str) -> bool {
    let response = ui.button(sign).on_hover_text(format!("{name} ({keys})"));
    super::live::name(&response, name);
    response.clicked()
}

/// Frames round what was found; the one that is shown stands out.
fn mark(app: &App, ui: &Ui) {
    let view = app.canvas.rect;
    let painter = ui.painter_at(view);
    let tokens = theme::tokens(ui.ctx());
    let seen = app.editor.camera.visible();
    let now = app.find.found.get(app.find.at).map(|it| it.on);
    let board = app.session.board();
    let hidden = board.collapsed();
    // What a frame hides is found within the frame.
    let shown = |id: Id| board.rect(id).and_then(|it| hidden.hider(id, it)).unwrap_or(id);
    let now = now.map(shown);
    for id in app.find.on.iter().map(|it| shown(*it)).collect::<BTreeSet<Id>>() {
        let place = board.rect(id).map(|it| it.to_f());
        let Some(rect) = place.or_else(|| app.canvas.scene().item(id).map(|it| it.bounds)) else { continue };
        if !rect.touches(seen) {
            continue;
        }
        let place = app.canvas.on_screen(&app.editor, rect).expand(4.0);
        let width = if now == Some(id) { 4.0 } else { 2.0 };
        let stroke = egui::Stroke::new(width, tokens.warning);
        painter.rect_stroke(place, 6.0, stroke, egui::StrokeKind::Outside);
    }
}
