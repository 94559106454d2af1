//! What the window itself can do, as one table: menus, keys, the command palette and the sheet of shortcuts read it.
//!
//! What the editor can do to the board is in [`crate::editor::actions::ALL`].

mod bar;
mod context;
mod entries;
mod fuzzy;
mod offers;

pub(super) use bar::show;
pub(super) use context::{context_menu, marks_of};
pub(super) use entries::{ALL as ENTRIES, Entry, Menu};
pub(super) use fuzzy::score;
pub(super) use offers::{Offer, offers};

use egui::{Event, ThemePreference};

use super::App;
use crate::editor::actions::Shortcut;
use crate::editor::{Key, Mods};

/// The appearances, with their names.
pub(crate) const APPEARANCES: [(&str, ThemePreference); 3] =
    [("Light", ThemePreference::Light), ("Dark", ThemePreference::Dark), ("As the system", ThemePreference::System)];

/// Takes this frame's keys that are shortcuts of the window and does what they stand for. A key without Ctrl or a
/// function key counts only while nobody types.
pub(super) fn take_shortcuts(app: &mut App, ctx: &egui::Context) {
    let typing = ctx.egui_wants_keyboard_input() || app.editor.writing().is_some();
    let free = app.dialogs.is_empty();
    let mut wanted = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
            let Some(key) = super::canvas::key(*key, *physical_key) else { return true };
            let Some(entry) = find(key, super::canvas::mods(*modifiers)) else { return true };
            let plain = matches!(key, Key::Char(_)) && !modifiers.command;
            if plain && (typing || !free) {
                return true;
            }
            if free {
                wanted.push(entry);
            }
            false
        });
    });
    for entry in wanted {
        if (entry.enabled)(app) {
            app.do_later((entry.command)());
        }
    }
}

/// The entry that has this shortcut.
fn find(key: Key, mods: Mods) -> Option<&'static Entry> {
    // Which key needs Shift to write a sign differs between keyboards.
    let sign = matches!(key, Key::Char(it) if !it.is_ascii_alphanumeric());
    let bare = Mods { shift: false, ..mods };
    let pressed = Shortcut { key, mods: if sign { bare } else { mods } };
    ENTRIES.iter().find(|it| it.shortcuts.contains(&pressed))
}
