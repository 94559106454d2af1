//! Writing on an element: what is typed replaces the element's text within one undo step.

use std::collections::BTreeSet;

use super::actions::own_thing;
use super::input::Request;
use super::keymap::Does;
use super::neighbours::{self, Direction};
use super::{Cx, Editor, placing};
use crate::board::{self, Board, Edit, Element, Field, Kind, Link, Sticky, grow_for, name_of};
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
    /// What was made together with it and is written on next.
    then: Vec<Id>,
    /// The definition of a copy that nobody has reworded yet: with another text it becomes a thing of its own.
    own: Option<Id>,
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

    /// The edits that lead to its text as it is now.
    fn edits(&self, board: &Board) -> Vec<Edit> {
        if self.is_new() {
            return with_text(&self.made_by, self.id, &self.text);
        }
        if self.text == self.before {
            return Vec::new();
        }
        let new = Field::Text(self.text.clone());
        match self.own {
            Some(of) => vec![
                Edit::Set { id: self.id, old: Field::Of(Some(of)), new: Field::Of(None) },
                Edit::Set { id: self.id, old: Field::Text(String::new()), new },
            ],
            None => {
                let on = board.definition(self.id).map_or(self.id, |it| it.id);
                vec![Edit::Set { id: on, old: Field::Text(self.before.clone()), new }]
            }
        }
    }
}

/// A text that was changed in several places at once.
#[derive(Clone, Debug)]
pub(super) struct Reworded {
    id: Id,
    before: String,
    /// As of this revision nothing was done since.
    revision: u64,
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
        let own = cx.history.board().sticky(id).filter(|it| self.copies.contains(&it.id)).and_then(|it| it.of);
        self.writing = Some(Writing {
            id,
            made_by: Vec::new(),
            then: Vec::new(),
            own,
            selected: BTreeSet::new(),
            text: before.clone(),
            before,
            session: self.sessions,
        });
    }

    /// Puts something new on the board and starts writing on it, all one undo step.
    pub(super) fn begin_new(&mut self, cx: &mut Cx<'_>, label: String, made_by: Vec<Edit>, id: Id) {
        self.begin_all(cx, label, made_by, id, Vec::new());
    }

    /// The same with several new things: `then` is what is written on after the first.
    pub(super) fn begin_all(&mut self, cx: &mut Cx<'_>, label: String, made_by: Vec<Edit>, id: Id, then: Vec<Id>) {
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
        self.writing = Some(Writing {
            id,
            made_by,
            then,
            own: None,
            selected,
            text: before.clone(),
            before,
            session: self.sessions,
        });
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
            writing.own = writing.own.filter(|of| board.sticky(writing.id).is_some_and(|it| it.of == Some(*of)));
            cx.history.begin("Write");
            self.step = cx.history.gesture();
        }
    }

    /// The text has changed under the hands of the person who writes.
    pub fn write(&mut self, cx: &mut Cx<'_>, text: &str) {
        self.check_step(cx);
        let Some(writing) = &mut self.writing else { return };
        writing.text = text.to_owned();
        let edits = writing.edits(cx.history.board());
        cx.apply_preview(edits);
    }

    /// Ends writing and keeps what was written. A name that is there already makes the sticky a further placement.
    pub fn end_text(&mut self, cx: &mut Cx<'_>) {
        self.check_step(cx);
        let Some(writing) = self.writing.take() else { return };
        let mut edits = writing.edits(cx.history.board());
        let changed = writing.text != writing.before;
        let joins = if changed { joining(cx.history.board(), &writing) } else { Vec::new() };
        let joined = !joins.is_empty();
        edits.extend(joins);
        cx.apply_preview(edits);
        cx.history.finish();
        if changed {
            self.copies.remove(&writing.id);
            self.say_where(cx, &writing, joined);
        }
    }

    /// Says so where what was written is said of more than one sticky.
    fn say_where(&mut self, cx: &mut Cx<'_>, writing: &Writing, joined: bool) {
        let board = cx.history.board();
        let Some(definition) = board.definition(writing.id) else { return };
        let places = board.placements(definition.id).count();
        let rules = definition.kind.spec().rules;
        let says = if joined {
            format!("\u{201c}{}\u{201d} is there already: now one thing in {places} places.", board.name(writing.id))
        } else if writing.own.is_some() {
            cx.requests.push(Request::Say("Changed only here: the original stays what it is".to_owned()));
            return;
        } else if places > 1 {
            let (id, before) = (writing.id, writing.before.clone());
            self.reworded = Some(Reworded { id, before, revision: cx.history.revision() });
            let renamed = name_of(&writing.before, rules) != name_of(&writing.text, rules);
            format!("{} in {places} places.", if renamed { "Renamed" } else { "Changed" })
        } else {
            return;
        };
        let keys = self.keys.text(Does::Act(own_thing::SPEC.key));
        let keys = if keys.is_empty() { keys } else { format!(" ({keys})") };
        cx.requests.push(Request::Say(format!("{says} Only here: {}{keys}", own_thing::SPEC.name)));
    }

    /// Makes the selected placement a thing of its own. Right after it was reworded the others get their old text
    /// back, else one starts writing on it.
    pub(super) fn part(&mut self, cx: &mut Cx<'_>) {
        let Some(id) = self.single() else { return };
        let board = cx.history.board();
        let text = board.text(id).to_owned();
        let revision = cx.history.revision();
        let reworded = self.reworded.take().filter(|it| it.id == id && it.revision == revision);
        let rest = reworded.as_ref().map_or(&text, |it| &it.before);
        let edits = board::own_thing(board, id, &text, rest);
        if !edits.is_empty() && cx.commit(own_thing::SPEC.name, edits) {
            self.copies.remove(&id);
            match reworded {
                Some(_) => cx.requests.push(Request::Say("Changed only here: the others are as they were".to_owned())),
                None => self.begin_text(cx, id),
            }
        }
    }

    /// Ends writing as Escape does: what was written stays, a new sticky without a word goes,
    /// and what was selected before it is selected again.
    pub fn escape_text(&mut self, cx: &mut Cx<'_>) {
        self.check_step(cx);
        let board = cx.history.board();
        let new = |it: &mut Writing| it.is_new() && board.sticky(it.id).is_some();
        let Some(mut writing) = self.writing.take_if(new) else {
            self.end_text(cx);
            return;
        };
        writing.made_by = writing.edits(board);
        let blank: BTreeSet<Id> =
            stickies_in(&writing.made_by).filter(|it| it.text.trim().is_empty()).map(|it| it.id).collect();
        writing.made_by.retain(|it| !adds_to(it, &blank));
        let Some(last) = stickies_in(&writing.made_by).last().map(|it| it.id) else {
            cx.history.bail();
            self.selection = writing.selected;
            self.selection.retain(|id| cx.history.board().contains(*id));
            return;
        };
        if blank.contains(&writing.id) {
            cx.apply_preview(writing.made_by);
            cx.history.finish();
            self.select_only(last);
        } else {
            self.writing = Some(writing);
            self.end_text(cx);
        }
    }

    /// Goes on to what was made together with the sticky that is written on; says whether there was something.
    fn next_sibling(&mut self, cx: &mut Cx<'_>) -> bool {
        self.check_step(cx);
        let board = cx.history.board();
        let more = |it: &mut Writing| it.is_new() && !it.then.is_empty();
        let Some(mut writing) = self.writing.take_if(more) else { return false };
        writing.made_by = writing.edits(board);
        writing.made_by.extend(joining(board, &writing));
        writing.id = writing.then.remove(0);
        board.text(writing.id).clone_into(&mut writing.before);
        writing.text.clone_from(&writing.before);
        self.sessions += 1;
        writing.session = self.sessions;
        self.select_only(writing.id);
        self.come_near(board, writing.id);
        self.writing = Some(writing);
        true
    }

    /// Enter while writing on a sticky: the next that was made with it, else a new one of its kind to the right.
    pub fn next_sticky(&mut self, cx: &mut Cx<'_>) {
        if self.next_sibling(cx) {
            return;
        }
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

/// The edits by which a sticky with that name becomes a further placement of what has the name already.
fn joining(board: &Board, writing: &Writing) -> Vec<Edit> {
    let of = placing::same_thing(board, writing.id).filter(|_| board.placements(writing.id).count() == 1);
    let id = writing.id;
    of.map_or_else(Vec::new, |of| {
        let (old, new) = (Field::Text(writing.text.clone()), Field::Text(String::new()));
        vec![Edit::Set { id, old, new }, Edit::Set { id, old: Field::Of(None), new: Field::Of(Some(of)) }]
    })
}

/// The stickies that the edits add.
fn stickies_in(edits: &[Edit]) -> impl Iterator<Item = &Sticky> {
    edits.iter().filter_map(|it| match it {
        Edit::Add(element) => match element.as_ref() {
            Element::Sticky(it) => Some(it),
            _ => None,
        },
        Edit::Remove(_) | Edit::Set { .. } | Edit::Settings { .. } => None,
    })
}

/// Whether the edit adds one of these stickies, or a link to or from one.
fn adds_to(edit: &Edit, ids: &BTreeSet<Id>) -> bool {
    let Edit::Add(element) = edit else { return false };
    match element.as_ref() {
        Element::Sticky(it) => ids.contains(&it.id),
        Element::Link(it) => ids.contains(&it.from) || ids.contains(&it.to),
        _ => false,
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
