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
