//! The clipboard: elements as JSON text, and lists of lines that become stickies.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::placing::{GAP, top_z};
use crate::board::{Board, Edit, Element, Kind, Sticky};
use crate::kit::{Id, IdSource, Point, Rect};

/// More lines than this are not pasted as stickies.
const LINES_MAX: usize = 2_000;
/// Stickies in a row of a pasted list.
const ROW: usize = 10;

/// What the JSON text holds. Its one key tells it from any other text.
#[derive(Debug, Serialize, Deserialize)]
struct Clip {
    stormglass_clipboard: u32,
    elements: Vec<Element>,
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
            Some(it @ (Element::Frame(_) | Element::Scenario(_))) => elements.push(it),
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

/// The edits that put a clipboard's text on the board round `at`, and what they add.
pub(super) fn paste(
    board: &Board,
    text: &str,
    kind: Kind,
    at: Point,
    source: &mut IdSource,
) -> (Vec<Edit>, BTreeSet<Id>) {
    match serde_json::from_str::<Clip>(text) {
        Ok(clip) if clip.stormglass_clipboard == 1 => paste_elements(board, clip.elements, at, source),
        Ok(_) | Err(_) => paste_lines(board, text, kind, at, source),
    }
}

/// The same for a text that is to become one sticky, whatever it holds.
pub(super) fn paste_plain(
    board: &Board,
    text: &str,
    kind: Kind,
    at: Point,
    source: &mut IdSource,
) -> (Vec<Edit>, BTreeSet<Id>) {
    let words: String = text.trim().chars().take(10_000).collect();
    if words.is_empty() {
        return (Vec::new(), BTreeSet::new());
    }
    let id = source.next_id();
    let mut sticky = Sticky::new(id, kind, at, words);
    sticky.z = top_z(board);
    (vec![Edit::Add(Box::new(Element::Sticky(sticky)))], BTreeSet::from([id]))
}

fn paste_elements(
    board: &Board,
    elements: Vec<Element>,
    at: Point,
    source: &mut IdSource,
) -> (Vec<Edit>, BTreeSet<Id>) {
    let rect = |it: &Element| match it {
        Element::Sticky(it) => Some(it.rect()),
        Element::Frame(it) => Some(it.rect()),
        Element::Scenario(it) => Some(it.rect()),
        Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => None,
    };
    let Some(bounds) = elements.iter().filter_map(rect).reduce(Rect::union) else {
        return (Vec::new(), BTreeSet::new());
    };
    let middle = bounds.center();
    let (dx, dy) = (at.x.saturating_sub(middle.x), at.y.saturating_sub(middle.y));
    let fresh: BTreeMap<Id, Id> = elements.iter().map(|it| (it.id(), source.next_id())).collect();
    let mut edits = Vec::new();
    let mut added = BTreeSet::new();
    let rank = |it: &Element| match it {
        Element::Sticky(it) if it.of.is_none() => 0,
        Element::Frame(_) | Element::Scenario(_) => 0,
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
                it.of = it.of.and_then(|of| fresh.get(&of).copied());
                if it.kind.role().flows()
                    && it.of.is_none()
                    && let Some(same) = same_text(board, &it)
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

/// A definition on the board with that very text and kind.
fn same_text(board: &Board, sticky: &Sticky) -> Option<Id> {
    let mut all = board.stickies().values().filter(|it| it.of.is_none() && it.kind == sticky.kind);
    all.find(|it| it.text == sticky.text && !it.text.trim().is_empty()).map(|it| it.id)
}

/// One sticky a line (or a cell, where lines hold tabs), in rows from left to right.
fn paste_lines(board: &Board, text: &str, kind: Kind, at: Point, source: &mut IdSource) -> (Vec<Edit>, BTreeSet<Id>) {
    let table = text.contains('\t');
    let mut edits = Vec::new();
    let mut added = BTreeSet::new();
    let size = kind.spec().size;
    let z = top_z(board);
    let (mut column, mut row) = (0i32, 0i32);
    for line in text.lines().take(LINES_MAX) {
        let mut any = false;
        for cell in line.split('\t').take(LINES_MAX) {
            let words = cell.trim().trim_start_matches(['-', '*', '•']).trim();
            if words.is_empty() {
                column += i32::from(table);
                continue;
            }
            any = true;
            let place = at.moved(column * (size.w + GAP), row * (size.h + GAP));
            let id = source.next_id();
            let mut sticky = Sticky::new(id, kind, place, words.chars().take(10_000).collect::<String>());
            sticky.z = z.clone();
            edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
            added.insert(id);
            column += 1;
            if !table && column as usize >= ROW {
                (column, row) = (0, row + 1);
            }
            if added.len() >= LINES_MAX {
                return (edits, added);
            }
        }
        if table && any {
            (column, row) = (0, row + 1);
        }
    }
    (edits, added)
}
