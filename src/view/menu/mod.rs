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

use super::App;
use crate::editor::Does;

/// Takes this frame's keys that are shortcuts of the window and does what they stand for. While somebody
/// types only keys count that write nothing: those with Ctrl or Alt, and function keys.
pub(super) fn take_shortcuts(app: &mut App, ctx: &egui::Context) {
    let typing = super::canvas::keyboard_elsewhere(ctx) || app.editor.writing().is_some();
    let free = app.dialogs.is_empty();
    // A dialog that asks for a key gets every key.
    if app.dialogs.last().is_some_and(|it| it.key() == "shortcuts") {
        return;
    }
    let mut wanted: Vec<&Entry> = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Some(shortcut) = super::canvas::shortcut(event) else { return true };
            let Some(Does::Window(key)) = app.editor.keys.find(shortcut) else { return true };
            if shortcut.types() && (typing || !free) {
                return true;
            }
            if free {
                wanted.extend(ENTRIES.iter().find(|it| it.key == key));
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
