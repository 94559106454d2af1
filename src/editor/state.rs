//! The editor: what is seen, selected, held in the hand and written on.

use std::collections::BTreeSet;

use super::gestures::{Gesture, Panning};
use super::hit::{self, Corner, Hit};
use super::input::{Button, Input, Key, Mods, Request};
use super::tools::{Cursor, Press, Tool};
use super::{Camera, Writing, actions, clipboard};
use crate::board::{Board, Edit, Field, Kind, kinds};
use crate::journal::History;
use crate::kit::{Id, IdSource, PointF};
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
    pub(super) writing: Option<Writing>,
    pub(super) sessions: u64,
    space: bool,
}

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
            writing: None,
            sessions: 0,
            space: false,
        }
    }
}

impl Editor {
    /// Takes an input. Actions with shortcuts are run by [`actions::by_shortcut`] before.
    pub fn on(&mut self, cx: &mut Cx<'_>, input: Input) {
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
            Input::SpaceUp => self.space = false,
            Input::Paste(text) => self.paste(cx, &text),
            Input::Cancel => self.cancel(cx),
        }
        let board = cx.history.board();
        self.selection.retain(|id| board.contains(*id));
    }

    fn press(&mut self, cx: &mut Cx<'_>, at: PointF, button: Button, mods: Mods, clicks: u8) {
        self.hover = Some(at);
        if self.writing.is_some() {
            self.end_text(cx);
        }
        let on = self.camera.to_board(at);
        match button {
            Button::Middle => self.gesture = Gesture::Panning(Panning { last: at }),
            Button::Primary if self.space => self.gesture = Gesture::Panning(Panning { last: at }),
            Button::Primary => {
                let press = Press { at, on, mods, clicks };
                self.gesture = self.tool.press(self, cx, press);
            }
            Button::Secondary => {
                let hit = self.hit(cx, on).map(Hit::id);
                match hit {
                    Some(id) if !self.selection.contains(&id) => self.select_only(id),
                    Some(_) => {}
                    None => self.selection.clear(),
                }
                cx.requests.push(Request::Menu(hit));
            }
        }
    }

    fn drag(&mut self, cx: &mut Cx<'_>, at: PointF, mods: Mods) {
        let mut gesture = std::mem::take(&mut self.gesture);
        match &mut gesture {
            Gesture::Idle => {}
            Gesture::Panning(it) => it.drag(self, at),
            Gesture::Marquee(it) => it.drag(self, cx.history.board(), at, mods),
            Gesture::Moving(it) => it.drag(self, cx, at, mods),
            Gesture::Resizing(it) => it.drag(self, cx, at, mods),
            Gesture::Linking(it) => it.drag(self, cx.history.board(), at),
            Gesture::Framing(it) => it.drag(self, at),
        }
        self.gesture = gesture;
    }

    fn release(&mut self, cx: &mut Cx<'_>, at: PointF, button: Button, mods: Mods) {
        if button == Button::Secondary {
            return;
        }
        self.drag(cx, at, mods);
        match std::mem::take(&mut self.gesture) {
            Gesture::Idle | Gesture::Panning(_) | Gesture::Marquee(_) => {}
            Gesture::Moving(it) => it.release(self, cx),
            Gesture::Resizing(it) => it.release(cx),
            Gesture::Linking(it) => {
                it.release(self, cx);
                self.tool = Tool::Select;
            }
            Gesture::Framing(it) => it.release(self, cx),
        }
    }

    /// Ends the gesture without a trace; if none is under way, lets go of the tool, then of the selection.
    fn cancel(&mut self, cx: &mut Cx<'_>) {
        if self.writing.is_some() {
            self.escape_text(cx);
            return;
        }
        match std::mem::take(&mut self.gesture) {
            Gesture::Idle => {
                if self.tool == Tool::Select {
                    self.selection.clear();
                }
                self.tool = Tool::Select;
            }
            Gesture::Marquee(it) => self.selection = it.base,
            Gesture::Moving(_) | Gesture::Resizing(_) => cx.history.bail(),
            Gesture::Panning(_) | Gesture::Linking(_) | Gesture::Framing(_) => {}
        }
    }

    fn key(&mut self, cx: &mut Cx<'_>, key: Key, mods: Mods) {
        match key {
            Key::Escape => self.cancel(cx),
            Key::Space => self.space = true,
            Key::Enter | Key::F(2) => {
                if let Some(id) = self.single() {
                    self.begin_text(cx, id);
                }
            }
            Key::Tab => self.select_next(cx.history.board(), mods.shift),
            Key::Char(letter) if mods == Mods::NONE => {
                if let Some(spec) = kinds::ALL.iter().find(|it| it.shortcut == Some(letter)) {
                    if let Some(kind) = Kind::from_key(spec.key) {
                        self.last_kind = kind;
                        self.create(cx, kind, None);
                    }
                } else if let Some(spec) = super::tools::ALL.iter().find(|it| it.shortcut == Some(letter)) {
                    self.take_tool(spec.key);
                }
            }
            Key::Char(_)
            | Key::Delete
            | Key::Backspace
            | Key::Left
            | Key::Right
            | Key::Up
            | Key::Down
            | Key::Home
            | Key::End
            | Key::F(_) => {
                actions::by_shortcut(self, cx, key, mods);
            }
        }
    }

    /// Takes the tool with that key into the hand.
    pub fn take_tool(&mut self, key: &str) {
        self.tool = match key {
            "hand" => Tool::Hand,
            "link" => Tool::Link,
            "frame" => Tool::Frame(crate::board::FrameKind::BoundedContext),
            "scenario" => Tool::Scenario,
            "sticky" => Tool::Sticky(self.last_kind),
            _ => Tool::Select,
        };
    }

    /// Copies, or reads from the clipboard's text.
    pub fn copy(&self, board: &Board) -> String {
        clipboard::copy(board, &board.with_contents(&self.selection))
    }

    fn paste(&mut self, cx: &mut Cx<'_>, text: &str) {
        let at = self.hover.map_or_else(|| self.camera.center(), |it| self.camera.to_board(it)).round();
        let (edits, added) = clipboard::paste(cx.history.board(), text, self.last_kind, at, cx.ids);
        if edits.is_empty() {
            cx.requests.push(Request::Say("The clipboard holds nothing that could be pasted".to_owned()));
            return;
        }
        let label = if added.len() == 1 { "Paste".to_owned() } else { format!("Paste {} elements", added.len()) };
        if cx.commit(label, edits) {
            self.selection = added;
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
        let mut all: Vec<_> = seen.map(|it| ((it.y.div_euclid(100), it.x, it.id), it.id)).collect();
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

    /// Selects an element and moves the view so that it is seen.
    pub fn go_to(&mut self, board: &Board, id: Id) {
        if !board.contains(id) {
            return;
        }
        self.select_only(id);
        let at = board.rect(id).or_else(|| {
            let link = board.link(id)?;
            Some(board.rect(link.from)?.union(board.rect(link.to)?))
        });
        if let Some(rect) = at {
            if self.camera.zoom < 0.3 {
                self.camera.zoom_to(0.8);
                self.camera.center_on(rect);
            } else {
                self.camera.reveal(rect);
            }
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
            (Gesture::Linking(_) | Gesture::Framing(_), _) => Cursor::Cross,
            _ if self.space => Cursor::Hand,
            (_, Tool::Select) => match under {
                Some(Hit::Corner(_, Corner::TopLeft | Corner::BottomRight)) => Cursor::ResizeFalling,
                Some(Hit::Corner(_, Corner::TopRight | Corner::BottomLeft)) => Cursor::ResizeRising,
                Some(Hit::LinkHandle(_)) => Cursor::Cross,
                Some(Hit::Sticky(_) | Hit::Scenario(_) | Hit::Link(_) | Hit::Frame(_)) | None => Cursor::Arrow,
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
