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

#[test]
fn what_a_sample_is_about_stands_below_its_title_on_its_tile() {
    for size in [[1440.0, 900.0], [800.0, 560.0]] {
        let mut desk = Desk::new(stormglass::board::Board::new());
        desk.harness.set_size(size.into());
        desk.steps(3);
        desk.menu("File", "Samples");
        desk.look(&format!("samples {}", size[0]));
        for sample in stormglass::session::SAMPLES.iter().take(2) {
            let tile = desk.harness.get_by_label(&format!("Open sample {}", sample.title)).rect();
            let title = desk.harness.get_by_role_and_label(egui::accesskit::Role::Label, sample.title).rect();
            let sentence = desk.harness.get_by_role_and_label(egui::accesskit::Role::Label, sample.sentence).rect();
            assert!(tile.contains_rect(title) && tile.contains_rect(sentence), "{tile:?} {title:?} {sentence:?}");
            assert!(
                sentence.top() >= title.bottom() && sentence.left() <= title.left() + 1.0,
                "{title:?} {sentence:?}"
            );
        }
    }
}

#[test]
fn a_long_name_leaves_the_status_bar_its_other_parts() {
    let name =
        "This is an extremely long domain event text that a participant dictates without ever stopping. ".repeat(3);
    for size in [[1440.0, 900.0], [800.0, 560.0]] {
        let mut desk = Desk::new(super::row(&[(stormglass::board::Kind::DOMAIN_EVENT, &name)]));
        desk.harness.set_size(size.into());
        desk.steps(3);
        desk.key_with(egui::Modifiers::COMMAND, egui::Key::A);
        desk.steps(3);
        desk.look(&format!("status {}", size[0]));
        let said = desk.harness.get_by(|it| {
            it.value()
                .or_else(|| it.label())
                .is_some_and(|it| it.starts_with("Domain event This") && it.ends_with("selected"))
        });
        let said = said.rect();
        let row = egui::Rect::from_x_y_ranges(0.0..=size[0], said.y_range());
        for part in ["Fit", "+", "Big picture"] {
            let part = desk.harness.get_all_by_label(part).map(|it| it.rect()).find(|it| it.intersects(row));
            let part = part.expect("in the status bar");
            assert!(said.right() <= part.left() && part.right() <= size[0], "{said:?} {part:?}");
        }
    }
}

#[test]
fn names_of_bounded_contexts_are_readable_from_afar() {
    let mut desk = Desk::sample("meetings-and-payments");
    let shown = |desk: &Desk, name: &str| {
        let texts = desk.harness.output().shapes.iter().filter_map(|it| match &it.shape {
            egui::Shape::Text(it) if it.galley.text() == name => Some(it.visual_bounding_rect()),
            _ => None,
        });
        let canvas = desk.harness.get_by_role_and_label(egui::accesskit::Role::Canvas, "Board").rect();
        texts.filter(|it| it.intersects(canvas)).collect::<Vec<_>>()
    };
    desk.steps(3);
    desk.look("names from afar");
    for name in ["Meetings", "Payments", "Administration"] {
        let found = shown(&desk, name);
        assert!(matches!(found.as_slice(), [one] if one.height() > 9.0), "{name}: {found:?}");
    }
    desk.key_with(egui::Modifiers::SHIFT, egui::Key::Num0);
    desk.steps(3);
    assert!(desk.app().editor().camera.zoom > 0.9);
    assert!(shown(&desk, "User Access").is_empty(), "what stands in the picture is large enough");
}

#[test]
fn the_legend_stays_away_from_a_narrow_canvas() {
    let mut desk = Desk::sample("food-ordering");
    let board = |desk: &Desk| desk.harness.get_by_role_and_label(egui::accesskit::Role::Canvas, "Board").rect();
    let legend = |desk: &Desk| {
        let area = egui::Area::new(egui::Id::unique("legend")).layer();
        desk.harness.ctx.memory(|it| it.areas().is_visible(&area))
    };
    desk.menu("View", "Legend");
    assert!(board(&desk).width() > 800.0 && legend(&desk));
    desk.harness.set_size([800.0, 560.0].into());
    desk.steps(4);
    desk.look("small window");
    assert!(!legend(&desk), "it would hide what is left");
}
