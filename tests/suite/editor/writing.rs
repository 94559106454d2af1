//! Writing: what Escape leaves behind, and whom a name belongs to.

use std::collections::BTreeSet;

use stormglass::board::{Board, Kind};
use stormglass::editor::{Direction, Input, Key, Mods, Request};
use stormglass::kit::Id;

use super::Desk;

/// What begins a sticky, and how.
type Begins = (&'static str, fn(&mut Desk));

#[test]
fn escape_on_a_blank_follower_selects_again_what_it_followed() {
    let cases: [Begins; 4] = [
        ("Enter", |desk| {
            desk.key(Key::Enter, Mods::NONE);
            desk.with(|editor, cx| editor.next_sticky(cx));
        }),
        ("Tab", |desk| {
            desk.key(Key::Enter, Mods::NONE);
            desk.with(|editor, cx| editor.write_beside(cx, Direction::Below));
        }),
        ("the key of a kind", |desk| desk.letter('C')),
        ("Ctrl and an arrow", |desk| {
            desk.key(Key::Right, Mods::COMMAND);
            desk.on(Input::Tick { mods: Mods::NONE, seconds: 0.016 });
        }),
    ];
    for (name, begin) in cases {
        let mut desk = Desk::new();
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        desk.editor.select_only(id);
        begin(&mut desk);
        assert!(desk.editor.writing().is_some_and(|it| it.id != id), "{name}");
        desk.with(|editor, cx| editor.escape_text(cx));
        assert_eq!(desk.editor.selection, BTreeSet::from([id]), "{name}");
        assert_eq!(desk.history.board().len(), 1, "{name}");
    }
}

/// Lets the text of an element become another.
fn reword(desk: &mut Desk, id: Id, text: &str) {
    desk.with(|editor, cx| editor.begin_text(cx, id));
    desk.write(text);
    desk.with(|editor, cx| editor.end_text(cx));
}

/// What the status bar was told to say last.
fn said(desk: &Desk) -> String {
    let mut says = desk.requests.iter().filter_map(|it| match it {
        Request::Say(text) => Some(text.clone()),
        _ => None,
    });
    says.next_back().unwrap_or_default()
}

fn things(board: &Board) -> usize {
    board.stickies().values().filter(|it| it.of.is_none()).count()
}

#[test]
fn whom_a_new_name_reaches_is_said_and_can_be_taken_back_to_one() {
    // (whether the one that is renamed defines the thing)
    for defines in [true, false] {
        let mut desk = Desk::new();
        let first = desk.sticky(Kind::DOMAIN_EVENT, 0, 0, "Order Placed\norder: uuid key");
        let other = desk.sticky(Kind::DOMAIN_EVENT, 300, 0, "");
        let third = desk.sticky(Kind::DOMAIN_EVENT, 600, 0, "");
        for id in [other, third] {
            reword(&mut desk, id, "Order Placed");
        }
        assert_eq!(
            said(&desk),
            "\u{201c}Order Placed\u{201d} is there already: now one thing in 3 places. Only here: Make its own thing (Ctrl+Shift+D)"
        );
        let before = desk.history.board().clone();
        let id = if defines { first } else { other };
        reword(&mut desk, id, "Order Confirmed");
        assert!(said(&desk).starts_with("Renamed in 3 places. Only here: Make its own thing"), "{}", said(&desk));
        assert!([first, other, third].iter().all(|it| desk.history.board().name(*it) == "Order Confirmed"));
        desk.key(Key::Char('D'), Mods::COMMAND_SHIFT);
        let board = desk.history.board();
        for it in [first, other, third] {
            assert_eq!(board.text(it), if it == id { "Order Confirmed" } else { before.text(it) }, "{defines}");
        }
        assert_eq!(things(board), 2);
        assert!(desk.editor.writing().is_none());
        desk.act("undo");
        desk.act("undo");
        assert_eq!(desk.history.board(), &before);
        // Later it only parts them: all keep their text, and one writes the name of its own.
        desk.editor.select_only(id);
        desk.act("own_thing");
        assert_eq!((things(desk.history.board()), desk.editor.writing().map(|it| it.id)), (2, Some(id)));
        desk.write("Order Called Off");
        desk.with(|editor, cx| editor.end_text(cx));
        let board = desk.history.board();
        for it in [first, other, third] {
            assert_eq!(board.text(it), if it == id { "Order Called Off" } else { before.text(it) }, "{defines}");
        }
    }
}

#[test]
fn a_copy_that_is_reworded_becomes_a_thing_of_its_own() {
    for copy in ["duplicate", "drag", "paste"] {
        let mut desk = Desk::new();
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        desk.editor.select_only(id);
        match copy {
            "duplicate" => desk.act("duplicate"),
            "drag" => desk.drag((150.0, 150.0), (350.0, 150.0), Mods::ALT),
            _ => {
                desk.act("copy");
                let Some(Request::Copy(text)) = desk.requests.pop() else { panic!("nothing was copied") };
                desk.on(Input::Paste(text));
            }
        }
        let made = desk.editor.single().unwrap();
        assert_eq!((things(desk.history.board()), desk.history.board().stickies().len()), (1, 2), "{copy}");
        // Looking at its text is not rewording it.
        desk.with(|editor, cx| editor.begin_text(cx, made));
        desk.with(|editor, cx| editor.escape_text(cx));
        desk.with(|editor, cx| editor.begin_text(cx, made));
        for text in ["O", "Order", "Order Paid"] {
            desk.write(text);
            assert_eq!(desk.history.board().text(id), "Order Placed", "{copy}: not even while one types");
        }
        desk.with(|editor, cx| editor.escape_text(cx));
        let board = desk.history.board();
        assert_eq!((board.text(id), board.text(made), things(board)), ("Order Placed", "Order Paid", 2), "{copy}");
        assert!(said(&desk).starts_with("Changed only here"), "{}", said(&desk));
        desk.act("undo");
        assert_eq!(things(desk.history.board()), 1);
        // The original is renamed with the copies that nobody reworded.
        reword(&mut desk, id, "Order Sent");
        assert_eq!(desk.history.board().text(made), "Order Sent");
    }
}

#[test]
fn siblings_are_written_on_one_after_another_and_escape_drops_the_blank_ones() {
    // (what is written before Escape, with Enter between; what stays; what is selected then)
    for (texts, left, selected) in [
        (&["One", "Two", "Three"][..], &["One", "Three", "Two"][..], "Three"),
        (&["One", "Two", ""], &["One", "Two"], "Two"),
        (&["One"], &["One"], "One"),
        (&["", "Two"], &["Two"], "Two"),
        (&[""], &[], "Order Placed"),
    ] {
        let mut desk = Desk::new();
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        desk.editor.select_only(id);
        for key in [Key::Right, Key::Down, Key::Down] {
            desk.key(key, Mods::COMMAND);
        }
        desk.on(Input::Tick { mods: Mods::NONE, seconds: 0.016 });
        for (at, text) in texts.iter().enumerate() {
            if at > 0 {
                desk.with(|editor, cx| editor.next_sticky(cx));
            }
            desk.write(text);
        }
        desk.with(|editor, cx| editor.escape_text(cx));
        let board = desk.history.board();
        let mut names = desk.names();
        names.retain(|it| it != "Order Placed");
        names.sort();
        assert_eq!(
            (names.as_slice(), board.links().len()),
            (&left.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..], left.len()),
            "{texts:?}"
        );
        assert_eq!(board.name(desk.editor.single().unwrap()), selected, "{texts:?}");
        assert_eq!(desk.history.depth(), if left.is_empty() { 1 } else { 2 }, "all one undo step");
    }
}
