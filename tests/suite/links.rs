//! Tests of what links, their labels and the titles of frames keep clear of.

use stormglass::board::{Board, Edit, Element, Field, Link, apply};
use stormglass::kit::{Id, Point, PointF, RectF};
use stormglass::scene::{FontBook, Item, Layer, Options, Scene, SceneBuilder, Shape, Theme};

use crate::notation;

fn build(board: &Board) -> Scene {
    SceneBuilder::new(FontBook::bundled(), Theme::light()).build(board, &Options::default())
}

/// The lines of an item with the size of their letters, where they lie on the board.
fn lines(item: &Item) -> Vec<(String, f32, RectF)> {
    let lines = item.drawing.shapes.iter().filter_map(|it| match it {
        Shape::Text(line) => Some(line),
        _ => None,
    });
    let placed = |it: RectF| RectF { x: it.x + item.origin.x, y: it.y + item.origin.y, ..it };
    lines.map(|it| (it.text.clone(), it.runs.iter().map(|it| it.size).fold(0.0, f32::max), placed(it.bounds))).collect()
}

fn size(item: &Item) -> f32 {
    lines(item).iter().map(|it| it.1).fold(0.0, f32::max)
}

fn way(item: &Item) -> Vec<PointF> {
    let way = item.drawing.way.as_deref().unwrap_or_default();
    way.iter().map(|it| PointF::new(it.x + item.origin.x, it.y + item.origin.y)).collect()
}

/// The samples, and boards made to be difficult.
fn boards() -> Vec<(String, Board)> {
    let mut all: Vec<(String, Board)> =
        stormglass::session::SAMPLES.iter().map(|it| (it.key.to_owned(), it.board().unwrap())).collect();
    // Each sticky of a wall is joined to others in both directions.
    let mut wall: String =
        (0..24).map(|at| format!("E e{at} \"Event {at}\" @{},{}\n", at % 6 * 170, at / 6 * 170)).collect();
    for at in 0..24 {
        for to in [(at + 1) % 24, (at + 7) % 24, (at + 18) % 24] {
            wall += &format!("e{at} -> e{to}\n");
        }
    }
    all.push(("wall".to_owned(), notation::board(&wall)));
    all
}

#[test]
fn no_arrow_enters_where_another_link_leaves() {
    for (name, board) in boards() {
        let scene = build(&board);
        let ways: Vec<(&Link, Vec<PointF>)> =
            board.links().values().filter_map(|it| Some((it, way(scene.item(it.id)?)))).collect();
        for (out, line) in &ways {
            for (into, other) in ways.iter().filter(|it| it.0.to == out.from) {
                let (Some(start), Some(end)) = (line.first(), other.last()) else { continue };
                let apart = (start.x - end.x).hypot(start.y - end.y);
                let said = |id: Id| board.name(id);
                let ends = [out.from, out.to, into.from, into.to].map(said);
                // What is crowded on all sides has no room left; of the wall nothing is.
                assert!(apart >= 6.0, "{name}: {apart} between {ends:?}");
            }
        }
    }
}

#[test]
fn guards_are_read_from_as_far_as_the_names_they_stand_between() {
    let mut cases = boards();
    let names = [
        "Pay",
        "Order Placed",
        "Whenever an order is placed, charge the card",
        "Bestellungsbestätigung",
        "注文が確定された",
    ];
    for (at, from) in names.iter().enumerate() {
        for gap in [40, 60, 160, 400] {
            let to = names[(at + 1) % names.len()];
            let text = format!(
                "E a \"{from}\" @0,0\nP b \"{to}\" @{},0\nE c \"{from}\" @0,{}\nA d \"{to}\" @-900,0 240x160\n\
                 a -> b : when total > 100 EUR\na -> c : otherwise\nd -> a : twice",
                100 + gap,
                100 + gap
            );
            cases.push((format!("{from} {gap}"), notation::board(&text)));
        }
    }
    let mut guards = 0;
    for (name, board) in cases {
        let scene = build(&board);
        for item in scene.items.iter().filter(|it| it.layer == Layer::Label && !lines(it).is_empty()) {
            let link = board.link(item.element.unwrap()).unwrap();
            let names = [link.from, link.to].map(|id| size(scene.item(id).unwrap()));
            let largest = names[0].max(names[1]);
            assert!(size(item) >= 0.749 * largest, "{name}: {} beside {names:?}: {}", size(item), link.text);
            guards += 1;
            if board.links().len() == 3 {
                // Where there is room beside the row no name is hidden.
                let hidden = board.stickies().values().any(|it| item.bounds.hides(it.rect().to_f().grown(-8.0)) > 0.0);
                assert!(!hidden, "{name}: {:?}", lines(item));
            }
        }
    }
    assert!(guards > 60, "{guards}");
}

#[test]
fn links_keep_clear_of_titles_and_scenarios() {
    // (what lies in the way, whose way it is)
    let cases = [
        "context \"Ordering and Payments\" @0,0 900x500\nE a \"One\" @40,-180\nE b \"Two\" @40,200\na -> b",
        "context \"Outer\" @-200,-300 1200x1200\naggregate \"Order\" @0,0 600x400\nE a \"One\" @10,-180\nE b \"Two\" @10,150\na -> b",
        "scenario \"places an order\" @200,-40\nE a \"One\" @0,0\nE b \"Two\" @600,0\na -> b",
        "scenario \"places an order\" @-60,200\nE a \"One\" @0,0\nE b \"Two\" @0,500\na -> b",
    ];
    for text in cases {
        let mut noted = notation::read(text);
        let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
        let mut scene = builder.build(&noted.board, &Options::default());
        let check = |board: &Board, scene: &Scene, said: &str| {
            let scenarios = board.scenarios().values().map(|it| it.rect().to_f());
            let titles = board.frames().keys().filter_map(|id| scene.item(*id));
            let titles = titles.flat_map(|it| lines(it).into_iter().map(|it| it.2));
            let keep: Vec<RectF> = scenarios.chain(titles).collect();
            assert!(!keep.is_empty());
            for link in board.links().keys() {
                for pair in way(scene.item(*link).unwrap()).windows(2) {
                    for step in 0..20 {
                        let part = step as f32 / 20.0;
                        let at = PointF::new(
                            pair[0].x + (pair[1].x - pair[0].x) * part,
                            pair[0].y + (pair[1].y - pair[0].y) * part,
                        );
                        assert!(
                            !keep.iter().any(|it| it.grown(-1.0).contains(at)),
                            "{said}: {text}: {at:?} in {keep:?}"
                        );
                    }
                }
            }
        };
        check(&noted.board, &scene, "as it was");
        // It follows what is in its way: the scene that is brought up to date is the one that is built anew.
        let ids: Vec<Id> = noted.board.frames().keys().chain(noted.board.scenarios().keys()).copied().collect();
        for id in ids {
            let rect = noted.board.rect(id).unwrap();
            let edit = noted.board.set(id, Field::At(Point::new(rect.x + 25, rect.y - 12))).unwrap();
            apply(&mut noted.board, &edit).unwrap();
            if !builder.update(&mut scene, &noted.board, &Options::default(), &[id].into()) {
                scene = builder.build(&noted.board, &Options::default());
            }
            check(&noted.board, &scene, "moved");
            assert_eq!(format!("{:?}", scene.items), format!("{:?}", build(&noted.board).items), "{text}");
        }
    }
}

#[test]
fn the_title_of_a_frame_keeps_its_size_whatever_lies_in_its_way() {
    let title = |board: &Board| {
        let scene = build(board);
        let frame = *board.frames().keys().next().unwrap();
        let item = scene.item(frame).unwrap().clone();
        let found = lines(&item).into_iter().find(|it| it.0 == "Ordering").unwrap();
        (found, item)
    };
    let frame = "context \"Ordering\" @0,0 900x500\n";
    let ((_, free, place), _) = title(&notation::board(frame));
    assert!(place.y > 0.0);
    // (where the sticky lies, whether the title stands above the frame)
    for (at, above) in
        [((20, 5), true), ((20, 20), true), ((-30, -40), true), ((20, 60), false), ((20, 80), false), ((600, 5), false)]
    {
        let board = notation::board(&format!("{frame}E \"Order Placed\" @{},{}", at.0, at.1));
        let ((_, size, place), item) = title(&board);
        assert!(size >= 0.7 * free && (!above || size == free), "{at:?}: {size}");
        assert_eq!(place.bottom() < 0.0, above, "{at:?}: {place:?}");
        assert!(item.bounds.contains(place.center()));
        let hidden = board.stickies().values().any(|it| it.rect().to_f().hides(place) > 0.0);
        assert!(!hidden || at.0 < 0, "{at:?}: {place:?}");
    }
    // What is under the pointer there is the frame, and a picture of the frame shows its title.
    let board = notation::board(&format!("{frame}E \"Order Placed\" @20,5"));
    let ((.., place), _) = title(&board);
    let camera = stormglass::editor::Camera::default();
    let hit = stormglass::editor::hit(&board, &build(&board), &camera, None, place.center());
    assert_eq!(hit.map(|it| it.id()), board.frames().keys().next().copied());
    let request = stormglass::session::PictureRequest {
        part: stormglass::session::Part::Frame("Ordering".to_owned()),
        ..Default::default()
    };
    let svg = stormglass::session::picture(&board, "a.svg", "light", &request).unwrap();
    let svg = String::from_utf8(svg.bytes).unwrap();
    let view = svg.split("viewBox=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
    let height: f32 = view.split_whitespace().last().unwrap().parse().unwrap();
    assert!(height >= 500.0 - place.y + 12.0, "{view}");
}

#[test]
fn a_guard_that_is_reworded_or_stands_between_other_names_has_the_size_of_one_made_anew() {
    let mut noted = notation::read(
        "E a \"Pay\" @0,0\nP b \"Whenever an order has been placed by somebody, charge the card\" @200,0\nE c \"x\" @800,0\n\
         a -> b : when total > 100\nb -> c : then",
    );
    let mut builder = SceneBuilder::new(FontBook::bundled(), Theme::light());
    let mut scene = builder.build(&noted.board, &Options::default());
    let label = *noted.board.links().keys().next().unwrap();
    let texts = [("a", "Pay the whole sum that was agreed on between the parties"), ("b", "Do"), ("c", "y")];
    for (id, text) in texts.map(|(id, text)| (noted.id(id), text)).into_iter().chain([(label, "always")]) {
        let edit: Edit = noted.board.set(id, Field::Text(text.to_owned())).unwrap();
        apply(&mut noted.board, &edit).unwrap();
        if !builder.update(&mut scene, &noted.board, &Options::default(), &[id].into()) {
            scene = builder.build(&noted.board, &Options::default());
        }
        assert_eq!(format!("{:?}", scene.items), format!("{:?}", build(&noted.board).items), "{text}");
    }
    assert!(matches!(noted.board.element(label), Some(Element::Link(_))));
}
