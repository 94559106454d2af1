//! The toolkit's events as the editor's inputs.

use egui::{Event, PointerButton, Pos2, Rect};

use crate::editor::{Button, Input, Key, Mods, Shortcut};
use crate::kit::PointF;

/// What is held, in the editor's words.
pub(crate) fn mods(it: egui::Modifiers) -> Mods {
    Mods { command: it.command, shift: it.shift, alt: it.alt }
}

/// A key in the editor's words. Where Shift or the layout changes what a key writes, its place on the board counts.
pub(crate) fn key(logical: egui::Key, physical: Option<egui::Key>) -> Option<Key> {
    [Some(logical), physical].into_iter().flatten().find_map(|it| named(it).or_else(|| letter(it)))
}

fn named(key: egui::Key) -> Option<Key> {
    Some(match key {
        egui::Key::Enter => Key::Enter,
        egui::Key::Escape => Key::Escape,
        egui::Key::Delete => Key::Delete,
        egui::Key::Backspace => Key::Backspace,
        egui::Key::Tab => Key::Tab,
        egui::Key::F1 => Key::F(1),
        egui::Key::F2 => Key::F(2),
        egui::Key::F3 => Key::F(3),
        egui::Key::F4 => Key::F(4),
        egui::Key::F5 => Key::F(5),
        egui::Key::F6 => Key::F(6),
        egui::Key::F7 => Key::F(7),
        egui::Key::F8 => Key::F(8),
        egui::Key::F9 => Key::F(9),
        egui::Key::F10 => Key::F(10),
        egui::Key::F11 => Key::F(11),
        egui::Key::F12 => Key::F(12),
        egui::Key::Space => Key::Space,
        egui::Key::ArrowLeft => Key::Left,
        egui::Key::ArrowRight => Key::Right,
        egui::Key::ArrowUp => Key::Up,
        egui::Key::ArrowDown => Key::Down,
        egui::Key::Home => Key::Home,
        egui::Key::End => Key::End,
        egui::Key::PageUp => Key::PageUp,
        egui::Key::PageDown => Key::PageDown,
        egui::Key::Menu => Key::Menu,
        egui::Key::Plus => Key::Char('+'),
        egui::Key::Minus => Key::Char('-'),
        egui::Key::Equals => Key::Char('='),
        egui::Key::OpenBracket => Key::Char('['),
        egui::Key::CloseBracket => Key::Char(']'),
        egui::Key::Quote => Key::Char('\''),
        egui::Key::Comma => Key::Char(','),
        egui::Key::Period => Key::Char('.'),
        egui::Key::Slash => Key::Char('/'),
        egui::Key::Semicolon => Key::Char(';'),
        egui::Key::Questionmark => Key::Char('?'),
        egui::Key::Backslash => Key::Char('\\'),
        egui::Key::Backtick => Key::Char('`'),
        _ => return None,
    })
}

/// The letter or digit of a key whose name is one character.
fn letter(key: egui::Key) -> Option<Key> {
    let mut name = key.name().chars();
    let first = name.next().filter(char::is_ascii_alphanumeric)?;
    name.next().is_none().then_some(Key::Char(first.to_ascii_uppercase()))
}

/// The shortcut of an event, if it is a key that goes down. Copy, cut and paste come as events of their own.
pub(crate) fn shortcut(event: &Event) -> Option<Shortcut> {
    match event {
        Event::Key { key: logical, physical_key, pressed: true, modifiers, .. } => {
            let key = key(*logical, *physical_key)?;
            let mut held = mods(*modifiers);
            // The question mark is on Shift with some layouts and not with others.
            held.shift &= key != Key::Char('?');
            Some(Shortcut::new(key, held))
        }
        Event::Copy => Some(Shortcut::new(Key::Char('C'), Mods::COMMAND)),
        Event::Cut => Some(Shortcut::new(Key::Char('X'), Mods::COMMAND)),
        _ => None,
    }
}

/// Counts presses that follow one another quickly at one place.
#[derive(Debug, Default)]
pub(crate) struct Clicks {
    last: Option<(f64, Pos2)>,
    count: u8,
}

impl Clicks {
    fn press(&mut self, now: f64, at: Pos2) -> u8 {
        let again = self.last.is_some_and(|(time, place)| now - time < 0.4 && place.distance(at) < 6.0);
        self.count = if again { self.count.saturating_add(1) } else { 1 };
        self.last = Some((now, at));
        self.count
    }
}

/// Takes away the events from where pointer and keyboard change places, so that each frame has the one before the
/// other and a slow machine does things in the order in which they were done.
pub(crate) fn later(events: &mut Vec<Event>) -> Vec<Event> {
    let is_pointer = |it: &Event| match it {
        Event::PointerButton { .. } => Some(true),
        Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut => Some(false),
        _ => None,
    };
    let first = events.iter().find_map(is_pointer);
    let change = events.iter().position(|it| is_pointer(it).is_some_and(|it| Some(it) != first));
    change.map_or_else(Vec::new, |at| events.split_off(at))
}

/// The pointer's inputs of this frame. `over` tells whether the canvas is what lies under the pointer, `holding`
/// whether a gesture that began on it goes on.
pub(crate) fn pointer(
    ui: &egui::Ui,
    events: &[Event],
    rect: Rect,
    over: bool,
    holding: bool,
    clicks: &mut Clicks,
) -> Vec<Input> {
    let mut inputs = Vec::new();
    let local = |at: Pos2| PointF::new(at.x - rect.left(), at.y - rect.top());
    ui.input(|input| {
        let held = mods(input.modifiers);
        let mut holding = holding;
        for event in events {
            match event {
                Event::PointerMoved(at) if over || holding => inputs.push(Input::Move { at: local(*at), mods: held }),
                Event::PointerButton { pos, button, pressed, modifiers } => {
                    let Some(which) = which(*button) else { continue };
                    let (at, mods) = (local(*pos), mods(*modifiers));
                    if *pressed && over && rect.contains(*pos) {
                        let clicks = clicks.press(input.time, *pos);
                        holding = true;
                        inputs.push(Input::Press { at, button: which, mods, clicks });
                    } else if !*pressed && holding {
                        holding = false;
                        inputs.push(Input::Release { at, button: which, mods });
                    }
                }
                Event::PointerGone => inputs.push(Input::Leave),
                Event::WindowFocused(false) if holding => inputs.push(Input::Cancel),
                _ => {}
            }
        }
        if over {
            // Of fingers on a screen the canvas takes care itself.
            let factor = if input.any_touches() { 1.0 } else { input.zoom_delta() };
            if (factor - 1.0).abs() > 1e-4
                && let Some(at) = input.pointer.hover_pos()
            {
                inputs.push(Input::Zoom { at: local(at), factor });
            }
            let by = input.smooth_scroll_delta();
            if by != egui::Vec2::ZERO && (factor - 1.0).abs() <= 1e-4 {
                inputs.push(Input::Scroll { by: PointF::new(by.x, by.y) });
            }
        }
        if !over && !holding && !input.pointer.has_pointer() {
            inputs.push(Input::Leave);
        }
    });
    inputs
}

fn which(button: PointerButton) -> Option<Button> {
    match button {
        PointerButton::Primary => Some(Button::Primary),
        PointerButton::Secondary => Some(Button::Secondary),
        PointerButton::Middle => Some(Button::Middle),
        PointerButton::Extra1 | PointerButton::Extra2 => None,
    }
}

/// Whether an event is one of keys and text.
pub(crate) fn is_keyboard(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Copy | Event::Cut)
}

/// An event of the keyboard as the canvas's input, while nothing else has the keyboard.
pub(crate) fn from_key(event: &Event) -> Option<Input> {
    match event {
        Event::Key { key: logical, physical_key, pressed: false, .. } => key(*logical, *physical_key).map(Input::KeyUp),
        Event::Paste(text) => Some(Input::Paste(text.clone())),
        event => shortcut(event).map(|it| Input::Key { key: it.key, mods: it.mods }),
    }
}
