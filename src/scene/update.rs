//! Bringing a scene up to date after small edits: only what they touch is looked at, however large the board is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builder::{TAPE, bottom_to_top, item, label_size, placed_item, whole};
use super::draw::frame;
use super::index::Near;
use super::route::{self, Span};
use super::stickies::reach;
use super::{Item, Layer, Options, Scene, SceneBuilder, add_missing};
use crate::board::{Board, Link, Mark};
use crate::kit::{Id, PointF, Rect, RectF};

/// Where more elements were touched everything is laid out again.
const MOST: usize = 2_000;

/// The elements to look at again.
#[derive(Default)]
struct Touched {
    stickies: BTreeSet<Id>,
    frames: BTreeSet<Id>,
    scenarios: BTreeSet<Id>,
    links: BTreeSet<Id>,
}

impl SceneBuilder {
    /// Brings the last scene that this builder built up to date. `touched` are the elements that were edited since, or
    /// that are shown otherwise by `options`. False where it must be built anew: something was added, taken away or
    /// piled otherwise, or a frame hides others; then the scene is of no use.
    pub fn update(&mut self, scene: &mut Scene, board: &Board, options: &Options, touched: &BTreeSet<Id>) -> bool {
        let Some(touched) = self.sorted(scene, board, options, touched) else { return false };
        let details = options.details.shown(board.settings().level);
        self.rough = options.rough;
        let mut moved = Vec::new();
        let mut frames = touched.frames;
        if self.near.is_none() {
            let clear = self.clear.iter().map(|(id, it)| (*id, *it));
            self.near = Some(Near::new(board, self.links.iter().map(|(id, it)| (*id, it.influence)), clear));
        }
        for id in &touched.stickies {
            let Some(it) = board.sticky(*id) else { continue };
            let open = details || options.open.contains(id);
            let drawing = self.sticky(board, it, open, options.editing == Some(*id), &mut moved);
            if let Some(near) = &mut self.near {
                near.place_sticky(*id, reach(it));
            }
            scene.replace(*id, placed_item(*id, Layer::Sticky, it.rect(), drawing));
        }
        // The name of a frame keeps clear of what lies in it.
        let round = |frame: RectF| moved.iter().any(|it| frame.contains(it.center()));
        frames.extend(board.frames().values().filter(|it| round(it.rect().to_f().grown(1.0))).map(|it| it.id));
        for id in frames {
            let Some(it) = board.frame(id) else { continue };
            let open = details || options.open.contains(&id);
            let drawing = self.frame(board, it, open, options.editing == Some(id), None);
            scene.replace(id, placed_item(id, Layer::Frame, it.rect(), drawing));
        }
        for id in touched.scenarios {
            let Some(it) = board.scenarios().get(&id) else { continue };
            let drawing = self.scenario(it, options.editing == Some(id));
            scene.replace(id, placed_item(id, Layer::Sticky, it.rect(), drawing));
        }
        let before = self.clear.clone();
        self.keep_clear(&mut moved);
        if let Some(near) = &mut self.near {
            let changed = self.clear.iter().filter(|(id, rect)| before.get(id) != Some(rect));
            changed.for_each(|(id, rect)| near.place_sticky(*id, *rect));
        }
        if !self.update_links(scene, board, &touched.stickies, touched.links, &moved) {
            // The ways of links no longer follow from where stickies were: all are found anew.
            self.links.clear();
            return false;
        }
        self.update_tapes(scene, board);
        let all = scene.photos.iter().chain(&scene.items).map(|it| it.bounds);
        scene.bounds = all.reduce(RectF::union).unwrap_or_default();
        true
    }

    /// Draws out stickies of the last scene that touch `area` and are drawn roughly, `most` of them. Says whether it
    /// changed any.
    pub fn refine(&mut self, scene: &mut Scene, area: RectF, most: usize) -> bool {
        if scene.rough == 0 {
            return false;
        }
        let rough = scene.within(area).filter(|it| it.drawing.rough).filter_map(|it| it.element);
        let rough: Vec<Id> = rough.take(most).collect();
        for id in &rough {
            let Some(look) = self.stickies.get(id).map(|it| Arc::clone(&it.look)) else { continue };
            let (_, drawing) = self.shared_drawing(look, false);
            let Some(kept) = self.stickies.get_mut(id) else { continue };
            kept.drawing = Arc::clone(&drawing);
            scene.replace(*id, placed_item(*id, Layer::Sticky, kept.rect, drawing));
        }
        !rough.is_empty()
    }

    /// What was touched, by sort; `None` where it is more than can be brought up to date.
    fn sorted(&self, scene: &Scene, board: &Board, options: &Options, touched: &BTreeSet<Id>) -> Option<Touched> {
        let plain = options.only.is_none() && self.language == board.settings().language;
        if !plain || touched.len() > MOST || board.frames().values().any(|it| it.collapsed) {
            return None;
        }
        let mut found = Touched::default();
        for id in touched {
            if let Some(it) = board.sticky(*id) {
                let kept = self.stickies.get(id)?;
                let taped = scene.items.iter().take(scene.tapes).any(|it| it.element == Some(*id));
                if taped != it.has(Mark::Pivotal) || !piled_as_before(scene, board, *id) {
                    return None;
                }
                found.stickies.insert(*id);
                if it.of.is_none() && kept.look.text != it.text {
                    found.stickies.extend(board.placements(*id).map(|it| it.id));
                }
            } else if board.frame(*id).is_some() {
                // What a frame hid until now is not in the scene.
                if self.frames.get(id)?.look.hides.is_some() {
                    return None;
                }
                found.frames.insert(*id);
            } else if let Some(it) = board.link(*id) {
                if self.links.get(id)?.joins != (it.from, it.to) {
                    return None;
                }
                found.links.insert(*id);
            } else if board.scenarios().contains_key(id) {
                scene.item(*id)?;
                found.scenarios.insert(*id);
            } else if scene.item(*id).is_some()
                || board.photos().contains_key(id)
                || scene.photos.iter().any(|it| it.element == Some(*id))
            {
                return None;
            }
        }
        if !found.stickies.iter().all(|id| scene.item(*id).is_some()) {
            return None;
        }
        let frames = bottom_to_top(board.frames().values());
        let before = scene.items.iter().skip(scene.tapes).take(frames.len()).map(|it| it.element);
        let same = found.frames.is_empty() || before.eq(frames.iter().map(|it| Some(it.id)));
        same.then_some(found)
    }

    /// Finds the ways of links again that end at what moved, share a side with such, or pass by.
    fn update_links(
        &mut self,
        scene: &mut Scene,
        board: &Board,
        stickies: &BTreeSet<Id>,
        mut touched: BTreeSet<Id>,
        moved: &[RectF],
    ) -> bool {
        let Some(mut near) = self.near.take() else { return false };
        let passing: BTreeSet<Id> = moved.iter().flat_map(|it| near.links_at(*it)).collect();
        let around = stickies.iter().flat_map(|it| near.links_of(*it));
        // The size of a label follows the names that it stands between.
        let labelled = |id: &Id| board.link(*id).is_some_and(|it| !it.text.is_empty());
        touched.extend(around.filter(|id| !moved.is_empty() || labelled(id)));
        let others = |links: &BTreeSet<Id>, near: &Near| -> BTreeSet<Id> {
            let links = links.iter().filter_map(|it| board.link(*it));
            links.flat_map(|it| [it.from, it.to]).flat_map(|it| near.links_of(it)).collect()
        };
        // Where a link touches a side depends on all links of that side.
        let beside = others(&touched, &near);
        let asked = others(&beside, &near);
        let end = |id: Id| Some(whole(reach(board.sticky(id)?)));
        let span = |it: &Link| -> Option<(Id, Span)> {
            let (from_rect, to_rect): (Rect, Rect) = (end(it.from)?, end(it.to)?);
            Some((it.id, Span { from: it.from, from_rect, to: it.to, to_rect }))
        };
        let spans: Vec<(Id, Span)> = asked.iter().filter_map(|it| span(board.link(*it)?)).collect();
        let plain: Vec<Span> = spans.iter().map(|it| it.1).collect();
        let ends: BTreeMap<Id, route::Ends> = spans.iter().map(|it| it.0).zip(route::anchors(&plain)).collect();
        let mut done = true;
        for id in beside.union(&passing) {
            let (Some(it), Some(kept)) = (board.link(*id), self.links.get(id)) else { continue };
            let ends = ends.get(id).filter(|_| beside.contains(id)).copied().unwrap_or(kept.ends);
            let size = label_size(board, it);
            if ends == kept.ends && it.text == kept.text && size == kept.size && !passing.contains(id) {
                continue;
            }
            let had_label = kept.label.is_some();
            let influence = route::influence(ends.0.rect, ends.1.rect);
            let made = self.lay_link(it, ends, size, near.stickies_at(influence, [it.from, it.to]));
            near.place_link(*id, influence);
            let drawing = Arc::clone(&made.drawing);
            scene.replace(*id, item(Some(*id), Layer::Link, made.origin, drawing));
            match &made.label {
                Some(label) if had_label => {
                    scene.replace_label(*id, item(Some(*id), Layer::Label, made.origin, Arc::clone(label)));
                }
                None if !had_label => {}
                Some(_) | None => done = false,
            }
            self.links.insert(*id, made);
        }
        self.near = Some(near);
        done
    }

    /// The lines of pivotal events go through everything, so they follow its size.
    fn update_tapes(&mut self, scene: &mut Scene, board: &Board) {
        let Some(before) = scene.items.first().filter(|_| scene.tapes > 0).map(|it| Arc::clone(&it.drawing)) else {
            return;
        };
        let rest = scene.items.iter().skip(scene.tapes);
        let rest = rest.filter(|it| matches!(it.layer, Layer::Frame | Layer::Sticky)).map(|it| it.bounds);
        let Some(all) = rest.reduce(RectF::union).map(|it| it.grown(TAPE)) else { return };
        let mut drawing = Arc::new(frame::pivotal(all.h, &self.pen()));
        if before == drawing {
            drawing = before;
        }
        for at in 0..scene.tapes {
            let Some(id) = scene.items.get(at).and_then(|it| it.element) else { continue };
            let Some(it) = board.sticky(id) else { continue };
            let origin = PointF::new(it.rect().to_f().center().x, all.y);
            scene.put(at, item(Some(id), Layer::Frame, origin, Arc::clone(&drawing)));
        }
    }
}

/// Whether a sticky still lies between those it lay between.
fn piled_as_before(scene: &Scene, board: &Board, id: Id) -> bool {
    let Some(at) = scene.place_of(id) else { return false };
    let key = |at: usize| {
        let item = scene.items.get(at).filter(|it| it.layer == Layer::Sticky)?;
        let it = board.sticky(item.element?)?;
        Some((&it.z, it.id))
    };
    let (before, own, after) = (at.checked_sub(1).and_then(key), key(at), key(at + 1));
    before.is_none_or(|it| Some(it) < own) && after.is_none_or(|it| Some(it) > own)
}

impl Scene {
    fn place_of(&self, element: Id) -> Option<usize> {
        let at = self.index.binary_search_by_key(&element, |(id, _)| *id).ok()?;
        self.index.get(at).map(|(_, item)| *item as usize)
    }

    /// Puts another item in place of that of an element.
    fn replace(&mut self, element: Id, item: Item) {
        if let Some(at) = self.place_of(element) {
            self.put(at, item);
        }
    }

    /// Puts another label in place of that of a link.
    fn replace_label(&mut self, link: Id, item: Item) {
        let found = self.labels.binary_search_by_key(&link, |(id, _)| *id);
        if let Some((_, at)) = found.ok().and_then(|it| self.labels.get(it)) {
            self.put(*at as usize, item);
        }
    }

    fn put(&mut self, at: usize, item: Item) {
        let Some(old) = self.items.get_mut(at) else { return };
        if old.bounds != item.bounds {
            self.places.moved(at, old.bounds, item.bounds);
        }
        if !Arc::ptr_eq(&old.drawing, &item.drawing) {
            self.rough = self.rough + usize::from(item.drawing.rough) - usize::from(old.drawing.rough);
            for (c, count) in &old.drawing.missing {
                let left = self.missing.get(c).copied().unwrap_or(0).saturating_sub(*count);
                if left == 0 {
                    self.missing.remove(c);
                } else {
                    self.missing.insert(*c, left);
                }
            }
            add_missing(&mut self.missing, &item.drawing.missing);
        }
        *old = item;
    }
}
