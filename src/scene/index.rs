//! Where the items of a scene lie: what touches a part of the board, without looking at all of it.

use std::sync::OnceLock;

use rstar::{AABB, RTree, RTreeObject};

use super::{Item, Scene};
use crate::kit::RectF;

/// Scenes with fewer items are looked through.
const FEW: usize = 400;

/// The items by place, made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(OnceLock<RTree<Place>>);

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
    fn tree(&self, items: &[Item]) -> &RTree<Place> {
        self.0.get_or_init(|| {
            let places = items.iter().enumerate().filter_map(|(at, it)| Place::new(it.bounds, at));
            RTree::bulk_load(places.collect())
        })
    }
}

impl Scene {
    /// The items that touch a part of the board, bottom to top.
    pub fn within(&self, area: RectF) -> impl DoubleEndedIterator<Item = &Item> {
        let whole = area.x <= self.bounds.x
            && area.y <= self.bounds.y
            && area.right() >= self.bounds.right()
            && area.bottom() >= self.bounds.bottom();
        let places: Vec<u32> = if whole || self.items.len() < FEW {
            let touched = self.items.iter().enumerate().filter(|(_, it)| it.bounds.touches(area));
            touched.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
        } else {
            let corners = AABB::from_corners([area.x, area.y], [area.right(), area.bottom()]);
            let found = self.places.tree(&self.items).locate_in_envelope_intersecting(corners);
            let mut found: Vec<u32> = found.map(|it| it.at).collect();
            found.sort_unstable();
            found
        };
        places.into_iter().filter_map(|at| self.items.get(at as usize))
    }
}
