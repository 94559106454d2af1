//! Tests of the key map: keys are changed in the dialog, kept in the preferences, and named where they clash.

use std::collections::BTreeMap;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Kind};
use stormglass::editor::{Does, KeyMap};

use super::Desk;

fn kinds(desk: &Desk) -> Vec<Kind> {
    desk.board().stickies().values().map(|it| it.kind).collect()
}

#[test]
fn a_key_is_changed_named_where_it_clashes_and_given_back() {
    let mut desk = Desk::new(Board::new());
    desk.menu("Help", "Keyboard shortcuts");
    desk.write("Find a command or key", "Domain event");
    desk.click("Change the key of Domain event");
    desk.key(Key::W);
    desk.look("shortcuts");
    desk.click("Change the key of Domain event");
    desk.key(Key::C);
    assert!(desk.harness.query_by_label("C is the key of: Command.").is_some());
    desk.click("Choose another");
    desk.key(Key::Escape);
    desk.click("Close");
    desk.harness.get_by_label("W event, double click to write, paste a list");
    desk.key(Key::W);
    desk.text("Order Placed");
    desk.key(Key::Escape);
    desk.harness.get_by_label("Add an event with W");
    assert_eq!(kinds(&desk), [Kind::DOMAIN_EVENT]);
    let kept = &desk.app().session().preferences().keys;
    assert_eq!(kept, &BTreeMap::from([("kind domain_event".to_owned(), vec!["W".to_owned()])]));

    desk.menu("Help", "Keyboard shortcuts");
    desk.click("Reset all");
    desk.click("Close");
    assert!(desk.app().session().preferences().keys.is_empty());
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.key_with(Modifiers::ALT, Key::C);
    assert_eq!(kinds(&desk), [Kind::COMMAND], "Alt with the kind's key changes the kind");
}

#[test]
fn bad_preferences_keep_the_defaults_and_say_so() {
    let defaults = KeyMap::default();
    for (code, keys, says) in [
        ("kind domain_event", "Hyper+E", "cannot be read"),
        ("kind domain_event", "Esc", "cannot be read"),
        ("kind unicorn", "W", "does not exist"),
        ("kind domain_event", "C", "to two things"),
    ] {
        let mut map = KeyMap::default();
        let said = map.load(&BTreeMap::from([(code.to_owned(), vec![keys.to_owned()])]));
        assert!(said.iter().any(|it| it.contains(says)), "{code} {keys}: {said:?}");
        for kind in Kind::all() {
            assert_eq!(map.of(Does::Make(kind)), defaults.of(Does::Make(kind)), "{code} {keys}");
        }
    }
}
