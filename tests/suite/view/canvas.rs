//! Tests of the canvas: keys, text, pointer, and the nodes by which screen readers find stickies.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Edit, Element, Kind, Sticky};
use stormglass::kit::{IdSource, Point};

use super::{Desk, row};

#[test]
fn samples_are_shown() {
    let mut desk = Desk::sample("food-ordering");
    desk.steps(6);
    desk.look("food-ordering");
    assert!(desk.harness.query_all_by_label_contains("Domain event: Order Placed").next().is_some());
    desk.harness.get_by_label("Dismiss first steps").click();
    desk.steps(2);
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.look("food-ordering-selected");
}

#[test]
fn keys_make_stickies_and_undo_takes_them_back() {
    let mut desk = Desk::new(Board::new());
    desk.look("empty");
    assert!(desk.harness.query_by_label("E event, double click to write, paste a list").is_some());
    desk.key(Key::E);
    desk.text("Order Placed");
    desk.look("writing");
    desk.key(Key::Enter);
    desk.text("Order Paid");
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Domain event: Order Placed").is_some());
    assert!(desk.harness.query_by_label("Domain event: Order Paid").is_some());
    desk.look("two events");
    desk.click("Edit");
    desk.harness.get_by_label_contains("Undo add domain event: \u{201c}Order Paid\u{201d}");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.board().stickies().len(), 1);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.board().is_empty());
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(desk.board().stickies().len(), 1);
}

#[test]
fn a_sticky_is_dragged_linked_and_deleted() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    let at = desk.harness.get_by_label("Command: Place Order").rect().center();
    desk.drag(at, at + egui::vec2(0.0, 160.0));
    let moved = desk.harness.get_by_label("Command: Place Order").rect().center();
    assert!((moved.y - at.y - 160.0).abs() < 12.0, "{at:?} {moved:?}");
    let event = desk.harness.get_by_label("Domain event: Order Placed").rect().center();
    desk.key(Key::L);
    desk.drag(moved, event);
    assert_eq!(desk.board().links().len(), 1);
    assert!(desk.harness.query_by_label("Command: Place Order, leads to Order Placed").is_some());
    desk.key(Key::Delete);
    assert_eq!(desk.board().links().len(), 0);
    assert_eq!(desk.board().stickies().len(), 2);
}

#[test]
fn the_lasso_selects() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    let a = desk.harness.get_by_label("Command: Place Order").rect();
    let b = desk.harness.get_by_label("Domain event: Order Placed").rect();
    desk.drag(a.left_top() - egui::vec2(30.0, 30.0), b.center());
    assert_eq!(desk.app().editor().selection.len(), 2);
}

#[test]
fn an_input_method_composes_and_commits() {
    let mut desk = Desk::new(Board::new());
    desk.key(Key::E);
    let preedit =
        |text: &str| egui::Event::Ime(egui::ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    for event in [preedit("ちゅ"), preedit("注文"), egui::Event::Ime(egui::ImeEvent::Commit("注文".to_owned()))] {
        desk.harness.event(event);
        desk.steps(2);
    }
    desk.text("した");
    desk.look("input method");
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Domain event: 注文した").is_some());
}

#[test]
fn a_long_text_stays_on_the_sticky_it_is_written_on() {
    for (key, name) in [(Key::E, "event"), (Key::T, "time event"), (Key::Q, "hotspot")] {
        let mut desk = Desk::new(Board::new());
        desk.key(key);
        let rect = desk.board().stickies().values().next().unwrap().rect();
        for word in 0..150 {
            desk.harness.event(egui::Event::Text(format!("Word{word} ")));
            desk.steps(1);
            let ime = desk.harness.output().platform_output.ime.as_ref().expect("a text");
            assert!(ime.rect.contains_rect(ime.cursor_rect), "{name}, word {word}: {ime:?}");
        }
        desk.look(&format!("writing much on a {name}"));
        // Back at the start the first words are there, and what was written is kept whole.
        desk.key_with(Modifiers::COMMAND, Key::Home);
        let ime = desk.harness.output().platform_output.ime.as_ref().expect("a text");
        assert!(ime.rect.contains_rect(ime.cursor_rect) && ime.cursor_rect.top() < ime.rect.center().y, "{ime:?}");
        desk.key(Key::Escape);
        let sticky = desk.board().stickies().values().next().unwrap();
        assert!(sticky.text.contains("Word149") && sticky.rect() == rect);
    }
}

#[test]
fn a_pasted_list_becomes_stickies() {
    let mut desk = Desk::new(Board::new());
    desk.harness.event(egui::Event::Paste("Order Placed\nOrder Paid\nOrder Shipped".to_owned()));
    desk.steps(2);
    assert_eq!(desk.board().stickies().len(), 3);
}

/// A board of so many events in rows of a hundred: seen as a whole its names are bars.
fn wall(count: i32) -> Board {
    let mut board = Board::new();
    let mut ids = IdSource::seeded(5);
    for at in 0..count {
        let corner = Point::new(at % 100 * 220, at / 100 * 220);
        let sticky = Sticky::new(ids.next_id(), Kind::DOMAIN_EVENT, corner, format!("Order {at} Placed"));
        stormglass::board::apply(&mut board, &Edit::Add(Box::new(Element::Sticky(sticky)))).unwrap();
    }
    board
}

#[test]
fn a_window_in_which_nothing_moves_asks_for_no_frames() {
    let mut desk = Desk::new(wall(300));
    // As a whole, at its own size, nearer, less near, and as a whole again.
    let steps = [
        (Modifiers::SHIFT, Key::Num1),
        (Modifiers::COMMAND, Key::Num0),
        (Modifiers::COMMAND, Key::Plus),
        (Modifiers::COMMAND, Key::Minus),
        (Modifiers::SHIFT, Key::Num1),
    ];
    for (step, (mods, key)) in steps.into_iter().enumerate() {
        desk.key_with(mods, key);
        desk.steps(20);
        let zoom = desk.app().editor().camera.zoom;
        assert_eq!(zoom < 0.1, key == Key::Num1, "step {step}: {zoom}");
        // Twice: what one frame leaves behind may only tell in the next.
        for _ in 0..2 {
            desk.steps(1);
            let pause = desk.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
            assert!(pause >= std::time::Duration::from_millis(200), "step {step}: a frame after {pause:?}");
        }
    }
}
