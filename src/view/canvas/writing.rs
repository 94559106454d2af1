//! Writing on an element in place: keys, text, pointer, clipboard and input method.

use egui::{Event, EventFilter, ImeEvent, Painter, Rect, Sense, Ui};

use super::color32;
use crate::board::Board;
use crate::editor::pasting::{TEXT_MOST, clean_within};
use crate::editor::{Button, Cx, Direction, Editor, Input, Request};
use crate::kit::PointF;
use crate::scene::{Item, Scene, SceneBuilder, Step, TextEdit, Theme};
use crate::view::places;

/// The field that is open on the canvas, if one is.
#[derive(Default)]
pub(crate) struct TextField {
    edit: Option<TextEdit>,
    /// Which time of writing it belongs to.
    session: u64,
    /// Whether the pointer selects text.
    selecting: bool,
    /// The text as it was announced last.
    announced: String,
}

impl TextField {
    /// The field's widget.
    pub(crate) fn id() -> egui::Id {
        egui::Id::unique("text on the canvas")
    }

    /// Whether it follows what is written on now.
    pub(super) fn is_for(&self, editor: &Editor) -> bool {
        editor.writing().is_some_and(|it| it.session == self.session)
    }

    pub(super) fn selecting(&self) -> bool {
        self.selecting
    }

    /// Opens and closes the field as the editor starts and ends writing.
    pub(super) fn follow(&mut self, editor: &Editor, board: &Board, scene: &Scene, builder: &mut SceneBuilder) {
        match editor.writing() {
            None => {
                self.edit = None;
                self.selecting = false;
            }
            Some(writing) if self.edit.is_none() || self.session != writing.session => {
                self.session = writing.session;
                self.selecting = false;
                self.edit = TextEdit::new(builder, board, scene, writing.id);
                if let Some(edit) = &mut self.edit
                    && !writing.is_new()
                {
                    edit.select_all();
                }
            }
            Some(_) => {}
        }
    }

    /// The text as an item of the scene.
    pub(super) fn item(&self, builder: &SceneBuilder) -> Option<Item> {
        self.edit.as_ref().map(|it| it.item(builder))
    }

    /// Takes the pointer's inputs that are the field's; hands the others back.
    pub(super) fn take_pointer(
        &mut self,
        editor: &Editor,
        board: &Board,
        inputs: Vec<Input>,
        builder: &SceneBuilder,
    ) -> Vec<Input> {
        let Some(edit) = &mut self.edit else { return inputs };
        let own = edit.item(builder).bounds.grown(8.0);
        // Of a frame only its name is text; a click inside it is for what lies there.
        let element = board.rect(edit.element()).filter(|_| board.frame(edit.element()).is_none()).map(|it| it.to_f());
        let inside = |at: PointF| own.contains(at) || element.is_some_and(|it| it.contains(at));
        let mut rest = Vec::new();
        for input in inputs {
            match input {
                Input::Press { at, button: Button::Primary, mods, clicks } if inside(editor.camera.to_board(at)) => {
                    let on = editor.camera.to_board(at);
                    match clicks {
                        1 => edit.point(on, mods.shift),
                        2 => edit.select_word(on),
                        _ => edit.select_line(on),
                    }
                    self.selecting = true;
                }
                Input::Move { at, .. } if self.selecting => edit.point(editor.camera.to_board(at), true),
                Input::Release { .. } if self.selecting => self.selecting = false,
                other => rest.push(other),
            }
        }
        rest
    }

    /// Takes this frame's keys and text; hands back what came after the end of this text.
    pub(super) fn keys(
        &mut self,
        events: Vec<Event>,
        editor: &mut Editor,
        cx: &mut Cx<'_>,
        builder: &mut SceneBuilder,
    ) -> Vec<Event> {
        let mut events = events.into_iter();
        while self.is_for(editor) {
            let Some(event) = events.next() else { break };
            self.event(event, editor, cx, builder);
        }
        events.collect()
    }

    fn event(&mut self, event: Event, editor: &mut Editor, cx: &mut Cx<'_>, builder: &mut SceneBuilder) {
        let Some(edit) = &mut self.edit else { return };
        match event {
            // A line break comes as the key Enter.
            Event::Text(text) if text != "\n" && text != "\r" => edit.insert(builder, &text),
            Event::Paste(text) => {
                let (text, cut) = clean_within(&text, edit.text().chars().count());
                edit.insert(builder, &text);
                if cut {
                    let said = format!("The text was cut: a sticky holds {TEXT_MOST} characters");
                    cx.requests.push(Request::Say(said));
                }
            }
            Event::Copy => cx.requests.push(Request::Copy(edit.selected().to_owned())),
            Event::Cut => {
                cx.requests.push(Request::Copy(edit.selected().to_owned()));
                if !edit.selected().is_empty() {
                    edit.insert(builder, "");
                }
            }
            Event::Ime(ImeEvent::Preedit { text, active_range_chars }) => {
                let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |it| it.0);
                let caret = active_range_chars.map(|it| byte(it.start)..byte(it.end));
                edit.compose(builder, &text, caret);
            }
            Event::Ime(ImeEvent::Commit(text)) => {
                edit.clear_composition(builder);
                edit.insert(builder, &text);
            }
            Event::Ime(ImeEvent::DeleteSurrounding { before_chars, after_chars }) => {
                for _ in 0..before_chars.min(1_000) {
                    edit.delete_back(builder, false);
                }
                for _ in 0..after_chars.min(1_000) {
                    edit.delete_forward(builder, false);
                }
            }
            Event::Key { key, pressed: true, modifiers, .. } if !edit.is_composing() => {
                self.key(key, modifiers, editor, cx, builder);
            }
            Event::WindowFocused(false) => edit.clear_composition(builder),
            _ => {}
        }
        self.report(editor, cx);
    }

    /// Tells the editor what the text is now.
    fn report(&mut self, editor: &mut Editor, cx: &mut Cx<'_>) {
        if let (Some(edit), Some(writing)) = (&self.edit, editor.writing())
            && writing.session == self.session
        {
            let text = edit.text();
            if text != writing.text {
                editor.write(cx, &text);
            }
        }
    }

    fn key(
        &mut self,
        key: egui::Key,
        mods: egui::Modifiers,
        editor: &mut Editor,
        cx: &mut Cx<'_>,
        builder: &mut SceneBuilder,
    ) {
        use egui::Key;
        let Some(edit) = &mut self.edit else { return };
        let word = mods.command || mods.alt;
        match key {
            Key::ArrowLeft if word => edit.step(Step::WordLeft, mods.shift),
            Key::ArrowLeft => edit.step(Step::Left, mods.shift),
            Key::ArrowRight if word => edit.step(Step::WordRight, mods.shift),
            Key::ArrowRight => edit.step(Step::Right, mods.shift),
            Key::ArrowUp => edit.step(Step::Up, mods.shift),
            Key::ArrowDown => edit.step(Step::Down, mods.shift),
            Key::Home if mods.command => edit.step(Step::Start, mods.shift),
            Key::Home => edit.step(Step::LineStart, mods.shift),
            Key::End if mods.command => edit.step(Step::End, mods.shift),
            Key::End => edit.step(Step::LineEnd, mods.shift),
            Key::Backspace => edit.delete_back(builder, word),
            Key::Delete => edit.delete_forward(builder, word),
            Key::A if mods.command => edit.select_all(),
            Key::Escape => {
                self.report(editor, cx);
                editor.escape_text(cx);
            }
            Key::Enter | Key::Tab => {
                let board = cx.history.board();
                let sticky = board.sticky(edit.element()).is_some();
                let scenario = board.scenarios().contains_key(&edit.element());
                if key == Key::Enter && !mods.command && (mods.shift || scenario) {
                    edit.insert(builder, "\n");
                    return;
                }
                self.report(editor, cx);
                match (sticky, key, mods.command, mods.shift) {
                    (false, ..) => editor.end_text(cx),
                    (true, Key::Enter, false, _) => editor.next_sticky(cx),
                    (true, Key::Enter, true, false) => editor.write_beside(cx, Direction::Below),
                    (true, Key::Enter, true, true) => editor.write_beside(cx, Direction::Above),
                    (true, _, _, false) => editor.write_beside(cx, Direction::Right),
                    (true, _, _, true) => editor.write_beside(cx, Direction::Left),
                }
            }
            Key::Z | Key::Y if mods.command => {
                self.report(editor, cx);
                editor.end_text(cx);
                if let Some(key) = super::key(key, None) {
                    editor.on(cx, Input::Key { key, mods: super::mods(mods) });
                }
            }
            _ => {}
        }
    }

    /// Caret, selection and the node for screen readers. Ends writing where the keyboard went elsewhere.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        view: Rect,
        editor: &Editor,
        board: &Board,
        theme: &Theme,
    ) -> bool {
        let Some(edit) = &self.edit else { return false };
        let id = Self::id();
        let color = color32(theme.selection);
        for rect in edit.selection() {
            painter.rect_filled(places::rect(view, &editor.camera, rect), 1.0, color.gamma_multiply(0.3));
        }
        for rect in edit.composition() {
            let rect = places::rect(view, &editor.camera, rect);
            painter.line_segment([rect.left_bottom(), rect.right_bottom()], egui::Stroke::new(1.0, color));
        }
        let caret = places::rect(view, &editor.camera, edit.caret());
        let width = (1.6 * editor.camera.zoom).clamp(1.4, 3.0);
        painter.rect_filled(Rect::from_center_size(caret.center(), egui::vec2(width, caret.height())), 0.5, color);
        let whole = board.rect(edit.element()).map_or(caret, |it| places::rect(view, &editor.camera, it.to_f()));
        let response = ui.interact(whole.intersect(view), id, Sense::focusable_noninteractive());
        let (before, now) = (std::mem::take(&mut self.announced), edit.text());
        response.widget_info(|| egui::WidgetInfo::text_edit(true, before.clone(), now.clone(), "Text of the sticky"));
        super::super::live::name(&response, "Text of the sticky");
        self.announced = now;
        let focused = ui.memory(|it| it.focused());
        let stolen = focused.is_some_and(|it| it != id && !super::has_keyboard(ui.ctx(), it));
        if !stolen {
            ui.memory_mut(|it| {
                it.request_focus(id);
                let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
                it.set_focus_lock_filter(id, filter);
            });
            ui.output_mut(|it| {
                it.ime = Some(egui::output::IMEOutput {
                    purpose: egui::IMEPurpose::Normal,
                    rect: whole,
                    cursor_rect: caret,
                    should_interrupt_composition: false,
                });
            });
        }
        stolen
    }
}
