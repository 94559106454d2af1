//! Tests of the context map in the window: opened, patterns chosen, cards moved, all of it undone.

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
