//! Tests of the command palette, find and replace, and what else lies round the canvas.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Kind};

use super::{Desk, row};

#[test]
fn the_command_palette_does_what_it_finds() {
    let mut desk = Desk::sample("food-ordering");
    desk.key_with(Modifiers::COMMAND, Key::K);
    assert!(desk.harness.query_by_label("Command palette").is_some());
    desk.look("commands");
    desk.text("zoom 10");
    desk.look("commands-zoom");
    desk.key(Key::Enter);
    assert!((desk.app().editor().camera.zoom - 1.0).abs() < 1e-4);
    // Other ways in; a sticky is found by its name.
    for (mods, key) in [(Modifiers::COMMAND, Key::Slash), (Modifiers::COMMAND | Modifiers::SHIFT, Key::P)] {
        desk.key_with(mods, key);
        desk.text("order plac");
        desk.look("commands-place");
        desk.key(Key::Enter);
        let selected: Vec<_> = desk.app().editor().selection.iter().map(|id| desk.board().name(*id)).collect();
        assert_eq!(selected, ["Order Placed"]);
        desk.key(Key::Escape);
    }
    // By arrows, and Escape leaves everything as it is.
    let stickies = desk.board().stickies().len();
    desk.key_with(Modifiers::COMMAND, Key::K);
    desk.key(Key::ArrowDown);
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Command palette").is_none());
    assert_eq!(desk.board().stickies().len(), stickies);
}

#[test]
fn the_sheet_of_shortcuts() {
    let mut desk = Desk::new(Board::new());
    desk.key_with(Modifiers::SHIFT, Key::Questionmark);
    assert!(desk.harness.query_by_label("Zoom to 100 %").is_some());
    desk.look("keys");
    desk.key(Key::Escape);
    // While one writes it is a sign like any other.
    desk.key(Key::E);
    desk.key_with(Modifiers::SHIFT, Key::Questionmark);
    assert!(desk.harness.query_by_label("Zoom to 100 %").is_none());
}

#[test]
fn find_goes_from_one_to_the_next_and_replaces_as_one_step() {
    let texts = ["Place Order", "Order Placed\norder: uuid key", "Pay"];
    let kinds = [Kind::COMMAND, Kind::DOMAIN_EVENT, Kind::COMMAND];
    let mut desk = Desk::new(row(&kinds.into_iter().zip(texts).collect::<Vec<_>>()));
    desk.key_with(Modifiers::COMMAND, Key::F);
    desk.text("order");
    assert!(desk.harness.query_by_label("1 of 3").is_some());
    desk.key(Key::Enter);
    assert!(desk.harness.query_by_label("2 of 3").is_some());
    desk.look("find");
    desk.key_with(Modifiers::SHIFT, Key::Enter);
    assert!(desk.harness.query_by_label("1 of 3").is_some());
    desk.harness.get_by_label("Match case").click();
    desk.steps(2);
    assert!(desk.harness.query_by_label("1 of 1").is_some());
    desk.harness.get_by_label("Match case").click();
    desk.key_with(Modifiers::COMMAND, Key::H);
    desk.harness.get_by_label("Replace with").focus();
    desk.steps(2);
    desk.text("parcel");
    desk.look("replace");
    let board = |desk: &Desk| {
        let mut all: Vec<_> = desk.board().stickies().values().map(|it| (it.x, it.text.clone())).collect();
        all.sort();
        all.into_iter().map(|it| it.1).collect::<Vec<_>>()
    };
    desk.key(Key::Enter);
    assert_eq!(board(&desk), ["Place parcel", "Order Placed\norder: uuid key", "Pay"]);
    desk.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(board(&desk), ["Place parcel", "parcel Placed\nparcel: uuid key", "Pay"]);
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label("Replace with").is_none());
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(board(&desk), ["Place parcel", "Order Placed\norder: uuid key", "Pay"]);
}

#[test]
fn minimap_legend_and_zen() {
    let mut desk = Desk::sample("food-ordering");
    desk.harness.get_by_label("Dismiss first steps").click();
    desk.key(Key::M);
    desk.harness.get_by_label("View").click();
    desk.steps(2);
    desk.look("menu-view");
    desk.harness.get_by_label("Legend").click();
    desk.key(Key::Escape);
    desk.look("corners");
    // A click on the map brings that part of the board into the middle.
    let map = desk.harness.get_by_label_contains("Minimap").rect();
    desk.key_with(Modifiers::SHIFT, Key::Num0);
    let middle = |desk: &Desk| desk.app().editor().camera.center();
    let at = map.center() + egui::vec2(40.0, 0.0);
    desk.drag(at, at);
    let right = middle(&desk);
    desk.drag(at, map.center());
    assert!(right.x - middle(&desk).x > 100.0, "{right:?} {:?}", middle(&desk));
    desk.look("corners-near");
    // Far away from everything there is a way back.
    desk.harness.hover_at(egui::pos2(600.0, 400.0));
    assert!(desk.harness.query_by_label("Back to what lies on the board").is_none());
    desk.drag(map.center(), map.left_top());
    for _ in 0..12 {
        desk.drag(map.center(), map.left_top());
    }
    desk.key_with(Modifiers::COMMAND, Key::Period);
    assert!(desk.harness.query_by_label("Open sample").is_none() && desk.harness.query_by_label("File").is_none());
    desk.look("zen");
    desk.key_with(Modifiers::COMMAND, Key::Period);
    assert!(desk.harness.query_by_label("File").is_some());
}
