//! Badges of findings: made for what is in sight, and kept while the view moves a little.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::painter::encloses;
use crate::board::Board;
use crate::editor::Camera;
use crate::kit::{Id, RectF};
use crate::scene::{Item, Layer, Overlay, Scene, SceneBuilder};
use crate::view::panels::Marked;

/// From farther away badges are specks: a board unit has fewer pixels than this.
const SEEN: f32 = 0.12;
/// How far beyond the view on each side they are made, in parts of the view.
const MARGIN: f32 = 0.3;

/// The badges in sight.
#[derive(Default)]
pub(super) struct Badges {
    /// Laid out, to be drawn above everything.
    pub(super) items: Vec<Item>,
    version: u64,
    marked: Arc<Marked>,
    part: RectF,
}

impl Badges {
    /// Makes them again where they would be others.
    #[expect(clippy::too_many_arguments, reason = "what badges follow")]
    pub(super) fn follow(
        &mut self,
        builder: &mut SceneBuilder,
        board: &Board,
        scene: &Scene,
        version: u64,
        marked: &Arc<Marked>,
        camera: &Camera,
        pixels_per_point: f32,
    ) {
        if marked.is_empty() || camera.zoom * pixels_per_point < SEEN {
            self.items.clear();
            self.part = RectF::default();
            return;
        }
        let seen = camera.visible();
        let covered = seen.intersection(scene.bounds).is_none_or(|it| encloses(self.part, it));
        if covered && self.version == version && Arc::ptr_eq(&self.marked, marked) {
            return;
        }
        (self.version, self.marked) = (version, Arc::clone(marked));
        self.part = seen.grown(seen.w.max(seen.h) * MARGIN);
        let elements = scene.within(self.part).filter(|it| it.layer != Layer::Label).filter_map(|it| it.element);
        // The line of a pivotal event belongs to the same element as its sticky.
        let elements: BTreeSet<Id> = elements.collect();
        let badges = elements
            .into_iter()
            .filter(|on| !covered_corner(board, scene, *on))
            .filter_map(|on| Some(Overlay::Badge { on, tone: *marked.get(&on)?, text: String::new() }));
        self.items = builder.overlays(board, scene, &badges.collect::<Vec<_>>());
    }
}

/// Whether another sticky lies over the corner where the badge of this one would be.
fn covered_corner(board: &Board, scene: &Scene, on: Id) -> bool {
    let Some(rect) = board.sticky(on).map(|it| it.rect().to_f()) else { return false };
    // A little within the sticky, so that neighbours that only touch it do not count.
    let corner = RectF::new(rect.right() - 4.0, rect.y + 4.0, 0.0, 0.0);
    let above = scene.within(corner).filter(|it| it.layer == Layer::Sticky).rev();
    let mut above = above.filter_map(|it| it.element).take_while(|it| *it != on);
    above.any(|it| board.rect(it).is_some_and(|it| it.to_f().contains(corner.center())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Edit, Element, Kind, Sticky, apply};
    use crate::kit::{IdSource, Point};
    use crate::scene::{FontBook, Options, Theme};

    #[test]
    fn a_badge_does_not_shine_through_a_sticky_that_covers_it() {
        for (x, y, covered) in [(60, -40, true), (100, 0, false), (0, -100, false), (-60, 0, false), (-60, 50, false)] {
            let (mut board, mut ids) = (Board::new(), IdSource::seeded(1));
            let mut put = |at| {
                let mut sticky = Sticky::new(ids.next_id(), Kind::DOMAIN_EVENT, at, "Paid");
                sticky.z = crate::editor::top_z(&board);
                let id = sticky.id;
                apply(&mut board, &Edit::Add(Box::new(Element::Sticky(sticky)))).unwrap();
                id
            };
            let (below, above) = (put(Point::new(0, 0)), put(Point::new(x, y)));
            let scene = SceneBuilder::new(FontBook::bundled(), Theme::light()).build(&board, &Options::default());
            assert_eq!(covered_corner(&board, &scene, below), covered, "{x}, {y}");
            assert!(!covered_corner(&board, &scene, above), "{x}, {y}");
        }
    }
}
