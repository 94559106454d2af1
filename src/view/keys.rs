//! The key map of the window: the keys of what the window itself can do, and what the user prefers.

use std::collections::BTreeMap;

use super::App;
use super::menu::ENTRIES;
use crate::editor::{Does, KeyMap, Shortcut, WindowKeys};

/// The default keys of everything, changed as the user prefers; messages say what could not be taken.
pub(super) fn map(preferred: &BTreeMap<String, Vec<String>>) -> (KeyMap, Vec<String>) {
    let mut map = KeyMap::new(ENTRIES.iter().map(|it| WindowKeys {
        key: it.key,
        name: it.name.trim_end_matches('\u{2026}'),
        help: it.help,
        group: it.menu.name(),
        shortcuts: it.shortcuts,
    }));
    let messages = map.load(preferred);
    (map, messages)
}

impl App {
    /// The key of something as menus show it.
    pub(crate) fn key_text(&self, does: Does) -> String {
        self.editor.keys.text(does)
    }

    /// A text with the key of what it speaks of behind it, if that has one.
    pub(crate) fn with_key(&self, text: &str, does: Does) -> String {
        let key = self.key_text(does);
        if key.is_empty() { text.to_owned() } else { format!("{text} ({key})") }
    }

    /// All keys of something.
    pub(crate) fn keys_text(&self, does: Does) -> String {
        self.editor.keys.of(does).iter().map(Shortcut::text).collect::<Vec<_>>().join(", ")
    }

    /// Writes down which keys the user changed.
    pub(crate) fn remember_keys(&mut self) {
        let changed = self.editor.keys.changed();
        self.session.prefer(|it| it.keys = changed);
    }
}
