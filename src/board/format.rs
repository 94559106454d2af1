//! The file format, bytes to board and back: RON, `*.storm.ron`.
//!
//! Elements are sorted by id, one a line; defaults are left out. So equal boards are equal bytes, and moving one
//! sticky changes one line. A newer format is refused; an older one is migrated in memory and written on save.

use std::collections::BTreeMap;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::invariant::check_element;
use super::{Board, EditError, Frame, Level, Link, Photo, Refusal, Relationship, Scenario, Settings, Sticky, Waiver};
use crate::kit::Id;

/// The format that this version writes.
pub const FORMAT: u32 = 1;

/// Why a file is not a board: the line, the element and the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", line.map_or(String::new(), |line| format!("line {line}: ")))]
pub struct FormatError {
    /// The line, from 1, where there is one to show.
    pub line: Option<usize>,
    /// The element it is about.
    pub element: Option<Id>,
    /// What is wrong and what to do.
    pub message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default)]
    level: Level,
    #[serde(default = "english")]
    language: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    exploring: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stickies: Vec<Sticky>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    frames: Vec<Frame>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<Scenario>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    waivers: Vec<Waiver>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refusals: Vec<Refusal>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relationships: Vec<Relationship>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    photos: Vec<Photo>,
}

fn english() -> String {
    "en".to_owned()
}

/// The head of a file of any format.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// Reads a board from the bytes of a file.
pub fn read(bytes: &[u8]) -> Result<Board, FormatError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|err| {
        let upto = bytes.get(..err.valid_up_to()).unwrap_or_default();
        let line = upto.iter().filter(|it| **it == b'\n').count() + 1;
        let hint = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            " (it looks like UTF-16)"
        } else {
            ""
        };
        failed(Some(line), format!("byte {} is not UTF-8{hint}; save the file as UTF-8", err.valid_up_to()))
    })?;
    if text.trim().is_empty() {
        return Err(failed(None, "the file is empty; a board starts with `(format: 1,`".to_owned()));
    }
    let options = ron::Options::default();
    let file: File = options.from_str(text).map_err(|err| {
        // What a newer format added is none of ours to complain of.
        let head = options.from_str::<Head>(text).map_err(|err| spanned(&err, text));
        head.and_then(|it| known(it.format)).err().unwrap_or_else(|| spanned(&err, text))
    })?;
    known(file.format)?;
    assemble(file).map_err(|(at, err)| {
        let line = line_of(text, at, matches!(err, EditError::Taken(_)));
        FormatError { line, element: Some(at), message: format!("element {at}: {}", advice(&err)) }
    })
}

/// Whether this version reads that format.
fn known(format: u32) -> Result<(), FormatError> {
    match format {
        1..=FORMAT => Ok(()),
        0 => Err(failed(None, "format 0 does not exist; the first format is 1".to_owned())),
        newer => {
            let message = format!(
                "the board has format {newer}, this Stormglass reads up to {FORMAT}; open it with a newer version"
            );
            Err(failed(None, message))
        }
    }
}

/// The text of the board's file. Equal boards give equal texts.
pub fn write(board: &Board) -> String {
    let Settings { title, level, language, notes, exploring } = board.settings.clone();
    let file = File {
        format: FORMAT,
        title,
        level,
        language,
        notes,
        exploring,
        stickies: board.stickies.values().cloned().collect(),
        frames: board.frames.values().cloned().collect(),
        links: board.links.values().cloned().collect(),
        scenarios: board.scenarios.values().cloned().collect(),
        waivers: board.waivers.values().cloned().collect(),
        refusals: board.refusals.values().cloned().collect(),
        relationships: board.relationships.values().cloned().collect(),
        photos: board.photos.values().cloned().collect(),
    };
    let config =
        PrettyConfig::new().depth_limit(2).new_line("\n").indentor("  ").extensions(Extensions::empty()).separator(" ");
    let mut text = ron::Options::default().to_string_pretty(&file, config).unwrap_or_default();
    text.push('\n');
    text
}

fn assemble(file: File) -> Result<Board, (Id, EditError)> {
    let settings = Settings {
        title: file.title,
        level: file.level,
        language: file.language,
        notes: file.notes,
        exploring: file.exploring,
    };
    let mut board = Board::with_settings(settings);
    let mut seen = std::collections::BTreeSet::new();
    fn index<T>(
        seen: &mut std::collections::BTreeSet<Id>,
        items: Vec<T>,
        id: impl Fn(&T) -> Id,
    ) -> Result<BTreeMap<Id, T>, (Id, EditError)> {
        let mut map = BTreeMap::new();
        for item in items {
            let at = id(&item);
            if !seen.insert(at) {
                return Err((at, EditError::Taken(at)));
            }
            map.insert(at, item);
        }
        Ok(map)
    }
    board.stickies = index(&mut seen, file.stickies, |it| it.id)?;
    board.frames = index(&mut seen, file.frames, |it| it.id)?;
    board.links = index(&mut seen, file.links, |it| it.id)?;
    board.scenarios = index(&mut seen, file.scenarios, |it| it.id)?;
    board.waivers = index(&mut seen, file.waivers, |it| it.id)?;
    board.refusals = index(&mut seen, file.refusals, |it| it.id)?;
    board.relationships = index(&mut seen, file.relationships, |it| it.id)?;
    board.photos = index(&mut seen, file.photos, |it| it.id)?;
    for id in seen {
        if let Some(element) = board.element(id) {
            check_element(&board, &element).map_err(|err| (id, err))?;
        }
    }
    Ok(board)
}

fn advice(err: &EditError) -> String {
    match err {
        EditError::Taken(_) => "this id is used twice; give one of the two another id".to_owned(),
        EditError::Missing(to) => {
            format!("it refers to {to}, which is not on the board; restore that or take this out")
        }
        EditError::Stale { .. }
        | EditError::StaleSetting
        | EditError::NoSuchField { .. }
        | EditError::MixedFields { .. }
        | EditError::Referred { .. } => err.to_string(),
        EditError::Invalid { why, .. } => why.clone(),
    }
}

/// The line of an element; of its second mention where the first is not the wrong one.
fn line_of(text: &str, id: Id, second: bool) -> Option<usize> {
    let needle = format!("id: \"{id}\"");
    let mut found = text.match_indices(&needle).map(|(at, _)| at);
    let first = found.next();
    let at = if second { found.next().or(first) } else { first }?;
    Some(text.get(..at)?.bytes().filter(|it| *it == b'\n').count() + 1)
}

fn spanned(err: &ron::error::SpannedError, text: &str) -> FormatError {
    let line = err.span.start.line;
    let around = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let element =
        around.split_once("id: \"").and_then(|(_, rest)| rest.get(..Id::LEN)).and_then(|it| it.parse::<Id>().ok());
    let named = element.map_or(String::new(), |id| format!("element {id}: "));
    let message = format!("column {}: {named}{}; the file was left as it is", err.span.start.col, err.code);
    FormatError { line: Some(line), element, message }
}

fn failed(line: Option<usize>, message: String) -> FormatError {
    FormatError { line, element: None, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Edit, Element, Field, FrameKind, Inputs, Kind, Mark, PhotoBytes, apply};
    use crate::kit::{IdSource, Millis, OrderKey, Point, Rect, Size};

    fn sample() -> Board {
        let mut ids = IdSource::seeded(1);
        let mut board = Board::new();
        let mut add = |element: Element| {
            let id = element.id();
            apply(&mut board, &Edit::Add(Box::new(element))).unwrap();
            id
        };
        let event = add(Element::Sticky(Sticky::new(
            ids.next_id(),
            Kind::DOMAIN_EVENT,
            Point::new(1, 2),
            "Order \"Placed\"\nid: uuid",
        )));
        let mut policy = Sticky::new(ids.next_id(), Kind::POLICY, Point::new(-5, 0), "Whenever");
        policy.inputs = Some(Inputs::All { within: Millis::HOUR });
        policy.marks.insert(Mark::Manual);
        let policy = add(Element::Sticky(policy));
        let mut again = Sticky::new(ids.next_id(), Kind::DOMAIN_EVENT, Point::new(500, 2), "");
        again.of = Some(event);
        add(Element::Sticky(again));
        add(Element::Link(Link::new(ids.next_id(), event, policy)));
        let rect = Rect::new(Point::new(0, 0), Size::new(10, 10));
        add(Element::Frame(Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, "Ordering")));
        let data = PhotoBytes::from(b"\x89PNG\r\n\x1a\n and so on".to_vec());
        let lower = Photo::new(ids.next_id(), rect, "wall.png", data);
        let z = OrderKey::between(Some(&lower.z), None);
        add(Element::Photo(Photo { id: ids.next_id(), z, ..lower.clone() }));
        add(Element::Photo(lower));
        board
    }

    #[test]
    fn read_and_write_are_inverse() {
        let board = sample();
        let text = write(&board);
        assert_eq!(read(text.as_bytes()).as_ref(), Ok(&board), "{text}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(read(crlf.as_bytes()), Ok(board));
    }

    #[test]
    fn moving_one_sticky_changes_one_line() {
        let mut board = sample();
        let before = write(&board);
        let id = *board.stickies().keys().next().unwrap();
        let edit = board.set(id, Field::At(Point::new(77, 88))).unwrap();
        apply(&mut board, &edit).unwrap();
        let after = write(&board);
        let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
        assert_eq!((changed, before.lines().count()), (1, after.lines().count()), "{before}");
    }

    #[test]
    fn photos_of_files_without_an_order_lie_as_their_ids_say() {
        let text = r#"(format: 1, photos: [
            (id: "000000000000000b", x: 0, y: 0, w: 9, h: 9, data: "/9j/"),
            (id: "000000000000000a", x: 0, y: 0, w: 9, h: 9, data: "/9j/"),
        ])"#;
        let board = read(text.as_bytes()).unwrap();
        let upward: Vec<String> = board.photos_upward().iter().map(|it| it.id.to_string()).collect();
        assert_eq!(upward, ["000000000000000a", "000000000000000b"]);
        assert!(!write(&board).contains("z:"), "and are written as they were");
    }

    #[test]
    fn errors_name_line_and_element() {
        let text = write(&sample());
        let id = text.split("id: \"").nth(1).and_then(|it| it.get(..16)).unwrap().to_owned();
        let twice = text.replacen(
            "frames: [",
            &format!("frames: [\n    (id: \"{id}\", kind: swimlane, x: 0, y: 0, w: 1, h: 1),"),
            1,
        );
        let err = read(twice.as_bytes()).unwrap_err();
        assert!(err.line.is_some() && err.to_string().contains(&id) && err.to_string().contains("twice"), "{err}");
        let newer = text.replacen("format: 1", "format: 99", 1);
        assert!(read(newer.as_bytes()).unwrap_err().to_string().contains("format 99"));
        let unknown = newer.replacen("stickies", "planets", 1);
        assert!(read(unknown.as_bytes()).unwrap_err().to_string().contains("format 99"));
        for bad in ["", "x", "(format: 1, stickies: [", "(format: 1, colour: 2)", "()", "(format: 0)"] {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
