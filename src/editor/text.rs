//! Writing on an element: what is typed replaces the element's text within one undo step.

use std::collections::BTreeSet;

use super::neighbours::{self, Direction};
use super::{Cx, Editor, placing};
use crate::board::{Board, Edit, Element, Field, Kind, Link, Sticky, grow_for, set_text};
use crate::kit::{Id, Point, PointF, Rect};

/// Nobody can read what is written from farther away than this.
const READABLE: f32 = 0.35;
/// How near one comes then.
const WRITING: f32 = 0.75;

/// The element that is written on.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The element.
    pub id: Id,
    /// The edits that made it, if it is new.
    made_by: Vec<Edit>,
    /// What was selected before it was made.
    selected: BTreeSet<Id>,
    /// Its text before.
    pub before: String,
    /// Its text now.
    pub text: String,
    /// A number that differs for each time of writing, so that a text field knows when to start anew.
    pub session: u64,
}

impl Writing {
    /// Whether the element is new.
    pub fn is_new(&self) -> bool {
        !self.made_by.is_empty()
    }
}

impl Editor {
    /// The element that is written on.
    pub fn writing(&self) -> Option<&Writing> {
        self.writing.as_ref()
    }

    /// Starts writing on an element of the board.
    pub fn begin_text(&mut self, cx: &mut Cx<'_>, id: Id) {
        self.end_text(cx);
        let board = cx.history.board();
        let photo = board.photos().contains_key(&id);
        if photo || board.rect(id).is_none() && board.link(id).is_none() {
            return;
        }
        let before = board.text(id).to_owned();
        self.select_only(id);
        self.come_near(board, id);
        cx.history.begin("Write");
        self.step = cx.history.gesture();
        // What is let go of while one writes is not heard.
        self.held = None;
        self.sessions += 1;
        let (made_by, selected) = (Vec::new(), BTreeSet::new());
        self.writing = Some(Writing { id, made_by, selected, text: before.clone(), before, session: self.sessions });
    }

    /// Puts something new on the board and starts writing on it, all one undo step.
    pub(super) fn begin_new(&mut self, cx: &mut Cx<'_>, label: String, made_by: Vec<Edit>, id: Id) {
        self.end_text(cx);
        cx.history.begin(label);
        if !cx.apply_preview(made_by.clone()) {
            cx.history.bail();
            return;
        }
        let before = cx.history.board().text(id).to_owned();
        let selected = std::mem::replace(&mut self.selection, BTreeSet::from([id]));
        self.step = cx.history.gesture();
        self.held = None;
        self.sessions += 1;
        self.writing = Some(Writing { id, made_by, selected, text: before.clone(), before, session: self.sessions });
        self.come_near(cx.history.board(), id);
    }

    /// Shows the element large enough to be read while it is written on.
    fn come_near(&mut self, board: &Board, id: Id) {
        let Some(rect) = board.rect(id) else { return };
        if self.camera.zoom < READABLE {
            let at = self.camera.to_view(rect.to_f().center());
            self.camera.zoom_at(at, WRITING / self.camera.zoom);
        }
        self.camera.reveal(rect);
    }

    /// Writes on in a new step of the history where that of the writing was ended by something else.
    pub(super) fn write_on(&mut self, cx: &mut Cx<'_>) {
        let board = cx.history.board();
        self.writing.take_if(|it| !board.contains(it.id));
        if let Some(writing) = &mut self.writing {
            board.text(writing.id).clone_into(&mut writing.before);
            writing.made_by.clear();
            cx.history.begin("Write");
            self.step = cx.history.gesture();
        }
    }

    /// The text has changed under the hands of the person who writes.
    pub fn write(&mut self, cx: &mut Cx<'_>, text: &str) {
        self.check_step(cx);
        let Some(writing) = &mut self.writing else { return };
        writing.text = text.to_owned();
        let edits = if writing.made_by.is_empty() {
            let board = cx.history.board();
            let on = board.definition(writing.id).map_or(writing.id, |it| it.id);
            match text == writing.before {
                true => Vec::new(),
                false => vec![Edit::Set {
                    id: on,
                    old: Field::Text(writing.before.clone()),
                    new: Field::Text(text.to_owned()),
                }],
            }
        } else {
            with_text(&writing.made_by, writing.id, text)
        };
        cx.apply_preview(edits);
    }

    /// Ends writing and keeps what was written. A name that is there already makes the sticky a further placement.
    pub fn end_text(&mut self, cx: &mut Cx<'_>) {
        self.check_step(cx);
        let Some(writing) = self.writing.take() else { return };
        let mut edits = if writing.made_by.is_empty() {
            let before = cx.history.board_before_gesture();
            set_text(&before, writing.id, &writing.text)
        } else {
            with_text(&writing.made_by, writing.id, &writing.text)
        };
        let board = cx.history.board();
        if let Some(of) = placing::same_thing(board, writing.id).filter(|_| writing.text != writing.before)
            && board.placements(writing.id).count() == 1
        {
            edits.push(Edit::Set {
                id: writing.id,
                old: Field::Text(writing.text.clone()),
                new: Field::Text(String::new()),
            });
            edits.push(Edit::Set { id: writing.id, old: Field::Of(None), new: Field::Of(Some(of)) });
        }
        cx.apply_preview(edits);
        cx.history.finish();
    }

    /// Ends writing as Escape does: what was written stays, a new sticky without a word goes,
    /// and what was selected before it is selected again.
    pub fn escape_text(&mut self, cx: &mut Cx<'_>) {
        self.check_step(cx);
        let board = cx.history.board();
        let blank = |it: &mut Writing| it.is_new() && it.text.trim().is_empty() && board.sticky(it.id).is_some();
        if let Some(writing) = self.writing.take_if(blank) {
            cx.history.bail();
            self.selection = writing.selected;
            self.selection.retain(|id| cx.history.board().contains(*id));
        } else {
            self.end_text(cx);
        }
    }

    /// Enter while writing on a sticky: the next of its kind to the right.
    pub fn next_sticky(&mut self, cx: &mut Cx<'_>) {
        let Some(id) = self.writing.as_ref().map(|it| it.id) else { return };
        self.end_text(cx);
        self.put_beside(cx, id, Direction::Right);
    }

    /// Tab and its kin while writing on a sticky: on to the one that lies on that side; where none lies, a new one.
    pub fn write_beside(&mut self, cx: &mut Cx<'_>, side: Direction) {
        let Some(id) = self.writing.as_ref().map(|it| it.id) else { return };
        self.end_text(cx);
        match neighbours::beside(cx.history.board(), id, side) {
            Some(next) => self.begin_text(cx, next),
            None => self.put_beside(cx, id, side),
        }
    }

    fn put_beside(&mut self, cx: &mut Cx<'_>, id: Id, side: Direction) {
        let board = cx.history.board();
        let Some(kind) = board.sticky(id).map(|it| it.kind) else { return };
        if let Some(at) = placing::next_to(board, id, side, kind) {
            self.put_new(cx, kind, at, Some(id), None);
        }
    }

    /// A new sticky, ready to be written on, at that point of the board; moved aside where another lies.
    pub fn create(&mut self, cx: &mut Cx<'_>, kind: Kind, at: PointF) {
        self.end_text(cx);
        let place = self.around(cx.history.board(), kind, at);
        self.put_new(cx, kind, place, None, None);
    }

    /// A new sticky, ready to be written on: where the notation wants it by the selected one, else under the pointer, else
    /// in the middle of the view.
    pub fn create_next(&mut self, cx: &mut Cx<'_>, kind: Kind) {
        self.end_text(cx);
        let board = cx.history.board();
        let selected = self.selection.iter().filter_map(|id| board.sticky(*id));
        let last = selected.max_by_key(|it| (it.rect().right(), it.id)).map(|it| it.id);
        let place = last.and_then(|id| placing::about(board, id, kind)).unwrap_or_else(|| {
            let pointer = self.hover.map(|it| self.camera.to_board(it));
            self.around(board, kind, pointer.unwrap_or_else(|| self.camera.center()))
        });
        self.put_new(cx, kind, place, last, None);
    }

    /// The free place nearest to `at` for the middle of a sticky.
    fn around(&self, board: &Board, kind: Kind, at: PointF) -> Point {
        let size = kind.spec().size;
        let corner = at.round().moved(-size.w / 2, -size.h / 2);
        let corner = self.to_grid(corner);
        placing::near(board, Rect::new(corner, size))
    }

    /// A point where something new or moved comes to lie: on the grid, if things snap to it.
    pub(super) fn to_grid(&self, at: Point) -> Point {
        if self.snap && self.grid { at.on_grid() } else { at }
    }

    /// `beside` is the sticky that it is the next in line to: it joins that one's frames. A link leads to it from
    /// `linked`.
    pub(super) fn put_new(&mut self, cx: &mut Cx<'_>, kind: Kind, at: Point, beside: Option<Id>, linked: Option<Id>) {
        let id = cx.ids.next_id();
        let mut sticky = Sticky::new(id, kind, at, "");
        sticky.z = placing::top_z(cx.history.board());
        let label = format!("Add {}", kind.name().to_lowercase());
        let mut edits = grow_for(cx.history.board(), &[sticky.rect()], beside);
        edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
        let link = linked.map(|from| Link::new(cx.ids.next_id(), from, id));
        edits.extend(link.map(|it| Edit::Add(Box::new(Element::Link(it)))));
        self.begin_new(cx, label, edits, id);
    }
}

/// The edits with the text of the element they add.
fn with_text(made_by: &[Edit], on: Id, text: &str) -> Vec<Edit> {
    let mut edits = made_by.to_vec();
    for edit in &mut edits {
        let Edit::Add(element) = edit else { continue };
        match element.as_mut() {
            Element::Sticky(it) if it.id == on => text.clone_into(&mut it.text),
            Element::Frame(it) if it.id == on => text.clone_into(&mut it.text),
            Element::Scenario(it) if it.id == on => text.clone_into(&mut it.text),
            Element::Link(it) if it.id == on => text.clone_into(&mut it.text),
            Element::Sticky(_)
            | Element::Frame(_)
            | Element::Scenario(_)
            | Element::Link(_)
            | Element::Waiver(_)
            | Element::Refusal(_)
            | Element::Photo(_)
            | Element::Relationship(_) => {}
        }
    }
    edits
}
