//! Boards that are cut short, wrong, hostile or too large: each gives an error that names the place, or a defined
//! outcome. The numbers are those of the list of cases.

use stormglass::board::{Board, name_of, parse_content, read, write};
use stormglass::flow::{Flow, Options};

const A: &str = "000000000000000a";
const B: &str = "000000000000000b";
const C: &str = "000000000000000c";

fn board(rows: &str) -> String {
    format!("(\n  format: 1,\n  {rows}\n)\n")
}

fn sticky(id: &str, rest: &str) -> String {
    format!("(id: \"{id}\", kind: \"domain_event\", x: 0, y: 0{rest})")
}

/// The text is refused, and the message holds all of these.
#[track_caller]
fn refused(text: &str, wants: &[&str]) {
    let shown: String = text.chars().take(300).collect();
    let err = read(text.as_bytes()).expect_err(&shown).to_string();
    for want in wants {
        assert!(err.contains(want), "`{want}` is not in: {err}\n{shown}");
    }
    assert!(err.len() < 1_000, "a message is for people: {} characters", err.len());
}

/// The text is a board, which reads back from what is written.
#[track_caller]
fn accepted(text: &str) -> Board {
    let board = read(text.as_bytes()).unwrap_or_else(|err| panic!("{err}"));
    assert_eq!(read(write(&board).as_bytes()).as_ref(), Ok(&board));
    board
}

/// Cases 2 and 16: cut short at every byte it is refused or a board, and never a panic.
#[test]
fn a_board_cut_short_anywhere_is_refused() {
    let whole = include_str!("../../samples/food-ordering.storm.ron");
    let end = whole.trim_end().len();
    for cut in (0..end).step_by(97).chain(end.saturating_sub(40)..end) {
        let Some(text) = whole.get(..cut) else { continue };
        assert!(read(text.as_bytes()).is_err(), "cut at {cut}");
    }
    accepted(whole);
}

/// Case 15: the corpus of released formats loads; what a newer version wrote is refused with both numbers.
#[test]
fn every_released_format_loads_and_newer_ones_are_refused() {
    let corpus = accepted(include_str!("../data/boards/format-1.storm.ron"));
    assert_eq!((corpus.stickies().len(), corpus.links().len(), corpus.frames().len()), (3, 1, 1));
    refused("(format: 2, whatever: [1, 2], stickies: {})", &["format 2", "up to 1", "newer version"]);
    refused("(format: 4294967296)", &["line 1"]);
}

/// Case 21: nesting is limited, wherever it stands.
#[test]
fn deep_nesting_is_an_error() {
    for open in ["[", "(", "{", "Some("] {
        let deep = open.repeat(100_000);
        refused(&deep, &["line 1"]);
        refused(&board(&format!("title: {deep}")), &["line"]);
        refused(&board(&format!("unknown: {deep}")), &["line"]);
        refused(&board(&format!("stickies: [{}]", sticky(A, &format!(", text: {deep}")))), &["line"]);
    }
}

/// Cases 22 and 23: ids twice, links to nothing, definitions in a circle.
#[test]
fn ids_and_references_are_checked() {
    let (a, b) = (sticky(A, ", text: \"A\""), sticky(B, ", text: \"B\""));
    refused(&board(&format!("stickies: [\n{a},\n{a},\n]")), &["line 5", A, "twice"]);
    refused(
        &board(&format!("stickies: [\n{a},\n], scenarios: [\n(id: \"{A}\", x: 0, y: 0, text: \"\"),\n]")),
        &[A, "twice"],
    );
    let link = |from: &str, to: &str| format!("links: [\n(id: \"{C}\", from: \"{from}\", to: \"{to}\"),\n]");
    refused(
        &board(&format!("stickies: [{a}, {b}], {}", link(A, "000000000000000z"))),
        &[C, "000000000000000z", "not on the board"],
    );
    refused(&board(&format!("stickies: [{a}, {b}], {}", link(A, A))), &[C, "two different"]);
    refused(&board(&format!("stickies: [{a}, {b}], {}", link("x", A))), &["16 characters", "line"]);
    let of = |id: &str, of: &str| sticky(id, &format!(", of: \"{of}\""));
    refused(&board(&format!("stickies: [{}]", of(A, A))), &[A, "placement"]);
    refused(&board(&format!("stickies: [{}, {}]", of(A, B), of(B, A))), &[A, "placement"]);
    refused(&board(&format!("stickies: [{a}, {}, {}]", of(B, A), of(C, B))), &[C, "placement"]);
}

/// Case 23: frames that lie on one another belong nowhere twice and end no loop.
#[test]
fn frames_round_each_other_end_no_loop() {
    let frame = |id: &str| format!("(id: \"{id}\", kind: bounded_context, x: 0, y: 0, w: 500, h: 500, text: \"F\")");
    let text = board(&format!(
        "level: process, stickies: [{}], frames: [{}, {}]",
        sticky(A, ", text: \"A\""),
        frame(B),
        frame(C)
    ));
    let board = accepted(&text);
    let id = *board.stickies().keys().next().unwrap();
    assert_eq!(board.frame_of(id, stormglass::board::FrameKind::BoundedContext).unwrap().id.to_string(), B);
    assert_eq!(Flow::read(&board, Options { ghosts: true }).nodes().count(), 1);
}

/// Cases 24 and 25: numbers that are none, too large, negative.
#[test]
fn numbers_are_checked() {
    for x in ["NaN", "inf", "1e308", "1.5", "99999999999", "\"1\""] {
        refused(&board(&format!("stickies: [(id: \"{A}\", kind: \"command\", x: {x}, y: 0)]")), &["line 3", A]);
    }
    for x in ["10000001", "-10000001", "2147483647"] {
        refused(&board(&format!("stickies: [(id: \"{A}\", kind: \"command\", x: {x}, y: 0)]")), &[A, "10000000"]);
    }
    accepted(&board(&format!("stickies: [(id: \"{A}\", kind: \"command\", x: -0, y: 10000000)]")));
    for size in ["w: -1", "h: -2147483648", "w: 1000001"] {
        refused(&board(&format!("stickies: [{}]", sticky(A, &format!(", {size}")))), &[A, "size"]);
    }
    refused(&board(&format!("frames: [(id: \"{A}\", kind: chapter, x: 0, y: 0, w: 0, h: 5)]")), &[A, "size"]);
}

/// Case 26: what is unknown is refused with its line, so that nothing is dropped in silence.
#[test]
fn unknown_fields_and_kinds_are_refused() {
    refused(&board("colour: 2"), &["line 3", "colour"]);
    refused(&board(&format!("stickies: [\n{}\n]", sticky(A, ", shiny: true"))), &["line 4", A, "shiny"]);
    refused(&board(&format!("stickies: [(id: \"{A}\", kind: \"saga\", x: 0, y: 0)]")), &[A, "saga", "domain_event"]);
    refused(&board(&format!("stickies: [{}]", sticky(A, ", x: 1"))), &["line 3", "x"]);
}

/// Cases 27 and 28: long and strange texts are kept as they are.
#[test]
fn strange_texts_are_kept_word_for_word() {
    let zalgo = format!("Z{}", "\u{301}".repeat(1_000));
    let long = "word ".repeat(2_000);
    let lines = "line\n".repeat(100_000);
    let texts: [&str; 9] = [
        "\u{202e}evil\u{2066}",
        "\u{200b}\u{200d}",
        "👩‍👩‍👧‍👦",
        &zalgo,
        &long,
        &lines,
        "\u{0}\u{1}\u{7f}\t",
        "a\r\nb\rc",
        "\\ \" ' {{ ]]> */",
    ];
    for text in texts {
        let mut ron = String::from("\"");
        for c in text.chars() {
            match c {
                '"' | '\\' => ron.extend(['\\', c]),
                c => ron.push_str(&format!("\\u{{{:x}}}", c as u32)),
            }
        }
        ron.push('"');
        let board = accepted(&board(&format!("stickies: [{}]", sticky(A, &format!(", text: {ron}")))));
        assert_eq!(board.text(A.parse().unwrap()), text);
        name_of(text, &["requires"]);
        parse_content(text, &["requires"], &|_| true);
    }
    refused(&board("title: \"\\u{d800}\""), &["line 3"]);
}
