//! Writing on an element in place: caret, selection and input method over the same layout that the scene shows, so
//! that nothing jumps when writing starts or ends.

use std::ops::Range;
use std::sync::Arc;

use parley::{Affinity, Selection};
use unicode_segmentation::UnicodeSegmentation as _;

use super::builder::{item, room};
use super::draw::{drawing, frame, link, scenario, sticky};
use super::text::{Block, Fitted, Inks, extract};
use super::{Item, Layer, Scene, SceneBuilder};
use crate::board::{Board, FrameKind, Kind};
use crate::kit::{Id, PointF, RectF};

/// Longer texts are not written on in place.
const LONGEST: usize = 20_000;

/// Where the caret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One character to the left, as seen.
    Left,
    /// One character to the right, as seen.
    Right,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One word to the left, as seen.
    WordLeft,
    /// One word to the right, as seen.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the text.
    Start,
    /// To the end of the text.
    End,
}

/// What is written on.
#[derive(Clone, Copy, Debug)]
enum Ground {
    Sticky { kind: Kind, w: i32, h: i32 },
    Frame { kind: FrameKind, w: i32, h: i32, room: i32 },
    Scenario { w: i32, h: i32 },
    Label,
}

/// A text that is being written on an element.
pub struct TextEdit {
    element: Id,
    ground: Ground,
    origin: PointF,
    text: String,
    selection: Selection,
    /// The part of the text that an input method still composes.
    composing: Option<Range<usize>>,
    fitted: Fitted,
    inks: Inks,
}

impl TextEdit {
    /// Starts writing on a sticky (on its definition's text), frame, scenario or link, with the caret at the end. `None`
    /// for an element without text, or with one too long to be written on in place.
    pub fn new(builder: &mut SceneBuilder, board: &Board, scene: &Scene, element: Id) -> Option<Self> {
        let corner = |rect: RectF| PointF::new(rect.x, rect.y);
        let (ground, origin) = if let Some(it) = board.sticky(element) {
            let rect = it.rect();
            (Ground::Sticky { kind: it.kind, w: rect.w, h: rect.h }, corner(rect.to_f()))
        } else if let Some(it) = board.frame(element) {
            let room = room(board, it.rect());
            (Ground::Frame { kind: it.kind, w: it.w, h: it.h, room }, corner(it.rect().to_f()))
        } else if let Some(it) = board.scenarios().get(&element) {
            let rect = it.rect();
            (Ground::Scenario { w: rect.w, h: rect.h }, corner(rect.to_f()))
        } else {
            let way = scene.link_path(element)?;
            (Ground::Label, *way.get(way.len() / 2)?)
        };
        let text = clean(board.text(element));
        if text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let fitted = lay(builder, ground, &text)?;
        let inks = inks(builder, ground);
        let selection = Selection::from_byte_index(&fitted.layout, text.len(), Affinity::Downstream);
        Some(Self { element, ground, origin, text, selection, composing: None, fitted, inks })
    }

    /// The element that is written on.
    pub fn element(&self) -> Id {
        self.element
    }

    /// The text as it is now, without what an input method still composes.
    pub fn text(&self) -> String {
        match &self.composing {
            Some(range) => {
                let (before, after) = (self.text.get(..range.start), self.text.get(range.end..));
                format!("{}{}", before.unwrap_or_default(), after.unwrap_or_default())
            }
            None => self.text.clone(),
        }
    }

    /// The selected text.
    pub fn selected(&self) -> &str {
        self.text.get(self.selection.text_range()).unwrap_or_default()
    }

    /// Whether an input method is composing.
    pub fn is_composing(&self) -> bool {
        self.composing.is_some()
    }

    /// The text as an item to draw over the element, which is built with [`super::Options::editing`].
    pub fn item(&self, builder: &SceneBuilder) -> Item {
        let laid = extract(&self.fitted, builder.book(), &self.inks);
        item(Some(self.element), Layer::Overlay, self.origin, Arc::new(drawing(laid.shapes)))
    }

    /// The caret, in board units; a rectangle without width.
    pub fn caret(&self) -> RectF {
        let it = self.selection.focus().geometry(&self.fitted.layout, 0.0);
        self.rect(it.x0, it.y0, it.x0, it.y1)
    }

    /// The rectangles behind the selected text, in board units.
    pub fn selection(&self) -> Vec<RectF> {
        let parts = self.selection.geometry(&self.fitted.layout);
        parts.into_iter().map(|(it, _)| self.rect(it.x0, it.y0, it.x1, it.y1)).collect()
    }

    /// The rectangles of what an input method composes, in board units; to be underlined.
    pub fn composition(&self) -> Vec<RectF> {
        let Some(range) = self.composing.clone() else { return Vec::new() };
        let layout = &self.fitted.layout;
        let start = Selection::from_byte_index(layout, range.start, Affinity::Downstream);
        let end = Selection::from_byte_index(layout, range.end, Affinity::Upstream);
        let parts = start.extend(end.focus()).geometry(layout);
        parts.into_iter().map(|(it, _)| self.rect(it.x0, it.y0, it.x1, it.y1)).collect()
    }

    fn rect(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> RectF {
        let k = f64::from(self.fitted.scale);
        let x = f64::from(self.origin.x + self.fitted.left);
        let y = f64::from(self.origin.y + self.fitted.top);
        RectF::new((x + x0 * k) as f32, (y + y0 * k) as f32, ((x1 - x0) * k) as f32, ((y1 - y0) * k) as f32)
    }

    /// Replaces the selection. Line breaks of any system are understood; other control characters are left out.
    pub fn insert(&mut self, builder: &mut SceneBuilder, text: &str) {
        self.clear_composition(builder);
        let range = self.selection.text_range();
        self.replace(builder, range, &clean(text));
    }

    /// Deletes the selection, else the character before the caret, or the word.
    pub fn delete_back(&mut self, builder: &mut SceneBuilder, word: bool) {
        let mut range = self.selection.text_range();
        if range.is_empty() {
            let before = self.text.get(..range.start).unwrap_or_default();
            range.start = if word { word_start(before) } else { last_grapheme(before) };
        }
        self.replace(builder, range, "");
    }

    /// Deletes the selection, else the character behind the caret, or the word.
    pub fn delete_forward(&mut self, builder: &mut SceneBuilder, word: bool) {
        let mut range = self.selection.text_range();
        if range.is_empty() {
            let after = self.text.get(range.end..).unwrap_or_default();
            range.end += if word { word_end(after) } else { after.graphemes(true).next().map_or(0, str::len) };
        }
        self.replace(builder, range, "");
    }

    /// Moves the caret; with `extend` the selection grows.
    pub fn step(&mut self, step: Step, extend: bool) {
        let layout = &self.fitted.layout;
        let at = &self.selection;
        let far = |index: usize| {
            let to = Selection::from_byte_index(layout, index, Affinity::Downstream);
            if extend { at.extend(to.focus()) } else { to }
        };
        self.selection = match step {
            Step::Left => at.previous_visual(layout, extend),
            Step::Right => at.next_visual(layout, extend),
            Step::Up => at.previous_line(layout, extend),
            Step::Down => at.next_line(layout, extend),
            Step::WordLeft => at.previous_visual_word(layout, extend),
            Step::WordRight => at.next_visual_word(layout, extend),
            Step::LineStart => at.line_start(layout, extend),
            Step::LineEnd => at.line_end(layout, extend),
            Step::Start => far(0),
            Step::End => far(self.text.len()),
        };
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        let layout = &self.fitted.layout;
        let start = Selection::from_byte_index(layout, 0, Affinity::Downstream);
        let end = Selection::from_byte_index(layout, self.text.len(), Affinity::Upstream);
        self.selection = start.extend(end.focus());
    }

    /// Puts the caret at a point of the board; with `extend` the selection grows to it.
    pub fn point(&mut self, at: PointF, extend: bool) {
        let (x, y) = self.local(at);
        let layout = &self.fitted.layout;
        self.selection =
            if extend { self.selection.extend_to_point(layout, x, y) } else { Selection::from_point(layout, x, y) };
    }

    /// Selects the word at a point of the board.
    pub fn select_word(&mut self, at: PointF) {
        let (x, y) = self.local(at);
        self.selection = Selection::word_from_point(&self.fitted.layout, x, y);
    }

    /// Selects the line at a point of the board.
    pub fn select_line(&mut self, at: PointF) {
        let (x, y) = self.local(at);
        self.selection = Selection::hard_line_from_point(&self.fitted.layout, x, y);
    }

    fn local(&self, at: PointF) -> (f32, f32) {
        let k = self.fitted.scale;
        ((at.x - self.origin.x - self.fitted.left) / k, (at.y - self.origin.y - self.fitted.top) / k)
    }

    /// Shows what an input method composes in place of the selection, with its caret at `caret` (a range of bytes of
    /// `text`). An empty text ends composing.
    pub fn compose(&mut self, builder: &mut SceneBuilder, text: &str, caret: Option<Range<usize>>) {
        self.clear_composition(builder);
        if text.is_empty() {
            return;
        }
        let range = self.selection.text_range();
        let (start, text) = (range.start, clean(text));
        self.replace(builder, range, &text);
        self.composing = Some(start..start + text.len());
        if let Some(caret) = caret.filter(|it| it.start <= it.end) {
            let boundary = |it: usize| text.is_char_boundary(it).then_some(start + it);
            if let (Some(from), Some(to)) = (boundary(caret.start), boundary(caret.end)) {
                self.select(from, to);
            }
        }
    }

    /// Takes away what an input method composes.
    pub fn clear_composition(&mut self, builder: &mut SceneBuilder) {
        if let Some(range) = self.composing.take() {
            self.replace(builder, range, "");
        }
    }

    fn select(&mut self, from: usize, to: usize) {
        let layout = &self.fitted.layout;
        let start = Selection::from_byte_index(layout, from, Affinity::Downstream);
        let end = Selection::from_byte_index(layout, to, Affinity::Downstream);
        self.selection = start.extend(end.focus());
    }

    fn replace(&mut self, builder: &mut SceneBuilder, range: Range<usize>, with: &str) {
        let whole = self.text.is_char_boundary(range.start) && self.text.is_char_boundary(range.end);
        if !whole || range.start > range.end || range.end > self.text.len() {
            return;
        }
        if self.text.len() - range.len() + with.len() > LONGEST * 4 {
            return;
        }
        self.text.replace_range(range.clone(), with);
        let caret = range.start + with.len();
        if let Some(fitted) = lay(builder, self.ground, &self.text) {
            self.fitted = fitted;
        }
        self.selection = Selection::from_byte_index(&self.fitted.layout, caret, Affinity::Downstream);
    }
}

impl std::fmt::Debug for TextEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextEdit({}, {:?}, {:?})", self.element, self.text, self.selection.text_range())
    }
}

/// The layout of the text where the scene shows it.
fn lay(builder: &mut SceneBuilder, ground: Ground, text: &str) -> Option<Fitted> {
    let (fit, name, bold) = match ground {
        Ground::Sticky { kind, w, h } => {
            let area = sticky::text_area(kind, w as f32, h as f32);
            let (fit, name) = sticky::fit_text(kind, text, true, area);
            (fit, name, sticky::bold(kind))
        }
        Ground::Frame { kind, w, h, room } => {
            let look = frame::Look { room, ..frame::Look::plain(kind, w, h, text) };
            let (fit, name) = frame::fit(&look);
            (fit, name, true)
        }
        Ground::Scenario { w, h } => {
            let (fit, name) = scenario::fit(w, h, text);
            (fit, name, true)
        }
        Ground::Label => {
            let fit = link::label_fit(RectF::new(-65.0, -30.0, 130.0, 60.0));
            (fit, text.len(), false)
        }
    };
    builder.text.fit(Block { text, name, bold }, &fit, false)
}

fn inks(builder: &mut SceneBuilder, ground: Ground) -> Inks {
    let pen = builder.pen();
    match ground {
        Ground::Sticky { kind, .. } => pen.inks_on(pen.theme.sticky(kind.spec().color)),
        Ground::Scenario { .. } => pen.inks_on(pen.theme.paper),
        Ground::Frame { .. } | Ground::Label => pen.inks_on_canvas(),
    }
}

/// The text with line breaks of one sort and without other control characters.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    text.chars().filter(|it| *it == '\n' || !it.is_control()).collect()
}

/// Where the last character, as people see it, starts.
fn last_grapheme(text: &str) -> usize {
    text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
}

/// Where the last word starts; blanks behind it belong to it.
fn word_start(text: &str) -> usize {
    let trimmed = text.trim_end();
    if trimmed.is_empty() {
        return 0;
    }
    trimmed.split_word_bound_indices().next_back().map_or(0, |(at, _)| at)
}

/// Where the first word ends; blanks before it belong to it.
fn word_end(text: &str) -> usize {
    let blanks = text.len() - text.trim_start().len();
    let rest = text.get(blanks..).unwrap_or_default();
    blanks + rest.split_word_bounds().next().map_or(0, str::len)
}
