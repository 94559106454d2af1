//! The five steps of the first minutes, each found by its accessible name.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::Desk;

#[test]
fn the_five_steps() {
    let mut desk = Desk::sample("food-ordering");
    assert_eq!(desk.app().steps_done(), [false; 5]);

    desk.harness.get_by_label("Run").click();
    desk.steps(2);
    desk.wait("a message moves", |desk| desk.harness.query_all_by_label_contains("#0 ").next().is_some());
    desk.steps(30);
    desk.look("running");
    assert!(desk.app().steps_done()[0]);

    desk.harness.query_all_by_label_contains("#0 ").next().unwrap().click();
    desk.steps(3);
    assert!(desk.app().steps_done()[1]);
    assert!(desk.harness.query_by_label("Caused").is_some());
    desk.look("record");

    let fail = desk.harness.query_all_by_label_contains("Make Payment Provider fail").next().unwrap();
    fail.scroll_to_me();
    fail.click();
    desk.steps(4);
    if !desk.app().steps_done()[2] {
        desk.harness.query_all_by_label_contains("Make Payment Provider fail").next().unwrap().click();
        desk.steps(3);
    }
    assert!(desk.app().steps_done()[2]);

    desk.key(Key::E);
    desk.text("Order Praised");
    desk.key(Key::Escape);
    desk.steps(2);
    assert!(desk.app().steps_done()[3]);

    desk.harness.get_by_label("File").click();
    desk.steps(3);
    desk.harness.get_by_label_contains("Generate code\u{2026}").click();
    desk.steps(3);
    let folder = tempfile::tempdir().unwrap();
    desk.harness.get_by_label("Output folder").focus();
    desk.steps(1);
    desk.key_with(egui::Modifiers::COMMAND, Key::A);
    desk.text(&folder.path().join("code").to_string_lossy());
    desk.look("generate");
    desk.harness.get_by_label("Generate").click();
    desk.steps(2);
    desk.wait("code is written", |desk| desk.app().steps_done()[4]);
    assert!(folder.path().join("code").join("Cargo.toml").is_file());
    desk.steps(2);
    desk.look("generated");
}

#[test]
fn a_board_of_events_plays_its_order_and_says_so() {
    let mut desk = Desk::sample("food-ordering-big-picture");
    desk.harness.get_by_label("Run").click();
    desk.steps(2);
    desk.wait("the sentence", |desk| desk.harness.query_by_label("Order only, no causes modelled").is_some());
    desk.look("order only");
}

#[test]
fn problems_go_to_their_stickies() {
    let mut desk = Desk::sample("food-ordering");
    desk.wait("the board is read", |desk| desk.harness.query_by_label("Problems").is_some());
    desk.steps(5);
    desk.harness.get_by_label("Problems").click();
    desk.steps(5);
    desk.look("problems");
    let board = desk.board().clone();
    assert!(desk.app().editor().selection.is_empty());
    let findings: Vec<String> = stormglass::session::Readings::of(&board, 0)
        .report
        .open()
        .filter(|it| !it.elements.is_empty())
        .map(|it| it.message.clone())
        .collect();
    let shown = findings.iter().find(|it| desk.harness.query_by_label(it.as_str()).is_some()).cloned();
    desk.harness.get_by_label(shown.unwrap().as_str()).click();
    desk.steps(3);
    assert!(!desk.app().editor().selection.is_empty());
}
