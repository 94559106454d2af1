//! What a step is called to people: what was done, and to what.

use std::collections::BTreeMap;

use crate::board::{Board, Edit, Element, Field, name_of};
use crate::kit::{Id, counted};

/// Longer names are cut.
const LONGEST: usize = 40;

/// What a step was about: of what it touched the most telling sort, and each thing of that sort with its name.
struct Subject {
    /// A sticky, frame, scenario, photo, link, or something else.
    rank: u8,
    /// What one of them is called where it has no name.
    kind: &'static str,
    name: String,
}

/// The label with what the edits are about: the name of one thing, or how many. `board` is the board before or after
/// the edits.
pub(super) fn worded(label: &str, edits: &[Edit], board: &Board) -> String {
    let mut about: BTreeMap<Id, Subject> = BTreeMap::new();
    for edit in edits {
        if let Some((id, subject)) = subject(edit, board) {
            let known = about.get(&id).is_some_and(|it| !it.name.is_empty());
            if !known {
                about.insert(id, subject);
            }
        }
    }
    let Some(rank) = about.values().map(|it| it.rank).min() else { return label.to_owned() };
    let about: Vec<&Subject> = about.values().filter(|it| it.rank == rank).collect();
    let what = match about.as_slice() {
        // Who counts in the label has said how many.
        [_, _, ..] if label.contains(|it: char| it.is_ascii_digit()) => return label.to_owned(),
        [] => return label.to_owned(),
        [one] if one.name.is_empty() => one.kind.to_lowercase(),
        [one] => format!("\u{201c}{}\u{201d}", short(&one.name)),
        [first, ..] => {
            let one_kind = about.iter().all(|it| it.kind == first.kind);
            let sort = if rank == 0 && !one_kind { "sticky" } else { first.kind };
            let sort = if one_kind || rank == 0 { sort.to_lowercase() } else { "element".to_owned() };
            counted(about.len(), &sort)
        }
    };
    let repeats = label.to_lowercase().ends_with(&what);
    match label.contains(' ') {
        _ if repeats => label.to_owned(),
        true => format!("{label}: {what}"),
        false => format!("{label} {what}"),
    }
}

fn subject(edit: &Edit, board: &Board) -> Option<(Id, Subject)> {
    let (id, element, text) = match edit {
        Edit::Add(it) | Edit::Remove(it) => (it.id(), Some(it.as_ref().clone()), None),
        Edit::Set { id, new: Field::Text(text), .. } => (*id, board.element(*id), Some(text.as_str())),
        Edit::Set { id, .. } => (*id, board.element(*id), None),
        Edit::Settings { .. } => return None,
    };
    let named = |text: &str| name_of(text, &[]);
    let (rank, kind, name) = match element? {
        Element::Sticky(it) => {
            let own = text.unwrap_or(&it.text);
            let text = it.of.filter(|_| own.is_empty()).map_or(own, |of| board.text(of));
            (0, it.kind.name(), name_of(text, it.kind.spec().rules))
        }
        Element::Frame(it) => (1, it.kind.name(), named(text.unwrap_or(&it.text))),
        Element::Scenario(it) => (2, "Scenario", named(text.unwrap_or(&it.text))),
        Element::Photo(it) => (3, "Photo", it.text),
        Element::Link(it) => {
            let (from, to) = (board.name(it.from), board.name(it.to));
            let name = if from.is_empty() || to.is_empty() { String::new() } else { format!("{from} \u{2192} {to}") };
            (4, "Link", name)
        }
        Element::Relationship(it) => {
            (5, "Relationship", format!("{} \u{2192} {}", board.name(it.from), board.name(it.to)))
        }
        Element::Waiver(it) => (6, "Waiver", board.name(it.on)),
        Element::Refusal(_) => (7, "Ghost link", String::new()),
    };
    Some((id, Subject { rank, kind, name }))
}

/// A name in one line, cut where it is long.
fn short(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
