//! Which frames a place lies in.

use std::collections::BTreeMap;

use rstar::{AABB, RTree, RTreeObject};

use crate::board::{Board, Frame, FrameKind};
use crate::kit::Point;

/// The frames of a board by place, one tree a kind, so that asking costs little however many frames there are.
pub(super) struct Places<'a> {
    trees: BTreeMap<FrameKind, RTree<Area<'a>>>,
}

struct Area<'a>(&'a Frame);

impl RTreeObject for Area<'_> {
    type Envelope = AABB<[i32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let rect = self.0.rect();
        AABB::from_corners([rect.x, rect.y], [rect.right(), rect.bottom()])
    }
}

impl<'a> Places<'a> {
    pub(super) fn new(board: &'a Board) -> Self {
        let mut by_kind: BTreeMap<FrameKind, Vec<Area<'a>>> = BTreeMap::new();
        for frame in board.frames().values() {
            by_kind.entry(frame.kind).or_default().push(Area(frame));
        }
        Self { trees: by_kind.into_iter().map(|(kind, areas)| (kind, RTree::bulk_load(areas))).collect() }
    }

    /// The innermost frame of that kind round the point: smallest area, then lowest id, as [`Board::frame_at`] says.
    pub(super) fn frame_at(&self, at: Point, kind: FrameKind) -> Option<&'a Frame> {
        let tree = self.trees.get(&kind)?;
        let here = AABB::from_point([at.x, at.y]);
        tree.locate_in_envelope_intersecting(here).map(|it| it.0).min_by_key(|it| (it.rect().area(), it.id))
    }
}
