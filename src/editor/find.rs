//! Find and replace: in names, fields, rules, notes, frames, scenarios and the labels of links.

use std::ops::Range;

use super::neighbours::reading_order;
use crate::board::{Board, Edit, set_text};
use crate::kit::{Id, Point};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words.
    pub text: String,
    /// Whether upper and lower case differ.
    pub match_case: bool,
}

/// One place where it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The element whose text it is.
    pub on: Id,
    /// The bytes of the text.
    pub range: Range<usize>,
}

/// Every occurrence in reading order: by rows, then from left to right.
pub fn find(board: &Board, query: &Query) -> Vec<Found> {
    let needle: Vec<char> = folded(&query.text, query.match_case).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<((i32, i32, Id), Found)> = Vec::new();
    let mut look = |on: Id, at: Point, text: &str| {
        for range in occurrences(text, &needle, query.match_case) {
            all.push((reading_order(at.x, at.y, on), Found { on, range }));
        }
    };
    // A further placement has no text of its own: its definition's is found once.
    for it in board.stickies().values().filter(|it| it.of.is_none()) {
        look(it.id, Point::new(it.x, it.y), &it.text);
    }
    for it in board.frames().values() {
        look(it.id, Point::new(it.x, it.y), &it.text);
    }
    for it in board.scenarios().values() {
        look(it.id, Point::new(it.x, it.y), &it.text);
    }
    for it in board.links().values().filter(|it| !it.text.is_empty()) {
        let at = board.rect(it.from).map(|it| it.center()).unwrap_or_default();
        look(it.id, at, &it.text);
    }
    all.sort_by_key(|it| (it.0, it.1.range.start));
    all.into_iter().map(|it| it.1).collect()
}

/// The edits that put `with` in the place of each of these. What has changed since it was found is left alone.
pub fn replace(board: &Board, query: &Query, found: &[Found], with: &str) -> Vec<Edit> {
    let needle: Vec<char> = folded(&query.text, query.match_case).collect();
    let mut order: Vec<&Found> = found.iter().collect();
    order.sort_by_key(|it| (it.on, it.range.start));
    let mut edits = Vec::new();
    for places in order.chunk_by(|a, b| a.on == b.on) {
        let Some(on) = places.first().map(|it| it.on) else { continue };
        let text = board.text(on);
        let mut new = String::with_capacity(text.len());
        let mut done = 0;
        for it in places {
            let still =
                text.get(it.range.clone()).is_some_and(|it| folded(it, query.match_case).eq(needle.iter().copied()));
            if let Some(before) = text.get(done..it.range.start).filter(|_| still) {
                new.push_str(before);
                new.push_str(with);
                done = it.range.end;
            }
        }
        new.push_str(text.get(done..).unwrap_or_default());
        edits.extend(set_text(board, on, &new));
    }
    edits
}

fn folded(text: &str, match_case: bool) -> impl Iterator<Item = char> {
    text.chars().flat_map(move |it| {
        let (same, lower) = if match_case { (Some(it), None) } else { (None, Some(it.to_lowercase())) };
        same.into_iter().chain(lower.into_iter().flatten())
    })
}

/// Where the needle lies, as bytes, none over another.
fn occurrences(text: &str, needle: &[char], match_case: bool) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut free = 0;
    for (start, _) in text.char_indices() {
        if start < free {
            continue;
        }
        let mut left = needle;
        for (at, letter) in text.get(start..).unwrap_or_default().char_indices() {
            let mut whole = true;
            for it in folded(letter.encode_utf8(&mut [0; 4]), match_case) {
                match left.split_first() {
                    Some((first, rest)) if *first == it => left = rest,
                    _ => whole = false,
                }
            }
            if !whole {
                break;
            }
            if left.is_empty() {
                free = start + at + letter.len_utf8();
                all.push(start..free);
                break;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(text: &str, query: &str, match_case: bool) -> Vec<Range<usize>> {
        let needle: Vec<char> = folded(query, match_case).collect();
        occurrences(text, &needle, match_case)
    }

    #[test]
    fn occurrences_are_whole_letters() {
        assert_eq!(ranges("Order order", "order", false), [0..5, 6..11]);
        assert_eq!(ranges("Order order", "order", true), std::iter::once(6..11).collect::<Vec<_>>());
        assert_eq!(ranges("aaaa", "aa", true), [0..2, 2..4]);
        assert_eq!(ranges("ÄPFEL äpfel", "Äpfel", false), [0..6, 7..13]);
        // One letter that two small ones stand for is found whole or not at all.
        assert_eq!(ranges("İzmir", "i", false), std::iter::once(4..5).collect::<Vec<_>>());
        assert!(ranges("abc", "", false).is_empty());
    }
}
