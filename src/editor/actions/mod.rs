//! Actions: what menus, keys and the context menu do to the selection and the view. One file each, in menu order.

mod undo;
mod redo;
mod cut;
mod copy;
mod paste;
mod duplicate;
mod delete;
mod select_all;
mod write;
mod zoom_in;
mod zoom_out;
mod zoom_full;
mod zoom_fit;
mod zoom_selection;
mod toggle_grid;
mod toggle_snap;
mod toggle_flow;
mod frame_around;
mod fit_frame;
mod collapse;
mod tidy;
mod pin;
mod accept_ghosts;
mod pivotal;
mod align;
mod distribute;
mod to_front;
mod to_back;
mod lock;
mod unlock_all;
mod nudge;

pub use collapse::open_card;
pub use frame_around::frame_around;

use super::input::{Key, Mods};
use super::{Cx, Editor};
use crate::journal::History;
use crate::kit::Id;

/// The menu an action is found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Undo, clipboard, selection.
    Edit,
    /// What is seen.
    View,
    /// Where things lie and what groups them.
    Arrange,
    /// By key alone.
    None,
}

/// A key with what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The key.
    pub key: Key,
    /// What is held.
    pub mods: Mods,
}

impl Shortcut {
    /// That key with that held.
    pub const fn new(key: Key, mods: Mods) -> Self {
        Self { key, mods }
    }

    /// As menus show it: `Ctrl+Shift+Z`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if self.mods.command {
            text.push_str(if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" });
        }
        if self.mods.alt {
            text.push_str("Alt+");
        }
        if self.mods.shift {
            text.push_str("Shift+");
        }
        match self.key {
            Key::Char(it) => text.push(it),
            Key::Enter => text.push_str("Enter"),
            Key::Escape => text.push_str("Esc"),
            Key::Delete => text.push_str("Del"),
            Key::Backspace => text.push_str("Backspace"),
            Key::Tab => text.push_str("Tab"),
            Key::F(number) => text.push_str(&format!("F{number}")),
            Key::Space => text.push_str("Space"),
            Key::Left => text.push_str("Left"),
            Key::Right => text.push_str("Right"),
            Key::Up => text.push_str("Up"),
            Key::Down => text.push_str("Down"),
            Key::Home => text.push_str("Home"),
            Key::End => text.push_str("End"),
        }
        text
    }
}

/// What an action is and does.
pub struct ActionSpec {
    /// The word for it in tests and settings.
    pub key: &'static str,
    /// The name in menus.
    pub name: &'static str,
    /// The menu it is found in.
    pub menu: Menu,
    /// Its keys; menus show the first.
    pub shortcuts: &'static [Shortcut],
    /// What it does, one sentence.
    pub help: &'static str,
    /// Whether it can do something now.
    pub enabled: fn(&Editor, &History) -> bool,
    /// Does it.
    pub run: fn(&mut Editor, &mut Cx<'_>, Mods),
}

/// Every action, in menu order.
pub static ALL: &[&ActionSpec] = &[
    &undo::SPEC,
    &redo::SPEC,
    &cut::SPEC,
    &copy::SPEC,
    &paste::SPEC,
    &duplicate::SPEC,
    &delete::SPEC,
    &select_all::SPEC,
    &write::SPEC,
    &zoom_in::SPEC,
    &zoom_out::SPEC,
    &zoom_full::SPEC,
    &zoom_fit::SPEC,
    &zoom_selection::SPEC,
    &toggle_grid::SPEC,
    &toggle_snap::SPEC,
    &toggle_flow::SPEC,
    &frame_around::CONTEXT,
    &frame_around::AGGREGATE,
    &frame_around::SWIMLANE,
    &frame_around::CHAPTER,
    &fit_frame::SPEC,
    &collapse::SPEC,
    &collapse::ALL,
    &tidy::SPEC,
    &pin::SPEC,
    &accept_ghosts::SPEC,
    &pivotal::SPEC,
    &align::LEFT,
    &align::CENTER,
    &align::RIGHT,
    &align::TOP,
    &align::MIDDLE,
    &align::BOTTOM,
    &distribute::ACROSS,
    &distribute::DOWN,
    &to_front::SPEC,
    &to_back::SPEC,
    &lock::SPEC,
    &unlock_all::SPEC,
    &nudge::LEFT,
    &nudge::RIGHT,
    &nudge::UP,
    &nudge::DOWN,
];

/// The action with that key.
pub fn by_key(key: &str) -> Option<&'static ActionSpec> {
    ALL.iter().find(|it| it.key == key).copied()
}

/// Runs the action that has this shortcut; says whether there is one.
pub fn by_shortcut(editor: &mut Editor, cx: &mut Cx<'_>, key: Key, mods: Mods) -> bool {
    let Some(spec) = find(key, mods) else { return false };
    if (spec.enabled)(editor, cx.history) {
        (spec.run)(editor, cx, mods);
    }
    true
}

/// The action that has this shortcut.
pub fn find(key: Key, mods: Mods) -> Option<&'static ActionSpec> {
    ALL.iter().find(|it| it.shortcuts.iter().any(|it| it.key == key && it.mods == mods)).copied()
}

/// Always.
fn always(_: &Editor, _: &History) -> bool {
    true
}

/// Where something is selected.
fn selected(editor: &Editor, _: &History) -> bool {
    !editor.selection.is_empty()
}

/// Where several things are selected.
fn several(editor: &Editor, _: &History) -> bool {
    editor.selection.len() > 1
}

/// The selected frames.
fn frames(editor: &Editor, history: &History) -> impl Iterator<Item = Id> {
    editor.selection.iter().copied().filter(|id| history.board().frame(*id).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_shortcuts_are_unique() {
        for (at, one) in ALL.iter().enumerate() {
            for other in &ALL[at + 1..] {
                assert_ne!(one.key, other.key);
                let shared = one.shortcuts.iter().find(|it| other.shortcuts.contains(it));
                assert_eq!(shared, None, "{} and {}", one.key, other.key);
            }
        }
    }
}
