//! The editor: what is seen, selected, held in the hand and written on.

use std::collections::BTreeSet;

use super::gestures::{Gesture, Panning};
use super::hit::{self, Corner, Hit};
use super::input::{Button, Input, Key, Mods, Request};
use super::keymap::{Does, KeyMap};
use super::keys::Shortcut;
use super::neighbours::reading_order;
use super::pasting::{self, Pasted};
use super::text::Reworded;
use super::tools::{Cursor, Press, Tool};
use super::{Camera, Writing, actions, clipboard, placing};
use crate::board::{Board, Edit, Field, Kind, grow_for};
use crate::journal::History;
use crate::kit::{Id, IdSource, PointF, Rect, counted};
use crate::scene::Scene;

/// What the editor works on.
pub struct Cx<'a> {
    /// The board with its past.
    pub history: &'a mut History,
    /// Where new ids come from.
    pub ids: &'a mut IdSource,
    /// The picture of the board, for the ways of links.
    pub scene: &'a Scene,
    /// Ghost links that may be accepted, as edits of one link each.
    pub ghosts: &'a [(Id, Id)],
    /// The edits by which the second board, with things moved, means what the first one does: answers to ghost links.
    pub keep_flow: fn(&Board, &Board, &mut IdSource) -> Vec<Edit>,
    /// What the window is asked to do.
    pub requests: &'a mut Vec<Request>,
}

impl Cx<'_> {
    /// Applies edits as one undo step. A refusal is said in the status bar.
    pub fn commit(&mut self, label: impl Into<String>, edits: Vec<Edit>) -> bool {
        match self.history.commit(label, edits) {
            Ok(()) => true,
            Err(err) => {
                self.requests.push(Request::Say(err.to_string()));
                false
            }
        }
    }

    /// Replaces what the gesture under way has done.
    pub(super) fn apply_preview(&mut self, edits: Vec<Edit>) -> bool {
        match self.history.update(edits) {
            Ok(()) => true,
            Err(err) => {
                self.requests.push(Request::Say(err.to_string()));
                false
            }
        }
    }
}

/// What a person sees, holds and has selected. None of it is part of the board.
#[derive(Debug)]
pub struct Editor {
    /// The part of the board that is seen.
    pub camera: Camera,
    /// The selected elements.
    pub selection: BTreeSet<Id>,
    /// The tool in the hand.
    pub tool: Tool,
    /// The gesture under way.
    pub gesture: Gesture,
    /// Whether the grid is shown and snapped to.
    pub grid: bool,
    /// Whether moved things snap at all.
    pub snap: bool,
    /// Whether ghost links show everywhere (else for the selection only).
    pub flow: bool,
    /// Where the pointer is in the view, while it is over it.
    pub hover: Option<PointF>,
    /// The kind of sticky that was made last; pasted lists become stickies of it.
    pub last_kind: Kind,
    /// Which keys do what.
    pub keys: KeyMap,
    /// Whether a tool stays in the hand once it was used.
    pub keep_tool: bool,
    /// What lasts as long as a key is held.
    pub(super) held: Option<Held>,
    /// The key that is being pressed.
    pub(super) pressed: Option<Key>,
    /// For so many frames more a paste becomes one sticky. If the clipboard holds no text, none comes.
    pub(super) plain: u8,
    pub(super) writing: Option<Writing>,
    /// The gesture of the history that the gesture or the writing has open.
    /// Copies that nobody has reworded yet.
    pub(super) copies: BTreeSet<Id>,
    /// What was reworded last in several places at once.
    pub(super) reworded: Option<Reworded>,
    pub(super) step: Option<u64>,
    pub(super) sessions: u64,
    /// The button that holds the gesture under way.
    button: Option<Button>,
    /// How long the pointer has pushed at the edge, in seconds.
    edge: f32,
}

/// This near to the edge, in points, a drag scrolls the view.
const EDGE: f32 = 28.0;
/// A drag that only passes the edge does not scroll: it must stay there for so many seconds.
const EDGE_DELAY: f32 = 0.2;
/// The fastest scrolling at the edge, in points a second.
const EDGE_SPEED: f32 = 900.0;

/// What lasts as long as a key is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Held {
    /// The hand.
    Hand(Key),
    /// The whole board is seen; then the view is that near again.
    Overview(Key, f32),
    /// The button of the pointer.
    Button(Key),
}

/// So much room is seen round what was pasted.
const APART: i32 = 20;

impl Default for Editor {
    fn default() -> Self {
        Self {
            camera: Camera::default(),
            selection: BTreeSet::new(),
            tool: Tool::Select,
            gesture: Gesture::Idle,
            grid: true,
            snap: true,
            flow: false,
            hover: None,
            last_kind: Kind::DOMAIN_EVENT,
            keys: KeyMap::default(),
            keep_tool: false,
            held: None,
            pressed: None,
            plain: 0,
            writing: None,
            copies: BTreeSet::new(),
            reworded: None,
            step: None,
            sessions: 0,
            button: None,
            edge: 0.0,
        }
    }
}

impl Editor {
    /// Takes an input.
    pub fn on(&mut self, cx: &mut Cx<'_>, input: Input) {
        self.check_step(cx);
        let (dragged, step) = (self.gesture.is_dragged_in_history(), self.step);
        match input {
            Input::Press { at, button, mods, clicks } => self.press(cx, at, button, mods, clicks),
            Input::Move { at, mods } => {
                self.hover = Some(at);
                self.drag(cx, at, mods);
            }
            Input::Release { at, button, mods } => self.release(cx, at, button, mods),
            Input::Leave => self.hover = None,
            Input::Scroll { by } => self.camera.pan(by.x, by.y),
            Input::Zoom { at, factor } => self.camera.zoom_at(at, factor),
            Input::Key { key, mods } => self.key(cx, key, mods),
            Input::KeyUp(key) => self.key_up(cx, key),
            Input::Tick { mods, seconds } => self.tick(cx, mods, seconds),
            Input::Paste(text) => self.paste(cx, text),
            Input::Cancel => self.cancel(cx),
        }
        let board = cx.history.board();
        self.selection.retain(|id| board.contains(*id));
        self.leave_hidden(cx, dragged);
        if dragged && self.gesture.is_dragged_in_history() && cx.history.gesture() != step {
            // This very input has ended the step of the drag: the next move must not begin another in its place.
            self.let_go();
        }
        self.step = cx.history.gesture();
    }

    /// What a card hides is not selected: handles of what is not seen would stand on the card. Of what was just dropped
    /// into it that is said.
    pub(super) fn leave_hidden(&mut self, cx: &mut Cx<'_>, dragged: bool) {
        // While it is dragged across a card it is still in the hand.
        if !matches!(self.gesture, Gesture::Idle) || self.writing.is_some() || self.selection.is_empty() {
            return;
        }
        let board = cx.history.board();
        let cards = board.collapsed();
        if cards.is_empty() {
            return;
        }
        let hider = |id: Id| board.rect(id).and_then(|rect| cards.hider(id, rect));
        let hidden = |id: &Id| match board.link(*id) {
            Some(link) => hider(link.from).is_some_and(|it| hider(link.to) == Some(it)),
            None => hider(*id).is_some(),
        };
        let into = self.selection.iter().find_map(|id| hider(*id)).filter(|_| dragged);
        let says = into.map(|card| format!("It lies in {} now, which is shown as a card", board.name(card)));
        self.selection.retain(|id| !hidden(id));
        cx.requests.extend(says.map(Request::Say));
    }

    /// Something else may have ended the step of the history that a gesture or the writing had open: saving, an undo,
    /// a photo that was read. What was done until then stays; a gesture is over, writing goes on in a new step.
    pub(super) fn check_step(&mut self, cx: &mut Cx<'_>) {
        if cx.history.gesture() == self.step {
            return;
        }
        if self.gesture.is_in_history() {
            self.let_go();
        }
        self.write_on(cx);
    }

    fn let_go(&mut self) {
        self.gesture = Gesture::Idle;
        self.button = None;
        self.edge = 0.0;
    }

    /// Takes back what the gesture under way has done, and nothing before it, and says so; whether there was one. What keys
    /// have moved stays, a step like any other.
    pub(super) fn take_back_gesture(&mut self, cx: &mut Cx<'_>) -> bool {
        if matches!(self.gesture, Gesture::Nudging(_)) {
            self.settle(cx);
        }
        if matches!(self.gesture, Gesture::Idle | Gesture::Panning(_)) {
            return false;
        }
        self.abandon(cx);
        cx.requests.push(Request::Say("Cancelled".to_owned()));
        true
    }

    pub(super) fn press(&mut self, cx: &mut Cx<'_>, at: PointF, button: Button, mods: Mods, clicks: u8) {
        self.hover = Some(at);
        self.settle(cx);
        if !matches!(self.gesture, Gesture::Idle) {
            // A second button goes for nothing; the same button again means that its release was lost.
            if self.button != Some(button) {
                return;
            }
            self.abandon(cx);
        }
        self.button = Some(button);
        if self.writing.is_some() {
            self.end_text(cx);
        }
        let on = self.camera.to_board(at);
        match button {
            Button::Middle => self.gesture = Gesture::Panning(Panning::at_once(at)),
            Button::Primary if matches!(self.held, Some(Held::Hand(_))) => {
                self.gesture = Gesture::Panning(Panning::at_once(at));
            }
            Button::Primary => {
                let press = Press { at, on, mods, clicks };
                self.gesture = self.tool.press(self, cx, press);
            }
            Button::Secondary => self.gesture = Gesture::Panning(Panning::or_click(at)),
        }
    }

    fn drag(&mut self, cx: &mut Cx<'_>, at: PointF, mods: Mods) {
        let mut gesture = std::mem::take(&mut self.gesture);
        match &mut gesture {
            Gesture::Idle | Gesture::Extending(_) | Gesture::Nudging(_) => {}
            Gesture::Panning(it) => it.drag(self, at),
            Gesture::Marquee(it) => it.drag(self, cx.history.board(), at, mods),
            Gesture::Lasso(it) => it.drag(self, cx.history.board(), at),
            Gesture::Moving(it) => it.drag(self, cx, at, mods),
            Gesture::Resizing(it) => it.drag(self, cx, at, mods),
            Gesture::Linking(it) => it.drag(self, cx.history.board(), at),
            Gesture::Framing(it) => it.drag(self, at),
            Gesture::Attaching(it) => it.drag(self, cx.history.board(), at),
            Gesture::Spacing(it) => it.drag(self, cx, at),
        }
        self.gesture = gesture;
    }

    fn release(&mut self, cx: &mut Cx<'_>, at: PointF, button: Button, mods: Mods) {
        if self.button != Some(button) {
            return;
        }
        self.button = None;
        self.edge = 0.0;
        self.drag(cx, at, mods);
        match std::mem::take(&mut self.gesture) {
            Gesture::Panning(it) if button == Button::Secondary && it.spot.is_some() => self.menu(cx, at),
            Gesture::Idle
            | Gesture::Panning(_)
            | Gesture::Marquee(_)
            | Gesture::Lasso(_)
            | Gesture::Nudging(_)
            | Gesture::Extending(_) => {}
            Gesture::Moving(it) => it.release(self, cx),
            Gesture::Resizing(it) => it.release(cx),
            Gesture::Linking(it) => {
                it.release(self, cx);
                self.let_go_of_tool();
            }
            Gesture::Framing(it) => it.release(self, cx),
            Gesture::Attaching(it) => it.release(self, cx),
            Gesture::Spacing(it) => {
                it.release(cx);
                self.let_go_of_tool();
            }
        }
    }

    /// The menu of what lies there, which is selected then.
    fn menu(&mut self, cx: &mut Cx<'_>, at: PointF) {
        let on = self.camera.to_board(at);
        let locked = || hit::locked(cx.history.board(), &self.camera, on);
        let hit = self.hit(cx, on).map(Hit::id).or_else(locked);
        match hit {
            Some(id) if cx.history.board().is_locked(id) => self.select_only(id),
            Some(id) if !self.selection.contains(&id) => self.select_only(id),
            Some(_) => {}
            None => self.selection.clear(),
        }
        cx.requests.push(Request::Menu(hit));
    }

    /// After a tool was used: the hand is free again, unless it is to keep the tool.
    pub(super) fn let_go_of_tool(&mut self) {
        if !self.keep_tool {
            self.tool = Tool::Select;
        }
    }

    /// Ends the gesture without a trace; if none is under way, lets go of the tool, then of the selection.
    fn cancel(&mut self, cx: &mut Cx<'_>) {
        self.held = None;
        if self.writing.is_some() {
            self.escape_text(cx);
        } else if !matches!(self.gesture, Gesture::Idle) {
            self.abandon(cx);
        } else {
            if self.tool == Tool::Select {
                self.selection.clear();
            }
            self.tool = Tool::Select;
        }
    }

    fn abandon(&mut self, cx: &mut Cx<'_>) {
        self.button = None;
        self.edge = 0.0;
        match std::mem::take(&mut self.gesture) {
            Gesture::Marquee(it) => self.selection = it.base,
            Gesture::Lasso(it) => self.selection = it.base,
            Gesture::Moving(it) => {
                cx.history.bail();
                // Copies that were selected are gone.
                self.selection = it.selected;
            }
            Gesture::Resizing(_) | Gesture::Nudging(_) | Gesture::Spacing(_) => cx.history.bail(),
            Gesture::Extending(it) => it.cancel(self, cx),
            Gesture::Idle | Gesture::Panning(_) | Gesture::Linking(_) | Gesture::Framing(_) | Gesture::Attaching(_) => {
            }
        }
    }

    /// Ends what keys have under way and keeps it.
    fn settle(&mut self, cx: &mut Cx<'_>) {
        match std::mem::take(&mut self.gesture) {
            Gesture::Extending(it) => it.finish(self, cx),
            Gesture::Nudging(_) => cx.history.finish(),
            other => self.gesture = other,
        }
    }

    /// Time goes by: the modifier of an extension may have been let go, and at the edge the view scrolls along.
    fn tick(&mut self, cx: &mut Cx<'_>, mods: Mods, seconds: f32) {
        self.plain = self.plain.saturating_sub(1);
        if let Gesture::Extending(it) = &self.gesture {
            if it.is_let_go(mods) {
                self.settle(cx);
            }
            return;
        }
        let (Some(by), Some(at)) = (self.edge_push(), self.hover) else {
            self.edge = 0.0;
            return;
        };
        let seconds = if seconds.is_finite() { seconds.clamp(0.0, 0.1) } else { 0.0 };
        self.edge += seconds;
        if self.edge >= EDGE_DELAY {
            self.camera.pan(-by.x * EDGE_SPEED * seconds, -by.y * EDGE_SPEED * seconds);
            self.drag(cx, at, mods);
        }
    }

    /// Where the pointer pushes the view while it drags something at the edge: 1 is full speed to the right or down.
    pub fn edge_push(&self) -> Option<PointF> {
        match &self.gesture {
            Gesture::Idle | Gesture::Panning(_) | Gesture::Extending(_) | Gesture::Nudging(_) => return None,
            Gesture::Moving(it) if !it.is_begun() => return None,
            Gesture::Marquee(_)
            | Gesture::Lasso(_)
            | Gesture::Moving(_)
            | Gesture::Resizing(_)
            | Gesture::Linking(_)
            | Gesture::Attaching(_)
            | Gesture::Spacing(_)
            | Gesture::Framing(_) => {}
        }
        let at = self.hover?;
        let push = |it: f32, size: f32| {
            let (low, high) = ((EDGE - it) / EDGE, (it - size + EDGE) / EDGE);
            high.clamp(0.0, 1.0) - low.clamp(0.0, 1.0)
        };
        let by = PointF::new(push(at.x, self.camera.width), push(at.y, self.camera.height));
        (by.x != 0.0 || by.y != 0.0).then_some(by)
    }

    fn key(&mut self, cx: &mut Cx<'_>, key: Key, mods: Mods) {
        if key == Key::Escape {
            self.cancel(cx);
            return;
        }
        let page = match key {
            Key::Left => Some((1.0, 0.0)),
            Key::Right => Some((-1.0, 0.0)),
            Key::Up => Some((0.0, 1.0)),
            Key::Down => Some((0.0, -1.0)),
            _ => None,
        };
        if let (Some(Held::Hand(_)), Some((x, y))) = (self.held, page) {
            self.scroll_pages(x, y);
            return;
        }
        let does = self.keys.find(Shortcut::new(key, mods));
        let goes_on = |it: &Gesture, key: &str| match it {
            Gesture::Extending(_) => key.starts_with("extend_"),
            Gesture::Nudging(_) => key.starts_with("nudge_"),
            _ => true,
        };
        if !matches!(does, Some(Does::Act(key)) if goes_on(&self.gesture, key)) {
            self.settle(cx);
        }
        if self.writing.is_some() {
            self.end_text(cx);
        }
        self.pressed = Some(key);
        match does {
            Some(Does::Make(kind)) => {
                self.last_kind = kind;
                self.create_next(cx, kind);
            }
            Some(Does::Turn(kind)) => self.turn_into(cx, kind),
            Some(Does::Take(tool)) => self.take_tool(tool),
            Some(Does::Act(action)) => actions::run(self, cx, action, mods),
            Some(Does::Window(_)) | None => {}
        }
        self.pressed = None;
    }

    fn key_up(&mut self, cx: &mut Cx<'_>, key: Key) {
        if matches!(self.gesture, Gesture::Nudging(_)) {
            self.settle(cx);
        }
        match self.held {
            Some(Held::Hand(it)) if it == key => self.held = None,
            Some(Held::Overview(it, zoom)) if it == key => {
                self.held = None;
                let at = self.hover.unwrap_or(PointF::new(self.camera.width / 2.0, self.camera.height / 2.0));
                self.camera.zoom_at(at, zoom / self.camera.zoom);
            }
            Some(Held::Button(it)) if it == key => {
                self.held = None;
                if let Some(at) = self.hover {
                    self.release(cx, at, Button::Primary, Mods::NONE);
                }
            }
            _ => {}
        }
    }

    /// Moves the view by most of its width and height.
    pub(super) fn scroll_pages(&mut self, x: f32, y: f32) {
        let (w, h) = (self.camera.width, self.camera.height);
        self.camera.pan(x * w * 0.9, y * h * 0.9);
    }

    /// Makes every selected sticky that kind, with all placements of the same definition, as one undo step.
    pub fn turn_into(&mut self, cx: &mut Cx<'_>, kind: Kind) {
        let board = cx.history.board();
        let definitions: BTreeSet<Id> =
            self.selection.iter().filter_map(|id| Some(board.definition(*id)?.id)).collect();
        let turns = |id: &Id| board.definition(*id).is_some_and(|it| definitions.contains(&it.id));
        let stickies = board.stickies().values().filter(|it| it.kind != kind && turns(&it.id));
        let edits: Vec<Edit> = stickies.filter_map(|it| board.set(it.id, Field::Kind(kind)).ok()).collect();
        let count = edits.len();
        if count > 0 && cx.commit("Change kind", edits) {
            let what = format!("{} {}", counted(count, "sticky"), if count == 1 { "is" } else { "are" });
            cx.requests.push(Request::Say(format!("{what} now: {}", kind.name().to_lowercase())));
        }
    }

    /// Takes the tool with that key into the hand.
    pub fn take_tool(&mut self, key: &str) {
        self.tool = Tool::from_key(key, self.last_kind).unwrap_or_default();
    }

    /// The selection, with what lies in its frames, as text for the clipboard; empty if that is nothing.
    pub fn copy(&self, board: &Board) -> String {
        clipboard::copy(board, &board.with_contents(&self.selection))
    }

    fn paste(&mut self, cx: &mut Cx<'_>, text: String) {
        let plain = std::mem::take(&mut self.plain) > 0;
        if !plain && !pasting::is_short(&text) {
            cx.requests.push(Request::PasteLong(text));
            return;
        }
        let pasted = if plain { pasting::plain(&text) } else { pasting::read(&text, false, &mut |_| true) };
        match pasted {
            Some(pasted) => self.put_pasted(cx, pasted),
            None => cx.requests.push(Request::Say("The clipboard holds nothing that could be pasted".to_owned())),
        }
    }

    /// Puts what was read from a text on the board, under the pointer or in the middle of the view, as one undo step.
    pub fn put_pasted(&mut self, cx: &mut Cx<'_>, pasted: Pasted) {
        self.end_text(cx);
        let at = self.hover.map_or_else(|| self.camera.center(), |it| self.camera.to_board(it)).round();
        let (remark, list) = (pasted.remark(), matches!(pasted, Pasted::List(_)));
        let (mut edits, added) = pasting::place(cx.history.board(), pasted, self.last_kind, at, cx.ids);
        let around = |edits: &[Edit]| edits.iter().filter_map(Edit::added_rect).reduce(Rect::union);
        match around(&edits).filter(|_| list) {
            Some(wish) => {
                let to = placing::free_area(cx.history.board(), wish);
                edits.iter_mut().for_each(|it| it.move_added(to.x - wish.x, to.y - wish.y));
            }
            None => placing::uncover(cx.history.board(), &mut edits),
        }
        let new = edits.iter().filter_map(Edit::added_rect).collect::<Vec<_>>();
        let round = around(&edits);
        edits.extend(grow_for(cx.history.board(), &new, None));
        let label = if added.len() == 1 { "Paste".to_owned() } else { format!("Paste {} elements", added.len()) };
        if !edits.is_empty() && cx.commit(label, edits) {
            self.copies.extend(&added);
            self.selection = added;
            if let Some(round) = round {
                self.show_all(round);
            }
        }
        cx.requests.extend(remark.map(Request::Say));
    }

    /// Moves the view so that all of it is seen, and no farther away than needed.
    fn show_all(&mut self, rect: Rect) {
        let (seen, want) = (self.camera.visible(), rect.grown(APART).to_f());
        if want.w > seen.w || want.h > seen.h {
            self.camera.fit(rect, self.camera.zoom);
        } else {
            self.camera.reveal(rect);
        }
    }

    /// The one selected element.
    pub fn single(&self) -> Option<Id> {
        let mut all = self.selection.iter();
        all.next().copied().filter(|_| all.next().is_none())
    }

    /// Selects one element and nothing else.
    pub fn select_only(&mut self, id: Id) {
        self.selection = BTreeSet::from([id]);
    }

    /// Selects it alone, or with `toggle` adds it or takes it away.
    pub fn toggle_or_select(&mut self, id: Id, toggle: bool) {
        if !toggle {
            self.select_only(id);
        } else if !self.selection.remove(&id) {
            self.selection.insert(id);
        }
    }

    /// Selects the next sticky in reading order: by rows, then from left to right.
    pub fn select_next(&mut self, board: &Board, back: bool) {
        let collapsed = board.collapsed();
        let seen = board.stickies().values().filter(|it| collapsed.hider(it.id, it.rect()).is_none());
        let mut all: Vec<_> = seen.map(|it| (reading_order(it.x, it.y, it.id), it.id)).collect();
        all.sort();
        let now = self.single().and_then(|id| all.iter().position(|it| it.1 == id));
        let count = all.len();
        let next = match (now, back) {
            (None, false) => 0,
            (None, true) => count.saturating_sub(1),
            (Some(at), false) => (at + 1) % count.max(1),
            (Some(at), true) => (at + count.saturating_sub(1)) % count.max(1),
        };
        if let Some((_, id)) = all.get(next) {
            self.go_to(board, *id);
        }
    }

    /// Selects an element, or the collapsed frame that hides it, and moves the view so that it is seen.
    pub fn go_to(&mut self, board: &Board, id: Id) {
        if !board.contains(id) {
            return;
        }
        let id = board.rect(id).and_then(|it| board.collapsed().hider(id, it)).unwrap_or(id);
        self.select_only(id);
        let at = board.rect(id).or_else(|| {
            let link = board.link(id)?;
            Some(board.rect(link.from)?.union(board.rect(link.to)?))
        });
        if let Some(rect) = at {
            if self.camera.zoom < 0.3 {
                self.camera.zoom_to(0.8);
                self.camera.center_on(rect);
            }
            // Of what is larger than the view its head is shown, where its name is.
            let (w, h) = (self.camera.width / self.camera.zoom, self.camera.height / self.camera.zoom);
            let (w, h) = ((w * 0.7).max(1.0) as i32, (h * 0.7).max(1.0) as i32);
            self.camera.reveal(Rect { w: rect.w.min(w), h: rect.h.min(h), ..rect });
        }
    }

    pub(super) fn hit(&self, cx: &Cx<'_>, on: PointF) -> Option<Hit> {
        hit::hit(cx.history.board(), cx.scene, &self.camera, self.single(), on)
    }

    /// What lies under the pointer.
    pub fn under_pointer(&self, board: &Board, scene: &Scene) -> Option<Hit> {
        let on = self.camera.to_board(self.hover?);
        hit::hit(board, scene, &self.camera, self.single(), on)
    }

    /// What the pointer looks like over that.
    pub fn cursor(&self, under: Option<Hit>) -> Cursor {
        match (&self.gesture, self.tool) {
            (Gesture::Panning(_), _) => Cursor::Grabbing,
            (Gesture::Moving(_), _) => Cursor::Move,
            (Gesture::Linking(_) | Gesture::Framing(_) | Gesture::Lasso(_), _) => Cursor::Cross,
            (Gesture::Attaching(_) | Gesture::Spacing(_), _) => Cursor::Cross,
            _ if matches!(self.held, Some(Held::Hand(_))) => Cursor::Hand,
            (_, Tool::Select) => match under {
                Some(Hit::Corner(_, Corner::TopLeft | Corner::BottomRight)) => Cursor::ResizeFalling,
                Some(Hit::Corner(_, Corner::TopRight | Corner::BottomLeft)) => Cursor::ResizeRising,
                Some(Hit::LinkHandle(_) | Hit::LinkEnd(..)) => Cursor::Cross,
                Some(Hit::Sticky(_) | Hit::Scenario(_) | Hit::Link(_) | Hit::Frame(_) | Hit::Photo(_)) | None => {
                    Cursor::Arrow
                }
            },
            (_, tool) => tool.spec().cursor,
        }
    }

    /// Sets a field of every selected element that has it, as one undo step.
    pub fn set_on_selection(&mut self, cx: &mut Cx<'_>, label: &str, new: Field) {
        let board = cx.history.board();
        let edits = self.selection.iter().filter_map(|id| board.set(*id, new.clone()).ok());
        let edits = edits.filter(|it| !matches!(it, Edit::Set { old, new, .. } if old == new)).collect();
        cx.commit(label, edits);
    }
}
