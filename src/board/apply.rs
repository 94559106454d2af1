//! Applying an edit: the only writer of a board.

use std::collections::BTreeMap;

use super::invariant::{check_definition, check_element, check_photos};
use super::{Board, Edit, EditError, Element, Field, Setting};
use crate::kit::{Id, Point, Size};

/// Applies `edit` and returns its inverse, or refuses it and leaves the board as it was.
pub fn apply(board: &mut Board, edit: &Edit) -> Result<Edit, EditError> {
    apply_one(board, edit, None)
}

/// `referred` says of the board before the edit how many elements refer to one, if that was counted.
fn apply_one(board: &mut Board, edit: &Edit, referred: Option<&Referred>) -> Result<Edit, EditError> {
    match edit {
        Edit::Add(element) => {
            add(board, element)?;
            Ok(Edit::Remove(element.clone()))
        }
        Edit::Remove(element) => {
            remove(board, element, referred)?;
            Ok(Edit::Add(element.clone()))
        }
        Edit::Set { id, old, new } => {
            set(board, *id, old, new)?;
            Ok(Edit::Set { id: *id, old: new.clone(), new: old.clone() })
        }
        Edit::Settings { old, new } => {
            settings(board, old, new)?;
            Ok(Edit::Settings { old: new.clone(), new: old.clone() })
        }
    }
}

/// Applies all edits or none. Returns the inverses in the order in which they undo.
pub fn apply_all(board: &mut Board, edits: &[Edit]) -> Result<Vec<Edit>, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    let removals = edits.iter().filter(|it| matches!(it, Edit::Remove(_))).count();
    let mut referred = (removals > FEW).then(|| Referred::count(board));
    for edit in edits {
        match apply_one(board, edit, referred.as_ref()) {
            Ok(inverse) => {
                inverses.push(inverse);
                if let Some(it) = &mut referred {
                    it.follow(edit);
                }
            }
            Err(err) => {
                for inverse in inverses.iter().rev() {
                    let undone = apply(board, inverse);
                    debug_assert!(undone.is_ok(), "an inverse always applies");
                }
                return Err(err);
            }
        }
    }
    inverses.reverse();
    Ok(inverses)
}

/// Up to so many elements that go at once, who refers to them is looked up one by one.
const FEW: usize = 8;

/// How many elements refer to one: looking it up for each of many would take the square of their number.
struct Referred(BTreeMap<Id, usize>);

impl Referred {
    fn count(board: &Board) -> Self {
        let mut counts = BTreeMap::new();
        let mut add = |id: Id| *counts.entry(id).or_default() += 1;
        board.stickies.values().filter_map(|it| it.of).for_each(&mut add);
        board.links.values().flat_map(|it| [it.from, it.to]).for_each(&mut add);
        board.waivers.values().map(|it| it.on).for_each(&mut add);
        board.refusals.values().flat_map(|it| [it.from, it.to]).for_each(&mut add);
        Self(counts)
    }

    /// Keeps up with an edit that was applied.
    fn follow(&mut self, edit: &Edit) {
        let field = |it: &Field| match it {
            Field::Of(id) => *id,
            Field::From(id) | Field::To(id) => Some(*id),
            _ => None,
        };
        let (gone, come) = match edit {
            Edit::Add(it) => (Vec::new(), it.refers_to()),
            Edit::Remove(it) => (it.refers_to(), Vec::new()),
            Edit::Set { old, new, .. } => (field(old).into_iter().collect(), field(new).into_iter().collect()),
            Edit::Settings { .. } => return,
        };
        for id in gone {
            if let Some(count) = self.0.get_mut(&id) {
                *count = count.saturating_sub(1);
            }
        }
        for id in come {
            *self.0.entry(id).or_default() += 1;
        }
    }

    fn any(&self, id: Id) -> bool {
        self.0.get(&id).is_some_and(|it| *it > 0)
    }
}

fn add(board: &mut Board, element: &Element) -> Result<(), EditError> {
    let id = element.id();
    if board.contains(id) {
        return Err(EditError::Taken(id));
    }
    check_element(board, element)?;
    if let Element::Photo(photo) = element {
        check_photos(board, photo)?;
    }
    insert(board, element.clone());
    Ok(())
}

/// Puts an element there, in the place of the one with its id.
fn insert(board: &mut Board, element: Element) {
    let id = element.id();
    match element {
        Element::Sticky(it) => drop(board.stickies.insert(id, it)),
        Element::Frame(it) => drop(board.frames.insert(id, it)),
        Element::Link(it) => drop(board.links.insert(id, it)),
        Element::Scenario(it) => drop(board.scenarios.insert(id, it)),
        Element::Waiver(it) => drop(board.waivers.insert(id, it)),
        Element::Refusal(it) => drop(board.refusals.insert(id, it)),
        Element::Relationship(it) => drop(board.relationships.insert(id, it)),
        Element::Photo(it) => drop(board.photos.insert(id, it)),
    }
}

fn remove(board: &mut Board, element: &Element, referred: Option<&Referred>) -> Result<(), EditError> {
    let id = element.id();
    match board.element(id) {
        None => return Err(EditError::Missing(id)),
        Some(now) if now != *element => return Err(EditError::Stale { id, field: "content" }),
        Some(_) => {}
    }
    if referred.is_none_or(|it| it.any(id))
        && let Some(by) = board.referrers(id).next()
    {
        return Err(EditError::Referred { id, by });
    }
    match element {
        Element::Sticky(_) => drop(board.stickies.remove(&id)),
        Element::Frame(_) => drop(board.frames.remove(&id)),
        Element::Link(_) => drop(board.links.remove(&id)),
        Element::Scenario(_) => drop(board.scenarios.remove(&id)),
        Element::Waiver(_) => drop(board.waivers.remove(&id)),
        Element::Refusal(_) => drop(board.refusals.remove(&id)),
        Element::Relationship(_) => drop(board.relationships.remove(&id)),
        Element::Photo(_) => drop(board.photos.remove(&id)),
    }
    Ok(())
}

fn set(board: &mut Board, id: Id, old: &Field, new: &Field) -> Result<(), EditError> {
    if !old.same_field(new) {
        return Err(EditError::MixedFields { id });
    }
    let now = board.field(id, old)?;
    if now != *old {
        return Err(EditError::Stale { id, field: old.name() });
    }
    let mut element = board.element(id).ok_or(EditError::Missing(id))?;
    put(&mut element, new.clone());
    check_element(board, &element)?;
    if let (Element::Sticky(sticky), Field::Of(_)) = (&element, new) {
        check_definition(board, sticky)?;
    }
    insert(board, element);
    Ok(())
}

impl Board {
    /// The elements that refer to `id`, by id within each sort.
    pub fn referrers(&self, id: Id) -> impl Iterator<Item = Id> {
        let placements = self.stickies.values().filter(move |it| it.of == Some(id)).map(|it| it.id);
        let links = self.links.values().filter(move |it| it.from == id || it.to == id).map(|it| it.id);
        let waivers = self.waivers.values().filter(move |it| it.on == id).map(|it| it.id);
        let refusals = self.refusals.values().filter(move |it| it.from == id || it.to == id).map(|it| it.id);
        placements.chain(links).chain(waivers).chain(refusals)
    }

    /// What the field that `like` names holds in the element `id`.
    pub fn field(&self, id: Id, like: &Field) -> Result<Field, EditError> {
        let element = self.element(id).ok_or(EditError::Missing(id))?;
        get(&element, like).ok_or(EditError::NoSuchField { id, field: like.name() })
    }

    /// The edit that sets a field of an element to `new`, from what it holds now.
    pub fn set(&self, id: Id, new: Field) -> Result<Edit, EditError> {
        let old = self.field(id, &new)?;
        Ok(Edit::Set { id, old, new })
    }
}

fn get(element: &Element, like: &Field) -> Option<Field> {
    match (element, like) {
        (Element::Sticky(it), Field::At(_)) => Some(Field::At(Point::new(it.x, it.y))),
        (Element::Sticky(it), Field::Size(_)) => Some(Field::Size(Size::new(it.w, it.h))),
        (Element::Sticky(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Sticky(it), Field::Kind(_)) => Some(Field::Kind(it.kind)),
        (Element::Sticky(it), Field::Of(_)) => Some(Field::Of(it.of)),
        (Element::Sticky(it), Field::Z(_)) => Some(Field::Z(it.z.clone())),
        (Element::Sticky(it), Field::Locked(_)) => Some(Field::Locked(it.locked)),
        (Element::Sticky(it), Field::Pinned(_)) => Some(Field::Pinned(it.pinned)),
        (Element::Sticky(it), Field::Mark(mark, _)) => Some(Field::Mark(*mark, it.has(*mark))),
        (Element::Sticky(it), Field::Outputs(_)) => Some(Field::Outputs(it.outputs)),
        (Element::Sticky(it), Field::Inputs(_)) => Some(Field::Inputs(it.inputs)),
        (Element::Sticky(it), Field::Topic(_)) => Some(Field::Topic(it.topic.clone())),
        (Element::Frame(it), Field::At(_)) => Some(Field::At(Point::new(it.x, it.y))),
        (Element::Frame(it), Field::Size(_)) => Some(Field::Size(Size::new(it.w, it.h))),
        (Element::Frame(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Frame(it), Field::FrameKind(_)) => Some(Field::FrameKind(it.kind)),
        (Element::Frame(it), Field::Z(_)) => Some(Field::Z(it.z.clone())),
        (Element::Frame(it), Field::Locked(_)) => Some(Field::Locked(it.locked)),
        (Element::Frame(it), Field::Collapsed(_)) => Some(Field::Collapsed(it.collapsed)),
        (Element::Frame(it), Field::Mark(mark, _)) => Some(Field::Mark(*mark, it.has(*mark))),
        (Element::Link(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Link(it), Field::From(_)) => Some(Field::From(it.from)),
        (Element::Link(it), Field::To(_)) => Some(Field::To(it.to)),
        (Element::Scenario(it), Field::At(_)) => Some(Field::At(Point::new(it.x, it.y))),
        (Element::Scenario(it), Field::Size(_)) => Some(Field::Size(Size::new(it.w, it.h))),
        (Element::Scenario(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Waiver(it), Field::Reason(_)) => Some(Field::Reason(it.reason.clone())),
        (Element::Frame(it), Field::Map(_)) => Some(Field::Map(it.map)),
        (Element::Photo(it), Field::At(_)) => Some(Field::At(Point::new(it.x, it.y))),
        (Element::Photo(it), Field::Size(_)) => Some(Field::Size(Size::new(it.w, it.h))),
        (Element::Photo(it), Field::Z(_)) => Some(Field::Z(it.z.clone())),
        (Element::Photo(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Photo(it), Field::Locked(_)) => Some(Field::Locked(it.locked)),
        (Element::Relationship(it), Field::Text(_)) => Some(Field::Text(it.text.clone())),
        (Element::Relationship(it), Field::Pattern(pattern, _)) => {
            Some(Field::Pattern(*pattern, it.patterns.contains(pattern)))
        }
        (Element::Relationship(it), Field::Upstream(_)) => Some(Field::Upstream(it.upstream)),
        _ => None,
    }
}

/// Writes a field that [`get`] knows.
fn put(element: &mut Element, field: Field) {
    match (element, field) {
        (Element::Sticky(it), Field::At(at)) => (it.x, it.y) = (at.x, at.y),
        (Element::Sticky(it), Field::Size(size)) => (it.w, it.h) = (size.w, size.h),
        (Element::Sticky(it), Field::Text(text)) => it.text = text,
        (Element::Sticky(it), Field::Kind(kind)) => it.kind = kind,
        (Element::Sticky(it), Field::Of(of)) => it.of = of,
        (Element::Sticky(it), Field::Z(z)) => it.z = z,
        (Element::Sticky(it), Field::Locked(on)) => it.locked = on,
        (Element::Sticky(it), Field::Pinned(on)) => it.pinned = on,
        (Element::Sticky(it), Field::Mark(mark, true)) => drop(it.marks.insert(mark)),
        (Element::Sticky(it), Field::Mark(mark, false)) => drop(it.marks.remove(&mark)),
        (Element::Sticky(it), Field::Outputs(outputs)) => it.outputs = outputs,
        (Element::Sticky(it), Field::Inputs(inputs)) => it.inputs = inputs,
        (Element::Sticky(it), Field::Topic(topic)) => it.topic = topic,
        (Element::Frame(it), Field::At(at)) => (it.x, it.y) = (at.x, at.y),
        (Element::Frame(it), Field::Size(size)) => (it.w, it.h) = (size.w, size.h),
        (Element::Frame(it), Field::Text(text)) => it.text = text,
        (Element::Frame(it), Field::FrameKind(kind)) => it.kind = kind,
        (Element::Frame(it), Field::Z(z)) => it.z = z,
        (Element::Frame(it), Field::Locked(on)) => it.locked = on,
        (Element::Frame(it), Field::Collapsed(on)) => it.collapsed = on,
        (Element::Frame(it), Field::Mark(mark, true)) => drop(it.marks.insert(mark)),
        (Element::Frame(it), Field::Mark(mark, false)) => drop(it.marks.remove(&mark)),
        (Element::Link(it), Field::Text(text)) => it.text = text,
        (Element::Link(it), Field::From(from)) => it.from = from,
        (Element::Link(it), Field::To(to)) => it.to = to,
        (Element::Scenario(it), Field::At(at)) => (it.x, it.y) = (at.x, at.y),
        (Element::Scenario(it), Field::Size(size)) => (it.w, it.h) = (size.w, size.h),
        (Element::Scenario(it), Field::Text(text)) => it.text = text,
        (Element::Waiver(it), Field::Reason(reason)) => it.reason = reason,
        (Element::Frame(it), Field::Map(at)) => it.map = at,
        (Element::Photo(it), Field::At(at)) => (it.x, it.y) = (at.x, at.y),
        (Element::Photo(it), Field::Size(size)) => (it.w, it.h) = (size.w, size.h),
        (Element::Photo(it), Field::Z(z)) => it.z = z,
        (Element::Photo(it), Field::Text(text)) => it.text = text,
        (Element::Photo(it), Field::Locked(on)) => it.locked = on,
        (Element::Relationship(it), Field::Text(text)) => it.text = text,
        (Element::Relationship(it), Field::Pattern(pattern, true)) => drop(it.patterns.insert(pattern)),
        (Element::Relationship(it), Field::Pattern(pattern, false)) => drop(it.patterns.remove(&pattern)),
        (Element::Relationship(it), Field::Upstream(upstream)) => it.upstream = upstream,
        (_, field) => debug_assert!(false, "no element of that sort has a {}", field.name()),
    }
}

fn settings(board: &mut Board, old: &Setting, new: &Setting) -> Result<(), EditError> {
    let settings = &mut board.settings;
    fn swap<T: PartialEq + Clone>(slot: &mut T, old: &T, new: &T) -> Result<(), EditError> {
        if slot != old {
            return Err(EditError::StaleSetting);
        }
        *slot = new.clone();
        Ok(())
    }
    match (old, new) {
        (Setting::Title(old), Setting::Title(new)) => swap(&mut settings.title, old, new),
        (Setting::Level(old), Setting::Level(new)) => swap(&mut settings.level, old, new),
        (Setting::Language(old), Setting::Language(new)) => swap(&mut settings.language, old, new),
        (Setting::Notes(old), Setting::Notes(new)) => swap(&mut settings.notes, old, new),
        (Setting::Exploring(old), Setting::Exploring(new)) => swap(&mut settings.exploring, old, new),
        _ => Err(EditError::StaleSetting),
    }
}
