//! Small windows: what stands round the board gives way to it, and what one is working at stays in sight.

use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::Kind;
use stormglass::kit::Id;

use super::{Desk, row};

const SMALL: [f32; 2] = [800.0, 560.0];

fn canvas(desk: &Desk) -> Rect {
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Canvas, "Board").rect()
}

/// Where something that lies on the canvas is, if it is seen.
fn on_top(desk: &Desk, name: &str) -> Option<Rect> {
    let id = egui::Id::unique(name);
    let layer = egui::Area::new(id).layer();
    desk.harness.ctx.memory(|it| it.areas().is_visible(&layer).then(|| it.area_rect(id)).flatten())
}

fn place(desk: &Desk, id: Id) -> Rect {
    let it = desk.app().editor().camera.rect_to_view(desk.board().rect(id).expect("a place").to_f());
    Rect::from_min_size(canvas(desk).min + vec2(it.x, it.y), vec2(it.w, it.h))
}

/// What is in sight, and under nothing: all of a sticky, the head of what is larger.
fn assert_free(desk: &Desk, id: Id, said: &str) {
    let (place, canvas) = (place(desk, id), canvas(desk));
    let place = if desk.board().frame(id).is_some() {
        Rect::from_min_size(place.min, place.size().min(canvas.size() * 0.1))
    } else {
        place
    };
    assert!(canvas.contains_rect(place), "{said}: {place:?} in {canvas:?}");
    for name in ["find bar", "legend", "minimap", "first steps", "player"] {
        let cover = on_top(desk, name);
        assert!(!cover.is_some_and(|it| it.intersects(place)), "{said}: {place:?} under the {name} {cover:?}");
    }
}

/// Clicks a tab of the rail.
fn pull(desk: &mut Desk, tab: &str) {
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, tab).click();
    desk.steps(3);
}

#[test]
fn in_a_small_window_the_panel_folds_into_a_rail_and_comes_out_when_asked() {
    let mut desk = Desk::sample("food-ordering");
    let inspector = |desk: &Desk| desk.harness.query_by_label("Close panel").is_some();
    assert!(inspector(&desk));
    desk.harness.set_size(SMALL.into());
    desk.steps(4);
    assert!(!inspector(&desk) && canvas(&desk).width() > 0.7 * SMALL[0], "{:?}", canvas(&desk));
    desk.look("small rail");
    for (tab, shows) in [("Simulation", "Simulation"), ("Problems", "Problems"), ("Inspector", "Inspector")] {
        pull(&mut desk, tab);
        assert!(inspector(&desk), "{tab}");
        assert!(desk.harness.query_all_by_label(shows).count() >= 2, "{tab}: its name is a heading as well");
        assert!(canvas(&desk).width() > 0.3 * SMALL[0]);
    }
    desk.look("small drawer");
    pull(&mut desk, "Inspector");
    assert!(!inspector(&desk), "a second click pushes it back");
    desk.menu("View", "Code panel");
    assert!(inspector(&desk));
    desk.click("Close panel");
    assert!(!inspector(&desk));
    // The keyboard reaches the rail, and what it names.
    desk.harness.get_by_role_and_label(egui::accesskit::Role::Button, "Problems").focus();
    desk.steps(1);
    desk.key(Key::Enter);
    assert!(inspector(&desk));
    desk.harness.set_size([1440.0, 900.0].into());
    desk.steps(4);
    assert!(inspector(&desk), "a wide window has its panel again");
}

#[test]
fn what_was_found_lies_under_nothing() {
    for size in [SMALL, [1440.0, 900.0], [640.0, 480.0]] {
        let mut desk = Desk::sample("food-ordering");
        desk.menu("View", "Legend");
        desk.harness.set_size(size.into());
        desk.steps(4);
        desk.key_with(Modifiers::COMMAND, Key::F);
        desk.text("Order");
        for step in 0..9 {
            desk.steps(4);
            let bar = on_top(&desk, "find bar").expect("the bar");
            assert!(canvas(&desk).contains_rect(bar), "{size:?}: {bar:?} in {:?}", canvas(&desk));
            if let Some(id) = desk.app().editor().single().filter(|id| desk.board().rect(*id).is_some()) {
                assert_free(&desk, id, &format!("{size:?}, step {step}, {}", desk.board().name(id)));
            }
            desk.key(Key::Enter);
        }
        // And with everything open at once.
        desk.key_with(Modifiers::COMMAND, Key::H);
        if desk.harness.query_by_label("Close panel").is_none() {
            pull(&mut desk, "Inspector");
        }
        desk.steps(6);
        desk.look(&format!("small find {}", size[0]));
        if size[0] >= SMALL[0] {
            let bar = on_top(&desk, "find bar").expect("the bar");
            assert!(canvas(&desk).contains_rect(bar), "{size:?}: {bar:?} in {:?}", canvas(&desk));
        }
    }
}

#[test]
fn what_is_written_on_stays_in_sight_when_the_window_shrinks() {
    let names = ["One", "Two", "Three"];
    let board = row(&names.map(|it| (Kind::DOMAIN_EVENT, it)));
    for name in names {
        let mut desk = Desk::new(board.clone());
        let at = desk.harness.get_by_label(&format!("Domain event: {name}")).rect().center();
        desk.harness.hover_at(at);
        desk.harness.drag_at(at);
        desk.harness.drop_at(at);
        desk.key(Key::F2);
        let id = desk.app().editor().writing().expect("writing").id;
        for size in [[1000.0, 700.0], SMALL, [560.0, 400.0], [1440.0, 900.0], SMALL] {
            desk.harness.set_size(size.into());
            desk.steps(5);
            assert_free(&desk, id, &format!("{name} at {size:?}"));
            assert_eq!(desk.app().editor().writing().map(|it| it.id), Some(id));
        }
        desk.text("Still here");
        desk.key(Key::Escape);
        assert_eq!(desk.board().name(id), "Still here");
    }
}

#[test]
fn a_small_canvas_shows_the_next_step_alone_and_no_legend_that_fills_it() {
    let mut desk = Desk::sample("food-ordering");
    desk.menu("View", "Legend");
    if on_top(&desk, "minimap").is_none() {
        desk.menu("View", "Minimap");
    }
    let all = on_top(&desk, "first steps").expect("the steps");
    assert!(on_top(&desk, "legend").is_some() && on_top(&desk, "minimap").is_some());
    desk.harness.set_size(SMALL.into());
    desk.steps(4);
    let one = on_top(&desk, "first steps").expect("the steps");
    assert!(one.height() < 0.5 * all.height(), "{all:?} {one:?}");
    assert!(on_top(&desk, "legend").is_none() && on_top(&desk, "minimap").is_none());
    assert!(canvas(&desk).contains(pos2(one.left(), one.bottom())));
}
