//! One line as a sticky: `E: Order Placed(order: uuid, total)`; and stickies as such lines.

use std::collections::BTreeSet;

use super::{Cell, TEXT_MOST};
use crate::board::{Board, Kind, Line, kinds, parse_content};
use crate::editor::neighbours::reading_order;
use crate::kit::{Id, fold};

/// What people call kinds besides their names.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("event", "domain_event"),
    ("system", "external_system"),
    ("external", "external_system"),
    ("view", "read_model"),
    ("query", "read_model"),
    ("person", "actor"),
    ("user", "actor"),
    ("persona", "actor"),
    ("timer", "time_event"),
    ("question", "hotspot"),
    ("problem", "hotspot"),
    ("hot spot", "hotspot"),
    ("screen", "ui"),
    ("ui", "ui"),
    ("term", "term"),
    ("glossary", "term"),
    ("comment", "note"),
];

/// The kind with that name, key letter or other common name.
pub(super) fn kind_called(name: &str) -> Option<Kind> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return kinds::ALL.iter().find(|it| it.shortcut == Some(letter)).and_then(|it| Kind::from_key(it.key));
    }
    let wanted = fold(name);
    let same = |it: &&&kinds::KindSpec| fold(it.name) == wanted || it.key == wanted;
    let key = kinds::ALL.iter().find(same).map(|it| it.key);
    let other = || OTHER_NAMES.iter().find(|it| it.0 == wanted).map(|it| it.1);
    Kind::from_key(key.or_else(other)?)
}

/// A cell's words as a sticky.
pub(super) fn cell(words: &str, cut: &mut usize) -> Cell {
    let mut cell = whole(words);
    limit(&mut cell.text, cut);
    cell
}

/// Cuts a text that is too long for a sticky, and counts it.
pub(super) fn limit(text: &mut String, cut: &mut usize) {
    if let Some((end, _)) = text.char_indices().nth(TEXT_MOST) {
        text.truncate(end);
        *cut += 1;
    }
}

/// A cell's words as a sticky, however long.
pub(super) fn whole(words: &str) -> Cell {
    if let Some(title) = heading(words) {
        return Cell { kind: kind_called("note"), text: title.to_owned() };
    }
    let mut words = unlisted(words.trim());
    let mut kind = None;
    if let Some(question) = words.strip_prefix("? ") {
        (kind, words) = (kind_called("question"), question.trim());
    } else if let Some((before, after)) = words.split_once(':')
        && after.starts_with([' ', '\t'])
        && before.chars().count() <= 20
        && let Some(it) = kind_called(before.trim())
    {
        (kind, words) = (Some(it), after.trim());
    }
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    let mut text = with_fields(first.trim_end()).unwrap_or_else(|| first.trim_end().to_owned());
    if !rest.is_empty() {
        text.push('\n');
        text.push_str(rest);
    }
    Cell { kind, text }
}

/// The title in a line that is a heading in notes: it is no event, and stands before what follows.
pub(super) fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    let title = line.trim_start_matches('#');
    let deep = line.len() - title.len();
    ((1..=6).contains(&deep) && title.starts_with(' ') && !title.trim().is_empty()).then(|| title.trim())
}

/// Without the sign or number that lists put before their entries.
pub(super) fn unlisted(line: &str) -> &str {
    let signs = ["- [ ] ", "- [x] ", "- ", "-\t", "* ", "*\t", "\u{2022} ", "\u{2022}\t", "\u{2013} "];
    if let Some(rest) = signs.iter().find_map(|it| line.strip_prefix(it)) {
        return rest.trim_start();
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    let (dot, gap) = (rest.starts_with(['.', ')']), rest.get(1..).is_some_and(|it| it.starts_with([' ', '\t'])));
    let numbered = (1..=4).contains(&digits) && dot && gap;
    if numbered { rest.get(2..).unwrap_or_default().trim_start() } else { line }
}

/// `Name(field, field: type)` as a name and a line for each field. `None` if it does not read like that.
fn with_fields(words: &str) -> Option<String> {
    let inside = words.strip_suffix(')')?;
    let open = inside.find('(')?;
    let name = inside.get(..open)?;
    // A remark in brackets stands apart from the name.
    if name.is_empty() || name.ends_with(char::is_whitespace) {
        return None;
    }
    let list = inside.get(open + 1..)?;
    let mut text = name.to_owned();
    let mut parts = split(list);
    if parts.len() == 1 && parts.first().is_some_and(|it| it.is_empty()) {
        parts.clear();
    }
    for part in parts {
        text.push('\n');
        text.push_str(&item(part)?);
    }
    Some(text)
}

/// The fields of a list, those that read like fields.
pub(super) fn items(list: &str) -> Vec<String> {
    split(list).into_iter().filter_map(item).collect()
}

/// At commas, semicolons and line breaks that stand in no bracket.
fn split(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, it) in list.char_indices() {
        match it {
            '(' | '<' | '[' | '{' => depth += 1,
            ')' | '>' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' | ';' | '\n' if depth == 0 => {
                parts.push(list.get(start..at).unwrap_or_default().trim());
                start = at + it.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(list.get(start..).unwrap_or_default().trim());
    parts
}

/// A field's line; a field without a type holds text.
fn item(part: &str) -> Option<String> {
    let (name, ty) = part.split_once(':').map_or((part, "text"), |(name, ty)| (name.trim(), ty.trim()));
    let plain = name.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | ' ' | '-'));
    (plain && !name.is_empty() && !ty.is_empty() && name.chars().count() <= 60).then(|| format!("{name}: {ty}"))
}

/// Stickies as a list that can be read, and pasted again: one a line in reading order, the kind before the name and the
/// fields behind it, rules and notes indented below.
pub fn listed(board: &Board, ids: &BTreeSet<Id>) -> String {
    let mut all: Vec<_> = ids.iter().filter_map(|id| board.sticky(*id)).collect();
    all.sort_by_key(|it| reading_order(it.x, it.y, it.id));
    let mut out = String::new();
    for sticky in all {
        let content = parse_content(board.text(sticky.id), sticky.kind.spec().rules, &|_| false);
        let spec = sticky.kind.spec();
        out.push_str(&spec.shortcut.map_or_else(|| spec.name.to_owned(), String::from));
        out.push_str(": ");
        out.push_str(&content.name);
        let fields: Vec<String> =
            content.fields().map(|it| format!("{}: {}{}", it.name, it.ty, if it.key { " key" } else { "" })).collect();
        if !fields.is_empty() {
            out.push_str(&format!("({})", fields.join(", ")));
        }
        out.push('\n');
        for line in &content.lines {
            match line {
                Line::Rule(it) => out.push_str(&format!("    {} {}\n", it.word, it.body)),
                Line::Note(it) if !it.trim().is_empty() => out.push_str(&format!("    {}\n", it.trim())),
                Line::Note(_) | Line::Field(_) => {}
            }
        }
    }
    out
}
