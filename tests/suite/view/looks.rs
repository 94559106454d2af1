//! Tests of what the window wears: appearances are chosen in the menu, kept, and change the board with the panels.

use egui_kittest::kittest::Queryable as _;

use super::Desk;

#[test]
fn the_grid_is_kept_in_the_preferences() {
    let mut desk = Desk::new(stormglass::board::Board::new());
    for (off, grid) in [(true, false), (false, true)] {
        desk.key_with(egui::Modifiers::COMMAND, egui::Key::Quote);
        desk.steps(2);
        assert_eq!((desk.app().session().preferences().grid_off, desk.app().editor().grid), (off, grid));
    }
}

#[test]
fn high_contrast_and_patterns_are_chosen_and_remembered() {
    let mut desk = Desk::sample("food-ordering");
    desk.harness.get_by_label("Dismiss first steps").click();
    desk.steps(2);
    desk.look("light");
    for (name, key) in [("High contrast", "contrast"), ("Dark", "dark"), ("Light", "light")] {
        desk.menu("View", "Appearance");
        desk.harness.get_by_label(name).click();
        desk.steps(4);
        assert_eq!(desk.app().session().preferences().appearance, key);
        let panel = desk.harness.ctx.global_style().visuals.panel_fill;
        let wanted = stormglass::scene::Theme::named(key).unwrap().window.panel;
        assert_eq!([panel.r(), panel.g(), panel.b()], [wanted.r, wanted.g, wanted.b], "{name}");
        desk.look(name);
    }
    assert!(!desk.app().session().preferences().patterns);
    desk.menu("View", "Patterns");
    desk.steps(3);
    assert!(desk.app().session().preferences().patterns);
    desk.look("patterns");
}

#[test]
fn a_font_of_this_machine_is_looked_for_and_what_was_found_is_said() {
    let mut desk = Desk::new(super::row(&[(stormglass::board::Kind::DOMAIN_EVENT, "주문 접수됨")]));
    let said = |desk: &Desk| desk.harness.query_by_label_contains("font of this machine").is_some();
    desk.steps(20);
    assert!(!said(&desk), "tests use the bundled fonts alone");
    desk.harness.state_mut().as_mut().unwrap().use_fonts(stormglass::session::Fonts::System);
    desk.wait("the search", said);
}
