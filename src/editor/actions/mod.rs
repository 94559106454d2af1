//! Actions: what menus, keys and the context menu do to the selection and the view. One file each, in menu order.

mod undo;
mod redo;
mod cut;
mod copy;
mod paste;
mod paste_plain;
mod duplicate;
pub(super) mod own_thing;
mod delete;
mod select_all;
mod select_same;
mod select_linked;
mod write;
mod zoom_in;
mod zoom_out;
mod zoom_full;
mod zoom_fit;
mod zoom_selection;
mod toggle_grid;
mod toggle_snap;
mod toggle_flow;
mod keep_tool;
mod frame_around;
mod fit_frame;
mod collapse;
mod tidy;
mod pin;
mod unframe;
mod accept_ghosts;
mod pivotal;
mod align;
mod distribute;
mod stack;
mod stretch;
mod flip;
mod arrange; // shared
mod pile;
mod one_step;
mod lock;
mod unlock_all;
mod nudge;
mod select_next;
mod go;
mod family;
mod extend;
mod page;
mod hold;

pub(super) use collapse::open_frame;
pub use frame_around::action_of as frame_action;

pub use super::keys::Shortcut;

use super::input::Mods;
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
    /// Where several things lie with regard to one another: a menu within [`Self::Arrange`].
    Align,
    /// By key alone.
    None,
}

impl Menu {
    /// The heading over its actions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Arrange => "Arrange",
            Self::Align => "Align",
            Self::None => "Moving about",
        }
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
    /// Its keys as long as nobody changed them; menus show the first.
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
    &paste_plain::SPEC,
    &duplicate::SPEC,
    &own_thing::SPEC,
    &delete::SPEC,
    &select_all::SPEC,
    &select_same::SPEC,
    &select_linked::SPEC,
    &write::SPEC,
    &zoom_in::SPEC,
    &zoom_out::SPEC,
    &zoom_full::SPEC,
    &zoom_fit::SPEC,
    &zoom_selection::SPEC,
    &toggle_grid::SPEC,
    &toggle_snap::SPEC,
    &toggle_flow::SPEC,
    &keep_tool::SPEC,
    &frame_around::CONTEXT,
    &frame_around::AGGREGATE,
    &frame_around::SWIMLANE,
    &frame_around::CHAPTER,
    &fit_frame::SPEC,
    &collapse::SPEC,
    &collapse::ALL,
    &tidy::SPEC,
    &pin::SPEC,
    &unframe::SPEC,
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
    &stack::ACROSS,
    &stack::DOWN,
    &stack::PACK,
    &stretch::ACROSS,
    &stretch::DOWN,
    &flip::ACROSS,
    &flip::DOWN,
    &pile::TO_FRONT,
    &one_step::RAISE,
    &one_step::LOWER,
    &pile::TO_BACK,
    &lock::SPEC,
    &unlock_all::SPEC,
    &nudge::LEFT,
    &nudge::RIGHT,
    &nudge::UP,
    &nudge::DOWN,
    &select_next::NEXT,
    &select_next::PREVIOUS,
    &go::LEFT,
    &go::RIGHT,
    &go::UP,
    &go::DOWN,
    &family::PARENT,
    &family::CHILD,
    &extend::RIGHT,
    &extend::DOWN,
    &extend::LEFT,
    &extend::UP,
    &page::UP,
    &page::DOWN,
    &page::LEFT,
    &page::RIGHT,
    &hold::HAND,
    &hold::OVERVIEW,
    &hold::BUTTON,
];

/// The action with that key.
pub fn by_key(key: &str) -> Option<&'static ActionSpec> {
    ALL.iter().find(|it| it.key == key).copied()
}

/// Runs an action if it can do something now.
pub(super) fn run(editor: &mut Editor, cx: &mut Cx<'_>, key: &str, mods: Mods) {
    if let Some(spec) = by_key(key)
        && (spec.enabled)(editor, cx.history)
    {
        (spec.run)(editor, cx, mods);
    }
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
