//! The key map: which keys do what. One table for kinds, tools, actions and the window's commands, with the defaults
//! of their specs, changeable.

use std::collections::BTreeMap;

use super::actions;
use super::input::{Key, Mods};
use super::keys::Shortcut;
use super::tools;
use crate::board::Kind;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Does {
    /// Makes the next sticky of that kind.
    Make(Kind),
    /// Makes the selected stickies that kind: Alt with the kind's key.
    Turn(Kind),
    /// Takes the tool with that key into the hand.
    Take(&'static str),
    /// Runs the action with that key.
    Act(&'static str),
    /// A command of the window.
    Window(&'static str),
}

/// A command of the window that has keys.
#[derive(Clone, Copy, Debug)]
pub struct WindowKeys {
    /// The word for it in preferences.
    pub key: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// Under which heading it is listed.
    pub group: &'static str,
    /// Its keys as long as nobody changed them.
    pub shortcuts: &'static [Shortcut],
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// What it does.
    pub does: Does,
    /// Its name for people.
    pub name: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// Under which heading it is listed.
    pub group: &'static str,
    /// The keys it starts with.
    pub defaults: Vec<Shortcut>,
    /// The keys it has; menus show the first.
    pub now: Vec<Shortcut>,
}

impl Binding {
    fn new(does: Does, name: &'static str, help: &'static str, group: &'static str, defaults: Vec<Shortcut>) -> Self {
        Self { does, name, help, group, now: defaults.clone(), defaults }
    }

    /// The word for it in preferences.
    pub fn code(&self) -> String {
        match self.does {
            Does::Make(kind) => format!("kind {}", kind.key()),
            Does::Turn(kind) => format!("turn {}", kind.key()),
            Does::Take(key) => format!("tool {key}"),
            Does::Act(key) => format!("action {key}"),
            Does::Window(key) => format!("window {key}"),
        }
    }

    /// Whether somebody changed its keys.
    pub fn is_changed(&self) -> bool {
        self.now != self.defaults
    }
}

/// Which keys do what.
#[derive(Clone, Debug)]
pub struct KeyMap {
    all: Vec<Binding>,
}

impl Default for KeyMap {
    fn default() -> Self {
        Self::new(std::iter::empty())
    }
}

/// The headings, in the order of the table.
const GROUPS: [&str; 10] =
    ["Stickies", "Tools", "File", "Edit", "View", "Arrange", "Align", "Moving about", "Simulate", "Help"];

impl KeyMap {
    /// The default keys, with those of the window's commands.
    pub fn new(window: impl IntoIterator<Item = WindowKeys>) -> Self {
        let plain = |it: Option<char>| it.map(|it| Shortcut::new(Key::Char(it), Mods::NONE)).into_iter().collect();
        let mut all = Vec::new();
        for kind in Kind::all() {
            let spec = kind.spec();
            all.push(Binding::new(Does::Make(kind), spec.name, spec.meaning, "Stickies", plain(spec.shortcut)));
        }
        for spec in tools::ALL.iter().filter(|it| it.key != "sticky") {
            all.push(Binding::new(Does::Take(spec.key), spec.name, spec.help, "Tools", plain(spec.shortcut)));
        }
        for spec in actions::ALL {
            let (group, keys) = (spec.menu.name(), spec.shortcuts.to_vec());
            all.push(Binding::new(Does::Act(spec.key), spec.name, spec.help, group, keys));
        }
        for it in window {
            all.push(Binding::new(Does::Window(it.key), it.name, it.help, it.group, it.shortcuts.to_vec()));
        }
        all.sort_by_key(|it| GROUPS.iter().position(|group| *group == it.group).unwrap_or(GROUPS.len()));
        Self { all }
    }

    /// Every line, in the order of palette and menus.
    pub fn all(&self) -> &[Binding] {
        &self.all
    }

    /// What a key does with what is held.
    pub fn find(&self, shortcut: Shortcut) -> Option<Does> {
        if let Some(line) = self.holder(shortcut) {
            return Some(line.does);
        }
        // Which signs need Shift differs between keyboards.
        if shortcut.mods.shift && matches!(shortcut.key, Key::Char(it) if !it.is_ascii_alphanumeric()) {
            let bare = Mods { shift: false, ..shortcut.mods };
            return self.find(Shortcut::new(shortcut.key, bare));
        }
        let bare = Shortcut::new(shortcut.key, Mods::NONE);
        let turns = shortcut.mods == Mods::ALT;
        match self.holder(bare).filter(|_| turns)?.does {
            Does::Make(kind) => Some(Does::Turn(kind)),
            Does::Turn(_) | Does::Take(_) | Does::Act(_) | Does::Window(_) => None,
        }
    }

    fn holder(&self, shortcut: Shortcut) -> Option<&Binding> {
        self.all.iter().find(|it| it.now.contains(&shortcut))
    }

    fn line(&self, does: Does) -> Option<&Binding> {
        self.all.iter().find(|it| it.does == does)
    }

    /// The keys of something, the one that menus show first.
    pub fn of(&self, does: Does) -> &[Shortcut] {
        self.line(does).map_or(&[], |it| &it.now)
    }

    /// The key of something as menus show it; empty if it has none.
    pub fn text(&self, does: Does) -> String {
        if let Does::Turn(kind) = does {
            let makes = self.of(Does::Make(kind)).iter().find(|it| it.mods == Mods::NONE);
            return makes.map(|it| Shortcut::new(it.key, Mods::ALT).text()).unwrap_or_default();
        }
        self.of(does).first().map(Shortcut::text).unwrap_or_default()
    }

    /// What has this key already, apart from `but`.
    pub fn conflict(&self, shortcut: Shortcut, but: Does) -> Option<&Binding> {
        self.holder(shortcut).filter(|it| it.does != but)
    }

    /// Gives something the key, in the place of the keys it has; takes the key from whatever else has it.
    /// Esc always ends and is never given.
    pub fn give(&mut self, does: Does, shortcut: Shortcut) {
        if shortcut.key == Key::Escape {
            return;
        }
        for line in &mut self.all {
            if line.does == does {
                line.now = vec![shortcut];
            } else {
                line.now.retain(|it| *it != shortcut);
            }
        }
    }

    /// Leaves something without a key.
    pub fn clear(&mut self, does: Does) {
        for line in self.all.iter_mut().filter(|it| it.does == does) {
            line.now.clear();
        }
    }

    /// Gives something its default keys back, and takes them from whatever else has them.
    pub fn reset(&mut self, does: Does) {
        let Some(defaults) = self.line(does).map(|it| it.defaults.clone()) else { return };
        for line in &mut self.all {
            if line.does == does {
                line.now.clone_from(&defaults);
            } else {
                line.now.retain(|it| !defaults.contains(it));
            }
        }
    }

    /// Gives everything its default keys back.
    pub fn reset_all(&mut self) {
        for line in &mut self.all {
            line.now.clone_from(&line.defaults);
        }
    }

    /// What differs from the defaults, for preferences.
    pub fn changed(&self) -> BTreeMap<String, Vec<String>> {
        let changed = self.all.iter().filter(|it| it.is_changed());
        changed.map(|it| (it.code(), it.now.iter().map(Shortcut::code).collect())).collect()
    }

    /// Takes changes from preferences. What cannot be taken keeps its default, and a message says why.
    pub fn load(&mut self, changed: &BTreeMap<String, Vec<String>>) -> Vec<String> {
        let mut messages = Vec::new();
        let short = |it: &str| it.chars().take(40).collect::<String>();
        for (code, keys) in changed {
            let Some(at) = self.all.iter().position(|it| it.code() == *code) else {
                messages.push(format!("The preferences give keys to `{}`, which does not exist", short(code)));
                continue;
            };
            let parsed: Option<Vec<Shortcut>> = keys.iter().map(|it| Shortcut::parse(it)).collect();
            match (parsed, self.all.get_mut(at)) {
                (Some(keys), Some(line)) if keys.len() <= 8 && keys.iter().all(|it| it.key != Key::Escape) => {
                    line.now = keys;
                }
                (_, Some(line)) => messages.push(format!(
                    "The preferences give {} a key that cannot be read (`{}`), so it keeps its own",
                    line.name,
                    short(&keys.join(", "))
                )),
                (_, None) => {}
            }
        }
        // Two that claim one key both get their defaults back, and so does what then lacks its own.
        while let Some((one, other, key)) = self.clash() {
            messages.push(format!("The preferences give {key} to two things, so these keep their own keys"));
            let mut again = false;
            for at in [one, other] {
                if let Some(line) = self.all.get_mut(at) {
                    again |= line.is_changed();
                    line.now.clone_from(&line.defaults);
                }
            }
            if !again {
                self.reset_all();
                break;
            }
        }
        messages
    }

    /// Two lines with the same key.
    fn clash(&self) -> Option<(usize, usize, String)> {
        for (one, line) in self.all.iter().enumerate() {
            for key in &line.now {
                let other = self.all.iter().skip(one + 1).position(|it| it.now.contains(key));
                if let Some(other) = other {
                    return Some((one, one + 1 + other, key.text()));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_by_default() {
        assert_eq!(KeyMap::default().clash(), None);
    }

    #[test]
    fn shortcuts_are_read_as_they_are_written() {
        let map = KeyMap::default();
        let all = map.all().iter().flat_map(|it| it.now.clone());
        for it in all.chain([Shortcut::new(Key::F(11), Mods::ALT_SHIFT)]) {
            assert_eq!(Shortcut::parse(&it.code()), Some(it), "{}", it.code());
        }
        for bad in ["", "Ctrl+", "Ctrl+Ctrl+A", "q", "F13", "F0", "Ctrl+AB", "Hyper+A", "é"] {
            assert_eq!(Shortcut::parse(bad), None, "{bad}");
        }
    }
}
