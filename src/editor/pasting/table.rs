//! Lines, tab-separated and comma-separated values as cells.

use super::{Cell, Listing, PASTE_MOST, fields};
use crate::board::Kind;

/// Columns beyond this are left out.
const ACROSS: usize = 200;
/// How many lines decide whether commas separate cells.
const LOOKED_AT: usize = 200;

/// Reads clean text. `None` if there is nothing in it, or if it is not wanted any more.
pub(super) fn read(text: &str, comma: bool, keep: &mut dyn FnMut(f32) -> bool) -> Option<Listing> {
    let separator = separator(text, comma);
    let mut list = Listing { table: separator.is_some(), ..Listing::default() };
    let mut columns = None;
    let mut heads = None;
    let mut sections = Vec::new();
    let mut rest = text;
    let mut count = 0;
    let mut number = 0usize;
    while !rest.is_empty() {
        let (cells, after) = match separator {
            Some(separator) => record(rest, separator),
            None => line(rest),
        };
        rest = after;
        number += 1;
        if number.is_multiple_of(1_000) && !keep(0.2 + 0.8 * (1.0 - rest.len() as f32 / text.len().max(1) as f32)) {
            return None;
        }
        if number == 1 && list.table {
            columns = Columns::of(&cells);
            if columns.is_some() {
                list.table = false;
                continue;
            }
            heads = heads_of(&cells).filter(|_| !rest.trim().is_empty());
            if heads.is_some() {
                continue;
            }
        }
        let filled = cells.iter().filter(|it| !it.trim().is_empty()).count();
        if filled == 0 {
            continue;
        }
        if count >= PASTE_MOST {
            list.left_out += if columns.is_some() { 1 } else { filled };
            continue;
        }
        let row: Vec<Cell> = match &columns {
            Some(columns) => columns.cell(&cells, &mut list.cut).into_iter().collect(),
            None => {
                let mut room = PASTE_MOST - count;
                let mut row = Vec::new();
                for (at, words) in cells.iter().enumerate() {
                    let filled = !words.trim().is_empty();
                    if filled && (at >= ACROSS || room == 0) {
                        list.left_out += 1;
                    } else if at < ACROSS {
                        let head = heads.as_ref().and_then(|it| it.get(at));
                        // A row below kinds is a flow, and a flow has no holes.
                        if matches!(head, Some(Head::Number)) || heads.is_some() && !filled {
                            continue;
                        }
                        room -= usize::from(filled);
                        let mut cell = fields::cell(words, &mut list.cut);
                        if let Some(Head::Kind(kind)) = head {
                            cell.kind = cell.kind.or(Some(*kind));
                        }
                        row.push(cell);
                    }
                }
                row
            }
        };
        count += row.iter().filter(|it| !it.text.is_empty()).count();
        list.rows.push(row);
        if separator.is_none() {
            sections.push(cells.first().is_some_and(|it| fields::heading(it).is_some()));
        }
    }
    if sections.contains(&true) {
        in_sections(&mut list, &sections);
    }
    (count > 0).then_some(list)
}

/// So many entries of a section lie side by side.
const SECTION_ACROSS: usize = 10;

/// Rows for the sections of a list: each begins with its heading, and what is more than a row goes on below.
fn in_sections(list: &mut Listing, headings: &[bool]) {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let entries = std::mem::take(&mut list.rows).into_iter().flatten();
    for (cell, heading) in entries.zip(headings) {
        match rows.last_mut() {
            Some(row) if !heading && row.len() <= SECTION_ACROSS => row.push(cell),
            _ if *heading => rows.push(vec![cell]),
            _ => rows.push(vec![Cell::default(), cell]),
        }
    }
    list.rows = rows;
    list.table = true;
}

/// What a column holds whose head names a kind.
enum Head {
    Kind(Kind),
    /// Numbers of the rows, which the order of the stickies tells.
    Number,
}

/// A head whose cells name kinds. `None` if they are stickies like others.
fn heads_of(head: &[String]) -> Option<Vec<Head>> {
    let read = |words: &String| {
        let word = words.trim().to_lowercase();
        if word.is_empty() || NUMBERS.contains(&word.as_str()) {
            return Some(Head::Number);
        }
        named(&word).or_else(|| named("note")).map(Head::Kind)
    };
    let kinds = head.iter().filter(|it| named(&it.trim().to_lowercase()).is_some()).count();
    if kinds < 2 || kinds * 2 <= head.iter().filter(|it| !it.trim().is_empty()).count() {
        return None;
    }
    head.iter().map(read).collect()
}

/// Heads of columns that number the rows.
const NUMBERS: &[&str] = &["#", "no", "no.", "nr", "nr.", "id", "step", "number"];

/// The kind with that name, one or many. A letter alone is none: tables have columns `A` and `B`.
fn named(word: &str) -> Option<Kind> {
    word.chars().nth(1)?;
    let one =
        || word.strip_suffix("ies").map(|it| format!("{it}y")).or_else(|| word.strip_suffix('s').map(str::to_owned));
    fields::kind_called(word).or_else(|| fields::kind_called(&one()?))
}

/// What separates cells: tabs; else commas or semicolons if every line has as many and none is followed by a blank, as
/// in prose.
fn separator(text: &str, surely: bool) -> Option<char> {
    // A tab behind the sign of a list is none that separates cells.
    if text.lines().any(|it| fields::unlisted(it.trim_start_matches(' ')).contains('\t')) {
        return Some('\t');
    }
    let count = |line: &str, separator: char| {
        let (mut quoted, mut depth, mut count) = (false, 0usize, 0usize);
        let mut letters = line.chars().peekable();
        while let Some(it) = letters.next() {
            match it {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth = depth.saturating_sub(1),
                it if it == separator && !quoted && depth == 0 => {
                    if !surely && letters.peek() == Some(&' ') {
                        return None;
                    }
                    count += 1;
                }
                _ => {}
            }
        }
        Some(count)
    };
    [',', ';'].into_iter().find(|separator| {
        let mut lines = text.lines().filter(|it| !it.trim().is_empty()).take(LOOKED_AT);
        let Some(first) = lines.next().and_then(|it| count(it, *separator)).filter(|it| *it > 0) else { return false };
        let mut rest = lines.peekable();
        (surely || rest.peek().is_some()) && rest.all(|it| surely || count(it, *separator) == Some(first))
    })
}

/// One line as one cell, and what follows. Lines that are indented and begin no entry of a list belong to it.
fn line(text: &str) -> (Vec<String>, &str) {
    let (first, mut rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut cell = first.to_owned();
    while !first.trim().is_empty()
        && let (next, after) = rest.split_once('\n').unwrap_or((rest, ""))
        && next.starts_with("  ")
        && !next.trim().is_empty()
        && fields::unlisted(next.trim()) == next.trim()
    {
        cell.push('\n');
        cell.push_str(next.trim());
        rest = after;
    }
    (vec![cell], rest)
}

/// One record, and what follows. Cells in quotes may hold separators, line breaks and doubled quotes.
fn record(text: &str, separator: char) -> (Vec<String>, &str) {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = quoted(rest, separator).unwrap_or_else(|| {
            let end = bare(rest, separator);
            let (cell, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            (cell.to_owned(), after)
        });
        cells.push(cell);
        let mut letters = after.chars();
        match letters.next() {
            Some(it) if it == separator => rest = letters.as_str(),
            Some(_) => return (cells, letters.as_str()),
            None => return (cells, ""),
        }
    }
}

/// Where a cell without quotes ends. A comma within round brackets belongs to the cell: `Name(field, field)`.
fn bare(text: &str, separator: char) -> usize {
    let mut depth = 0usize;
    for (at, it) in text.char_indices() {
        match it {
            '\n' => return at,
            '(' if separator != '\t' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            it if it == separator && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// A cell in quotes. `None` if there is none, or its quotes do not close where a cell ends.
fn quoted(text: &str, separator: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        // A quote that never closes is a character like any other; it is not looked for through all of the text.
        let at = rest.bytes().take(super::TEXT_MOST * 4).position(|it| it == b'"')?;
        cell.push_str(rest.get(..at)?);
        rest = rest.get(at + 1..)?;
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None if rest.is_empty() || rest.starts_with(separator) || rest.starts_with('\n') => {
                return Some((cell, rest));
            }
            None => return None,
        }
    }
}

/// A table whose head says what its columns are: each row is one sticky.
struct Columns {
    kind: Option<usize>,
    name: usize,
    fields: Option<usize>,
    notes: Option<usize>,
    /// Further columns that are known, for notes.
    others: Vec<usize>,
}

/// What else stands at the head of columns in lists of stickies.
const OTHERS: &[&str] = &["when", "who", "where", "time", "date", "owner", "team", "actor", "person"];

impl Columns {
    fn of(head: &[String]) -> Option<Self> {
        let is = |it: &String, words: &[&str]| words.contains(&it.trim().to_lowercase().as_str());
        let find = |words: &[&str]| head.iter().position(|it| is(it, words));
        let columns = Self {
            kind: find(&["kind", "type", "sticky", "colour", "color"]),
            name: find(&["name", "text", "title", "label"])?,
            fields: find(&["field", "fields", "attributes", "properties", "data"]),
            notes: find(&["notes", "note", "description", "comment", "rules"]),
            others: (0..head.len()).filter(|at| head.get(*at).is_some_and(|it| is(it, OTHERS))).collect(),
        };
        // Without kinds it is a head only if nothing in it could be a sticky.
        let taken = [columns.fields, columns.notes, Some(columns.name)];
        let known = |(at, it): (usize, &String)| {
            it.trim().is_empty() || taken.contains(&Some(at)) || columns.others.contains(&at) || is(it, NUMBERS)
        };
        let sure = columns.kind.is_some() || head.len() > 1 && head.iter().enumerate().all(known);
        sure.then_some(columns)
    }

    fn cell(&self, cells: &[String], cut: &mut usize) -> Option<Cell> {
        let at = |it: usize| cells.get(it).map_or("", |it| it.trim());
        let mut cell = fields::whole(at(self.name));
        if cell.text.is_empty() {
            return None;
        }
        if let Some(kind) = self.kind.and_then(|it| fields::kind_called(at(it))) {
            cell.kind = Some(kind);
        }
        for it in self.fields.map(at).into_iter().flat_map(fields::items) {
            cell.text.push('\n');
            cell.text.push_str(&it);
        }
        let others = self.others.iter().copied().map(at);
        for notes in self.notes.map(at).into_iter().chain(others).filter(|it| !it.is_empty()) {
            cell.text.push('\n');
            cell.text.push_str(notes);
        }
        fields::limit(&mut cell.text, cut);
        Some(cell)
    }
}
