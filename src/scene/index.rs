//! Where the items of a scene lie: what touches a part of the board, without looking at all of it.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use rstar::{AABB, RTree, RTreeObject};

use super::stickies::reach;
use super::{Item, Scene, route};
use crate::board::Board;
use crate::kit::{Id, RectF};

/// Scenes with fewer items are looked through.
const FEW: usize = 400;

/// So often a scene is looked through before its items are sorted by place: most scenes of a board that is just being
/// written are gone after a frame or two.
const LOOKS: u32 = 8;

/// The items by place, made when it is asked for again and again.
#[derive(Debug, Default)]
pub(super) struct Places {
    tree: OnceLock<RTree<Place>>,
    asked: AtomicU32,
}

impl Clone for Places {
    fn clone(&self) -> Self {
        Self { tree: self.tree.clone(), asked: AtomicU32::new(self.asked.load(Ordering::Relaxed)) }
    }
}

/// The bounds of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    low: [f32; 2],
    high: [f32; 2],
    at: u32,
}

impl Place {
    fn new(bounds: RectF, at: usize) -> Option<Self> {
        let (low, high) = ([bounds.x, bounds.y], [bounds.right(), bounds.bottom()]);
        let finite = low.iter().chain(&high).all(|it| it.is_finite());
        finite.then_some(Self { low, high, at: u32::try_from(at).ok()? })
    }
}

impl RTreeObject for Place {
    type Envelope = AABB<[f32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

impl Places {
    /// An item has other bounds than before.
    pub(super) fn moved(&mut self, at: usize, from: RectF, to: RectF) {
        let Some(tree) = self.tree.get_mut() else { return };
        if let Some(old) = Place::new(from, at) {
            tree.remove(&old);
        }
        if let Some(new) = Place::new(to, at) {
            tree.insert(new);
        }
    }

    /// The items by place, where that is worth while.
    fn tree(&self, items: &[Item]) -> Option<&RTree<Place>> {
        if items.len() < FEW || self.asked.fetch_add(1, Ordering::Relaxed) < LOOKS {
            return self.tree.get();
        }
        Some(self.tree.get_or_init(|| {
            let places = items.iter().enumerate().filter_map(|(at, it)| Place::new(it.bounds, at));
            RTree::bulk_load(places.collect())
        }))
    }
}

impl Scene {
    /// The items that touch a part of the board, bottom to top.
    pub fn within(&self, area: RectF) -> impl DoubleEndedIterator<Item = &Item> {
        let whole = area.x <= self.bounds.x
            && area.y <= self.bounds.y
            && area.right() >= self.bounds.right()
            && area.bottom() >= self.bounds.bottom();
        let places: Vec<u32> = match if whole { None } else { self.places.tree(&self.items) } {
            None => {
                let touched = self.items.iter().enumerate().filter(|(_, it)| it.bounds.touches(area));
                touched.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
            }
            Some(tree) => {
                let corners = AABB::from_corners([area.x, area.y], [area.right(), area.bottom()]);
                let mut found: Vec<u32> = tree.locate_in_envelope_intersecting(corners).map(|it| it.at).collect();
                found.sort_unstable();
                found
            }
        };
        places.into_iter().filter_map(|at| self.items.get(at as usize))
    }
}

/// A rectangle that belongs to an element.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    id: Id,
    rect: RectF,
}

impl RTreeObject for Spot {
    type Envelope = AABB<[f32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        corners(self.rect)
    }
}

/// The corners of a rectangle. A tree of what is not a number would be none.
fn corners(rect: RectF) -> AABB<[f32; 2]> {
    let number = |it: f32| if it.is_finite() { it } else { 0.0 };
    AABB::from_corners([number(rect.x), number(rect.y)], [number(rect.right()), number(rect.bottom())])
}

/// Rectangles of elements by place and by element.
#[derive(Debug)]
struct Spots {
    tree: RTree<Spot>,
    rects: BTreeMap<Id, RectF>,
}

impl Spots {
    fn new(rects: BTreeMap<Id, RectF>) -> Self {
        let tree = RTree::bulk_load(rects.iter().map(|(id, rect)| Spot { id: *id, rect: *rect }).collect());
        Self { tree, rects }
    }

    fn place(&mut self, id: Id, rect: RectF) {
        match self.rects.insert(id, rect) {
            Some(old) if old == rect => return,
            Some(old) => {
                self.tree.remove(&Spot { id, rect: old });
            }
            None => {}
        }
        self.tree.insert(Spot { id, rect });
    }

    fn at(&self, area: RectF) -> impl Iterator<Item = (Id, RectF)> {
        self.tree.locate_in_envelope_intersecting(corners(area)).map(|it| (it.id, it.rect))
    }
}

/// What lies near what: made when a scene is first brought up to date, and kept up to date with it.
#[derive(Debug)]
pub(super) struct Near {
    stickies: Spots,
    /// The rectangles outside which nothing has a say in the way of a link.
    links: Spots,
    /// The links at each sticky.
    ends: BTreeMap<Id, Vec<Id>>,
}

impl Near {
    /// `clear` is what links keep clear of beside stickies.
    pub(super) fn new(
        board: &Board,
        influences: impl Iterator<Item = (Id, RectF)>,
        clear: impl Iterator<Item = (Id, RectF)>,
    ) -> Self {
        let mut ends: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for link in board.links().values() {
            for end in [link.from, link.to] {
                ends.entry(end).or_default().push(link.id);
            }
        }
        let stickies = board.stickies().values().map(|it| (it.id, reach(it))).chain(clear).collect();
        Self { stickies: Spots::new(stickies), links: Spots::new(influences.collect()), ends }
    }

    pub(super) fn place_sticky(&mut self, id: Id, rect: RectF) {
        self.stickies.place(id, rect);
    }

    pub(super) fn place_link(&mut self, id: Id, influence: RectF) {
        self.links.place(id, influence);
    }

    /// The links that start or end at a sticky.
    pub(super) fn links_of(&self, sticky: Id) -> impl Iterator<Item = Id> {
        self.ends.get(&sticky).into_iter().flatten().copied()
    }

    /// The links in whose way a sticky at that place has a say.
    pub(super) fn links_at(&self, rect: RectF) -> impl Iterator<Item = Id> {
        self.links.at(rect).map(|it| it.0)
    }

    /// What a link within that area goes round: stickies, titles and scenarios.
    pub(super) fn stickies_at(&self, area: RectF, but: [Id; 2]) -> Vec<RectF> {
        if route::is_far(area) {
            return Vec::new();
        }
        route::obstacles(self.stickies.at(area), but)
    }
}
