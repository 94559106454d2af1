//! The toolkit's events as the editor's inputs.

use egui::{Event, PointerButton, Pos2, Rect};

use crate::editor::{Button, Input, Key, Mods};
use crate::kit::PointF;

/// What is held, in the editor's words.
pub(crate) fn mods(it: egui::Modifiers) -> Mods {
    Mods { command: it.command, shift: it.shift, alt: it.alt }
}

/// A key in the editor's words. Where Shift changes what a digit key writes, the digit counts.
pub(crate) fn key(logical: egui::Key, physical: Option<egui::Key>) -> Option<Key> {
    let special = match logical {
        egui::Key::Enter => Some(Key::Enter),
        egui::Key::Escape => Some(Key::Escape),
        egui::Key::Delete => Some(Key::Delete),
        egui::Key::Backspace => Some(Key::Backspace),
        egui::Key::Tab => Some(Key::Tab),
        egui::Key::Slash => Some(Key::Char('/')),
        egui::Key::Questionmark => Some(Key::Char('?')),
        egui::Key::Period => Some(Key::Char('.')),
        egui::Key::Comma => Some(Key::Char(',')),
        egui::Key::Space => Some(Key::Space),
        egui::Key::ArrowLeft => Some(Key::Left),
        egui::Key::ArrowRight => Some(Key::Right),
        egui::Key::ArrowUp => Some(Key::Up),
        egui::Key::ArrowDown => Some(Key::Down),
        egui::Key::Home => Some(Key::Home),
        egui::Key::End => Some(Key::End),
        egui::Key::Plus => Some(Key::Char('+')),
        egui::Key::Minus => Some(Key::Char('-')),
        egui::Key::Equals => Some(Key::Char('=')),
        egui::Key::OpenBracket => Some(Key::Char('[')),
        egui::Key::CloseBracket => Some(Key::Char(']')),
        egui::Key::Quote => Some(Key::Char('\'')),
        _ => None,
    };
    special.or_else(|| function(logical)).or_else(|| [Some(logical), physical].into_iter().flatten().find_map(letter))
}

/// A function key.
fn function(key: egui::Key) -> Option<Key> {
    key.name().strip_prefix('F')?.parse().ok().map(Key::F)
}

/// The letter or digit of a key whose name is one character.
fn letter(key: egui::Key) -> Option<Key> {
    let mut name = key.name().chars();
    let first = name.next().filter(char::is_ascii_alphanumeric)?;
    name.next().is_none().then_some(Key::Char(first.to_ascii_uppercase()))
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

/// The pointer's inputs of this frame. `over` tells whether the canvas is what lies under the pointer, `holding`
/// whether a gesture that began on it goes on.
pub(crate) fn pointer(ui: &egui::Ui, rect: Rect, over: bool, holding: bool, clicks: &mut Clicks) -> Vec<Input> {
    let mut inputs = Vec::new();
    let local = |at: Pos2| PointF::new(at.x - rect.left(), at.y - rect.top());
    ui.input(|input| {
        let held = mods(input.modifiers);
        let mut holding = holding;
        for event in &input.events {
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
            let factor = input.zoom_delta();
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

/// The keys of this frame that are the canvas's: pressed while nothing else has the keyboard.
pub(crate) fn keys(ui: &egui::Ui) -> Vec<Input> {
    let mut inputs = Vec::new();
    ui.input(|input| {
        for event in &input.events {
            match event {
                Event::Key { key: egui::Key::Space, pressed: false, .. } => inputs.push(Input::SpaceUp),
                Event::Key { key: logical, physical_key, pressed: true, modifiers, .. } => {
                    if let Some(key) = key(*logical, *physical_key) {
                        inputs.push(Input::Key { key, mods: mods(*modifiers) });
                    }
                }
                Event::Copy => inputs.push(Input::Key { key: Key::Char('C'), mods: Mods::COMMAND }),
                Event::Cut => inputs.push(Input::Key { key: Key::Char('X'), mods: Mods::COMMAND }),
                Event::Paste(text) => inputs.push(Input::Paste(text.clone())),
                _ => {}
            }
        }
    });
    inputs
}
