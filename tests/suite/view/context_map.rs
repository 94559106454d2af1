//! Tests of the context map in the window: opened, patterns chosen, contexts moved, all of it undone.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Pattern, Upstream};

use super::Desk;
use crate::notation;

const MAP: Modifiers = Modifiers { ctrl: true, command: true, shift: true, ..Modifiers::NONE };

fn two_contexts() -> Desk {
    let mut desk = Desk::new(notation::board(
        "context \"Ordering\" @0,0 600x400\n context \"Kitchen\" @700,0 600x400\n \
         E e \"Order Placed\" @50,150\n P p \"Whenever placed, cook\" @750,150\n e -> p",
    ));
    desk.key_with(MAP, Key::M);
    desk.wait("the map", |desk| desk.harness.query_by_label("Ordering upstream of Kitchen: Order Placed").is_some());
    desk
}

fn only(board: &Board) -> &stormglass::board::Relationship {
    board.relationships().values().next().unwrap()
}

#[test]
fn what_was_said_of_two_contexts_is_chosen_shown_and_undone() {
    let mut desk = two_contexts();
    desk.harness.get_by_label("Ordering upstream of Kitchen: Order Placed").click();
    desk.steps(3);
    desk.harness.get_by_label("Anticorruption layer (ACL)").click();
    desk.steps(3);
    assert_eq!(only(desk.board()).patterns.iter().copied().collect::<Vec<_>>(), [Pattern::AnticorruptionLayer]);
    desk.harness.get_by_label("Kitchen is upstream").click();
    desk.steps(3);
    assert_eq!(only(desk.board()).upstream, Upstream::To);
    desk.wait("the other direction", |desk| {
        desk.harness.query_by_label("Kitchen upstream of Ordering: Order Placed").is_some()
    });
    desk.look("context map");
    desk.key_with(Modifiers::COMMAND, Key::Z);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.board().relationships().is_empty());
    desk.harness.get_by_label("Order Placed").click();
    desk.steps(3);
    assert!(desk.harness.query_by_label_contains("Domain event: Order Placed").is_some());
    assert_eq!(desk.app().editor().selection.len(), 1);
}

#[test]
fn cards_are_moved_by_pointer_and_by_keys() {
    let mut desk = two_contexts();
    let name = "Context: Kitchen, 0 events, 0 commands";
    let place = |desk: &Desk| desk.board().frames().values().find_map(|it| it.map);
    let at = desk.harness.get_by_label(name).rect().center();
    desk.drag(at, at + egui::vec2(0.0, 150.0));
    let dragged = place(&desk).expect("a place");
    let now = desk.harness.get_by_label(name).rect().center();
    assert!((now.y - at.y - 150.0).abs() < 4.0, "{at:?} {now:?}");
    desk.harness.get_by_label(name).focus();
    desk.steps(2);
    desk.key(Key::ArrowRight);
    assert_eq!(place(&desk).map(|it| (it.x, it.y)), Some((dragged.x + 10, dragged.y)));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(place(&desk), Some(dragged));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(place(&desk), None);
}

#[test]
fn contexts_are_related_by_hand_and_what_is_lost_is_listed() {
    let mut desk = Desk::new(notation::board(
        "context \"Ordering\" @0,0 600x400\n context \"Payroll\" @700,0 600x400\n relate Ordering and gone: Conformist",
    ));
    desk.harness.get_by_label("View: Context map").click();
    desk.wait("the map", |desk| desk.harness.query_by_label_contains("Context: Payroll").is_some());
    assert!(desk.harness.query_by_label("Of contexts that are gone").is_some());
    desk.harness.get_by_label_contains("Context: Payroll").click();
    desk.steps(2);
    desk.harness.get_by_label("Relate to").click();
    desk.steps(3);
    desk.harness.get_by_label("Ordering").click();
    desk.steps(3);
    desk.harness.get_by_label("Separate ways").click();
    desk.steps(3);
    assert!(desk.board().relationships().values().any(|it| it.patterns.contains(&Pattern::SeparateWays)));
    desk.key(Key::Escape);
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label_contains("Context: Payroll").is_none());
}

#[test]
fn samples_have_maps_to_look_at() {
    let mut desk = Desk::sample("meetings-and-payments");
    desk.key_with(MAP, Key::M);
    desk.wait("the map", |desk| desk.harness.query_by_label_contains("Context: Payments").is_some());
    desk.look("context map of a sample");
}

/// The field for the remark; its heading says the same.
fn field(desk: &Desk) -> egui_kittest::Node<'_> {
    desk.harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Remark")
}

/// Selects the line and writes a remark letter by letter.
fn remark(desk: &mut Desk, letters: &[&str]) {
    desk.harness.get_by_label("Ordering upstream of Kitchen: Order Placed").click();
    desk.steps(3);
    field(desk).focus();
    desk.steps(1);
    for letter in letters {
        desk.text(letter);
    }
}

#[test]
fn a_remark_is_written_letter_by_letter_and_is_one_undo_step() {
    let mut desk = two_contexts();
    remark(&mut desk, &["a", "s", "k"]);
    assert_eq!(only(desk.board()).text, "ask");
    let id = only(desk.board()).id;
    for _ in 0..3 {
        desk.key(Key::Backspace);
    }
    assert!(desk.board().relationships().is_empty(), "an empty remark says nothing");
    for letter in ["o", "n", "c", "e"] {
        desk.text(letter);
    }
    desk.harness.get_by_label("Anticorruption layer (ACL)").click();
    desk.steps(3);
    assert_eq!((only(desk.board()).text.as_str(), only(desk.board()).patterns.len()), ("once", 1));
    assert_ne!(only(desk.board()).id, id);
    remark(&mut desk, &["!"]);
    assert!(only(desk.board()).text.contains('!'));
    desk.harness.get_by_label("Neither: they depend on one another, or on nothing").click();
    desk.steps(3);
    for left in [(1, Upstream::AsRead, true), (1, Upstream::AsRead, false), (0, Upstream::AsRead, false)] {
        desk.key_with(Modifiers::COMMAND, Key::Z);
        let board = desk.board();
        assert_eq!(board.relationships().values().map(|it| it.patterns.len()).sum::<usize>(), left.0);
        assert!(board.relationships().values().all(|it| it.upstream == left.1));
        assert_eq!(board.relationships().values().any(|it| it.text.contains('!')), left.2);
    }
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.board().relationships().is_empty());
}

fn sees_map(desk: &Desk) -> bool {
    desk.harness.query_by_label("Context: Kitchen, 0 events, 0 commands").is_some()
}

#[test]
fn what_is_done_to_the_board_shows_the_board() {
    type Do = fn(&mut Desk);
    let cases: [(&str, Do); 4] = [
        ("find", |desk| desk.key_with(Modifiers::COMMAND, Key::F)),
        ("find next", |desk| desk.key(Key::F3)),
        ("select all", |desk| desk.menu("Edit", "Select all Ctrl")),
        ("tidy", |desk| desk.menu("Arrange", "Tidy Ctrl")),
    ];
    for (what, act) in cases {
        let mut desk = two_contexts();
        assert!(sees_map(&desk));
        act(&mut desk);
        assert!(!sees_map(&desk), "{what}");
    }
    let mut desk = two_contexts();
    desk.menu("View", "Zoom in Ctrl");
    assert!(sees_map(&desk), "what has a meaning here stays here");
}

#[test]
fn escape_closes_a_menu_and_leaves_the_map_alone() {
    let mut desk = two_contexts();
    desk.harness.get_by_label("Ordering upstream of Kitchen: Order Placed").click();
    desk.steps(3);
    for _ in 0..2 {
        desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "File").click();
        desk.steps(3);
        assert!(desk.harness.query_by_label_contains("Export picture").is_some());
        desk.key(Key::Escape);
        assert!(desk.harness.query_by_label_contains("Export picture").is_none());
        assert!(sees_map(&desk));
        // What was selected still is.
        field(&desk);
    }
}

#[test]
fn a_board_that_is_opened_is_met_as_itself() {
    let mut desk = two_contexts();
    desk.menu("File", "Samples");
    desk.steps(4);
    desk.harness.get_by_label("Open sample Food ordering").click();
    desk.steps(6);
    if desk.harness.query_by_label("Don't save").is_some() {
        desk.click("Don't save");
        desk.steps(6);
    }
    desk.wait("the sample", |desk| desk.board().stickies().len() > 10);
    desk.steps(3);
    assert!(!sees_map(&desk));
}
