//! Edits for what people do: each function returns the edits of one undo step and changes nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Board, Edit, Element, Field, Sticky};
use crate::kit::{Id, IdSource, OrderKey, Point};

/// Deletes the elements and whatever refers to them. Where a definition goes and placements stay,
/// the placement with the lowest id takes over its text and its other placements.
pub fn delete(board: &Board, ids: &BTreeSet<Id>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut gone: BTreeSet<Id> = ids.iter().copied().filter(|id| board.contains(*id)).collect();
    let mut dependants = BTreeSet::new();
    for link in board.links().values() {
        if gone.contains(&link.from) || gone.contains(&link.to) {
            dependants.insert(link.id);
        }
    }
    for refusal in board.refusals().values() {
        if gone.contains(&refusal.from) || gone.contains(&refusal.to) {
            dependants.insert(refusal.id);
        }
    }
    gone.extend(&dependants);
    let waivers = board.waivers().values().filter(|it| gone.contains(&it.on)).map(|it| it.id);
    let waivers: Vec<Id> = waivers.collect();
    gone.extend(waivers);
    let mut kept: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for sticky in board.stickies().values().filter(|it| !gone.contains(&it.id)) {
        if let Some(of) = sticky.of {
            kept.entry(of).or_default().push(sticky.id);
        }
    }
    for definition in gone.iter().filter_map(|id| board.sticky(*id)).filter(|it| it.of.is_none()) {
        let mut heirs = kept.get(&definition.id).into_iter().flatten().copied();
        let Some(heir) = heirs.next() else { continue };
        edits.push(Edit::Set { id: heir, old: Field::Of(Some(definition.id)), new: Field::Of(None) });
        let text = Field::Text(definition.text.clone());
        edits.push(Edit::Set { id: heir, old: Field::Text(String::new()), new: text });
        for other in heirs {
            edits.push(Edit::Set { id: other, old: Field::Of(Some(definition.id)), new: Field::Of(Some(heir)) });
        }
    }
    // What refers goes before what it refers to: waivers, then links and refusals, then placements, then the rest.
    let rank = |element: &Element| match element {
        Element::Waiver(_) => 0,
        Element::Refusal(_) | Element::Link(_) => 1,
        Element::Sticky(it) if it.of.is_some() => 2,
        Element::Sticky(_)
        | Element::Frame(_)
        | Element::Scenario(_)
        | Element::Relationship(_)
        | Element::Photo(_) => 3,
    };
    let mut elements: Vec<Element> = gone.iter().filter_map(|id| board.element(*id)).collect();
    elements.sort_by_key(|it| (rank(it), it.id()));
    edits.extend(elements.into_iter().map(|it| Edit::Remove(Box::new(it))));
    edits
}

/// Moves stickies, frames and scenarios by a distance; other ids are passed over.
pub fn move_by(board: &Board, ids: &BTreeSet<Id>, dx: i32, dy: i32) -> Vec<Edit> {
    let mut edits = Vec::new();
    for id in ids {
        let Ok(Field::At(at)) = board.field(*id, &Field::At(Point::default())) else { continue };
        let to = at.moved(dx, dy);
        if to != at {
            edits.push(Edit::Set { id: *id, old: Field::At(at), new: Field::At(to) });
        }
    }
    edits
}

/// Sets the text of a sticky's definition, or of a frame, link, scenario or relationship.
pub fn set_text(board: &Board, id: Id, text: &str) -> Vec<Edit> {
    let on = board.definition(id).map_or(id, |it| it.id);
    match board.field(on, &Field::Text(String::new())) {
        Ok(old) if old != Field::Text(text.to_owned()) => {
            vec![Edit::Set { id: on, old, new: Field::Text(text.to_owned()) }]
        }
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// Makes a placement a thing of its own with that text; the others, whose text is `rest` then, stay one thing. None
/// where it has no other placements.
pub fn own_thing(board: &Board, id: Id, text: &str, rest: &str) -> Vec<Edit> {
    let Some(definition) = board.definition(id) else { return Vec::new() };
    let text_of = |id: Id, old: &str, new: &str| {
        let (old, new) = (Field::Text(old.to_owned()), Field::Text(new.to_owned()));
        (old != new).then_some(Edit::Set { id, old, new })
    };
    let of = |id: Id, old: Option<Id>, new: Option<Id>| Edit::Set { id, old: Field::Of(old), new: Field::Of(new) };
    let mut edits = Vec::new();
    if definition.id != id {
        edits.push(of(id, Some(definition.id), None));
        edits.extend(text_of(id, "", text));
        edits.extend(text_of(definition.id, &definition.text, rest));
        return edits;
    }
    let mut others = board.placements(id).map(|it| it.id).filter(|it| *it != id);
    let Some(heir) = others.next() else { return edits };
    edits.push(of(heir, Some(id), None));
    edits.extend(text_of(heir, "", rest));
    edits.extend(others.map(|it| of(it, Some(id), Some(heir))));
    edits.extend(text_of(id, &definition.text, text));
    edits
}

/// Keys by which these stickies lie above everything on the board, on one another as their own keys say.
pub fn above_all<'a>(board: &Board, stickies: impl Iterator<Item = &'a Sticky>) -> BTreeMap<OrderKey, OrderKey> {
    let own: BTreeSet<&OrderKey> = stickies.map(|it| &it.z).collect();
    let mut top = board.stickies().values().map(|it| &it.z).max().cloned();
    let mut raised = BTreeMap::new();
    for key in own {
        let next = OrderKey::between(top.as_ref(), None);
        raised.insert(key.clone(), next.clone());
        top = Some(next);
    }
    raised
}

/// Keys by which these photos lie above all photos of the board, on one another as they do now.
pub fn photos_above_all<'a>(board: &Board, photos: impl Iterator<Item = &'a super::Photo>) -> BTreeMap<Id, OrderKey> {
    let mut own: Vec<_> = photos.collect();
    own.sort_by_key(|it| (&it.z, it.id));
    let mut top = board.photos().values().map(|it| &it.z).max().cloned();
    let mut raised = BTreeMap::new();
    for photo in own {
        let next = OrderKey::between(top.as_ref(), None);
        raised.insert(photo.id, next.clone());
        top = Some(next);
    }
    raised
}

/// Copies elements, moved by a distance, above everything else: stickies become further placements of the same definition, links between
/// two copied stickies are copied with them. Returns the edits and the new ids by old id.
pub fn duplicate(
    board: &Board,
    ids: &BTreeSet<Id>,
    dx: i32,
    dy: i32,
    source: &mut IdSource,
) -> (Vec<Edit>, BTreeMap<Id, Id>) {
    let mut edits = Vec::new();
    let mut copies = BTreeMap::new();
    let mut add = |element: Element| edits.push(Edit::Add(Box::new(element)));
    let raised = above_all(board, ids.iter().filter_map(|id| board.sticky(*id)));
    for sticky in ids.iter().filter_map(|id| board.sticky(*id)) {
        let at = Point::new(sticky.x, sticky.y).moved(dx, dy);
        let id = source.next_id();
        copies.insert(sticky.id, id);
        let annotates = !sticky.kind.role().flows();
        let of = if annotates { sticky.of } else { Some(sticky.of.unwrap_or(sticky.id)) };
        let text = if of.is_some() { String::new() } else { sticky.text.clone() };
        let z = raised.get(&sticky.z).unwrap_or(&sticky.z).clone();
        add(Element::Sticky(Sticky { id, x: at.x, y: at.y, z, of, text, ..sticky.clone() }));
    }
    for frame in ids.iter().filter_map(|id| board.frame(*id)) {
        let at = Point::new(frame.x, frame.y).moved(dx, dy);
        let id = source.next_id();
        copies.insert(frame.id, id);
        add(Element::Frame(super::Frame { id, x: at.x, y: at.y, map: None, ..frame.clone() }));
    }
    for scenario in ids.iter().filter_map(|id| board.scenarios().get(id)) {
        let at = Point::new(scenario.x, scenario.y).moved(dx, dy);
        let id = source.next_id();
        copies.insert(scenario.id, id);
        add(Element::Scenario(super::Scenario { id, x: at.x, y: at.y, ..scenario.clone() }));
    }
    let raised = photos_above_all(board, ids.iter().filter_map(|id| board.photos().get(id)));
    for photo in ids.iter().filter_map(|id| board.photos().get(id)) {
        let at = Point::new(photo.x, photo.y).moved(dx, dy);
        let id = source.next_id();
        copies.insert(photo.id, id);
        let z = raised.get(&photo.id).unwrap_or(&photo.z).clone();
        add(Element::Photo(super::Photo { id, x: at.x, y: at.y, z, ..photo.clone() }));
    }
    for link in board.links().values() {
        if let (Some(from), Some(to)) = (copies.get(&link.from), copies.get(&link.to)) {
            let id = source.next_id();
            add(Element::Link(super::Link { id, from: *from, to: *to, text: link.text.clone() }));
        }
    }
    (edits, copies)
}
