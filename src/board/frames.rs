//! What lies in frames, and frames that keep round it. Membership is geometry: the middle of an element decides.

use std::collections::{BTreeMap, BTreeSet};

use super::{Board, Edit, Field, Frame};
use crate::kit::{Id, Point, Rect, Size};

/// The room a frame keeps round what lies in it.
pub const FRAME_ROOM: i32 = 20;
/// The room it keeps above, for its name.
pub const FRAME_HEAD: i32 = 60;

impl Board {
    /// The elements and, for each frame among them, what lies in it, to any depth.
    pub fn with_contents(&self, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut all = ids.clone();
        let outer: Vec<&Frame> = ids.iter().filter_map(|id| self.frame(*id)).collect();
        if outer.is_empty() {
            return all;
        }
        let places = self.places().filter(|(id, rect)| outer.iter().any(|it| holds(it, *id, *rect)));
        all.extend(places.map(|it| it.0));
        all
    }

    /// What lies in a frame: stickies, scenarios and smaller frames, by id within each sort.
    pub fn contents(&self, frame: Id) -> Vec<Id> {
        let Some(frame) = self.frame(frame) else { return Vec::new() };
        self.places().filter(|(id, rect)| holds(frame, *id, *rect)).map(|it| it.0).collect()
    }

    /// The frames that are shown as cards: what they hide.
    pub fn collapsed(&self) -> Collapsed {
        let mut frames: Vec<(Id, Rect)> =
            self.frames.values().filter(|it| it.collapsed).map(|it| (it.id, it.rect())).collect();
        frames.sort_by_key(|(id, rect)| (std::cmp::Reverse(rect.area()), *id));
        Collapsed(frames)
    }

    /// Stickies, scenarios, photos and frames with their rectangles.
    pub fn places(&self) -> impl Iterator<Item = (Id, Rect)> {
        let stickies = self.stickies.values().map(|it| (it.id, it.rect()));
        let scenarios = self.scenarios.values().map(|it| (it.id, it.rect()));
        let frames = self.frames.values().map(|it| (it.id, it.rect()));
        let photos = self.photos.values().map(|it| (it.id, it.rect()));
        stickies.chain(scenarios).chain(photos).chain(frames)
    }
}

/// Whether an element lies in a frame: its middle does, and what holds is larger than what it holds.
pub fn holds(frame: &Frame, id: Id, rect: Rect) -> bool {
    frame.id != id && frame.rect().contains(rect.center()) && frame.rect().area() > rect.area()
}

/// The frames that are shown as cards, the largest first: an outer one hides inner ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collapsed(Vec<(Id, Rect)>);

impl Collapsed {
    /// Whether no frame is shown as a card.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The card behind which an element is hidden; a card that is seen is not hidden.
    pub fn hider(&self, id: Id, rect: Rect) -> Option<Id> {
        let at = rect.center();
        let card =
            self.0.iter().find(|(frame, round)| *frame == id || round.contains(at) && round.area() > rect.area());
        card.map(|it| it.0).filter(|it| *it != id)
    }

    /// Whether an element of that board is hidden behind a card.
    pub fn hides(&self, board: &Board, id: Id) -> bool {
        !self.is_empty() && board.rect(id).is_some_and(|rect| self.hider(id, rect).is_some())
    }
}

/// Frames that grow round their members while these move. Only what was in a frame and stays in it makes it grow;
/// nothing makes it shrink. Locked and collapsed frames, and frames that move themselves, stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Growing {
    /// Inner frames first, so that outer ones see how those have grown.
    frames: Vec<(Id, Rect, BTreeSet<Id>)>,
}

impl Growing {
    /// Remembers which frames the elements lie in before they move.
    pub fn new(board: &Board, moving: &BTreeSet<Id>) -> Self {
        let free = |it: &&Frame| !it.locked && !it.collapsed && !moving.contains(&it.id);
        let mut frames: Vec<&Frame> = board.frames().values().filter(free).collect();
        frames.sort_by_key(|it| (it.rect().area(), it.id));
        let rects: Vec<(Id, Rect)> = moving.iter().filter_map(|id| Some((*id, board.rect(*id)?))).collect();
        let mut kept: Vec<(Id, Rect, BTreeSet<Id>)> = Vec::new();
        for frame in frames {
            let inner = kept.iter().map(|(id, rect, _)| (*id, *rect));
            let inside = rects.iter().copied().chain(inner).filter(|(id, rect)| holds(frame, *id, *rect));
            let inside: BTreeSet<Id> = inside.map(|it| it.0).collect();
            if !inside.is_empty() {
                kept.push((frame.id, frame.rect(), inside));
            }
        }
        Self { frames: kept }
    }

    /// The edits by which frames grow, counted from the board as it was, when the elements lie at `moved`.
    pub fn edits(&self, moved: &BTreeMap<Id, Rect>) -> Vec<Edit> {
        let mut grown: BTreeMap<Id, Rect> = BTreeMap::new();
        let mut edits = Vec::new();
        for (id, now, inside) in &self.frames {
            let rects = inside.iter().filter_map(|it| grown.get(it).or_else(|| moved.get(it)).copied());
            let out = rects.filter(|it| now.contains(it.center()) && !now.encloses(*it));
            let round = out.fold(*now, |all, it| all.union(it.grown(FRAME_ROOM)));
            if round != *now {
                grown.insert(*id, round);
                edits.extend(between(*id, *now, round));
            }
        }
        edits
    }
}

/// The edits by which frames grow when elements of the board take those rectangles.
pub fn grow_frames(before: &Board, moved: &BTreeMap<Id, Rect>) -> Vec<Edit> {
    Growing::new(before, &moved.keys().copied().collect()).edits(moved)
}

/// The edits by which frames grow round something new: those that its middle lies in, and those that `beside` lies in,
/// which it is the next in line to. A frame that would take in strangers or run into another stays as it is.
pub fn grow_for(board: &Board, new: &[Rect], beside: Option<Id>) -> Vec<Edit> {
    let grown = grown_for(board, new, beside);
    grown.iter().flat_map(|(id, round)| set_rect(board, *id, *round)).collect()
}

/// Whether all frames round an element would lie round something new in that place, too: as they are, or grown.
pub fn joins_frames(board: &Board, beside: Id, place: Rect) -> bool {
    let Some(rect) = board.rect(beside) else { return true };
    let mut own = board.frames().values().filter(|it| holds(it, beside, rect)).peekable();
    if own.peek().is_none() {
        return true;
    }
    let grown: BTreeMap<Id, Rect> = grown_for(board, &[place], Some(beside)).into_iter().collect();
    own.all(|it| grown.get(&it.id).copied().unwrap_or(it.rect()).encloses(place))
}

/// The frames that grow round something new, inner ones first, with the rectangles that they grow to.
fn grown_for(board: &Board, new: &[Rect], beside: Option<Id>) -> Vec<(Id, Rect)> {
    let beside = beside.and_then(|id| Some((id, board.rect(id)?)));
    let mut frames: Vec<&Frame> = board.frames().values().filter(|it| !it.locked && !it.collapsed).collect();
    frames.sort_by_key(|it| (it.rect().area(), it.id));
    let mut grown: Vec<(Id, Rect)> = Vec::new();
    for frame in frames {
        let now = frame.rect();
        let next_in_line = beside.is_some_and(|(id, rect)| holds(frame, id, rect));
        let inner = grown.iter().map(|it| &it.1).filter(|it| now.contains(it.center()));
        let own = new.iter().filter(|it| next_in_line || now.contains(it.center())).chain(inner);
        let round = own.filter(|it| !now.encloses(**it)).fold(now, |all, it| all.union(it.grown(FRAME_ROOM)));
        if round == now {
            continue;
        }
        let strangers = board.places().any(|(id, rect)| {
            let middle = rect.center();
            id != frame.id && rect.area() < round.area() && !now.contains(middle) && round.contains(middle)
        });
        let collides = board.frames().values().any(|it| {
            it.id != frame.id && now.intersection(it.rect()).is_none() && round.intersection(it.rect()).is_some()
        });
        if !strangers && !collides {
            grown.push((frame.id, round));
        }
    }
    grown
}

/// The edits that move and resize an element from one rectangle to another.
fn between(id: Id, old: Rect, new: Rect) -> Vec<Edit> {
    let (at, size) = (|it: Rect| Field::At(Point::new(it.x, it.y)), |it: Rect| Field::Size(Size::new(it.w, it.h)));
    let mut edits = Vec::new();
    if (old.x, old.y) != (new.x, new.y) {
        edits.push(Edit::Set { id, old: at(old), new: at(new) });
    }
    if (old.w, old.h) != (new.w, new.h) {
        edits.push(Edit::Set { id, old: size(old), new: size(new) });
    }
    edits
}

/// The rectangle that a frame would have if it lay closely round its contents; `None` for an empty frame.
pub fn fitting(board: &Board, frame: Id) -> Option<Rect> {
    let inside = board.contents(frame).into_iter().filter_map(|id| board.rect(id)).reduce(Rect::union)?;
    Some(padded(inside))
}

/// The rectangle of a frame round that content.
pub fn padded(content: Rect) -> Rect {
    let round = content.grown(2 * FRAME_ROOM);
    let above = FRAME_HEAD - FRAME_ROOM;
    Rect { y: round.y.saturating_sub(above), h: round.h.saturating_add(above), ..round }
}

/// The edits that give a frame of the board another rectangle: none where it has it.
pub fn set_rect(board: &Board, frame: Id, rect: Rect) -> Vec<Edit> {
    board.frame(frame).map(|it| between(frame, it.rect(), rect)).unwrap_or_default()
}
