//! Select everything that links lead to, one after the other, whichever way they point.

use std::collections::{BTreeMap, BTreeSet};

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "select_linked",
    name: "Select what is linked",
    menu: Menu::Edit,
    shortcuts: &[Shortcut::new(Key::Char('A'), Mods::COMMAND_ALT)],
    help: "Adds everything to the selection that links lead to from it, however far.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let mut near: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for link in board.links().values() {
        near.entry(link.from).or_default().push(link.to);
        near.entry(link.to).or_default().push(link.from);
    }
    let mut open: Vec<Id> = editor.selection.iter().copied().collect();
    // A selected link stands for its two ends.
    open.extend(editor.selection.iter().filter_map(|id| board.link(*id)).flat_map(|it| [it.from, it.to]));
    let mut reached: BTreeSet<Id> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        for next in near.get(&id).into_iter().flatten() {
            if reached.insert(*next) {
                open.push(*next);
            }
        }
    }
    // What a collapsed frame hides leads on, but nobody would see that it is selected.
    let hidden = board.collapsed();
    reached.retain(|id| !hidden.hides(board, *id));
    editor.selection = reached;
}
