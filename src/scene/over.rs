//! Placing overlays over a scene.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builder::item;
use super::draw::overlay;
use super::route::{self, Span};
use super::{Drawing, Item, Layer, Overlay, Scene, SceneBuilder};
use crate::board::{Board, Shape as Outline};
use crate::kit::{Id, PointF, Rect, RectF};

impl SceneBuilder {
    /// The items of overlays over a scene that was built from `board`: those that must be read lie above those that
    /// only tint; overlays of one sort lie in the order in which they were handed in.
    pub fn overlays(&mut self, board: &Board, scene: &Scene, overlays: &[Overlay]) -> Vec<Item> {
        let place = |id: Id| -> Option<RectF> {
            scene.item(id)?;
            match board.rect(id) {
                Some(rect) => Some(rect.to_f()),
                None => {
                    let way = scene.link_path(id)?;
                    let middle = way.get(way.len() / 2)?;
                    Some(RectF::new(middle.x, middle.y, 0.0, 0.0))
                }
            }
        };
        let ghosts = overlays.iter().filter_map(|it| match it {
            Overlay::GhostLink { from, to } => Some((*from, *to)),
            _ => None,
        });
        let rect = |id: Id| -> Option<Rect> { scene.item(id).and_then(|_| board.rect(id)) };
        let ghosts: Vec<Span> = ghosts
            .filter(|(from, to)| from != to)
            .filter_map(|(from, to)| Some(Span { from, from_rect: rect(from)?, to, to_rect: rect(to)? }))
            .collect();
        let anchors = route::anchors(&ghosts);
        let ghosts: BTreeMap<(Id, Id), route::Ends> = ghosts.iter().map(|it| (it.from, it.to)).zip(anchors).collect();

        let titles: Vec<(Id, RectF)> =
            self.clear.iter().filter(|it| board.frame(*it.0).is_some()).map(|(id, it)| (*id, *it)).collect();
        let stickies_at = |area: RectF, but: [Id; 2]| {
            if route::is_far(area) {
                return Vec::new();
            }
            let found = scene.within(area).filter(|it| it.layer == Layer::Sticky).filter_map(|it| it.element);
            let found = found.filter_map(|id| Some((id, rect(id)?.to_f()))).chain(titles.iter().copied());
            let found = found.filter(|it| it.1.touches(area));
            route::obstacles(found, but)
        };
        let mut overlays: Vec<&Overlay> = overlays.iter().collect();
        overlays.sort_by_key(|it| height(it));
        let mut pen = self.pen();
        let mut items = Vec::new();
        let mut put = |on: Option<Id>, at: PointF, drawing: Drawing| {
            if !drawing.shapes.is_empty() {
                items.push(item(on, Layer::Overlay, at, Arc::new(drawing)));
            }
        };
        let corner = |it: RectF| PointF::new(it.x, it.y);
        for it in overlays {
            match it {
                Overlay::GhostLink { from, to } => {
                    if let Some(ends) = ghosts.get(&(*from, *to)) {
                        let area = route::influence(ends.0.rect, ends.1.rect);
                        let near = stickies_at(area, [*from, *to]);
                        let (drawing, way) = overlay::ghost(*ends, &near, &pen);
                        put(None, way.curve[0], drawing);
                    }
                }
                Overlay::Badge { on, tone, text } => {
                    let Some(rect) = place(*on) else { continue };
                    // A diamond's edge lies within the corner of its rectangle.
                    let inset = match board.sticky(*on).map(|it| it.shape()) {
                        Some(Outline::Diamond) => (1.0 - std::f32::consts::FRAC_1_SQRT_2) / 2.0,
                        Some(Outline::Square | Outline::Clock) | None => 0.0,
                    };
                    let at = PointF::new(rect.x - rect.w * inset, rect.y + rect.h * inset);
                    put(Some(*on), at, overlay::badge(rect.w, *tone, text, &mut pen));
                }
                Overlay::Caption { on, tone, text } => {
                    let Some(rect) = place(*on) else { continue };
                    let at = PointF::new(rect.center().x, rect.bottom() + 2.0);
                    put(Some(*on), at, overlay::caption(*tone, text, &mut pen));
                }
                Overlay::Pulse { on, tone, age } => {
                    let Some(rect) = place(*on) else { continue };
                    put(Some(*on), corner(rect), overlay::pulse(rect.w, rect.h, *tone, *age, &pen));
                }
                Overlay::Hatch { on, reason } => {
                    let Some(rect) = place(*on) else { continue };
                    put(Some(*on), corner(rect), overlay::hatch(rect.w, rect.h, reason, &mut pen));
                }
                Overlay::Ring { on, tone } => {
                    let Some(rect) = place(*on) else { continue };
                    put(Some(*on), corner(rect), overlay::ring(rect.w, rect.h, *tone, &pen));
                }
            }
        }
        items
    }
}

/// How high an overlay lies over others.
fn height(overlay: &Overlay) -> u8 {
    match overlay {
        Overlay::Hatch { .. } => 0,
        Overlay::Ring { .. } | Overlay::Pulse { .. } => 1,
        Overlay::GhostLink { .. } => 2,
        Overlay::Caption { .. } => 3,
        Overlay::Badge { .. } => 4,
    }
}
