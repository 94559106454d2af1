//! The clipboard: elements as JSON text.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::board::{Board, Edit, Element, above_all, photos_above_all};
use crate::kit::{Id, IdSource, Point, Rect};

/// Elements that were copied. The one key of the JSON text tells it from any other text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Clip {
    stormglass_clipboard: u32,
    elements: Vec<Element>,
}

impl Clip {
    /// The number of elements.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }
}

/// The selected elements as text; empty if there is nothing to copy.
pub(super) fn copy(board: &Board, ids: &BTreeSet<Id>) -> String {
    let mut elements: Vec<Element> = Vec::new();
    for id in ids {
        match board.element(*id) {
            Some(Element::Sticky(mut it)) => {
                // A further placement whose definition stays behind carries its text along.
                if it.of.is_some_and(|of| !ids.contains(&of)) {
                    board.text(*id).clone_into(&mut it.text);
                    it.of = None;
                }
                elements.push(Element::Sticky(it));
            }
            Some(it @ (Element::Frame(_) | Element::Scenario(_) | Element::Photo(_))) => elements.push(it),
            Some(Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_)) | None => {}
        }
    }
    if elements.is_empty() {
        return String::new();
    }
    let links = board.links().values().filter(|it| ids.contains(&it.from) && ids.contains(&it.to));
    elements.extend(links.cloned().map(Element::Link));
    serde_json::to_string(&Clip { stormglass_clipboard: 1, elements }).unwrap_or_default()
}

/// The elements that a text holds, if it is one that this program has copied.
pub(super) fn read(text: &str) -> Option<Clip> {
    let start = text.trim_start();
    let head = start.get(..start.floor_char_boundary(64)).unwrap_or_default();
    if !head.starts_with('{') || !head.contains("stormglass_clipboard") {
        return None;
    }
    serde_json::from_str::<Clip>(start).ok().filter(|it| it.stormglass_clipboard == 1)
}

/// The edits that put copied elements on the board round `at`, and what they add.
pub(super) fn place(board: &Board, clip: Clip, at: Point, source: &mut IdSource) -> (Vec<Edit>, BTreeSet<Id>) {
    let elements = clip.elements;
    let known = definitions(board);
    let rect = |it: &Element| match it {
        Element::Sticky(it) => Some(it.rect()),
        Element::Frame(it) => Some(it.rect()),
        Element::Scenario(it) => Some(it.rect()),
        Element::Photo(it) => Some(it.rect()),
        Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => None,
    };
    let Some(bounds) = elements.iter().filter_map(rect).reduce(Rect::union) else {
        return (Vec::new(), BTreeSet::new());
    };
    let middle = bounds.center();
    let (dx, dy) = (at.x.saturating_sub(middle.x), at.y.saturating_sub(middle.y));
    let fresh: BTreeMap<Id, Id> = elements.iter().map(|it| (it.id(), source.next_id())).collect();
    let stickies = elements.iter().filter_map(|it| match it {
        Element::Sticky(it) => Some(it),
        _ => None,
    });
    let raised = above_all(board, stickies);
    let photos = elements.iter().filter_map(|it| match it {
        Element::Photo(it) => Some(it),
        _ => None,
    });
    let raised_photos = photos_above_all(board, photos);
    let mut edits = Vec::new();
    let mut added = BTreeSet::new();
    let rank = |it: &Element| match it {
        Element::Sticky(it) if it.of.is_none() => 0,
        Element::Frame(_) | Element::Scenario(_) | Element::Photo(_) => 0,
        Element::Sticky(_) => 1,
        Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => 2,
    };
    let mut elements = elements;
    elements.sort_by_key(rank);
    for element in elements {
        let Some(id) = fresh.get(&element.id()).copied() else { continue };
        let moved = |x: i32, y: i32| Point::new(x, y).moved(dx, dy);
        let element = match element {
            Element::Sticky(mut it) => {
                let to = moved(it.x, it.y);
                (it.id, it.x, it.y) = (id, to.x, to.y);
                it.z = raised.get(&it.z).unwrap_or(&it.z).clone();
                it.of = it.of.and_then(|of| fresh.get(&of).copied());
                if it.kind.role().flows()
                    && it.of.is_none()
                    && let Some(same) = known.get(&(it.kind.spec().key, it.text.as_str())).copied()
                {
                    it.of = Some(same);
                    it.text = String::new();
                }
                Element::Sticky(it)
            }
            Element::Frame(mut it) => {
                it.map = None;
                let to = moved(it.x, it.y);
                (it.id, it.x, it.y) = (id, to.x, to.y);
                Element::Frame(it)
            }
            Element::Photo(mut it) => {
                it.z = raised_photos.get(&it.id).unwrap_or(&it.z).clone();
                let to = moved(it.x, it.y);
                (it.id, it.x, it.y) = (id, to.x, to.y);
                Element::Photo(it)
            }
            Element::Scenario(mut it) => {
                let to = moved(it.x, it.y);
                (it.id, it.x, it.y) = (id, to.x, to.y);
                Element::Scenario(it)
            }
            Element::Link(mut it) => match (fresh.get(&it.from), fresh.get(&it.to)) {
                (Some(from), Some(to)) => {
                    (it.id, it.from, it.to) = (id, *from, *to);
                    Element::Link(it)
                }
                _ => continue,
            },
            Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => continue,
        };
        added.insert(id);
        edits.push(Edit::Add(Box::new(element)));
    }
    // A copy whose definition became a placement itself must point at that one's definition.
    let moved_to: BTreeMap<Id, Id> = edits
        .iter()
        .filter_map(|it| match it {
            Edit::Add(element) => match element.as_ref() {
                Element::Sticky(it) => it.of.filter(|of| board.contains(*of)).map(|of| (it.id, of)),
                _ => None,
            },
            Edit::Remove(_) | Edit::Set { .. } | Edit::Settings { .. } => None,
        })
        .collect();
    for edit in &mut edits {
        if let Edit::Add(element) = edit
            && let Element::Sticky(it) = element.as_mut()
            && let Some(of) = it.of.and_then(|of| moved_to.get(&of))
        {
            it.of = Some(*of);
        }
    }
    (edits, added)
}

/// The definitions on the board by kind and text.
fn definitions(board: &Board) -> BTreeMap<(&'static str, &str), Id> {
    let all = board.stickies().values().filter(|it| it.of.is_none() && !it.text.trim().is_empty());
    // Of several with one text the first counts.
    all.rev().map(|it| ((it.kind.spec().key, it.text.as_str()), it.id)).collect()
}
