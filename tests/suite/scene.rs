//! The scene as text: what a board looks like, without a pixel.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use stormglass::board::{Board, Edit, Field, apply};
use stormglass::kit::{Id, Point, PointF, RectF};
use stormglass::scene::{
    Details, FontBook, Item, Layer, Options, Overlay, Scene, SceneBuilder, Shape, Step, TextEdit, TextLine, Theme, Tone,
};

use crate::notation;

fn builder() -> SceneBuilder {
    SceneBuilder::new(FontBook::bundled(), Theme::light())
}

fn build(board: &Board) -> Scene {
    builder().build(board, &Options::default())
}

fn lines(item: &Item) -> impl Iterator<Item = &TextLine> {
    item.drawing.shapes.iter().filter_map(|it| match it {
        Shape::Text(line) => Some(line),
        _ => None,
    })
}

fn words(item: &Item) -> Vec<String> {
    lines(item).map(|it| it.text.clone()).collect()
}

/// Items in paint order: layer, name, place, lines.
fn listed(noted: &notation::Noted, scene: &Scene) -> String {
    let mut text = String::new();
    for item in &scene.items {
        let name = item.element.map(|it| noted.board.name(it)).unwrap_or_default();
        let at = item.origin.round();
        let _ = writeln!(text, "{:?} [{name}] @{},{} {:?}", item.layer, at.x, at.y, words(item));
    }
    text
}

fn check(board: &str, expected: &str) {
    let noted = notation::read(board);
    let found = listed(&noted, &build(&noted.board));
    let trim = |it: &str| it.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(trim(&found), trim(expected), "\n{found}");
}

#[test]
fn frames_lie_below_links_below_stickies_below_labels() {
    check(
        r#"
        level process
        context "Ordering" @-50,-50 900x300
        C "Pay" @0,0
            total: decimal(12,2)
        E "Order Paid" @400,0
        "Pay" -> "Order Paid" : when total > 0
        "#,
        r#"
        Frame [Ordering] @-50,-50 ["BOUNDED CONTEXT", "Ordering"]
        Link [when total > 0] @100,50 []
        Sticky [Pay] @0,0 ["Pay", "total: decimal(12,2)"]
        Sticky [Order Paid] @400,0 ["Order", "Paid"]
        Label [when total > 0] @100,50 ["when total > 0"]
        "#,
    );
}

#[test]
fn big_picture_shows_names_only_but_for_what_is_open() {
    let noted = notation::read("level big_picture\nC \"Pay\"\n    total: int\nE \"Paid\"\n    total: int");
    let (pay, paid) = (noted.id("Pay"), noted.id("Paid"));
    let mut builder = builder();
    let mut shown = |options: &Options, id: Id| {
        let scene = builder.build(&noted.board, options);
        scene.item(id).map(words).expect("an item")
    };
    assert_eq!(shown(&Options::default(), pay), ["Pay"]);
    let open = Options { open: [pay].into(), ..Options::default() };
    assert_eq!(shown(&open, pay), ["Pay", "total: int"]);
    assert_eq!(shown(&open, paid), ["Paid"]);
    assert_eq!(shown(&Options { details: Details::All, ..Options::default() }, paid), ["Paid", "total: int"]);
    let writing = Options { editing: Some(pay), ..Options::default() };
    assert_eq!(shown(&writing, pay), [""; 0]);
    let only = Options { only: Some([paid].into()), ..Options::default() };
    assert_eq!(builder.build(&noted.board, &only).items.len(), 1);
}

#[test]
fn a_collapsed_frame_hides_what_lies_in_it_and_takes_its_links() {
    let mut noted = notation::read(
        r#"
        context "Ordering" @-50,-50 400x300
        C "Pay" @0,0
        E "Paid" @200,0
        E "Shipped" @600,0
        "Pay" -> "Paid"
        "Paid" -> "Shipped"
        "#,
    );
    let frame = noted.id("Ordering");
    let edit = noted.board.set(frame, Field::Collapsed(true)).expect("an edit");
    apply(&mut noted.board, &edit).expect("applies");
    let scene = build(&noted.board);
    let found = listed(&noted, &scene);
    let expected = "Frame [Ordering] @-50,-50 [\"Ordering\", \"Bounded context\", \"2 stickies\"]\n\
                    Link [] @350,100 []\n\
                    Sticky [Shipped] @600,0 [\"Shipped\"]\n";
    assert_eq!(found, expected);
    assert!(scene.item(noted.id("Pay")).is_none());
}

/// Texts that are hard to lay out.
const HARD: &[&str] = &[
    "Order Placed",
    "تم استلام الطلب",
    "Order تم استلام 123 placed",
    "ההזמנה התקבלה",
    "注文が確定された",
    "订单已付款",
    "Заказ оформлен",
    "Bestellungsbestätigungsversanddienstleister",
    "W",
    "a\nb\nc\nd\ne\nf\ng\nh",
    "many words that nobody will read many words that nobody will read many words that nobody will read many words",
    "🎉🚚✓",
    "x\u{202e}abc\u{202c} y",
    "\u{200b}\u{200d}",
    "\t\u{0}\u{7f}",
];

#[test]
fn text_stays_on_its_sticky() {
    let kinds = ["E", "P", "W", "H", "U", "A"];
    let long = "word ".repeat(20_000);
    for kind in kinds {
        for text in HARD.iter().copied().chain([long.as_str()]) {
            let mut board = notation::read(&format!("{kind} \"?\" @0,0"));
            let id = board.id("?");
            let edit = board.board.set(id, Field::Text(text.to_owned())).expect("an edit");
            apply(&mut board.board, &edit).expect("applies");
            let scene = build(&board.board);
            let item = scene.item(id).expect("an item");
            let rect = board.board.rect(id).expect("a place").to_f();
            let rect = RectF::new(0.0, 0.0, rect.w, rect.h);
            for line in lines(item) {
                let b = line.bounds;
                let inside = b.x >= -0.1 && b.y >= -0.1 && b.right() <= rect.w + 0.1 && b.bottom() <= rect.h + 0.1;
                assert!(inside, "{kind}: {text:.40}: {b:?}");
                let visible = line.runs.iter().map(|it| it.glyphs.len()).sum::<usize>();
                assert!(visible > 0, "{kind}: {text:.40}: an empty line");
            }
            assert!(text.len() > 60 || text.contains('\n') || !item.drawing.cut, "{kind}: {text:.40}");
            assert!(text.len() < 1000 || item.drawing.cut, "{kind}: {text:.40}");
            assert!(item.drawing.shapes.len() < 400, "the work is bounded");
        }
    }
}

#[test]
fn a_cut_text_ends_in_an_ellipsis_and_the_board_keeps_it() {
    let mut noted = notation::read("E \"?\"");
    let id = noted.id("?");
    let long = "An event whose name goes on ".repeat(300);
    let edit = noted.board.set(id, Field::Text(long.clone())).expect("an edit");
    apply(&mut noted.board, &edit).expect("applies");
    let scene = build(&noted.board);
    let shown = scene.item(id).map(words).expect("an item");
    assert!(shown.last().is_some_and(|it| it.ends_with('…')), "{shown:?}");
    assert_eq!(noted.board.text(id), long);
}

#[test]
fn bundled_fonts_show_every_script_we_promise_and_count_the_rest() {
    for text in HARD {
        let noted = notation::read(&format!("E \"{}\"", text.replace('\n', "\\n")));
        assert_eq!(build(&noted.board).missing_count(), 0, "{text}");
    }
    let noted = notation::read("E \"한국어 주문 ok\"\nE \"ठीक\"");
    let scene = build(&noted.board);
    assert_eq!(scene.missing.get(&'한'), Some(&1), "{:?}", scene.missing);
    assert_eq!(scene.missing.get(&'o'), None);
    assert!(scene.missing_count() >= 7, "{:?}", scene.missing);
    let boxes = scene.items[0].drawing.shapes.iter();
    let boxes = boxes.filter(|it| matches!(it, Shape::Rect { fill: None, stroke: Some(_), .. })).count();
    assert_eq!(boxes, 5);
}

/// The runs of the first line, as they lie from left to right.
fn runs(text: &str, language: &str) -> Vec<(String, bool)> {
    let noted = notation::read(&format!("language {language}\nE \"{text}\" 900x200"));
    let scene = build(&noted.board);
    let line = lines(&scene.items[0]).next().expect("a line");
    let mut runs: Vec<_> = line.runs.iter().map(|it| (it.x, it.text.trim().to_owned(), it.rtl)).collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs.into_iter().map(|(_, text, rtl)| (text, rtl)).collect()
}

#[test]
fn mixed_directions_are_put_in_the_order_in_which_they_are_read() {
    let run = |text: &str, rtl| (text.to_owned(), rtl);
    let found = runs("Order تم استلام 123 placed", "en");
    assert_eq!(
        found,
        [run("Order", false), run("123", false), run("استلام", true), run("تم", true), run("placed", false)]
    );
    assert!(runs("تم استلام طلب Order الجديد", "ar").iter().any(|it| *it == run("Order", false)));
}

#[test]
fn a_chinese_board_uses_the_chinese_forms() {
    let font = |language: &str| {
        let noted = notation::read(&format!("language {language}\nE \"直接\""));
        let scene = build(&noted.board);
        let id = lines(&scene.items[0]).next().expect("a line").runs[0].font;
        FontBook::bundled().font(id).expect("a font").name.clone()
    };
    assert_eq!(font("zh-CN"), "Noto Sans SC Bold");
    assert_eq!(font("ja"), "Noto Sans JP Bold");
}

#[test]
fn placements_share_one_drawing_and_moving_lays_nothing_out() {
    let mut noted = notation::read("E \"Order Placed\" @0,0\nE again of \"Order Placed\" @300,0");
    let (first, again) = (noted.id("Order Placed"), noted.id("again"));
    let mut builder = builder();
    let before = builder.build(&noted.board, &Options::default());
    let drawing = |scene: &Scene, id| scene.item(id).map(|it| std::sync::Arc::clone(&it.drawing)).expect("an item");
    assert!(std::sync::Arc::ptr_eq(&drawing(&before, first), &drawing(&before, again)));
    let edit = noted.board.set(again, Field::At(Point::new(500, 77))).expect("an edit");
    apply(&mut noted.board, &edit).expect("applies");
    let after = builder.build(&noted.board, &Options::default());
    assert!(std::sync::Arc::ptr_eq(&drawing(&before, again), &drawing(&after, again)));
    assert_eq!(after.item(again).map(|it| it.origin), Some(PointF::new(500.0, 77.0)));
}

/// Whatever was edited in between, a scene is what a fresh builder makes of the board.
#[test]
fn building_again_is_building_anew() {
    let mut noted = notation::read(
        r#"
        context "Ordering" @-50,-50 900x600
        E a "One" @0,0
        E b "Two" @300,0
        E c "Three" @600,0
        P d "Whenever" @300,300
        a -> b : first
        b -> c
        a -> c : round
        c -> d
        scenario "always x > 0" @0,700
        "#,
    );
    let mut builder = builder();
    let (a, b, d, frame) = (noted.id("a"), noted.id("b"), noted.id("d"), noted.id("Ordering"));
    let edits: Vec<(Id, Field)> = vec![
        (b, Field::At(Point::new(300, 200))),
        (b, Field::At(Point::new(300, 0))),
        (a, Field::Text("One and a half\nx: int".to_owned())),
        (d, Field::Kind(stormglass::board::Kind::COMMAND)),
        (frame, Field::Collapsed(true)),
        (frame, Field::Collapsed(false)),
        (b, Field::Z(stormglass::kit::OrderKey::between(Some(&Default::default()), None))),
        (a, Field::Mark(stormglass::board::Mark::Pivotal, true)),
    ];
    let text = |scene: &Scene| format!("{:?} {:?}", scene.bounds, scene.items);
    assert_eq!(text(&builder.build(&noted.board, &Options::default())), text(&build(&noted.board)));
    for (id, field) in edits {
        let edit = noted.board.set(id, field).expect("an edit");
        apply(&mut noted.board, &edit).expect("applies");
        let again = text(&builder.build(&noted.board, &Options::default()));
        assert_eq!(again, text(&build(&noted.board)), "after {edit:?}");
    }
    let links: Vec<Edit> = noted
        .board
        .links()
        .values()
        .map(|it| Edit::Remove(Box::new(stormglass::board::Element::Link(it.clone()))))
        .collect();
    for edit in links {
        apply(&mut noted.board, &edit).expect("applies");
    }
    assert_eq!(text(&builder.build(&noted.board, &Options::default())), text(&build(&noted.board)));
}

#[test]
fn a_rough_scene_is_drawn_out_where_it_is_looked_at() {
    let noted = notation::read(
        "E a \"Order Placed\" @0,0\nE b \"Order Paid\" @3000,0\nN c \"\u{65e5}\u{672c}\" @0,300\na -> b",
    );
    let mut builder = builder();
    let options = Options { rough: true, ..Options::default() };
    let mut scene = builder.build(&noted.board, &options);
    let rough = |scene: &Scene, name: &str| scene.item(noted.id(name)).is_some_and(|it| it.drawing.rough);
    assert!(rough(&scene, "a") && rough(&scene, "b"));
    assert!(!rough(&scene, "c"), "letters that may be missing are looked for at once");
    let at = |scene: &Scene| words(scene.item(noted.id("a")).expect("an item")).join(" ");
    assert_eq!(at(&scene), "Order Placed");
    assert!(builder.refine(&mut scene, RectF::new(-10.0, -10.0, 50.0, 50.0), 9));
    assert!(!rough(&scene, "a") && rough(&scene, "b"));
    let all = scene.bounds;
    assert!(builder.refine(&mut scene, all, 9));
    assert!(!builder.refine(&mut scene, all, 9), "nothing is left to do");
    let text = |it: &Scene| format!("{:?} {:?} {:?}", it.bounds, it.missing, it.items);
    assert_eq!(text(&scene), text(&build(&noted.board)));
    assert_eq!(text(&builder.build(&noted.board, &options)), text(&build(&noted.board)), "what is drawn out stays so");
}

#[test]
fn a_diamond_whose_points_alone_come_near_moves_a_link() {
    // A wall, so that the link goes round it near the edge of what has a say in its way.
    let wall = [-150, -50, 50, 110].map(|y| format!("P \"Whenever {y}\" @400,{y}\n")).concat();
    let rest = "E a \"One\" @0,0\nE b \"Two\" @800,0\nH h \"Why?\" @340,2000\na -> b : because";
    let mut noted = notation::read(&format!("{wall}{rest}"));
    let (h, options) = (noted.id("h"), Options::default());
    let (mut built, mut updated) = (builder(), builder());
    built.build(&noted.board, &options);
    let mut scene = updated.build(&noted.board, &options);
    let places = [300, 360, 420, 480].into_iter().flat_map(|x| (200..300).step_by(4).map(move |y| (x, y)));
    for (x, y) in places.flat_map(|it| [it, (340, 2000)]) {
        let edit = noted.board.set(h, Field::At(Point::new(x, y))).expect("an edit");
        apply(&mut noted.board, &edit).expect("applies");
        let fresh = format!("{:?}", build(&noted.board).items);
        assert_eq!(format!("{:?}", built.build(&noted.board, &options).items), fresh, "built at {x}, {y}");
        if !updated.update(&mut scene, &noted.board, &options, &BTreeSet::from([h])) {
            scene = updated.build(&noted.board, &options);
        }
        assert_eq!(format!("{:?}", scene.items), fresh, "brought up to date at {x}, {y}");
    }
}

#[test]
fn a_frame_that_is_opened_shows_what_it_hid() {
    let mut noted =
        notation::read("context \"Ordering\" @-50,-50 900x600\nE a \"One\" @0,0\nE b \"Two\" @300,0\na -> b");
    let (frame, options) = (noted.id("Ordering"), Options::default());
    let mut builder = builder();
    let mut scene = builder.build(&noted.board, &options);
    for collapsed in [true, false, true, false] {
        let edit = noted.board.set(frame, Field::Collapsed(collapsed)).expect("an edit");
        apply(&mut noted.board, &edit).expect("applies");
        if !builder.update(&mut scene, &noted.board, &options, &BTreeSet::from([frame])) {
            scene = builder.build(&noted.board, &options);
        }
        assert_eq!(scene.item(noted.id("a")).is_some(), !collapsed);
        assert_eq!(format!("{:?}", scene.items), format!("{:?}", build(&noted.board).items));
    }
}

proptest::proptest! {
    #![proptest_config(crate::laws::cases(64))]

    #[test]
    fn a_scene_brought_up_to_date_is_one_built_anew(moves in proptest::collection::vec((0usize..12, 0usize..7, -9i32..9, -9i32..9), 1..12)) {
        let mut noted = notation::read(
            r#"
            context "Ordering" @-50,-50 900x600
            context "Inner" @250,-30 500x400
            E a "One" @0,0
            E b "Two" @300,0
            E c "Three" @600,0
            P d "Whenever" @300,300
            H e "Why?" @420,100
            C f "Do" @900,300
            a -> b : first
            b -> c
            a -> c : round
            c -> d
            d -> f : then
            a -> f
            scenario "always x > 0" @0,700
            "#,
        );
        let pivot = noted.board.set(noted.id("c"), Field::Mark(stormglass::board::Mark::Pivotal, true)).expect("an edit");
        apply(&mut noted.board, &pivot).expect("applies");
        let mut builder = builder();
        let mut scene = builder.build(&noted.board, &Options::default());
        let text = |it: &Scene| format!("{:?} {:?} {:?}", it.bounds, it.missing, it.items);
        let far = noted.board.set(noted.id("e"), Field::At(Point::new(420, 2000))).expect("an edit");
        apply(&mut noted.board, &far).expect("applies");
        let e = BTreeSet::from([noted.id("e")]);
        proptest::prop_assert!(builder.update(&mut scene, &noted.board, &Options::default(), &e), "no need to build anew");
        let mut kept = 1;
        for (which, what, x, y) in moves {
            let board = &noted.board;
            let all: Vec<Id> = board.stickies().keys().chain(board.frames().keys()).chain(board.links().keys())
                .chain(board.scenarios().keys()).copied().collect();
            let id = all[which % all.len()];
            let field = match what {
                0 | 1 => Field::At(Point::new(x * 60, y * 60)),
                2 => Field::Text(format!("Text {x}\n\u{e000}")),
                3 => Field::Size(stormglass::kit::Size::new(100 + x.abs() * 20, 100 + y.abs() * 30)),
                4 => Field::Kind(stormglass::board::Kind::HOTSPOT),
                5 => Field::Collapsed(board.frame(id).is_none_or(|it| !it.collapsed)),
                _ => Field::Z(stormglass::kit::OrderKey::between(Some(&Default::default()), None)),
            };
            let Ok(edit) = noted.board.set(id, field) else { continue };
            if apply(&mut noted.board, &edit).is_err() {
                continue;
            }
            if builder.update(&mut scene, &noted.board, &Options::default(), &BTreeSet::from([id])) {
                kept += 1;
            } else {
                scene = builder.build(&noted.board, &Options::default());
            }
            proptest::prop_assert_eq!(text(&scene), text(&build(&noted.board)), "after {:?}, {} kept", edit, kept);
            let area = RectF::new(0.0, 0.0, 400.0, 400.0);
            let near: Vec<_> = scene.within(area).map(|it| it.bounds).collect();
            let all: Vec<_> = scene.items.iter().map(|it| it.bounds).filter(|it| it.touches(area)).collect();
            proptest::prop_assert_eq!(near, all);
        }
    }
}

#[test]
fn overlays_draw_on_what_is_there_and_nothing_on_what_is_not() {
    let noted = notation::read("E a \"One\" @0,0\nE b \"Two\" @300,0\nE c \"Three\" @400,0\na -> b");
    let (a, b, c) = (noted.id("a"), noted.id("b"), noted.id("c"));
    let link = *noted.board.links().keys().next().expect("a link");
    let nowhere = Id::from_bits(999);
    let mut builder = builder();
    let scene = builder.build(&noted.board, &Options::default());
    let text = || "why".to_owned();
    let on = |id: Id| {
        vec![
            Overlay::Badge { on: id, tone: Tone::Error, text: text() },
            Overlay::Caption { on: id, tone: Tone::Hint, text: text() },
            Overlay::Pulse { on: id, tone: Tone::Pulse, age: f32::NAN },
            Overlay::Hatch { on: id, reason: text() },
            Overlay::Ring { on: id, tone: Tone::Success },
        ]
    };
    assert_eq!(builder.overlays(&noted.board, &scene, &on(a)).len(), 5);
    assert_eq!(builder.overlays(&noted.board, &scene, &on(nowhere)).len(), 0);
    assert_eq!(builder.overlays(&noted.board, &scene, &on(link)[..1]).len(), 1);
    let ghosts = [Overlay::GhostLink { from: a, to: b }, Overlay::GhostLink { from: b, to: c }];
    let ghosts = builder.overlays(&noted.board, &scene, &ghosts);
    assert_eq!(ghosts.len(), 2);
    assert!(ghosts.iter().all(|it| it.layer == Layer::Overlay && it.drawing.way.is_some()));
}

#[test]
fn writing_shows_the_lines_that_the_scene_shows() {
    for text in ["Order Placed", "Order\nPlaced\ntotal: int\nsets total = total", "تم استلام", "Ordering"] {
        let (board, id) = if text == "Ordering" {
            let noted = notation::read("context \"Ordering\" @0,0 500x300\nE \"x\" @20,60");
            let id = noted.id("Ordering");
            (noted.board, id)
        } else {
            let noted = notation::read(&format!("E it \"{}\" @700,80", text.replace('\n', "\\n")));
            let id = noted.id("it");
            (noted.board, id)
        };
        let mut builder = builder();
        let scene = builder.build(&board, &Options::default());
        let writing = TextEdit::new(&mut builder, &board, &scene, id).expect("a text");
        let shown = |item: &Item| -> Vec<(String, RectF)> {
            lines(item).filter(|it| !it.text.contains("CONTEXT")).map(|it| (it.text.clone(), it.bounds)).collect()
        };
        assert_eq!(shown(&writing.item(&builder)), shown(scene.item(id).expect("an item")), "{text}");
    }
}

#[test]
fn writing() {
    let noted = notation::read("E it \"Order\" @0,0");
    let mut builder = builder();
    let scene = builder.build(&noted.board, &Options::default());
    let mut it = TextEdit::new(&mut builder, &noted.board, &scene, noted.id("it")).expect("a text");
    it.insert(&mut builder, " Placed\r\n");
    assert_eq!(it.text(), "Order Placed\n");
    let caret = it.caret();
    it.step(Step::Up, false);
    assert!(it.caret().y < caret.y, "the empty last line has a caret of its own");
    it.step(Step::End, false);
    it.delete_back(&mut builder, false);
    it.delete_back(&mut builder, true);
    assert_eq!(it.text(), "Order ");
    it.step(Step::Start, false);
    it.delete_forward(&mut builder, true);
    assert_eq!(it.text(), " ");
    it.select_all();
    assert_eq!(it.selected(), " ");
    it.insert(&mut builder, "e\u{301}👩\u{200d}💻x");
    for expected in ["e\u{301}👩\u{200d}💻", "e\u{301}", ""] {
        it.delete_back(&mut builder, false);
        assert_eq!(it.text(), expected, "whole characters go");
    }
    it.compose(&mut builder, "にほ", Some(3..3));
    assert!(it.is_composing() && it.text().is_empty() && !it.composition().is_empty());
    it.compose(&mut builder, "にほん", Some(1..2));
    it.compose(&mut builder, "", None);
    it.insert(&mut builder, "日本");
    assert_eq!(it.text(), "日本");
    it.point(PointF::new(-1000.0, -1000.0), false);
    it.point(PointF::new(1000.0, 1000.0), true);
    assert_eq!(it.selected(), "日本");
    assert_eq!(it.selection().len(), 1);
    it.select_word(PointF::new(50.0, 45.0));
    assert!(!it.selected().is_empty());
    it.insert(&mut builder, "");
    for step in [Step::Left, Step::Right, Step::WordLeft, Step::WordRight, Step::LineStart, Step::LineEnd, Step::Down] {
        it.step(step, true);
    }
    it.insert(&mut builder, &"x".repeat(1_000_000));
    assert!(it.text().len() < 100_000, "what is too much is not taken");
}

#[test]
fn what_is_written_stays_in_its_box_and_the_caret_with_it() {
    let board = r#"
        E event "?" @0,0
        T time "?" @200,0
        H hotspot "?" @400,0
        A small "?" @600,0 40x40
        N wide "?" @800,0 400x60
        context box "?" @0,500 300x200
        scenario card "?" @400,500
        "#;
    let long: String = (0..120).map(|at| format!("Things That Were Ordered {at} ")).collect();
    let lines = (0..60).map(|at| format!("field{at}: decimal(12,2)")).collect::<Vec<_>>().join("\n");
    let arabic: String = (0..300).map(|at| format!("طلب {at} ")).collect();
    let unbroken: String = (0..300).map(|at| format!("n{at}")).collect();
    for text in ["Order Placed", &long, &lines, &unbroken, &arabic] {
        for name in ["event", "time", "hotspot", "small", "wide", "box", "card"] {
            let noted = notation::read(board);
            let id = noted.ids.get(name).copied().unwrap_or_else(|| match name {
                "box" => *noted.board.frames().keys().next().unwrap(),
                _ => *noted.board.scenarios().keys().next().unwrap(),
            });
            let mut builder = builder();
            let scene = builder.build(&noted.board, &Options::default());
            let rect = noted.board.rect(id).expect("a place").to_f();
            let mut it = TextEdit::new(&mut builder, &noted.board, &scene, id).expect("a text");
            it.select_all();
            it.insert(&mut builder, text);
            let steps = [Step::Up, Step::Up, Step::Start, Step::Down, Step::End].map(Some);
            let mut all = BTreeSet::new();
            for step in [None].into_iter().chain(steps) {
                if let Some(step) = step {
                    it.step(step, false);
                }
                let (item, caret) = (it.item(&builder), it.caret());
                let shown: Vec<RectF> = lines_placed(&item);
                for line in shown.iter().chain([&caret]) {
                    let inside = line.y >= rect.y - 0.5 && line.bottom() <= rect.bottom() + 0.5;
                    assert!(inside, "{name}, {step:?}, {text:.12}: {line:?} in {rect:?}");
                }
                let on_a_line = shown.iter().any(|line| (line.center().y - caret.center().y).abs() < line.h * 0.8);
                assert!(on_a_line || shown.is_empty(), "{name}, {step:?}, {text:.12}: {caret:?} in {shown:?}");
                all.extend(lines_of(&item));
            }
            it.select_all();
            for line in it.selection() {
                assert!(rect.grown(0.5).touches(line), "{name}: {line:?}");
            }
            if text == "Order Placed" {
                assert_eq!(all.len(), lines_of(&it.item(&builder)).len(), "{name}: nothing has scrolled");
            } else {
                assert!(all.len() > 1, "{name}, {text:.12}: {all:?}");
            }
        }
    }
}

fn lines_placed(item: &Item) -> Vec<RectF> {
    let at = item.origin;
    lines(item).map(|it| RectF { x: it.bounds.x + at.x, y: it.bounds.y + at.y, ..it.bounds }).collect()
}

fn lines_of(item: &Item) -> Vec<String> {
    lines(item).map(|it| it.text.clone()).collect()
}

/// The contrast that shapes get from their order: nothing is drawn outside the bounds that culling goes by.
#[test]
fn bounds_hold_everything() {
    let noted = notation::read(
        "E a \"One\" @0,0 !pivotal\nH b \"Two\" @300,30\nP c \"Three\" @600,0 all\na -> b : because\nb -> c",
    );
    let scene = build(&noted.board);
    for item in &scene.items {
        let inside = |it: RectF| {
            // Sums of floats may differ in their last digit.
            let bounds = item.drawing.bounds.grown(0.01);
            it.x >= bounds.x && it.y >= bounds.y && it.right() <= bounds.right() && it.bottom() <= bounds.bottom()
        };
        for shape in &item.drawing.shapes {
            let ok = match shape {
                Shape::Shadow(it) => it.layers().iter().all(|(rect, ..)| inside(*rect)),
                Shape::Rect { rect, .. } => inside(*rect),
                Shape::Path { path, .. } => path.bounds().is_none_or(inside),
                Shape::Text(line) => inside(line.bounds),
                Shape::Image { rect, .. } => inside(*rect),
            };
            assert!(ok, "{shape:?} outside {:?}", item.drawing.bounds);
        }
        let (o, b) = (item.origin, item.drawing.bounds);
        assert_eq!(item.bounds, RectF::new(b.x + o.x, b.y + o.y, b.w, b.h));
    }
}

#[test]
fn no_word_of_a_sample_is_broken() {
    for sample in stormglass::session::SAMPLES {
        let board = sample.board().unwrap();
        let scene = build(&board);
        for item in scene.items.iter().filter(|it| it.layer == Layer::Sticky) {
            let Some(text) = item.element.map(|it| board.name(it)) else { continue };
            let shown = words(item).join(" ");
            for word in text.split_whitespace() {
                assert!(shown.contains(word), "{}: {word} in {:?}", sample.key, words(item));
            }
        }
    }
}

#[test]
fn a_badge_lies_on_the_edge_of_what_it_marks() {
    let noted = notation::read("E \"Paid\" @0,0\nH \"Why?\" @400,0");
    let mut builder = builder();
    let scene = builder.build(&noted.board, &Options::default());
    for (name, diamond) in [("Paid", false), ("Why?", true)] {
        let on = noted.id(name);
        let badge = Overlay::Badge { on, tone: Tone::Warning, text: String::new() };
        let items = builder.overlays(&noted.board, &scene, &[badge]);
        let at = items.first().expect("a badge").bounds.center();
        let rect = noted.board.rect(on).expect("a place").to_f();
        let (dx, dy) = ((at.x - rect.center().x).abs() / rect.w, (at.y - rect.center().y).abs() / rect.h);
        // How far out it lies: 1 is on the edge.
        let out = if diamond { (dx + dy) / std::f32::consts::FRAC_1_SQRT_2 } else { dx.max(dy) * 2.0 };
        assert!((0.9..1.15).contains(&out), "{name}: {out}");
    }
}
