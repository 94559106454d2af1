//! Gestures, writing and the clipboard beside what else happens: saving, an undo, a dialog, a collapsed frame.

use std::collections::BTreeSet;

use stormglass::board::{Edit, Element, FrameKind, Kind, Link};
use stormglass::editor::{Cx, Editor, Input, Key, Mods, Request};
use stormglass::kit::{Id, PointF};

use super::Desk;

fn moved(desk: &mut Desk, x: f32, y: f32, mods: Mods) {
    desk.on(Input::Move { at: PointF::new(x, y), mods });
}

/// What the status bar was told to say.
fn said(desk: &Desk) -> Vec<&str> {
    let says = desk.requests.iter().filter_map(|it| match it {
        Request::Say(text) => Some(text.as_str()),
        _ => None,
    });
    says.collect()
}

#[test]
fn a_drag_whose_step_was_ended_by_something_else_is_over() {
    for undone in [false, true] {
        let mut desk = Desk::new();
        desk.editor.snap = false;
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        desk.drag((150.0, 150.0), (150.0, 250.0), Mods::NONE);
        desk.press(150.0, 250.0, Mods::NONE, 1);
        moved(&mut desk, 250.0, 250.0, Mods::NONE);
        assert_eq!(desk.at(id), (200, 200));
        // Saving finishes the step; undo takes it back, and the one before.
        if undone {
            desk.history.undo();
        } else {
            desk.history.finish();
        }
        moved(&mut desk, 350.0, 250.0, Mods::NONE);
        desk.release(400.0, 250.0, Mods::NONE);
        assert_eq!(desk.at(id), if undone { (100, 100) } else { (200, 200) });
        assert_eq!(desk.history.can_redo().is_some(), undone, "what was undone can be done again");
        assert_eq!(desk.history.depth(), if undone { 1 } else { 3 });
        assert!(said(&desk).is_empty(), "{:?}", said(&desk));
        // The hand is free again.
        let at = desk.at(id);
        let from = (at.0 as f32 + 50.0, at.1 as f32 + 50.0);
        desk.drag(from, (from.0 + 30.0, from.1), Mods::NONE);
        assert_eq!(desk.at(id), (at.0 + 30, at.1));
    }
}

#[test]
fn undo_and_redo_in_the_middle_of_a_drag_only_take_the_drag_back() {
    // (where the drag begins on the selected sticky, the key, from the window's menu)
    for (from, action, by_menu) in [
        ((150.0, 150.0), "undo", false),
        ((150.0, 150.0), "undo", true),
        ((150.0, 150.0), "redo", false),
        ((200.0, 200.0), "undo", false),
    ] {
        let mut desk = Desk::new();
        let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
        let newer = desk.sticky(Kind::DOMAIN_EVENT, 500, 100, "Order Paid");
        desk.editor.select_only(id);
        desk.press(from.0, from.1, Mods::NONE, 1);
        moved(&mut desk, 300.0, 300.0, Mods::NONE);
        let before = desk.history.board().rect(id);
        match (by_menu, action) {
            (true, _) => desk.act(action),
            (false, "undo") => desk.key(Key::Char('Z'), Mods::COMMAND),
            (false, _) => desk.key(Key::Char('Z'), Mods::COMMAND_SHIFT),
        }
        let rect = desk.history.board().rect(id);
        assert_ne!(rect, before);
        moved(&mut desk, 400.0, 400.0, Mods::NONE);
        desk.release(400.0, 400.0, Mods::NONE);
        let board = desk.history.board();
        assert_eq!((board.rect(id), desk.at(id)), (rect, (100, 100)), "{from:?} {action}");
        assert!(board.contains(newer), "the step before stays");
        assert_eq!((desk.history.depth(), desk.history.can_redo()), (2, None));
        // The hand is free again.
        desk.drag((150.0, 150.0), (190.0, 150.0), Mods::NONE);
        assert_eq!(desk.at(id), (140, 100));
    }
}

#[test]
fn a_key_that_makes_a_sticky_ends_the_drag_under_way() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.press(150.0, 150.0, Mods::NONE, 1);
    moved(&mut desk, 150.0, 250.0, Mods::NONE);
    desk.letter('E');
    desk.write("Order Paid");
    moved(&mut desk, 400.0, 400.0, Mods::NONE);
    desk.release(400.0, 400.0, Mods::NONE);
    assert_eq!(desk.at(id), (100, 200));
    assert_eq!(desk.names(), ["Order Placed", "Order Paid"]);
}

#[test]
fn writing_goes_on_when_its_step_was_ended_by_something_else() {
    let mut desk = Desk::new();
    desk.letter('E');
    desk.write("Order");
    desk.history.finish();
    desk.write("Order Pl");
    desk.history.finish();
    desk.write("Order Placed");
    desk.with(|editor, cx| editor.end_text(cx));
    assert_eq!(desk.names(), ["Order Placed"]);
    assert!(said(&desk).is_empty(), "{:?}", said(&desk));
    desk.act("undo");
    assert_eq!(desk.names(), ["Order Pl"]);
    desk.act("undo");
    desk.act("undo");
    assert!(desk.history.board().is_empty());
}

#[test]
fn what_is_cut_is_what_was_copied() {
    let mut desk = Desk::new();
    let frame = desk.frame(FrameKind::BoundedContext, (100, 100, 500, 300), "Ordering");
    let inside = desk.sticky(Kind::COMMAND, 150, 200, "Place Order");
    let event = desk.sticky(Kind::DOMAIN_EVENT, 350, 200, "Order Placed");
    desk.editor.select_only(frame);
    desk.act("cut");
    assert!(desk.history.board().is_empty());
    let text = desk.requests.iter().find_map(|it| match it {
        Request::Copy(text) => Some(text.clone()),
        _ => None,
    });
    desk.on(Input::Paste(text.unwrap()));
    let board = desk.history.board();
    assert_eq!((board.stickies().len(), board.frames().len()), (2, 1));
    assert!(board.stickies().values().all(|it| it.of.is_none()), "no second placement");
    desk.act("undo");
    desk.act("undo");
    // A link alone cannot be copied, so it is not cut either.
    desk.with(|editor, cx| link(editor, cx, inside, event));
    desk.requests.clear();
    desk.act("cut");
    assert_eq!(desk.history.board().links().len(), 1);
    assert_eq!(said(&desk).len(), 1);
}

/// Puts a link on the board and selects it.
fn link(editor: &mut Editor, cx: &mut Cx<'_>, from: Id, to: Id) {
    let id = cx.ids.next_id();
    assert!(cx.commit("Link", vec![Edit::Add(Box::new(Element::Link(Link::new(id, from, to))))]));
    editor.select_only(id);
}

#[test]
fn all_placements_of_a_definition_change_their_kind() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.click(150.0, 150.0);
    desk.act("duplicate");
    assert_eq!(desk.history.board().placements(id).count(), 2);
    desk.with(|editor, cx| editor.turn_into(cx, Kind::POLICY));
    assert!(desk.history.board().stickies().values().all(|it| it.kind == Kind::POLICY));
    desk.act("undo");
    assert!(desk.history.board().stickies().values().all(|it| it.kind == Kind::DOMAIN_EVENT));
}

#[test]
fn what_a_collapsed_frame_hides_is_not_selected() {
    let mut desk = Desk::new();
    let frame = desk.frame(FrameKind::BoundedContext, (100, 100, 400, 300), "Ordering");
    let hidden = desk.sticky(Kind::DOMAIN_EVENT, 200, 200, "Order Placed");
    let seen = desk.sticky(Kind::DOMAIN_EVENT, 700, 200, "Order Paid");
    desk.with(|editor, cx| link(editor, cx, hidden, seen));
    desk.editor.select_only(frame);
    desk.act("collapse");
    for action in ["select_same", "select_linked", "select_all"] {
        desk.editor.select_only(seen);
        desk.act(action);
        assert!(desk.editor.selection.contains(&seen) && !desk.editor.selection.contains(&hidden), "{action}");
    }
    let board = desk.history.board().clone();
    desk.editor.go_to(&board, hidden);
    assert_eq!(desk.editor.single(), Some(frame));
}

#[test]
fn escape_in_the_drag_of_a_copy_gives_the_selection_back() {
    let mut desk = Desk::new();
    let ids = [100, 300].map(|x| desk.sticky(Kind::DOMAIN_EVENT, x, 100, "Order Placed"));
    desk.act("select_all");
    desk.press(150.0, 150.0, Mods::ALT, 1);
    moved(&mut desk, 150.0, 400.0, Mods::ALT);
    assert_eq!(desk.history.board().stickies().len(), 4);
    desk.on(Input::Cancel);
    assert_eq!(desk.history.board().stickies().len(), 2);
    assert_eq!(desk.editor.selection, BTreeSet::from(ids));
}

#[test]
fn a_sticky_that_a_link_makes_lies_on_the_grid_and_its_frame_grows() {
    let mut desk = Desk::new();
    let frame = desk.frame(FrameKind::BoundedContext, (60, 60, 500, 300), "Ordering");
    desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.letter('L');
    desk.drag((150.0, 150.0), (543.0, 157.0), Mods::NONE);
    desk.write("Whenever an order is placed, charge");
    desk.with(|editor, cx| editor.end_text(cx));
    let board = desk.history.board();
    let policy = board.stickies().values().find(|it| it.kind == Kind::POLICY).unwrap();
    assert_eq!((policy.x % 20, policy.y % 20), (0, 0));
    assert!(board.rect(frame).unwrap().encloses(policy.rect()));
    desk.act("undo");
    assert_eq!(desk.history.board().len(), 2);
}

#[test]
fn paste_as_one_sticky_waits_no_longer_than_the_clipboard_needs() {
    for (frames, stickies) in [(1, 1), (10, 2)] {
        let mut desk = Desk::new();
        desk.act("paste_plain");
        for _ in 0..frames {
            desk.on(Input::Tick { mods: Mods::NONE, seconds: 0.016 });
        }
        desk.on(Input::Paste("Order Placed\nOrder Paid".to_owned()));
        assert_eq!(desk.history.board().stickies().len(), stickies);
    }
}

#[test]
fn a_key_held_when_writing_begins_is_let_go() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.key(Key::Space, Mods::NONE);
    desk.with(|editor, cx| editor.begin_text(cx, id));
    desk.with(|editor, cx| editor.escape_text(cx));
    desk.editor.selection.clear();
    let before = desk.at(id);
    desk.drag((150.0, 150.0), (150.0, 350.0), Mods::NONE);
    assert_ne!(desk.at(id), before, "it is the sticky that moves, not the view");
}

#[test]
fn the_button_is_not_held_by_a_command_without_a_key() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    moved(&mut desk, 150.0, 150.0, Mods::NONE);
    desk.act("hold_button");
    moved(&mut desk, 350.0, 350.0, Mods::NONE);
    assert_eq!(desk.at(id), (100, 100));
}

#[test]
fn a_step_says_what_was_done_to_what() {
    type Step = fn(&mut Desk, Id, Id);
    let names = ["Order Placed", "Order Paid"];
    // (what is done to two events, what undo says then)
    let cases: [(Step, &str); 11] = [
        (|desk, a, _| rewrite(desk, a, "Order Shipped"), "Write \u{201c}Order Shipped\u{201d}"),
        (|desk, a, _| rewrite(desk, a, "Order Shipped\ntotal: int"), "Write \u{201c}Order Shipped\u{201d}"),
        (|desk, a, _| rewrite(desk, a, ""), "Write domain event"),
        (
            |desk, a, _| rewrite(desk, a, &"long and longer ".repeat(9)),
            "Write \u{201c}long and longer long and longer long and\u{2026}\u{201d}",
        ),
        (|desk, a, _| on(desk, &[a], "delete"), "Delete \u{201c}Order Placed\u{201d}"),
        (|desk, a, b| on(desk, &[a, b], "delete"), "Delete 2 domain events"),
        (|desk, a, b| on(desk, &[a, b], "lock"), "Lock 2 domain events"),
        (|desk, a, _| on(desk, &[a], "to_back"), "Send to back: \u{201c}Order Placed\u{201d}"),
        (|desk, a, b| joined(desk, a, b), "Link \u{201c}Order Placed \u{2192} Order Paid\u{201d}"),
        (
            |desk, a, b| {
                joined(desk, a, b);
                on(desk, &[a, b], "delete");
            },
            "Delete 2 domain events",
        ),
        (
            |desk, _, _| {
                let frame = desk.frame(FrameKind::BoundedContext, (400, 300, 300, 300), "Ordering");
                on(desk, &[frame], "collapse");
                on(desk, &[frame], "collapse");
            },
            "Expand \u{201c}Ordering\u{201d}",
        ),
    ];
    for (step, says) in cases {
        let mut desk = Desk::new();
        let [a, b] = [(0, names[0]), (300, names[1])].map(|(x, it)| desk.sticky(Kind::DOMAIN_EVENT, x, 0, it));
        step(&mut desk, a, b);
        assert_eq!(desk.history.undo_says().as_deref(), Some(says));
        desk.requests.clear();
        desk.act("undo");
        assert_eq!(said(&desk), [format!("Undone: {says}")]);
        assert_eq!(desk.history.redo_says().as_deref(), Some(says));
        desk.requests.clear();
        desk.act("redo");
        assert_eq!(said(&desk), [format!("Done again: {says}")]);
    }
}

fn rewrite(desk: &mut Desk, id: Id, text: &str) {
    desk.with(|editor, cx| {
        editor.begin_text(cx, id);
        editor.write(cx, text);
        editor.end_text(cx);
    });
}

fn on(desk: &mut Desk, ids: &[Id], action: &str) {
    desk.editor.selection = ids.iter().copied().collect();
    desk.act(action);
}

fn joined(desk: &mut Desk, from: Id, to: Id) {
    let id = desk.ids.next_id();
    let add = Edit::Add(Box::new(Element::Link(Link::new(id, from, to))));
    desk.history.commit("Link", vec![add]).unwrap();
}
