//! Frames of each kind round the selection.

use super::{ActionSpec, Menu, Shortcut, selected};
use crate::board::{Edit, Element, Frame, FrameKind, padded};
use crate::editor::input::{Key, Mods};
use crate::editor::{Cx, Editor};
use crate::kit::Rect;

pub(super) const CONTEXT: ActionSpec = ActionSpec {
    shortcuts: &[Shortcut::new(Key::Char('G'), Mods::COMMAND), Shortcut::new(Key::Char('G'), Mods::COMMAND_ALT)],
    ..round("frame_context", "Bounded context round selection", |editor, cx, _| {
        frame_around(editor, cx, FrameKind::BoundedContext)
    })
};

pub(super) const AGGREGATE: ActionSpec = round("frame_aggregate", "Aggregate round selection", |editor, cx, _| {
    frame_around(editor, cx, FrameKind::Aggregate)
});

pub(super) const SWIMLANE: ActionSpec =
    round("frame_swimlane", "Swimlane round selection", |editor, cx, _| frame_around(editor, cx, FrameKind::Swimlane));

pub(super) const CHAPTER: ActionSpec =
    round("frame_chapter", "Chapter round selection", |editor, cx, _| frame_around(editor, cx, FrameKind::Chapter));

const fn round(key: &'static str, name: &'static str, run: fn(&mut Editor, &mut Cx<'_>, Mods)) -> ActionSpec {
    ActionSpec {
        key,
        name,
        menu: Menu::Arrange,
        shortcuts: &[],
        help: "Draws a frame of that kind round the selection and asks for its name.",
        enabled: selected,
        run,
    }
}

/// The action that draws a frame of that kind round the selection.
pub fn action_of(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::BoundedContext => CONTEXT.key,
        FrameKind::Aggregate => AGGREGATE.key,
        FrameKind::Swimlane => SWIMLANE.key,
        FrameKind::Chapter => CHAPTER.key,
    }
}

/// Draws a frame round the selection and starts writing its name.
fn frame_around(editor: &mut Editor, cx: &mut Cx<'_>, kind: FrameKind) {
    let board = cx.history.board();
    let Some(round) = editor.selection.iter().filter_map(|id| board.rect(*id)).reduce(Rect::union) else { return };
    let id = cx.ids.next_id();
    let label = format!("Add {}", kind.name().to_lowercase());
    let add = Edit::Add(Box::new(Element::Frame(Frame::new(id, kind, padded(round), ""))));
    editor.begin_new(cx, label, vec![add], id);
}
