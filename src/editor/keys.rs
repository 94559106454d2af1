//! A shortcut: a key with what is held, as people read it and as preferences keep it.

use super::input::{Key, Mods};

/// A key with what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The key.
    pub key: Key,
    /// What is held.
    pub mods: Mods,
}

/// The keys that are not characters, with their names.
const NAMED: [(Key, &str); 16] = [
    (Key::Enter, "Enter"),
    (Key::Escape, "Esc"),
    (Key::Delete, "Del"),
    (Key::Backspace, "Backspace"),
    (Key::Tab, "Tab"),
    (Key::Space, "Space"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PgUp"),
    (Key::PageDown, "PgDn"),
    (Key::Menu, "Menu"),
    (Key::Char('+'), "Plus"),
];

impl Shortcut {
    /// A key with what is held.
    pub const fn new(key: Key, mods: Mods) -> Self {
        Self { key, mods }
    }

    /// As menus show it: `Ctrl+Shift+Z`.
    pub fn text(&self) -> String {
        let text = self.code();
        let text = text.strip_suffix("Plus").map_or(text.clone(), |it| format!("{it}+"));
        if cfg!(target_os = "macos") { text.replacen("Ctrl+", "Cmd+", 1) } else { text }
    }

    /// As preferences keep it, the same on every system.
    pub fn code(&self) -> String {
        let mut text = String::new();
        for (held, name) in [(self.mods.command, "Ctrl+"), (self.mods.alt, "Alt+"), (self.mods.shift, "Shift+")] {
            if held {
                text.push_str(name);
            }
        }
        match (NAMED.iter().find(|it| it.0 == self.key), self.key) {
            (Some((_, name)), _) => text.push_str(name),
            (None, Key::Char(it)) => text.push(it),
            (None, Key::F(number)) => text.push_str(&format!("F{number}")),
            (None, _) => {}
        }
        text
    }

    /// Reads [`Self::code`]; `None` if the text is no shortcut.
    pub fn parse(code: &str) -> Option<Self> {
        let mut mods = Mods::NONE;
        let mut rest = code.trim();
        loop {
            let (held, after) = match rest.split_once('+') {
                Some(("Ctrl", after)) => (&mut mods.command, after),
                Some(("Alt", after)) => (&mut mods.alt, after),
                Some(("Shift", after)) => (&mut mods.shift, after),
                _ => break,
            };
            if std::mem::replace(held, true) {
                return None;
            }
            rest = after;
        }
        if let Some((key, _)) = NAMED.iter().find(|it| it.1 == rest) {
            return Some(Self::new(*key, mods));
        }
        let mut letters = rest.chars();
        let first = letters.next()?;
        let more = letters.as_str();
        let key = match first {
            'F' if !more.is_empty() => Key::F(more.parse().ok().filter(|it| (1..=12).contains(it))?),
            it if more.is_empty() && it.is_ascii_graphic() && !it.is_ascii_lowercase() => Key::Char(it),
            _ => return None,
        };
        Some(Self::new(key, mods))
    }

    /// Whether it would type a character where text is written.
    pub fn types(&self) -> bool {
        let typing =
            matches!(self.key, Key::Char(_) | Key::Space | Key::Enter | Key::Tab | Key::Backspace | Key::Delete)
                || matches!(self.key, Key::Left | Key::Right | Key::Up | Key::Down | Key::Home | Key::End);
        typing && !self.mods.command && !self.mods.alt
    }
}
