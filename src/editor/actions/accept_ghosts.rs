//! Turn ghost links into links.

use super::{ActionSpec, Menu, always};
use crate::board::{Edit, Element, Link};
use crate::editor::input::{Mods, Request};
use crate::editor::{Cx, Editor};

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "accept_ghosts",
    name: "Turn ghost links into links",
    menu: Menu::Arrange,
    shortcuts: &[],
    help: "Draws the links that were read from what lies side by side: those of the selection, else all.",
    enabled: always,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let all = editor.selection.is_empty();
    let wanted = cx.ghosts.iter().filter(|(a, b)| all || editor.selection.contains(a) || editor.selection.contains(b));
    let mut edits = Vec::new();
    for (from, to) in wanted {
        edits.push(Edit::Add(Box::new(Element::Link(Link::new(cx.ids.next_id(), *from, *to)))));
    }
    match edits.len() {
        0 => cx.requests.push(Request::Say("There are no ghost links here".to_owned())),
        1 => drop(cx.commit("Accept a ghost link", edits)),
        count => drop(cx.commit(format!("Accept {count} ghost links"), edits)),
    }
}
