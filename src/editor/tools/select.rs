//! Select: click, lasso, move, resize, and double click to write.

use super::{Cursor, Press, ToolSpec};
use crate::board::Kind;
use crate::editor::gestures::{Attaching, Click, Gesture, Lasso, Linking, Marquee, Moving, Resizing, Spacing};
use crate::editor::hit::{self, Hit};
use crate::editor::input::{Mods, Request};
use crate::editor::{Cx, Editor, actions};

pub(super) const SPEC: ToolSpec = ToolSpec {
    key: "select",
    name: "Select",
    shortcut: Some('V'),
    help: "Click, or draw a rectangle (with Alt a line) to select, drag to move, double click to write.",
    cursor: Cursor::Arrow,
    press,
};

fn press(editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
    let hit = editor.hit(cx, press.on);
    if press.clicks >= 2 {
        match hit {
            Some(Hit::Frame(id)) if cx.history.board().frame(id).is_some_and(|it| it.collapsed) => {
                actions::open_frame(editor, cx, id);
            }
            // One types over a photo, locked or not, but not over what else is locked.
            None if hit::locked(cx.history.board(), &editor.camera, press.on)
                .is_some_and(|id| !cx.history.board().photos().contains_key(&id)) =>
            {
                cx.requests.push(Request::Say("This is locked; the menu of the right button unlocks it".to_owned()));
            }
            None | Some(Hit::Photo(_)) => editor.create(cx, Kind::DOMAIN_EVENT, press.on),
            Some(hit) => editor.begin_text(cx, hit.id()),
        }
        return Gesture::Idle;
    }
    if press.mods == Mods::COMMAND_SHIFT && matches!(hit, None | Some(Hit::Frame(_))) {
        return Gesture::Spacing(Spacing::new(press.on));
    }
    match hit {
        None => {
            let base = if press.mods.shift { editor.selection.clone() } else { Default::default() };
            editor.selection.clone_from(&base);
            match press.mods.alt {
                true => Gesture::Lasso(Lasso { line: vec![press.on], base }),
                false => Gesture::Marquee(Marquee { from: press.on, to: press.on, base }),
            }
        }
        Some(Hit::Corner(id, corner)) => match cx.history.board().rect(id) {
            Some(rect) => Gesture::Resizing(Resizing::new(id, corner, rect, press.on)),
            None => Gesture::Idle,
        },
        Some(Hit::LinkEnd(id, head)) => {
            Attaching::new(cx.history.board(), id, head, press.on).map_or(Gesture::Idle, Gesture::Attaching)
        }
        Some(Hit::LinkHandle(id)) => Gesture::Linking(Linking::from_handle(editor, cx.history.board(), id, press.at)),
        Some(Hit::Link(id)) => {
            editor.toggle_or_select(id, press.mods.shift);
            Gesture::Idle
        }
        Some(Hit::Sticky(id) | Hit::Scenario(id) | Hit::Frame(id) | Hit::Photo(id)) => {
            let was_selected = editor.selection.contains(&id);
            if press.mods.shift {
                editor.selection.insert(id);
            } else if !was_selected {
                editor.select_only(id);
            }
            let click = match (was_selected, press.mods.shift) {
                (true, true) => Click::TakeAway(id),
                (true, false) => Click::Only(id),
                (false, _) => Click::Nothing,
            };
            Gesture::Moving(Moving::new(editor, cx.history.board(), press.at, click))
        }
    }
}
