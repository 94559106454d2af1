//! Tests of fingers: what a touch screen sends, as the toolkit hands it on.

use egui::{Event, PointerButton, Pos2, TouchPhase, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::Kind;

use super::{Desk, row};

/// One frame with what fingers do in it. The first finger is the pointer too.
fn touch(desk: &mut Desk, fingers: &[(u64, TouchPhase, Pos2)]) {
    let modifiers = egui::Modifiers::NONE;
    let events = &mut desk.harness.input_mut().events;
    for (id, phase, pos) in fingers {
        let (id, phase, pos) = (*id, *phase, *pos);
        events.push(Event::Touch { device_id: egui::TouchDeviceId(1), id: egui::TouchId(id), phase, pos, force: None });
        let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        match phase {
            TouchPhase::Start if id == 1 => events.extend([Event::PointerMoved(pos), button(true)]),
            TouchPhase::Move if id == 1 => events.push(Event::PointerMoved(pos)),
            TouchPhase::End if id == 1 => events.extend([button(false), Event::PointerGone]),
            _ => {}
        }
    }
    desk.harness.step();
}

fn desk() -> Desk {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    desk.harness.get_by_label("Dismiss first steps").click();
    desk.steps(3);
    desk
}

#[test]
fn a_finger_selects_drags_and_rests() {
    use TouchPhase::{End, Move, Start};
    let mut desk = desk();
    let small = desk.harness.get_by_label("Place policy").rect().height();
    let at = desk.harness.get_by_label("Command: Place Order").rect().center();
    // Down and up within one frame.
    touch(&mut desk, &[(1, Start, at), (1, End, at)]);
    assert_eq!(desk.app().editor().selection.len(), 1);
    // From the first touch on everything is large enough.
    desk.steps(2);
    let large = desk.harness.get_by_label("Place policy").rect().height();
    assert!(small < 30.0 && large >= 44.0, "{small} {large}");
    for name in ["Fit", "Run", "Select tool"] {
        let rect = desk.harness.get_by_label(name).rect();
        assert!(rect.height() >= 43.9 && rect.width() >= 43.9, "{name}: {rect:?}");
    }
    desk.look("touch");
    // A drag moves.
    let at = desk.harness.get_by_label("Command: Place Order").rect().center();
    let before = desk.board().stickies().values().map(|it| it.y).max();
    let down = at + Vec2::new(0.0, 120.0);
    touch(&mut desk, &[(1, Start, at)]);
    for step in 1..=4 {
        touch(&mut desk, &[(1, Move, at + (down - at) * (step as f32 / 4.0))]);
    }
    touch(&mut desk, &[(1, End, down)]);
    desk.steps(2);
    let after = desk.board().stickies().values().map(|it| it.y).max();
    assert!(after > before, "{before:?} {after:?}");
    assert!(desk.harness.query_by_label("Duplicate").is_none());
    // A rest opens the menu, and lifting the finger leaves it open; straying is no rest.
    let still = desk.harness.get_by_label("Domain event: Order Placed").rect().center();
    touch(&mut desk, &[(1, Start, still)]);
    touch(&mut desk, &[(1, Move, still + Vec2::new(3.0, 0.0))]);
    for _ in 0..3 {
        desk.steps(1);
    }
    assert!(desk.harness.query_by_label_contains("Duplicate").is_some());
    touch(&mut desk, &[(1, End, still)]);
    desk.steps(2);
    desk.look("touch-menu");
    assert!(desk.harness.query_by_label_contains("Duplicate").is_some());
    desk.key(egui::Key::Escape);
    touch(&mut desk, &[(1, Start, still)]);
    touch(&mut desk, &[(1, Move, still + Vec2::new(30.0, 0.0))]);
    desk.steps(4);
    assert!(desk.harness.query_by_label_contains("Duplicate").is_none());
    touch(&mut desk, &[(1, End, still)]);
}

#[test]
fn two_fingers_move_and_zoom_and_leave_the_board_alone() {
    use TouchPhase::{End, Move, Start};
    let mut desk = desk();
    let board = desk.board().clone();
    let on = desk.harness.get_by_label("Command: Place Order").rect().center();
    let other = on + Vec2::new(100.0, 0.0);
    let start = desk.app().editor().camera;
    touch(&mut desk, &[(1, Start, on)]);
    touch(&mut desk, &[(1, Move, on + Vec2::new(8.0, 0.0))]);
    touch(&mut desk, &[(2, Start, other)]);
    // Both go the same way: the view moves.
    let by = Vec2::new(0.0, 60.0);
    touch(&mut desk, &[(1, Move, on + by + Vec2::new(8.0, 0.0)), (2, Move, other + by)]);
    let moved = desk.app().editor().camera;
    assert!((start.origin.y - moved.origin.y - 60.0 / start.zoom).abs() < 1.0, "{start:?} {moved:?}");
    assert!((moved.zoom - start.zoom).abs() < 1e-3);
    // Apart: it comes nearer.
    touch(&mut desk, &[(1, Move, on + by - Vec2::new(50.0, 0.0)), (2, Move, other + by + Vec2::new(50.0, 0.0))]);
    let near = desk.app().editor().camera;
    assert!(near.zoom > 1.8 * start.zoom, "{near:?}");
    // Lifting one does not make a drag of the other.
    touch(&mut desk, &[(2, End, other)]);
    touch(&mut desk, &[(1, Move, on + Vec2::new(200.0, 200.0))]);
    touch(&mut desk, &[(1, End, on)]);
    desk.steps(2);
    assert_eq!(desk.board(), &board);
    assert!(desk.app().session().history().can_undo().is_none());
    let after = desk.app().editor().camera;
    assert!((after.zoom - near.zoom).abs() < 1e-3 && (after.origin.x - near.origin.x).abs() < 1.0);
}

#[test]
fn kinds_and_frames_are_dragged_from_the_palette() {
    use TouchPhase::{End, Move, Start};
    let mut desk = desk();
    let beside = pos2(700.0, 200.0);
    touch(&mut desk, &[(1, Start, beside), (1, End, beside)]);
    desk.steps(2);
    for (name, made) in [("Place policy", "Policy: "), ("Bounded context tool", "Bounded context: ")] {
        let from = desk.harness.get_by_label(name).rect().center();
        let to = pos2(520.0, 620.0);
        touch(&mut desk, &[(1, Start, from)]);
        for step in 1..=4 {
            touch(&mut desk, &[(1, Move, from + (to - from) * (step as f32 / 4.0))]);
        }
        desk.look(made.trim_end_matches(": "));
        touch(&mut desk, &[(1, End, to)]);
        desk.steps(2);
        desk.text("Fresh");
        desk.key(egui::Key::Escape);
        let label = format!("{made}Fresh");
        let rect = desk.harness.get_by_label(&label).rect();
        assert!(rect.expand(10.0).contains(to) || made.starts_with("Bounded"), "{rect:?}");
    }
}

#[test]
fn large_controls_stay_large_and_are_announced_once() {
    let height = |desk: &Desk| desk.harness.get_by_label("Place policy").rect().height();
    let said = |desk: &Desk| desk.harness.query_by_label_contains("larger for touch").is_some();
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order")]));
    assert!(height(&desk) < 30.0);
    desk.menu("View", "Large for touch");
    assert!(height(&desk) >= 43.9);
    for _ in 0..2 {
        desk.key_with(egui::Modifiers::ALT | egui::Modifiers::SHIFT, egui::Key::D);
        desk.steps(2);
        assert!(height(&desk) >= 43.9, "whatever colours are worn");
        let fit = desk.harness.get_by_label("Fit").rect();
        assert!(fit.height() >= 43.9, "{fit:?}");
    }
    // Who chose it once is not told at every start.
    let board = row(&[(Kind::COMMAND, "Place Order")]);
    let desk = Desk::prepared(board, 0.25, |it| it.prefer(|it| it.touch = Some(true)));
    assert!(height(&desk) >= 43.9 && !said(&desk));
}
