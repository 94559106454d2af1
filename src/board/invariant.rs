//! What holds of every board, whichever edits made it.

use super::{Board, EditError, Element, Photo, Sticky};
use crate::kit::{Id, Point, Rect, Size};

/// The largest side of an element, in board units.
const SIDE: i32 = 1_000_000;

/// Whether `element` may lie on `board` (where an element of its id may lie already).
pub(super) fn check_element(board: &Board, element: &Element) -> Result<(), EditError> {
    let id = element.id();
    for to in element.refers_to() {
        let sticky = board.stickies.contains_key(&to);
        let known = match element {
            Element::Waiver(_) => board.contains(to),
            Element::Sticky(_)
            | Element::Frame(_)
            | Element::Link(_)
            | Element::Scenario(_)
            | Element::Refusal(_)
            | Element::Photo(_)
            | Element::Relationship(_) => sticky,
        };
        if !known {
            return Err(EditError::Missing(to));
        }
    }
    match element {
        Element::Sticky(it) => {
            place(id, Rect { x: it.x, y: it.y, w: it.w, h: it.h }, 0)?;
            if let Some(of) = it.of {
                let definition = board.stickies.get(&of).ok_or(EditError::Missing(of))?;
                if of == id || definition.of.is_some() {
                    return invalid(id, format!("its definition {of} is itself a placement; name the definition"));
                }
                if !it.text.is_empty() {
                    return invalid(id, format!("it is a placement of {of} and yet has a text of its own"));
                }
            }
        }
        Element::Frame(it) => {
            place(id, it.rect(), 1)?;
            if let Some(at) = it.map {
                place(id, Rect::new(at, Size::new(1, 1)), 1)?;
            }
        }
        Element::Relationship(it) if it.from == it.to => {
            return invalid(id, "a relationship is about two different contexts".to_owned());
        }
        Element::Relationship(it) => {
            let other = board.relationships.values().find(|other| other.id != id && other.joins(it.from, it.to));
            if let Some(other) = other {
                return invalid(id, format!("{} is about the same two contexts; say both things there", other.id));
            }
        }
        Element::Link(it) if it.from == it.to => return invalid(id, "a link joins two different stickies".to_owned()),
        Element::Scenario(it) => place(id, Rect { x: it.x, y: it.y, w: it.w, h: it.h }, 0)?,
        Element::Photo(it) => {
            place(id, it.rect(), 1)?;
            if it.data.bytes().len() > super::PHOTO_MOST {
                return invalid(id, format!("the photo has more than {} bytes; make it smaller", super::PHOTO_MOST));
            }
            if it.data.media_type().is_none() {
                return invalid(id, "the photo is neither PNG nor JPEG".to_owned());
            }
        }
        Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) => {}
    }
    Ok(())
}

/// A sticky that becomes a placement may not be somebody's definition.
pub(super) fn check_definition(board: &Board, sticky: &Sticky) -> Result<(), EditError> {
    match board.stickies.values().find(|it| sticky.of.is_some() && it.of == Some(sticky.id)) {
        Some(by) => Err(EditError::Referred { id: sticky.id, by: by.id }),
        None => Ok(()),
    }
}

/// With one more photo, all of a board together are no more than can be written and read again.
pub(super) fn check_photos(board: &Board, photo: &Photo) -> Result<(), EditError> {
    let others = board.photos.values().map(|it| it.data.bytes().len());
    if others.sum::<usize>() + photo.data.bytes().len() > super::PHOTOS_MOST {
        let most = super::PHOTOS_MOST >> 20;
        return invalid(
            photo.id,
            format!("the photos of a board would have more than {most} MB together; make them smaller or take one off"),
        );
    }
    Ok(())
}

fn place(id: Id, rect: Rect, least: i32) -> Result<(), EditError> {
    if !Point::new(rect.x, rect.y).in_bounds() {
        return invalid(id, format!("its position {}, {} lies outside ±{}", rect.x, rect.y, Point::LIMIT));
    }
    if !(least..=SIDE).contains(&rect.w) || !(least..=SIDE).contains(&rect.h) {
        return invalid(id, format!("its size {} x {} is not between {least} and {SIDE}", rect.w, rect.h));
    }
    Ok(())
}

fn invalid(id: Id, why: String) -> Result<(), EditError> {
    Err(EditError::Invalid { id, why })
}
