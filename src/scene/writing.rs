//! Writing on an element in place: caret, selection and input method over the same layout that the scene shows, so
//! that nothing jumps when writing starts or ends.

use std::ops::Range;
use std::sync::Arc;

use parley::{Affinity, Selection};
use unicode_segmentation::UnicodeSegmentation as _;

use super::builder::{item, room, written_size};
use super::draw::{drawing, frame, link, scenario, shape_bounds, sticky};
use super::text::{Block, Fitted, Inks, extract};
use super::{Item, Layer, Path, Scene, SceneBuilder, Shape};
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

/// Sums of the heights of lines may differ in their last digits.
const SLACK: f32 = 0.02;

/// What is written on.
#[derive(Clone, Copy, Debug)]
enum Ground {
    Sticky { kind: Kind, w: i32, h: i32 },
    Frame { kind: FrameKind, w: i32, h: i32, room: i32 },
    Scenario { w: i32, h: i32 },
    Label { size: f32 },
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
    /// The box that the text may fill.
    area: RectF,
    /// The first line that is shown, where even the smallest size does not hold all of them.
    first: usize,
    inks: Inks,
}

/// The lines that are shown, in units of the layout.
#[derive(Clone, Copy)]
struct Window {
    top: f32,
    bottom: f32,
    /// Whether lines above and below are not shown.
    more: (bool, bool),
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
            let room = room(board, it);
            (Ground::Frame { kind: it.kind, w: it.w, h: it.h, room }, corner(it.rect().to_f()))
        } else if let Some(it) = board.scenarios().get(&element) {
            let rect = it.rect();
            (Ground::Scenario { w: rect.w, h: rect.h }, corner(rect.to_f()))
        } else {
            let way = scene.link_path(element)?;
            let size = written_size(board, board.link(element)?);
            (Ground::Label { size }, *way.get(way.len() / 2)?)
        };
        let text = clean(board.text(element));
        if text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let (fitted, area) = lay(builder, ground, &text)?;
        let inks = inks(builder, ground);
        let selection = Selection::from_byte_index(&fitted.layout, text.len(), Affinity::Downstream);
        let composing = None;
        let mut edit = Self { element, ground, origin, text, selection, composing, fitted, area, first: 0, inks };
        edit.keep_in_sight();
        Some(edit)
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
        let window = self.window();
        let k = self.fitted.scale;
        let (top, bottom) = (self.fitted.top + window.top * k, self.fitted.top + window.bottom * k);
        let seen = |it: &Shape| shape_bounds(it).is_none_or(|it| (top..bottom).contains(&it.center().y));
        let mut shapes: Vec<Shape> = laid.shapes.into_iter().filter(seen).collect();
        let marks = [(window.more.0, top, -1.0), (window.more.1, top + self.area.h, 1.0)];
        shapes.extend(marks.into_iter().filter(|it| it.0).map(|(_, y, towards)| self.more(y, towards)));
        let origin = PointF::new(self.origin.x, self.origin.y - window.top * k);
        item(Some(self.element), Layer::Overlay, origin, Arc::new(drawing(shapes)))
    }

    /// The mark at an edge of the box beyond which the text goes on.
    fn more(&self, y: f32, towards: f32) -> Shape {
        let size = (self.area.h * 0.04).clamp(1.5, 4.0);
        let x = self.area.right() + size * 0.9;
        let tip = y - towards * size * 0.3;
        let corners = [
            PointF::new(x, tip),
            PointF::new(x - size, tip - towards * size),
            PointF::new(x + size, tip - towards * size),
        ];
        Shape::Path { path: Path::polygon(&corners, true), fill: Some(self.inks.name), stroke: None }
    }

    /// The lines that the box holds, from the first that is shown.
    fn window(&self) -> Window {
        let (height, room) = (self.fitted.layout.height(), self.area.h / self.fitted.scale);
        if height <= room + SLACK {
            return Window { top: 0.0, bottom: height.max(room), more: (false, false) };
        }
        let lines: Vec<(f32, f32)> = self.lines().collect();
        let top = lines.get(self.first).map_or(0.0, |it| it.0);
        let shown = lines.iter().skip(self.first).take_while(|it| it.1 <= top + room + SLACK);
        let bottom = shown.last().map_or(top + room, |it| it.1);
        Window { top, bottom, more: (self.first > 0, bottom + SLACK < height) }
    }

    /// Upper and lower edge of each line.
    fn lines(&self) -> impl Iterator<Item = (f32, f32)> {
        self.fitted.layout.lines().map(|it| (it.metrics().block_min_coord, it.metrics().block_max_coord))
    }

    /// Scrolls the text by whole lines, and no further than it takes, so that the line of the caret is shown.
    fn keep_in_sight(&mut self) {
        let room = self.area.h / self.fitted.scale;
        if self.fitted.layout.height() <= room + SLACK {
            self.first = 0;
            return;
        }
        let caret = self.selection.focus().geometry(&self.fitted.layout, 0.0);
        let middle = ((caret.y0 + caret.y1) / 2.0) as f32;
        let lines: Vec<(f32, f32)> = self.lines().collect();
        let last = lines.len().saturating_sub(1);
        let at = lines.iter().position(|it| middle < it.1).unwrap_or(last);
        let end_of = |at: usize| lines.get(at).map_or(0.0, |it| it.1);
        // The first line from which so much of the text fits.
        let first_for = |end: f32| lines.iter().position(|it| end - it.0 <= room + SLACK).unwrap_or(last);
        let lowest = first_for(end_of(at)).min(at);
        let at_end = first_for(end_of(last));
        self.first = self.first.clamp(lowest, at).min(at_end.max(lowest));
    }

    /// The caret, in board units; a rectangle without width.
    pub fn caret(&self) -> RectF {
        let it = self.selection.focus().geometry(&self.fitted.layout, 0.0);
        self.placed(self.window(), it.x0, it.y0, it.x0, it.y1)
    }

    /// The rectangles behind the selected text, in board units.
    pub fn selection(&self) -> Vec<RectF> {
        let parts = self.selection.geometry(&self.fitted.layout);
        let window = self.window();
        parts.into_iter().filter_map(|(it, _)| self.shown(window, it.x0, it.y0, it.x1, it.y1)).collect()
    }

    /// The rectangles of what an input method composes, in board units; to be underlined.
    pub fn composition(&self) -> Vec<RectF> {
        let Some(range) = self.composing.clone() else { return Vec::new() };
        let layout = &self.fitted.layout;
        let start = Selection::from_byte_index(layout, range.start, Affinity::Downstream);
        let end = Selection::from_byte_index(layout, range.end, Affinity::Upstream);
        let parts = start.extend(end.focus()).geometry(layout);
        let window = self.window();
        parts.into_iter().filter_map(|(it, _)| self.shown(window, it.x0, it.y0, it.x1, it.y1)).collect()
    }

    /// A rectangle of the layout in board units, if it is on a line that is shown.
    fn shown(&self, window: Window, x0: f64, y0: f64, x1: f64, y1: f64) -> Option<RectF> {
        let seen = (window.top..window.bottom).contains(&(((y0 + y1) / 2.0) as f32));
        seen.then(|| self.placed(window, x0, y0, x1, y1))
    }

    fn placed(&self, window: Window, x0: f64, y0: f64, x1: f64, y1: f64) -> RectF {
        let k = f64::from(self.fitted.scale);
        let x = f64::from(self.origin.x + self.fitted.left);
        let y = f64::from(self.origin.y + self.fitted.top - window.top * self.fitted.scale);
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
        self.keep_in_sight();
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
        self.keep_in_sight();
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
        let top = self.window().top;
        ((at.x - self.origin.x - self.fitted.left) / k, (at.y - self.origin.y - self.fitted.top) / k + top)
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
        self.keep_in_sight();
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
        if let Some((fitted, area)) = lay(builder, self.ground, &self.text) {
            (self.fitted, self.area) = (fitted, area);
        }
        self.selection = Selection::from_byte_index(&self.fitted.layout, caret, Affinity::Downstream);
        self.keep_in_sight();
    }
}

impl std::fmt::Debug for TextEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextEdit({}, {:?}, {:?})", self.element, self.text, self.selection.text_range())
    }
}

/// The layout of the text where the scene shows it, and the box that it may fill.
fn lay(builder: &mut SceneBuilder, ground: Ground, text: &str) -> Option<(Fitted, RectF)> {
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
        Ground::Label { size } => (link::label_box(size), text.len(), false),
    };
    Some((builder.text.fit(Block { text, name, bold }, &fit, false)?, fit.area))
}

fn inks(builder: &mut SceneBuilder, ground: Ground) -> Inks {
    let pen = builder.pen();
    match ground {
        Ground::Sticky { kind, .. } => pen.inks_on(pen.theme.sticky(kind.spec().color)),
        Ground::Scenario { .. } => pen.inks_on(pen.theme.paper),
        Ground::Frame { .. } | Ground::Label { .. } => pen.inks_on_canvas(),
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
