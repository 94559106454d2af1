//! The context map as a picture: what is on the board is on the map, and nothing lies on top of anything.

use stormglass::board::{Board, Edit, Element, Field, Relationship, Upstream, apply};
use stormglass::export::{ExportError, Request, View, compose};
use stormglass::kit::{Id, IdSource, Point, RectF};
use stormglass::scene::{FontBook, MapScene, SceneBuilder, Shape, Theme};
use stormglass::session::{SAMPLES, context_map, map_plan};

use crate::notation;

fn shown(board: &Board) -> MapScene {
    let plan = map_plan(board, &context_map(board));
    SceneBuilder::new(FontBook::bundled(), Theme::light()).context_map(&plan)
}

fn texts(map: &MapScene) -> Vec<String> {
    let shapes = map.scene.items.iter().flat_map(|it| &it.drawing.shapes);
    shapes.filter_map(|it| if let Shape::Text(line) = it { Some(line.text.trim().to_owned()) } else { None }).collect()
}

fn apart(a: RectF, b: RectF) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

/// So many contexts in a row, each with an event that the next ones listen to.
fn contexts(count: usize, reach: usize) -> Board {
    let mut text = String::new();
    for at in 0..count {
        let x = at * 1000;
        text.push_str(&format!("context \"K{at}\" @{x},0 900x900\nE e{at} \"Thing {at} happened\" @{},50\n", x + 50));
    }
    for at in 0..count {
        for to in at + 1..(at + 1 + reach).min(count) {
            let place = to * 1000 + 50 + (to - at) * 120;
            text.push_str(&format!("P p{at}x{to} \"Whenever {at}\" @{place},300\ne{at} -> p{at}x{to}\n"));
        }
    }
    notation::board(&text)
}

#[test]
fn cards_lie_apart_and_labels_keep_clear_of_them() {
    let samples = SAMPLES.iter().map(|it| (it.key.to_owned(), it.board().unwrap()));
    let made = [(1, 0), (2, 1), (3, 2), (4, 3), (7, 2), (12, 1), (9, 0)];
    let made = made.into_iter().map(|(count, reach)| (format!("{count} contexts"), contexts(count, reach)));
    for (name, board) in samples.chain(made) {
        let map = shown(&board);
        let contexts: Vec<RectF> = map.contexts.iter().map(|it| it.1.to_f()).collect();
        for (at, a) in contexts.iter().enumerate() {
            assert!(contexts.iter().skip(at + 1).all(|b| apart(*a, *b)), "{name}: contexts overlap");
            for (label, _) in &map.lines {
                assert!(apart(*a, *label), "{name}: a label lies on a context");
            }
        }
        let lines = map_plan(&board, &context_map(&board)).lines.len();
        assert_eq!(map.lines.len(), lines, "{name}");
    }
}

#[test]
fn a_card_stays_where_it_was_put_and_the_others_make_room() {
    let mut board = contexts(4, 1);
    let first = *board.frames().keys().next().unwrap();
    let other = shown(&board).contexts.last().unwrap().1;
    let edit = board.set(first, Field::Map(Some(Point::new(other.x + 10, other.y)))).unwrap();
    apply(&mut board, &edit).unwrap();
    let map = shown(&board);
    assert_eq!(map.context(first).map(|it| (it.x, it.y)), Some((other.x + 10, other.y)));
    let rest: Vec<RectF> = map.contexts.iter().filter(|it| it.0 != first).map(|it| it.1.to_f()).collect();
    assert!(rest.iter().all(|it| apart(*it, map.context(first).unwrap().to_f())));
}

/// Patterns in words, direction, and what must be read on the map.
/// Whatever was moved, added or taken away in between, a map is what a fresh builder makes of it.
#[test]
fn a_map_laid_out_again_is_one_laid_out_anew() {
    let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
    for (count, reach) in [(6, 2), (6, 3), (5, 2), (6, 2)] {
        let board = contexts(count, reach);
        let plan = map_plan(&board, &context_map(&board));
        for moved in 0..3 {
            let mut plan = plan.clone();
            for context in plan.contexts.iter_mut().take(moved) {
                context.at = Some(Point::new(moved as i32 * 70, -900));
            }
            plan.lines.truncate(plan.lines.len() - moved / 2);
            let again = builder.context_map(&plan);
            let anew = SceneBuilder::new(FontBook::bundled(), Theme::light()).context_map(&plan);
            assert_eq!(again.contexts, anew.contexts, "{count} {reach} {moved}");
        }
    }
}

#[test]
fn patterns_are_shown_with_their_signs_at_the_side_they_are_said_of() {
    let cases: &[(&str, Upstream, &[&str], &[&str])] = &[
        ("Open host service, Published language, Conformist", Upstream::AsRead, &["U", "OHS, PL", "D", "CF"], &[]),
        ("Customer/supplier", Upstream::AsRead, &["U", "SUP", "D", "CUS", "Customer/supplier"], &[]),
        ("Anticorruption layer", Upstream::To, &["U", "ACL", "D"], &[]),
        ("Shared kernel", Upstream::AsRead, &["SK", "Shared kernel"], &["U", "D"]),
        ("Separate ways", Upstream::AsRead, &["Separate ways"], &["U", "D"]),
        ("Conformist", Upstream::Neither, &["Conformist"], &["U", "D", "CF"]),
    ];
    for (patterns, upstream, wanted, unwanted) in cases {
        let mut board = contexts(2, 1);
        let frames: Vec<Id> = board.frames().keys().copied().collect();
        let mut it = Relationship::new(IdSource::seeded(1).next_id(), frames[0], frames[1]);
        let named = |name: &str| stormglass::board::Pattern::ALL.into_iter().find(|it| it.name() == name).unwrap();
        it.patterns = patterns.split(", ").map(named).collect();
        it.upstream = *upstream;
        apply(&mut board, &Edit::Add(Box::new(Element::Relationship(it)))).unwrap();
        let map = shown(&board);
        let found = texts(&map);
        assert!(found.iter().any(|it| it == "Thing 0 happened") && found.iter().any(|it| it == "K1"), "{found:?}");
        assert!(wanted.iter().all(|it| found.iter().any(|found| found == it)), "{patterns}: {found:?}");
        assert!(unwanted.iter().all(|it| found.iter().all(|found| found != it)), "{patterns}: {found:?}");
        // What is said of the upstream side stands nearer to the upstream context.
        let place = |text: &str| {
            let is = |it: &Shape| matches!(it, Shape::Text(line) if line.text.trim() == text);
            map.scene.items.iter().find(|it| it.drawing.shapes.iter().any(is)).map(|it| it.bounds.center().x)
        };
        if let (Some(up), Some(down)) = (place("U"), place("D")) {
            let end = |id: Id| map.context(id).unwrap().to_f().center().x;
            let expected = if *upstream == Upstream::To { frames[1] } else { frames[0] };
            let other = if *upstream == Upstream::To { frames[0] } else { frames[1] };
            assert!((up - end(expected)).abs() < (up - end(other)).abs(), "{patterns}");
            assert!((down - end(other)).abs() < (down - end(expected)).abs(), "{patterns}");
        }
    }
}

#[test]
fn the_map_is_exported_or_says_why_not() {
    let board = contexts(3, 1);
    let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
    let request = |board: &Board| Request {
        view: View::ContextMap(map_plan(board, &context_map(board))),
        title: true,
        ..Request::default()
    };
    let picture = compose(&board, &mut builder, &request(&board)).unwrap();
    assert!(picture.items.iter().all(|it| picture.area.union(it.bounds) == picture.area));
    let empty = notation::board("E \"Alone\"");
    assert!(matches!(compose(&empty, &mut builder, &request(&empty)), Err(ExportError::Empty(_))));
}
