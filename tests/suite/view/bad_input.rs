//! What no hand does but a device may send: no numbers, infinite ones, places far outside.

use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, TouchPhase, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use stormglass::board::Kind;

use super::{Desk, row};

#[test]
fn no_numbers_and_far_places() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    let at = desk.harness.get_by_label("Command: Place Order").rect().center();
    let modifiers = Modifiers::NONE;
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e9, -1e30] {
        let far = pos2(bad, at.y);
        let touch = |phase, pos| Event::Touch {
            device_id: egui::TouchDeviceId(1),
            id: egui::TouchId(7),
            phase,
            pos,
            force: Some(bad),
        };
        let wheel = |unit| Event::MouseWheel {
            unit,
            delta: vec2(bad, bad),
            phase: TouchPhase::Move,
            modifiers,
            source: egui::MouseWheelSource::Unknown,
        };
        for event in [
            Event::PointerMoved(at),
            wheel(MouseWheelUnit::Point),
            wheel(MouseWheelUnit::Line),
            Event::Zoom(bad),
            Event::Zoom(0.0),
            Event::PointerMoved(far),
            button(far, true),
            button(far, false),
            // A drag that began on a sticky and ends nowhere.
            Event::PointerMoved(at),
            button(at, true),
            Event::PointerMoved(at + vec2(30.0, 0.0)),
            Event::PointerMoved(far),
            button(far, false),
            touch(TouchPhase::Start, at),
            touch(TouchPhase::Move, far),
            touch(TouchPhase::End, far),
        ] {
            desk.harness.event(event);
            desk.steps(1);
        }
        let camera = desk.app().editor().camera;
        assert!(camera.origin.x.is_finite() && camera.origin.y.is_finite() && camera.zoom > 0.0, "{bad}: {camera:?}");
        assert!(desk.board().stickies().values().all(|it| it.x.abs() <= 10_000_000), "{bad}");
        assert_eq!(desk.board().stickies().len(), 2, "{bad}");
    }
    desk.key_with(Modifiers::SHIFT, egui::Key::Num1);
    desk.steps(3);
    let board = desk.board().clone();
    assert_eq!(stormglass::board::read(stormglass::board::write(&board).as_bytes()), Ok(board));
}

#[test]
fn a_line_takes_no_more_than_a_line() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order")]));
    for (open, field) in [
        (&["Help", "Command palette"][..], "Command palette"),
        (&["Help", "Keyboard shortcuts"], "Find a command or key"),
        (&["File", "Generate code\u{2026}"], "Output folder"),
    ] {
        desk.menu(open[0], open[1]);
        let value = |desk: &Desk| {
            let field = desk.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field);
            field.accesskit_node().value().unwrap_or_default()
        };
        desk.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field).focus();
        desk.steps(1);
        desk.harness.event(Event::Paste("x".repeat(20_000)));
        desk.steps(2);
        assert!((100..5_000).contains(&value(&desk).len()), "{field}: {} letters", value(&desk).len());
        desk.key(egui::Key::Escape);
        desk.steps(2);
    }
}
