//! Selecting with a rectangle: what it touches is selected; with the command key only what it encloses.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::editor::Editor;
use crate::editor::input::Mods;
use crate::kit::{Id, PointF, Rect, RectF};

/// A rectangle from where the button went down to where the pointer is.
#[derive(Clone, Debug)]
pub struct Marquee {
    /// Where it began, on the board.
    pub from: PointF,
    /// Where the pointer is, on the board.
    pub to: PointF,
    /// What was selected before and stays so.
    pub base: BTreeSet<Id>,
}

impl Marquee {
    /// The rectangle drawn, in board units.
    pub fn rect(&self) -> RectF {
        RectF::between(self.from, self.to)
    }

    pub(in crate::editor) fn drag(&mut self, editor: &mut Editor, board: &Board, at: PointF, mods: Mods) {
        self.to = editor.camera.to_board(at);
        editor.selection = self.base.iter().copied().chain(caught(board, self.rect(), mods.command)).collect();
    }
}

/// What a rectangle catches: stickies and scenarios that it touches, frames and photos only whole; with `whole` all only
/// whole.
fn caught(board: &Board, by: RectF, whole: bool) -> impl Iterator<Item = Id> {
    let encloses = move |rect: Rect| {
        let rect = rect.to_f();
        rect.x >= by.x && rect.y >= by.y && rect.right() <= by.right() && rect.bottom() <= by.bottom()
    };
    let catches = move |rect: Rect| if whole { encloses(rect) } else { by.touches(rect.to_f()) };
    let stickies = board.stickies().values().filter(move |it| !it.locked && catches(it.rect())).map(|it| it.id);
    let scenarios = board.scenarios().values().filter(move |it| catches(it.rect())).map(|it| it.id);
    let frames = board.frames().values().filter(move |it| !it.locked && encloses(it.rect())).map(|it| it.id);
    let photos = board.photos().values().filter(move |it| !it.locked && encloses(it.rect())).map(|it| it.id);
    let collapsed = board.collapsed();
    stickies.chain(scenarios).chain(frames).chain(photos).filter(move |id| !collapsed.hides(board, *id))
}
