//! Tests of the command palette, find and replace, and what else lies round the canvas.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::Board;

use super::Desk;

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
