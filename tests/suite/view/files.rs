//! Leaving a board, saving it, exporting its picture, sending a message: the dialogs as a person meets them.

use egui::{Key, PointerButton};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Kind};

use super::{Desk, row};

/// A board with one sticky that no file holds.
fn unsaved() -> Desk {
    let mut desk = Desk::new(Board::new());
    desk.key(Key::E);
    desk.text("Order Placed");
    desk.key(Key::Escape);
    desk
}

/// File > New board, of the process level.
fn new_board(desk: &mut Desk) {
    desk.menu("File", "New board");
    desk.click("Process");
}

fn asks(desk: &Desk) -> bool {
    desk.harness.query_by_label_contains("has changes that are not saved").is_some()
}

#[test]
fn a_board_with_changes_is_not_left_without_a_question() {
    let mut desk = unsaved();
    new_board(&mut desk);
    assert!(asks(&desk));
    desk.look("unsaved");
    desk.click("Cancel");
    assert!(!asks(&desk));
    assert_eq!(desk.board().stickies().len(), 1);

    new_board(&mut desk);
    desk.click("Do not save");
    assert!(desk.board().is_empty());
}

#[test]
fn a_board_is_saved_where_one_says_and_then_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("orders.storm.ron");
    let mut desk = unsaved();
    new_board(&mut desk);
    desk.click("Save");
    desk.write("Path", &file.to_string_lossy());
    desk.look("path");
    desk.click("Save");
    desk.wait("the other board", |desk| desk.board().is_empty());
    let board = stormglass::board::read(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(board.stickies().values().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Order Placed"]);
}

#[test]
fn a_place_that_cannot_be_written_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("missing").join("deeper").join("orders.storm.ron");
    let mut desk = unsaved();
    std::fs::write(folder.path().join("missing"), "a file where a folder should be").unwrap();
    desk.key_with(egui::Modifiers::COMMAND, Key::S);
    desk.write("Path", &file.to_string_lossy());
    desk.click("Save");
    desk.wait("the message", |desk| desk.harness.query_by_label_contains("cannot be saved").is_some());
    desk.look("not saved");
    assert_eq!(desk.board().stickies().len(), 1);
    assert!(!file.exists());
}

#[test]
fn a_picture_is_exported_where_one_says() {
    let folder = tempfile::tempdir().unwrap();
    for (name, magic) in [("wall.png", &b"\x89PNG"[..]), ("wall.svg", b"<svg")] {
        let file = folder.path().join(name);
        let mut desk = Desk::sample("food-ordering");
        desk.menu("File", "Export picture");
        desk.steps(10);
        desk.click(if name.ends_with("svg") { "SVG" } else { "PNG" });
        desk.look("export");
        desk.click("Export\u{2026}");
        desk.write("Path", &file.to_string_lossy());
        desk.click("Export");
        desk.wait("the picture", |_| std::fs::metadata(&file).is_ok_and(|it| it.len() > 1_000));
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.windows(magic.len()).take(200).any(|it| it == magic), "{name}");
    }
}

#[test]
fn the_parts_to_export_can_be_chosen_again_and_again() {
    let mut desk = Desk::sample("food-ordering");
    let name = desk.board().frames().keys().map(|it| desk.board().name(*it)).find(|it| !it.is_empty()).unwrap();
    let press = |desk: &mut Desk, label: &str| {
        let node = desk.harness.query_all_by_label(label).last().unwrap();
        let pos = node.rect().center();
        // A quick hand: both within one frame.
        desk.harness.hover_at(pos);
        for pressed in [true, false] {
            let modifiers = egui::Modifiers::NONE;
            desk.harness.input_mut().events.push(egui::Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers,
            });
        }
        desk.steps(4);
    };
    for time in 0..3 {
        desk.key_with(egui::Modifiers::COMMAND, egui::Key::E);
        desk.steps(6);
        for choice in [name.as_str(), "Whole board"] {
            press(&mut desk, "Part");
            press(&mut desk, choice);
            let part = desk.harness.query_all_by_label("Part").last().unwrap().value();
            assert_eq!(part.as_deref(), Some(choice), "time {time}");
        }
        desk.key(egui::Key::Escape);
        assert!(desk.harness.query_by_label("Export picture").is_none());
    }
    desk.key_with(egui::Modifiers::COMMAND, egui::Key::A);
    desk.key_with(egui::Modifiers::COMMAND, egui::Key::E);
    let part = desk.harness.query_all_by_label("Part").last().unwrap().value();
    assert_eq!(part.as_deref(), Some("Selection"), "what is selected is meant");
}

#[test]
fn a_message_is_sent_by_hand() {
    let mut desk = Desk::sample("food-ordering");
    desk.click("Run");
    desk.wait("a message", |desk| desk.harness.query_all_by_label_contains("#0 ").next().is_some());
    let command = desk.harness.query_all_by_label_contains("Command: Place Order").next().unwrap();
    command.click_button(PointerButton::Secondary);
    desk.steps(4);
    desk.look("context menu");
    desk.harness.get_by_label_contains("Send\u{2026}").click();
    desk.steps(3);
    desk.look("send");
    desk.click("Send");
    assert!(desk.harness.query_by_label_contains("Place Order sent").is_some());
}

#[test]
fn what_takes_no_part_in_a_run_is_not_sent() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    let command = desk.harness.query_all_by_label_contains("Command: Place Order").next().unwrap();
    command.click_button(PointerButton::Secondary);
    desk.steps(4);
    desk.harness.get_by_label_contains("Send\u{2026}").click();
    desk.steps(3);
    assert!(desk.harness.query_by_label_contains("Nothing runs yet").is_some());
}

#[test]
fn a_run_is_stopped_and_its_marks_go() {
    let mut desk = Desk::sample("food-ordering");
    let width = |desk: &Desk| desk.harness.get_by_label("Close panel").rect().right();
    desk.click("Run");
    desk.wait("a message", |desk| desk.harness.query_all_by_label_contains("#0 ").next().is_some());
    desk.click("Pause");
    let (changed, before) = ("The board has changed since this run began", width(&desk));
    assert!(desk.harness.query_by_label_contains(changed).is_none());
    desk.harness.query_all_by_label_contains("Command: Place Order").next().unwrap().click();
    desk.steps(2);
    desk.key(Key::Delete);
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "Simulation").click();
    desk.steps(3);
    assert!(desk.harness.query_by_label_contains(changed).is_some());
    desk.key_with(egui::Modifiers::COMMAND, Key::Z);
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains(changed).is_none(), "it is again as it was");
    assert!((width(&desk) - before).abs() < 1.0);
    desk.harness.query_all_by_label("Stop").last().unwrap().click();
    desk.steps(3);
    assert!(desk.harness.query_by_label_contains("Nothing runs yet").is_some());
    assert!(desk.harness.query_by_label("Speed").is_none());
}
