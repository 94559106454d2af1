//! Keep the tool in the hand, or let it go after each use.

use super::{ActionSpec, Menu, Shortcut, always};
use crate::editor::input::{Key, Mods, Request};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "keep_tool",
    name: "Keep the tool",
    menu: Menu::View,
    shortcuts: &[Shortcut::new(Key::Char('Q'), Mods::SHIFT)],
    help: "A tool stays in the hand once it was used, for many stickies, links or frames in a row; Esc lets go.",
    enabled: always,
    run: |editor, cx, _| {
        editor.keep_tool = !editor.keep_tool;
        let news = if editor.keep_tool { "The tool stays in the hand" } else { "The tool is let go after each use" };
        cx.requests.push(Request::Say(news.to_owned()));
    },
};
