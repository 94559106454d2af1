//! Extending the flow by keys: what usually follows a sticky, linked; the same key again takes the next alternative,
//! a key across makes a sibling. It lasts as long as the modifier is held; then the first new sticky is written on.

use crate::board::kinds::{followers, forerunners};
use crate::board::{Edit, Element, Kind, Link, Sticky, grow_for};
use crate::editor::input::{Mods, Request};
use crate::editor::neighbours::{Direction, slot};
use crate::editor::{Cx, Editor, placing, top_z};
use crate::kit::{Id, Rect};

use super::Gesture;

/// More siblings than this are not made in one go.
const SIBLINGS: usize = 50;

/// The stickies being added to the flow.
#[derive(Clone, Debug)]
pub struct Extending {
    from: Id,
    side: Direction,
    /// What was held at the beginning; letting go of it ends the gesture.
    mods: Mods,
    /// What may come there, the usual first.
    choices: &'static [Kind],
    /// One for each new sticky: itself, its link, and which of the choices it is.
    made: Vec<(Id, Id, usize)>,
    edits: Vec<Edit>,
}

impl Editor {
    /// A key that extends the flow from the selected sticky to that side, or goes on doing so.
    pub(in crate::editor) fn extend(&mut self, cx: &mut Cx<'_>, side: Direction, mods: Mods) {
        let mut it = match std::mem::take(&mut self.gesture) {
            Gesture::Extending(mut it) => {
                it.again(cx, side);
                it
            }
            Gesture::Idle => match Extending::begin(self, cx, side, mods) {
                Some(it) => it,
                None => return,
            },
            other => {
                self.gesture = other;
                return;
            }
        };
        it.show(self, cx);
        if mods == Mods::NONE || mods == Mods::SHIFT {
            it.finish(self, cx);
        } else {
            self.gesture = Gesture::Extending(it);
        }
    }

    /// Adds what usually comes on that side of a sticky, linked, and starts writing on it.
    pub(in crate::editor) fn extend_once(&mut self, cx: &mut Cx<'_>, from: Id, side: Direction) {
        self.select_only(from);
        if let Some(mut it) = Extending::begin(self, cx, side, Mods::NONE) {
            it.show(self, cx);
            it.finish(self, cx);
        }
    }
}

impl Extending {
    fn begin(editor: &Editor, cx: &mut Cx<'_>, side: Direction, mods: Mods) -> Option<Self> {
        let sticky = editor.single().and_then(|id| cx.history.board().sticky(id));
        let Some(sticky) = sticky else {
            cx.requests.push(Request::Say("Select one sticky to go on from".to_owned()));
            return None;
        };
        let choices = if side == Direction::Left { forerunners(sticky.kind) } else { followers(sticky.kind) };
        if choices.is_empty() {
            let says = format!("The grammar knows nothing that is linked to: {}", sticky.kind.name().to_lowercase());
            cx.requests.push(Request::Say(says));
            return None;
        }
        let from = sticky.id;
        cx.history.begin("Extend the flow");
        let made = vec![(cx.ids.next_id(), cx.ids.next_id(), 0)];
        Some(Self { from, side, mods, choices, made, edits: Vec::new() })
    }

    /// Whether what was held at the beginning is held no longer.
    pub(in crate::editor) fn is_let_go(&self, mods: Mods) -> bool {
        self.mods.command && !mods.command || self.mods.alt && !mods.alt
    }

    fn again(&mut self, cx: &mut Cx<'_>, side: Direction) {
        let (count, room) = (self.choices.len(), self.made.len() < SIBLINGS);
        match self.made.last_mut() {
            Some(last) if side == self.side => last.2 = (last.2 + 1) % count,
            Some(last) if side == self.side.opposite() => last.2 = (last.2 + count - 1) % count,
            Some((_, _, choice)) if room => {
                let made = (cx.ids.next_id(), cx.ids.next_id(), *choice);
                self.made.push(made);
            }
            Some(_) | None => {}
        }
    }

    fn kind(&self, choice: usize) -> Kind {
        self.choices.get(choice).copied().unwrap_or(Kind::DOMAIN_EVENT)
    }

    /// Puts the new stickies as they are now on the board.
    fn show(&mut self, editor: &mut Editor, cx: &mut Cx<'_>) {
        // The board without what this gesture has shown so far.
        cx.apply_preview(Vec::new());
        let board = cx.history.board();
        let Some(from) = board.rect(self.from) else { return };
        let beyond = if self.side.is_level() { Direction::Below } else { Direction::Right };
        let z = top_z(board);
        let mut taken: Vec<Rect> = Vec::new();
        self.edits.clear();
        for (sticky, link, choice) in &self.made {
            let kind = self.kind(*choice);
            let at = placing::free_place(board, slot(from, self.side, kind.spec().size), beyond, &taken);
            let mut new = Sticky::new(*sticky, kind, at, "");
            new.z = z.clone();
            taken.push(new.rect());
            self.edits.push(Edit::Add(Box::new(Element::Sticky(new))));
            let (a, b) = if self.side == Direction::Left { (*sticky, self.from) } else { (self.from, *sticky) };
            self.edits.push(Edit::Add(Box::new(Element::Link(Link::new(*link, a, b)))));
        }
        self.edits.extend(grow_for(cx.history.board(), &taken, Some(self.from)));
        cx.apply_preview(self.edits.clone());
        editor.selection = self.made.iter().map(|it| it.0).collect();
        if let Some(round) = taken.into_iter().reduce(Rect::union) {
            editor.camera.reveal(round);
        }
        let others: Vec<&str> = self.choices.iter().map(|it| it.name()).collect();
        if let (Some((_, _, choice)), true) = (self.made.last(), others.len() > 1) {
            let says = format!("{} ({} of {})", self.kind(*choice).name(), choice + 1, others.len());
            cx.requests.push(Request::Say(says));
        }
    }

    /// Keeps the new stickies and starts writing on the first.
    pub(in crate::editor) fn finish(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        cx.history.bail();
        editor.select_only(self.from);
        let Some((first, _, choice)) = self.made.first() else { return };
        let label = match self.made.len() {
            1 => format!("Add {}", self.kind(*choice).name().to_lowercase()),
            count => format!("Add {count} stickies"),
        };
        let then = self.made.iter().skip(1).map(|it| it.0).collect();
        editor.begin_all(cx, label, self.edits, *first, then);
    }

    /// Takes the new stickies away again.
    pub(in crate::editor) fn cancel(self, editor: &mut Editor, cx: &mut Cx<'_>) {
        cx.history.bail();
        editor.select_only(self.from);
    }
}
