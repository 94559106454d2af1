//! What hands do, as text: `click A | hold Shift | drag B -> 300,200 | free Shift | key Ctrl+D | type Order`.
//!
//! A place is a name (the middle of that thing), a name with a corner (`A.se`), a handle (`A.e`) or an offset
//! (`A+20,20`), a point of the board (`300,200`), or the right edge of the view (`edge`).

use std::sync::Arc;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::Queryable as _;
use stormglass::kit::PointF;

use super::{Desk, Pocket};

/// One thing that a hand does, in points of the window.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Op {
    /// A key goes down.
    Down(String),
    /// A key goes up.
    Up(String),
    /// Text is typed.
    Type(String),
    /// The pointer moves.
    Move(Pos2),
    /// A button goes down: 1 left, 2 middle, 3 right.
    Press(u8),
    /// A button goes up.
    Release(u8),
    /// The wheel turns, positive away from the hand.
    Wheel(i32),
    /// So long that two clicks are not a double click.
    Rest,
    /// A pinch, which only the harness can do.
    Pinch(f32),
    /// Time goes by, which differs between harness and window.
    Linger,
    /// Something else than this program fills the clipboard, which only the harness can do.
    Clip(String),
}

/// A desk with hands on it.
pub(super) struct Hands {
    pub(super) desk: Desk,
    done: Vec<Op>,
    held: Modifiers,
    clipboard: Arc<Pocket>,
    pointer: Pos2,
    /// Where the canvas begins in the window.
    corner: egui::Vec2,
}

impl Hands {
    pub(super) fn new(mut desk: Desk) -> Self {
        let clipboard = Arc::new(Pocket::default());
        desk.use_clipboard(&clipboard);
        // Bars and panels are as wide as what stands in them; without them harness and window are laid out alike.
        desk.key_with(Modifiers::COMMAND, Key::Period);
        desk.steps(2);
        let node = desk.harness.get_by_label_contains("Domain event: A").rect().min;
        let at = desk.app().editor().camera.to_view(PointF::new(0.0, 0.0));
        let mut hands = Self {
            desk,
            done: Vec::new(),
            held: Modifiers::NONE,
            clipboard,
            pointer: Pos2::ZERO,
            corner: node - pos2(at.x, at.y),
        };
        hands.run("point 500,640 | key Shift+1 | key Ctrl+0");
        hands.done.clear();
        hands
    }

    /// What was done since the last time.
    pub(super) fn take(&mut self) -> Vec<Op> {
        std::mem::take(&mut self.done)
    }

    pub(super) fn run(&mut self, script: &str) {
        for step in script.split(" | ") {
            let (word, rest) = step.trim().split_once(' ').unwrap_or((step.trim(), ""));
            match word {
                "key" => self.chord(rest),
                "hold" => self.op(Op::Down(rest.to_owned())),
                "free" => self.op(Op::Up(rest.to_owned())),
                "type" => self.op(Op::Type(rest.to_owned())),
                "clip" => self.op(Op::Clip(rest.replace("\\n", "\n").replace("\\t", "\t"))),
                "move" => {
                    let at = self.place(rest);
                    self.op(Op::Move(at));
                }
                "point" => {
                    let (x, y) = rest.split_once(',').unwrap();
                    self.op(Op::Move(pos2(x.parse().unwrap(), y.parse().unwrap())));
                }
                "press" => self.op(Op::Press(button(rest))),
                "release" => self.op(Op::Release(button(rest))),
                "click" | "dclick" => {
                    let at = self.place(rest);
                    self.op(Op::Move(at));
                    for _ in 0..if word == "click" { 1 } else { 2 } {
                        self.op(Op::Press(1));
                        self.op(Op::Release(1));
                    }
                    if word == "click" {
                        self.op(Op::Rest);
                    }
                }
                "drag" | "mdrag" | "rdrag" => {
                    let which = button(match word {
                        "drag" => "left",
                        "mdrag" => "middle",
                        _ => "right",
                    });
                    let (from, to) = rest.split_once(" -> ").unwrap();
                    let (from, to) = (self.place(from), self.place(to));
                    self.op(Op::Move(from));
                    self.op(Op::Press(which));
                    for part in [0.3, 0.7, 1.0] {
                        self.op(Op::Move(from + (to - from) * part));
                    }
                    self.op(Op::Release(which));
                }
                "wheel" => self.op(Op::Wheel(rest.parse().unwrap())),
                "pinch" => self.op(Op::Pinch(rest.parse().unwrap())),
                "linger" => self.op(Op::Linger),
                "rest" => self.op(Op::Rest),
                _ => panic!("no such step: {step}"),
            }
        }
    }

    fn chord(&mut self, chord: &str) {
        let keys: Vec<&str> = chord.split('+').collect();
        for key in &keys {
            self.op(Op::Down((*key).to_owned()));
        }
        for key in keys.iter().rev() {
            self.op(Op::Up((*key).to_owned()));
        }
    }

    /// A place in the window, in whole points: a pointer knows no others.
    fn place(&self, text: &str) -> Pos2 {
        self.exact_place(text).round()
    }

    fn exact_place(&self, text: &str) -> Pos2 {
        let camera = self.desk.app().editor().camera;
        let on = |at: PointF| {
            let at = camera.to_view(at);
            pos2(at.x, at.y) + self.corner
        };
        let pair = |it: &str| {
            let (x, y) = it.split_once(',')?;
            Some(PointF::new(x.trim().parse().ok()?, y.trim().parse().ok()?))
        };
        if text == "edge" {
            return pos2(camera.width - 6.0, camera.height / 2.0) + self.corner;
        }
        if let Some(at) = pair(text) {
            return on(at);
        }
        let board = self.desk.board();
        let (name, offset) = text.split_once('+').unwrap_or((text, "0,0"));
        let (name, corner) = name.split_once('.').unwrap_or((name, ""));
        let all = board.stickies().keys().chain(board.frames().keys()).copied();
        let id = all.into_iter().find(|id| board.name(*id) == name).unwrap_or_else(|| panic!("no {name} on the board"));
        let rect = board.rect(id).unwrap().to_f();
        let (middle, out) = (rect.center(), 12.0 / camera.zoom);
        let at = match corner {
            "" => middle,
            "nw" => PointF::new(rect.x, rect.y),
            "se" => PointF::new(rect.right(), rect.bottom()),
            "e" => PointF::new(rect.right() + out, middle.y),
            "s" => PointF::new(middle.x, rect.bottom() + out),
            "w" => PointF::new(rect.x - out, middle.y),
            "title" => PointF::new(rect.x + 40.0, rect.y + 14.0),
            _ => panic!("no such corner: {corner}"),
        };
        let offset = pair(offset).unwrap();
        on(PointF::new(at.x + offset.x, at.y + offset.y))
    }

    fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.desk.steps(1);
        }
    }

    fn give(&mut self, events: Vec<Event>) {
        self.desk.harness.input_mut().events.extend(events);
        self.frames(1);
    }

    fn op(&mut self, op: Op) {
        self.done.push(op.clone());
        match op {
            Op::Down(key) => self.key(&key, true),
            Op::Up(key) => self.key(&key, false),
            Op::Type(text) => {
                for letter in text.chars() {
                    self.give(vec![Event::Text(letter.to_string())]);
                }
            }
            Op::Move(at) => {
                self.pointer = at;
                self.give(vec![Event::PointerMoved(at)]);
            }
            Op::Press(which) => self.button(which, true),
            Op::Release(which) => self.button(which, false),
            Op::Wheel(lines) => {
                self.give(vec![Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Line,
                    delta: egui::vec2(0.0, lines as f32),
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Unknown,
                    modifiers: self.held,
                }]);
                // A wheel's turn is spread over some frames.
                self.frames(30);
            }
            Op::Pinch(factor) => self.give(vec![Event::Zoom(factor)]),
            Op::Rest => self.frames(30),
            Op::Linger => self.frames(60),
            Op::Clip(text) => *self.clipboard.text.lock().unwrap() = Some(text),
        }
    }

    fn button(&mut self, which: u8, pressed: bool) {
        let button = match which {
            1 => PointerButton::Primary,
            2 => PointerButton::Middle,
            _ => PointerButton::Secondary,
        };
        self.give(vec![Event::PointerButton { pos: self.pointer, button, pressed, modifiers: self.held }]);
    }

    fn key(&mut self, name: &str, pressed: bool) {
        match name {
            "Ctrl" => (self.held.ctrl, self.held.command) = (pressed, pressed),
            "Shift" => self.held.shift = pressed,
            "Alt" => self.held.alt = pressed,
            _ => {
                let events = self.events(name, pressed);
                self.give(events);
                self.frames(1);
                return;
            }
        }
        self.give(vec![Event::ModifiersChanged(self.held)]);
    }

    /// What the toolkit makes of a key: one that writes comes with its text in the same frame.
    fn events(&self, name: &str, pressed: bool) -> Vec<Event> {
        let (ctrl, shift, alt) = (self.held.ctrl, self.held.shift, self.held.alt);
        let physical = key(name);
        let logical = match (shift, name) {
            (true, "1") => Key::Exclamationmark,
            (true, "[") => Key::OpenCurlyBracket,
            (true, "]") => Key::CloseCurlyBracket,
            (true, "=") => Key::Plus,
            (true, "/") => Key::Questionmark,
            _ => physical,
        };
        let mut events = vec![Event::Key {
            key: logical,
            physical_key: Some(physical),
            pressed,
            repeat: false,
            modifiers: self.held,
        }];
        if pressed && !ctrl && !alt && name.chars().count() == 1 {
            let text = if shift { name.to_owned() } else { name.to_lowercase() };
            events.push(Event::Text(text));
        }
        events
    }
}

fn button(name: &str) -> u8 {
    match name {
        "middle" => 2,
        "right" => 3,
        _ => 1,
    }
}

fn key(name: &str) -> Key {
    let toolkit = match name {
        "Esc" => "Escape",
        "Del" => "Delete",
        "Left" | "Right" | "Up" | "Down" => return Key::from_name(&format!("Arrow{name}")).unwrap(),
        "PgUp" => "PageUp",
        "PgDn" => "PageDown",
        "[" => return Key::OpenBracket,
        "]" => return Key::CloseBracket,
        "'" => return Key::Quote,
        "=" => return Key::Equals,
        "-" => return Key::Minus,
        "," => return Key::Comma,
        "." => return Key::Period,
        "/" => return Key::Slash,
        other => other,
    };
    Key::from_name(toolkit).unwrap_or_else(|| panic!("no key {name}"))
}

/// The name of a key in X.
pub(super) fn in_x(name: &str) -> String {
    match name {
        "Ctrl" => "ctrl".to_owned(),
        "Shift" => "shift".to_owned(),
        "Alt" => "alt".to_owned(),
        "Esc" => "Escape".to_owned(),
        "Enter" => "Return".to_owned(),
        "Del" => "Delete".to_owned(),
        "Backspace" => "BackSpace".to_owned(),
        "Space" => "space".to_owned(),
        "PgUp" => "Prior".to_owned(),
        "PgDn" => "Next".to_owned(),
        "[" => "bracketleft".to_owned(),
        "]" => "bracketright".to_owned(),
        "'" => "apostrophe".to_owned(),
        "=" => "equal".to_owned(),
        "-" => "minus".to_owned(),
        "," => "comma".to_owned(),
        "." => "period".to_owned(),
        "/" => "slash".to_owned(),
        it if it.chars().count() == 1 => it.to_lowercase(),
        it => it.to_owned(),
    }
}
