//! Take a frame away and leave what lies in it.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::editor::input::{Key, Mods, Request};
use crate::editor::{Cx, Editor};
use crate::kit::Id;

pub(super) const SPEC: ActionSpec = ActionSpec {
    key: "unframe",
    name: "Remove the frame",
    menu: Menu::Arrange,
    shortcuts: &[Shortcut::new(Key::Char('G'), Mods::COMMAND_SHIFT)],
    help: "Takes the selected frames away, or those round the selection, and leaves what lies in them.",
    enabled: selected,
    run,
};

fn run(editor: &mut Editor, cx: &mut Cx<'_>, _: Mods) {
    let board = cx.history.board();
    let mut frames: Vec<Id> = editor.selection.iter().copied().filter(|id| board.frame(*id).is_some()).collect();
    if frames.is_empty() {
        frames = editor.selection.iter().filter_map(|id| super::family::frame_round(board, *id)).collect();
        frames.sort_unstable();
        frames.dedup();
    }
    let edits = crate::board::delete(board, &frames.iter().copied().collect());
    if edits.is_empty() {
        cx.requests.push(Request::Say("There is no frame round the selection".to_owned()));
        return;
    }
    let mut inside = super::family::inside(board, &frames);
    inside.extend(editor.selection.iter().copied());
    if cx.commit("Remove the frame", edits) {
        editor.selection = inside;
    }
}
