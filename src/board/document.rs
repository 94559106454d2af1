//! The board itself. Only `apply` writes to it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{
    Element, Frame, FrameKind, Level, Link, Photo, Refusal, Relationship, Scenario, Settings, Sticky, Waiver, content,
};
use crate::kit::{Id, Point, Rect};

/// An Event Storming board: the document.
///
/// It is read through these methods and changed by [`super::apply`] alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    pub(super) settings: Settings,
    pub(super) stickies: BTreeMap<Id, Sticky>,
    pub(super) frames: BTreeMap<Id, Frame>,
    pub(super) links: BTreeMap<Id, Link>,
    pub(super) scenarios: BTreeMap<Id, Scenario>,
    pub(super) waivers: BTreeMap<Id, Waiver>,
    pub(super) refusals: BTreeMap<Id, Refusal>,
    pub(super) relationships: BTreeMap<Id, Relationship>,
    pub(super) photos: BTreeMap<Id, Photo>,
}

impl Board {
    /// An empty board at big picture level.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty board with these settings.
    pub fn with_settings(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Title, level, language, notes.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The board as if it were of that level.
    pub fn at_level(&self, level: Level) -> Cow<'_, Self> {
        if self.settings.level == level {
            return Cow::Borrowed(self);
        }
        let mut board = self.clone();
        board.settings.level = level;
        Cow::Owned(board)
    }

    /// The stickies by id.
    pub fn stickies(&self) -> &BTreeMap<Id, Sticky> {
        &self.stickies
    }

    /// The frames by id.
    pub fn frames(&self) -> &BTreeMap<Id, Frame> {
        &self.frames
    }

    /// The links by id.
    pub fn links(&self) -> &BTreeMap<Id, Link> {
        &self.links
    }

    /// The scenarios and invariants by id.
    pub fn scenarios(&self) -> &BTreeMap<Id, Scenario> {
        &self.scenarios
    }

    /// The waivers by id.
    pub fn waivers(&self) -> &BTreeMap<Id, Waiver> {
        &self.waivers
    }

    /// The refused ghost links by id.
    pub fn refusals(&self) -> &BTreeMap<Id, Refusal> {
        &self.refusals
    }

    /// What was said of bounded contexts that work together, by id.
    pub fn relationships(&self) -> &BTreeMap<Id, Relationship> {
        &self.relationships
    }

    /// What was said of these two contexts, in either order.
    pub fn relationship(&self, a: Id, b: Id) -> Option<&Relationship> {
        self.relationships.values().find(|it| it.joins(a, b))
    }

    /// The photos by id.
    pub fn photos(&self) -> &BTreeMap<Id, Photo> {
        &self.photos
    }

    /// The photos as they lie on one another, from bottom to top.
    pub fn photos_upward(&self) -> Vec<&Photo> {
        let mut photos: Vec<&Photo> = self.photos.values().collect();
        photos.sort_by_key(|it| (&it.z, it.id));
        photos
    }

    /// The sticky with that id.
    pub fn sticky(&self, id: Id) -> Option<&Sticky> {
        self.stickies.get(&id)
    }

    /// The frame with that id.
    pub fn frame(&self, id: Id) -> Option<&Frame> {
        self.frames.get(&id)
    }

    /// The link with that id.
    pub fn link(&self, id: Id) -> Option<&Link> {
        self.links.get(&id)
    }

    /// A copy of the element with that id.
    pub fn element(&self, id: Id) -> Option<Element> {
        (self.stickies.get(&id).cloned().map(Element::Sticky))
            .or_else(|| self.frames.get(&id).cloned().map(Element::Frame))
            .or_else(|| self.links.get(&id).cloned().map(Element::Link))
            .or_else(|| self.scenarios.get(&id).cloned().map(Element::Scenario))
            .or_else(|| self.waivers.get(&id).cloned().map(Element::Waiver))
            .or_else(|| self.refusals.get(&id).cloned().map(Element::Refusal))
            .or_else(|| self.relationships.get(&id).cloned().map(Element::Relationship))
            .or_else(|| self.photos.get(&id).cloned().map(Element::Photo))
    }

    /// Whether an element has that id.
    pub fn contains(&self, id: Id) -> bool {
        self.stickies.contains_key(&id)
            || self.frames.contains_key(&id)
            || self.links.contains_key(&id)
            || self.scenarios.contains_key(&id)
            || self.waivers.contains_key(&id)
            || self.refusals.contains_key(&id)
            || self.relationships.contains_key(&id)
            || self.photos.contains_key(&id)
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.stickies.len()
            + self.frames.len()
            + self.links.len()
            + self.scenarios.len()
            + self.waivers.len()
            + self.refusals.len()
            + self.relationships.len()
            + self.photos.len()
    }

    /// Whether nothing lies on it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sticky that defines `id`: itself, or the one it is a placement of.
    pub fn definition(&self, id: Id) -> Option<&Sticky> {
        let sticky = self.stickies.get(&id)?;
        match sticky.of {
            Some(of) => self.stickies.get(&of),
            None => Some(sticky),
        }
    }

    /// Whether the pointer passes through an element.
    pub fn is_locked(&self, id: Id) -> bool {
        let sticky = self.stickies.get(&id).map(|it| it.locked);
        let frame = || self.frames.get(&id).map(|it| it.locked);
        let photo = || self.photos.get(&id).map(|it| it.locked);
        sticky.or_else(frame).or_else(photo).unwrap_or(false)
    }

    /// The stickies, frames and photos that the pointer passes through.
    pub fn locked(&self) -> impl Iterator<Item = Id> {
        let stickies = self.stickies.values().filter(|it| it.locked).map(|it| it.id);
        let frames = self.frames.values().filter(|it| it.locked).map(|it| it.id);
        let photos = self.photos.values().filter(|it| it.locked).map(|it| it.id);
        stickies.chain(frames).chain(photos)
    }

    /// Every placement of a definition, itself included, by id.
    pub fn placements(&self, definition: Id) -> impl Iterator<Item = &Sticky> {
        self.stickies.values().filter(move |it| it.id == definition || it.of == Some(definition))
    }

    /// The text of the sticky's definition, of a frame, link, scenario, relationship or photo; empty if there is no such element.
    pub fn text(&self, id: Id) -> &str {
        if let Some(sticky) = self.definition(id) {
            return &sticky.text;
        }
        if let Some(frame) = self.frames.get(&id) {
            return &frame.text;
        }
        if let Some(link) = self.links.get(&id) {
            return &link.text;
        }
        if let Some(photo) = self.photos.get(&id) {
            return &photo.text;
        }
        if let Some(relationship) = self.relationships.get(&id) {
            return &relationship.text;
        }
        self.scenarios.get(&id).map_or("", |it| it.text.as_str())
    }

    /// The name of the sticky (its definition's) or frame: the text up to the first field, rule or blank line, in one
    /// line; of a scenario its title, of a photo what stands with it.
    pub fn name(&self, id: Id) -> String {
        if let Some(it) = self.definition(id) {
            return content::name_of(&it.text, it.kind.spec().rules);
        }
        if let Some(it) = self.scenarios.get(&id) {
            return it.title().to_owned();
        }
        if let Some(it) = self.photos.get(&id) {
            return it.text.clone();
        }
        content::name_of(self.text(id), &[])
    }

    /// The kind of an element in words, as `Domain event`, `Aggregate`, `Link`; empty if it is nothing that is seen.
    pub fn kind_name(&self, id: Id) -> &'static str {
        (self.stickies.get(&id).map(|it| it.kind.name()))
            .or_else(|| self.frames.get(&id).map(|it| it.kind.name()))
            .or_else(|| self.scenarios.get(&id).map(|_| "Scenario"))
            .or_else(|| self.photos.get(&id).map(|_| "Photo"))
            .or_else(|| self.links.get(&id).map(|_| "Link"))
            .unwrap_or_default()
    }

    /// The rectangle of the sticky, frame, scenario or photo.
    pub fn rect(&self, id: Id) -> Option<Rect> {
        (self.stickies.get(&id).map(Sticky::rect))
            .or_else(|| self.frames.get(&id).map(Frame::rect))
            .or_else(|| self.scenarios.get(&id).map(Scenario::rect))
            .or_else(|| self.photos.get(&id).map(Photo::rect))
    }

    /// The smallest rectangle round everything that has a place; `None` on an empty board.
    pub fn bounds(&self) -> Option<Rect> {
        let stickies = self.stickies.values().map(Sticky::rect);
        let frames = self.frames.values().map(Frame::rect);
        let scenarios = self.scenarios.values().map(Scenario::rect);
        let photos = self.photos.values().map(Photo::rect);
        stickies.chain(frames).chain(scenarios).chain(photos).reduce(Rect::union)
    }

    /// The innermost frame of that kind round a point: the one with the smallest area, then the lowest id.
    pub fn frame_at(&self, at: Point, kind: FrameKind) -> Option<&Frame> {
        self.frames
            .values()
            .filter(|it| it.kind == kind && it.rect().contains(at))
            .min_by_key(|it| (it.rect().area(), it.id))
    }

    /// The innermost frame of that kind that the element's middle lies in.
    pub fn frame_of(&self, id: Id, kind: FrameKind) -> Option<&Frame> {
        self.frame_at(self.rect(id)?.center(), kind)
    }
}
