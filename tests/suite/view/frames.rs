//! Tests of frames and links in the window: cards, tidying, advice, ghost links.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Edit, Element, Kind, Level, Link, Setting, Sticky, apply, apply_all, delete};
use stormglass::kit::{Id, IdSource, Point};
use stormglass::session::Sample;

use super::Desk;

impl Desk {
    /// Steps until that holds: work off the thread takes its time.
    fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        for _ in 0..400 {
            self.steps(1);
            if holds(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("it never came to hold");
    }
}

/// A sample whose frames were taken away.
fn stripped(key: &str) -> Board {
    let mut board = Sample::find(key).unwrap().board().unwrap();
    let frames: BTreeSet<Id> = board.frames().keys().copied().collect();
    let edits = delete(&board, &frames);
    apply_all(&mut board, &edits).unwrap();
    board
}

/// A command, an aggregate and an event side by side, without links.
fn side_by_side() -> Board {
    let mut board = Board::new();
    let mut ids = IdSource::seeded(9);
    let process = Edit::Settings { old: Setting::Level(Level::BigPicture), new: Setting::Level(Level::Process) };
    apply(&mut board, &process).unwrap();
    let stickies =
        [(Kind::COMMAND, 0, "Place Order"), (Kind::AGGREGATE, 160, "Order"), (Kind::DOMAIN_EVENT, 420, "Order Placed")];
    for (kind, x, text) in stickies {
        let sticky = Sticky::new(ids.next_id(), kind, Point::new(x, 0), text);
        apply(&mut board, &Edit::Add(Box::new(Element::Sticky(sticky)))).unwrap();
    }
    board
}

#[test]
fn a_board_is_tidied_by_its_key_and_glides() {
    let mut desk = Desk::sample("food-ordering");
    let before = desk.board().clone();
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    desk.steps(8);
    desk.look("tidied");
    assert!(desk.board() != &before);
    assert_eq!(desk.app().session().history().can_undo(), Some("Tidy"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.board(), &before);
}

#[test]
fn contexts_are_collapsed_and_opened_by_a_key() {
    let mut desk = Desk::sample("food-ordering");
    desk.key_with(Modifiers::SHIFT, Key::K);
    desk.look("collapsed");
    let collapsed = |desk: &Desk| desk.board().frames().values().filter(|it| it.collapsed).count();
    assert_eq!(collapsed(&desk), 3);
    desk.key_with(Modifiers::SHIFT, Key::K);
    assert_eq!(collapsed(&desk), 0);
}

#[test]
fn what_a_frame_hides_is_not_read_out() {
    let mut desk = Desk::sample("food-ordering");
    let shown = |desk: &Desk| desk.harness.query_all_by_label_contains("Domain event: Order Placed").count();
    assert_eq!(shown(&desk), 1);
    desk.key_with(Modifiers::SHIFT, Key::K);
    assert_eq!(shown(&desk), 0);
    assert!(desk.harness.query_all_by_label_contains("Bounded context: ").count() >= 3);
    // Found, it is marked on the frame that hides it.
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.text("Order Placed");
    desk.look("found in a collapsed frame");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::SHIFT, Key::K);
    assert_eq!(shown(&desk), 1);
}

#[test]
fn advice_costs_no_more_to_draw_from_near() {
    let mut desk = Desk::new(stripped("library"));
    desk.harness.get_by_label("Boundaries").click();
    desk.until(|desk| desk.harness.query_by_label("Accept all").is_some());
    let shapes = |desk: &Desk| desk.harness.output().shapes.len();
    let whole = shapes(&desk);
    for _ in 0..18 {
        desk.key_with(Modifiers::COMMAND, Key::Plus);
    }
    assert!(desk.app().editor().camera.zoom > 3.0);
    assert!(shapes(&desk) < whole + 600, "{} {whole}", shapes(&desk));
}

#[test]
fn boundaries_are_advised_and_accepted() {
    let mut desk = Desk::new(stripped("library"));
    desk.harness.get_by_label("Boundaries").click();
    desk.until(|desk| desk.harness.query_by_label("Accept all").is_some());
    desk.harness.get_by_label("Why Patron").click();
    desk.steps(2);
    desk.look("boundaries");
    desk.harness.get_by_label("Accept all").click();
    desk.until(|desk| desk.board().frames().len() == 2);
    desk.look("boundaries-accepted");
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.board().frames().is_empty(), "one undo step");
}

#[test]
fn a_ghost_link_is_accepted_and_another_refused() {
    let mut desk = Desk::new(side_by_side());
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.until(|desk| desk.app().session().readings().is_some_and(|it| it.ghosts.len() == 2));
    desk.steps(2);
    let seam = |desk: &Desk, a: &str, b: &str| {
        let (a, b) = (desk.harness.get_by_label(a).rect(), desk.harness.get_by_label(b).rect());
        egui::pos2((a.right() + b.left()) / 2.0, a.center().y)
    };
    let first = seam(&desk, "Command: Place Order", "Aggregate: Order");
    desk.harness.hover_at(first);
    desk.steps(2);
    desk.look("ghost-hover");
    assert!(desk.harness.query_by_label_contains("is invoked on").is_some(), "the relation is said");
    desk.harness.drag_at(first);
    desk.harness.drop_at(first);
    desk.steps(2);
    desk.look("ghost-asked");
    desk.harness.get_by_label("Accept ghost link").click();
    desk.steps(3);
    assert_eq!(desk.board().links().len(), 1);
    desk.until(|desk| desk.app().session().readings().is_some_and(|it| it.ghosts.len() == 1));
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.steps(2);
    let second = seam(&desk, "Aggregate: Order", "Domain event: Order Placed");
    desk.harness.drag_at(second);
    desk.harness.drop_at(second);
    desk.steps(2);
    desk.harness.get_by_label("Refuse ghost link").click();
    desk.until(|desk| desk.app().session().readings().is_some_and(|it| it.ghosts.is_empty()));
    assert_eq!((desk.board().links().len(), desk.board().refusals().len()), (1, 1));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    desk.until(|desk| desk.app().session().readings().is_some_and(|it| it.ghosts.len() == 1));
}

/// The two ghost links, with these elements selected.
fn with_ghosts(selected: &[&str]) -> Desk {
    let mut desk = Desk::new(side_by_side());
    for name in selected {
        let at = desk.harness.get_by_label(name).rect().center();
        desk.harness.event_modifiers(egui::Event::PointerMoved(at), Modifiers::SHIFT);
        for pressed in [true, false] {
            let (pos, button, modifiers) = (at, egui::PointerButton::Primary, Modifiers::SHIFT);
            desk.harness.event_modifiers(egui::Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
        }
        desk.steps(2);
    }
    desk.until(|desk| desk.app().session().readings().is_some_and(|it| it.ghosts.len() == 2));
    desk.steps(2);
    assert_eq!(desk.app().editor().selection.len(), selected.len());
    desk
}

const ASKED: &str = "Accept ghost link";

#[test]
fn a_link_is_drawn_from_its_dot_though_a_ghost_link_lies_there() {
    let mut desk = with_ghosts(&["Command: Place Order"]);
    let command = desk.harness.get_by_label("Command: Place Order").rect();
    let event = desk.harness.get_by_label("Domain event: Order Placed").rect().center();
    let dot = command.right_center() + egui::vec2(12.0, 0.0);
    desk.harness.hover_at(dot);
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("is invoked on").is_none(), "it says what a press would do");
    desk.drag(dot, event);
    assert!(desk.harness.query_by_label(ASKED).is_none());
    let joined: Vec<_> = desk.board().links().values().map(|it| (it.from, it.to)).collect();
    let at = |kind| *desk.board().stickies().iter().find(|it| it.1.kind == kind).unwrap().0;
    assert_eq!(joined, [(at(Kind::COMMAND), at(Kind::DOMAIN_EVENT))]);
}

#[test]
fn a_press_on_what_lies_over_a_ghost_link_is_none_on_the_link() {
    let mut desk = with_ghosts(&["Command: Place Order", "Aggregate: Order"]);
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.steps(2);
    // The board is moved until the link lies below the bar.
    let bar = desk.harness.get_by_label("Find on the board").rect().center();
    let (a, b) = (desk.harness.get_by_label("Aggregate: Order"), desk.harness.get_by_label("Command: Place Order"));
    let seam = egui::pos2((b.rect().right() + a.rect().left()) / 2.0, a.rect().center().y);
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Middle,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let from = seam + egui::vec2(0.0, 200.0);
    for event in [egui::Event::PointerMoved(from), button(from, true)] {
        desk.harness.event(event);
    }
    desk.steps(1);
    let to = from + (bar - seam);
    for event in [egui::Event::PointerMoved(to), button(to, false)] {
        desk.harness.event(event);
        desk.steps(1);
    }
    desk.steps(2);
    let moved = desk.harness.get_by_label("Aggregate: Order").rect();
    assert!((moved.left() - 30.0 - bar.x).abs() < 9.0 && (moved.center().y - bar.y).abs() < 9.0, "{moved:?} {bar:?}");
    desk.look("ghost below the bar");
    for (at, asks) in [(bar, false), (bar - egui::vec2(0.0, 60.0), false)] {
        desk.harness.drag_at(at);
        desk.harness.drop_at(at);
        desk.steps(2);
        assert_eq!(desk.harness.query_by_label(ASKED).is_some(), asks, "{at:?}");
    }
}

#[test]
fn a_guard_is_written_on_a_link_and_an_end_is_taken_elsewhere() {
    let mut board = side_by_side();
    let mut ids = IdSource::seeded(77);
    let at = |board: &Board, name: &str| *board.stickies().keys().find(|id| board.name(**id) == name).unwrap();
    let (command, aggregate, event) = (at(&board, "Place Order"), at(&board, "Order"), at(&board, "Order Placed"));
    let link = Link::new(ids.next_id(), aggregate, event);
    apply(&mut board, &Edit::Add(Box::new(Element::Link(link.clone())))).unwrap();
    let mut desk = Desk::new(board);
    let place = |desk: &Desk, name: &str| desk.harness.get_by_label_contains(name).rect();
    let (a, b) = (place(&desk, "Aggregate: Order"), place(&desk, "Domain event: Order Placed"));
    let middle = egui::pos2((a.right() + b.left()) / 2.0, a.center().y);
    desk.harness.drag_at(middle);
    desk.harness.drop_at(middle);
    desk.steps(2);
    desk.key(Key::F2);
    desk.text("when total > 10");
    desk.look("guard");
    desk.key(Key::Escape);
    assert_eq!(desk.board().link(link.id).unwrap().text, "when total > 10");
    // The end with the head, now with handles, goes to the command.
    let command_at = place(&desk, "Command: Place Order").center();
    desk.drag(egui::pos2(b.left() - 1.0, b.center().y), command_at);
    assert_eq!(desk.board().link(link.id).unwrap().to, command);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.board().link(link.id).unwrap().to, event);
}
