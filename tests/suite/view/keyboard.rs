//! Tests of the window without a pointer: F6 leads round it, menus open by key, and what is done is said.

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use stormglass::board::{Board, Kind};
use stormglass::session::TEMPLATES;

use super::{Desk, row};

fn focused(desk: &Desk) -> String {
    let node = desk.harness.root().children_recursive().find(|it| it.accesskit_node().is_focused());
    node.and_then(|it| it.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn f6_leads_round_the_window_and_back() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order")]));
    desk.steps(3);
    let here = focused(&desk);
    let mut round = Vec::new();
    for _ in 0..5 {
        desk.key(Key::F6);
        round.push(focused(&desk));
    }
    assert_eq!(round.get(..4).unwrap(), ["Inspector", "Big picture", "File", "Select tool"], "from {here}");
    assert_eq!(round.last(), Some(&here), "and back to the board");
    desk.key_with(Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&desk), "Select tool");
    // Tab goes on within the palette.
    desk.key(Key::Tab);
    assert_eq!(focused(&desk), "Hand tool");
    desk.look("focus in the palette");
}

#[test]
fn the_choices_of_a_new_board_are_within_reach_of_enter_and_arrows() {
    for (downs, template) in TEMPLATES.iter().enumerate() {
        let mut desk = Desk::new(Board::new());
        desk.key_with(Modifiers::COMMAND, Key::N);
        desk.steps(2);
        for _ in 0..downs {
            desk.key(Key::ArrowDown);
        }
        desk.key(Key::Enter);
        desk.steps(2);
        let settings = desk.board().settings();
        assert_eq!((settings.level, settings.exploring), (template.level, template.exploring));
        // No two of them begin with the same board.
        let same = TEMPLATES.iter().filter(|it| (it.level, it.exploring) == (template.level, template.exploring));
        assert_eq!(same.count(), 1, "{}", template.name);
        assert!(desk.harness.query_by_label("Cancel").is_none(), "the dialog is closed");
        // And the board hears keys at once.
        desk.key(Key::E);
        assert_eq!(desk.board().stickies().len(), 1);
    }
}

#[test]
fn a_locked_sticky_says_so_bears_a_sign_and_is_unlocked_from_its_menu() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    let at = desk.harness.get_by_label("Command: Place Order").rect();
    // Grown over the corner, where the sign is.
    let sign = |desk: &mut Desk| {
        let image = desk.harness.render().unwrap();
        let k = image.width() as f32 / 1440.0;
        let spots = (-8..=8).flat_map(|x| (-8..=8).map(move |y| (x as f32, y as f32)));
        let spots = spots.map(|(x, y)| (((at.min.x + x) * k) as u32, ((at.min.y + y) * k) as u32));
        spots.map(|(x, y)| image.get_pixel(x, y).0).collect::<Vec<_>>()
    };
    let bare = sign(&mut desk);
    desk.harness.get_by_label("Command: Place Order").click();
    desk.steps(3);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    desk.harness.hover_at(at.max + egui::vec2(200.0, 200.0));
    desk.steps(2);
    assert_ne!(sign(&mut desk), bare);
    desk.look("locked");
    desk.harness.get_by_label("Command: Place Order, locked").click_button(egui::PointerButton::Secondary);
    desk.steps(3);
    desk.harness.get_by_label_contains("Unlock").click();
    desk.steps(3);
    assert!(desk.board().locked().next().is_none());
    assert!(desk.harness.query_by_label("Command: Place Order").is_some());
}

#[test]
fn f6_goes_on_from_where_the_keyboard_is() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order")]));
    for _ in 0..3 {
        desk.key(Key::F6);
    }
    assert_eq!(focused(&desk), "File");
    desk.harness.get_by_role_and_label(Role::TextInput, "Language").focus();
    desk.steps(2);
    assert_eq!(focused(&desk), "Language");
    desk.key(Key::F6);
    assert_eq!(focused(&desk), "Big picture", "from the panel to the status bar");
}

#[test]
fn the_menu_of_the_selection_opens_by_key_and_is_walked() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    desk.key(Key::Tab);
    assert!(desk.harness.query_by_label("Command Place Order selected").is_some(), "the selection is said");
    desk.key_with(Modifiers::SHIFT, Key::F10);
    desk.steps(2);
    assert_eq!(focused(&desk).trim(), "Send\u{2026}");
    desk.look("menu by key");
    desk.key(Key::ArrowDown);
    assert!(focused(&desk).starts_with("Edit text"));
    desk.key(Key::Escape);
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("Edit text").is_none());
    desk.key(Key::Menu);
    desk.steps(2);
    assert!(desk.harness.query_by_label_contains("Edit text").is_some());
}

#[test]
fn what_is_done_is_said_politely_and_stickies_tell_their_links() {
    let mut desk = Desk::sample("library");
    desk.steps(4);
    let said = |desk: &Desk| {
        let all = desk.harness.root().children_recursive();
        all.filter(|it| it.accesskit_node().live() == Live::Polite).count()
    };
    assert!(said(&desk) > 0);
    let described = desk.harness.query_all_by_label_contains("Domain event: ");
    assert!(described.into_iter().any(|it| {
        it.accesskit_node().description().is_some_and(|it| it.contains("follows from") && it.contains("in Lending"))
    }));
}

#[test]
fn escape_closes_a_menu_and_leaves_the_selection_alone() {
    let mut desk = Desk::new(row(&[(Kind::COMMAND, "Place Order"), (Kind::DOMAIN_EVENT, "Order Placed")]));
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "Edit").click();
    desk.steps(3);
    desk.key(Key::Escape);
    assert!(desk.harness.query_by_label_contains("Change kind").is_none());
    assert_eq!(desk.app().editor().selection.len(), 2);
    desk.key(Key::Escape);
    assert_eq!(desk.app().editor().selection.len(), 0);
}
