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
            .filter_map(|on| Some(Overlay::Badge { on, tone: *marked.get(&on)?, text: String::new() }));
        self.items = builder.overlays(board, scene, &badges.collect::<Vec<_>>());
    }
}
