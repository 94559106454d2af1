//! Pictures: what is asked for is what is in the file.

use std::collections::BTreeSet;

use stormglass::board::{self, Board, Edit, Field, apply};
use stormglass::export::{ExportError, Part, Picture, Request, Size, compose, format_of_file};
use stormglass::kit::RectF;
use stormglass::scene::{FontBook, Overlay, SceneBuilder, Shape, Theme, Tone};

use crate::notation;

/// The bytes of a picture in a format.
fn write(board: &Board, theme: Theme, request: &Request, extension: &str) -> Vec<u8> {
    let mut builder = SceneBuilder::new(FontBook::bundled(), theme);
    let picture = compose(board, &mut builder, request).expect("a picture");
    let format = format_of_file(&format!("x.{extension}")).expect("a format");
    format.write(&picture, builder.book()).expect("bytes")
}

fn composed(board: &Board, request: &Request) -> Result<Picture, ExportError> {
    compose(board, &mut SceneBuilder::new(FontBook::bundled(), Theme::light()), request)
}

fn svg(board: &Board, request: &Request) -> String {
    String::from_utf8(write(board, Theme::light(), request, "svg")).expect("text")
}

/// The lines of a picture, in paint order; what only turns the direction left out.
fn lines(picture: &Picture) -> Vec<String> {
    let shapes = picture.items.iter().flat_map(|it| &it.drawing.shapes);
    let lines = shapes.filter_map(|it| match it {
        Shape::Text(line) if !line.runs.is_empty() => {
            let mut runs: Vec<_> = line.runs.iter().collect();
            runs.sort_by_key(|it| it.start);
            Some(plain(&runs.iter().map(|it| it.text.as_str()).collect::<String>()))
        }
        _ => None,
    });
    lines.collect()
}

fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|it| !turns(*it)).collect()
}

#[test]
fn svg_shows_the_lines_of_the_scene_where_the_scene_shows_them() {
    for text in [SCRIPTS, "E \"x\\u{202e}abc\"\nH \"why?\"\nE a \"One\"\nE b \"Two\"\na -> b : when x > 1 & y < 2"] {
        let board = notation::board(text);
        let request = Request { title: true, legend: true, ..Request::default() };
        let picture = composed(&board, &request).expect("a picture");
        let svg = svg(&board, &request);
        let document = roxmltree::Document::parse(&svg).expect("XML");
        let texts: Vec<_> = document.descendants().filter(|it| it.has_tag_name("text")).collect();
        let found: Vec<String> = texts
            .iter()
            .map(|it| plain(&it.descendants().filter_map(|it| it.text().filter(|_| it.is_text())).collect::<String>()))
            .collect();
        assert_eq!(found, lines(&picture));
        for part in texts.iter().flat_map(|it| it.children().filter(|it| it.is_element())) {
            let number = |name: &str| part.attribute(name).and_then(|it| it.parse::<f32>().ok());
            assert!(number("x").is_some() && number("textLength").is_some_and(|it| it >= 0.0), "{part:?}");
            assert!(part.attribute("class").is_some_and(|it| svg.contains(&format!("\n.{it}{{"))), "{part:?}");
        }
        assert_eq!(svg.matches("@font-face").count(), picture.fonts().len(), "each font in use is embedded once");
    }
}

#[test]
fn nothing_on_a_board_gets_out_of_its_text() {
    let hostile = [
        "</text><script>alert(1)</script>",
        "]]> & &amp; <![CDATA[ x",
        "\u{0}\u{8}\u{b}\u{7f}\u{85}\u{fffe}\u{ffff}x",
        "\"onload=\"alert(1)\" javascript:x",
        "<foreignObject/>",
        "\u{202e}</g>\u{202c}",
    ];
    for text in hostile {
        let mut noted =
            notation::read("title x\nE a \"?\"\nE b \"y\" @400,0\ncontext \"z\" @-50,-50 900x300\na -> b : q");
        let ids: Vec<_> =
            [noted.id("a"), noted.id("z")].into_iter().chain(noted.board.links().keys().copied()).collect();
        for id in ids {
            let edit = noted.board.set(id, Field::Text(text.to_owned())).expect("an edit");
            apply(&mut noted.board, &edit).expect("applies");
        }
        let title = |it: &str| board::Setting::Title(it.to_owned());
        let edit = Edit::Settings { old: title("x"), new: title(text) };
        apply(&mut noted.board, &edit).expect("applies");
        let svg = svg(&noted.board, &Request { title: true, ..Request::default() });
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|err| panic!("{text:?}: {err}"));
        let known = ["svg", "title", "style", "rect", "g", "path", "text", "tspan"];
        for it in document.descendants().filter(|it| it.is_element()) {
            assert!(known.contains(&it.tag_name().name()), "{text:?}: {it:?}");
            assert!(it.attributes().all(|it| !it.name().starts_with("on") && !it.name().contains("href")), "{it:?}");
        }
    }
}

#[test]
fn the_same_board_is_the_same_bytes() {
    let board = notation::board(SCRIPTS);
    let request = Request { title: true, legend: true, size: Size::Scale(0.5), ..Request::default() };
    for extension in ["svg", "png"] {
        let bytes = write(&board, Theme::light(), &request, extension);
        assert_eq!(bytes, write(&board, Theme::light(), &request, extension), "{extension}");
        assert_ne!(bytes, write(&board, Theme::named("dark").expect("a theme"), &request, extension), "{extension}");
    }
}

/// Width, height and RGBA bytes.
fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let image = image::load_from_memory_with_format(bytes, image::ImageFormat::Png).expect("a PNG").to_rgba8();
    (image.width(), image.height(), image.into_raw())
}

#[test]
fn a_png_has_the_size_it_was_asked_for_and_something_on_it() {
    let board = notation::board("E \"Order Placed\" @0,0\nE \"Other\" @400,100");
    let (width, height, data) = pixels(&write(&board, Theme::light(), &Request::default(), "png"));
    let picture = composed(&board, &Request::default()).expect("a picture");
    assert_eq!((u64::from(width), u64::from(height)), picture.pixels());
    let event = Theme::light().sticky("event");
    let pixel = |x: f32, y: f32| {
        let at = |it: f32, from: f32| ((it - from) * picture.scale) as usize;
        let at = (at(y, picture.area.y) * width as usize + at(x, picture.area.x)) * 4;
        (data[at], data[at + 1], data[at + 2], data[at + 3])
    };
    assert_eq!(pixel(3.0, 50.0), (event.r, event.g, event.b, 255));
    let canvas = Theme::light().canvas;
    assert_eq!(pixel(200.0, 50.0), (canvas.r, canvas.g, canvas.b, 255));
    let dark = |it: &[u8]| it.iter().take(3).all(|it| *it < 90);
    assert!(data.chunks(4).filter(|it| dark(it)).count() > 500, "letters");
    let bare = Request { background: false, size: Size::Within(100, 100), ..Request::default() };
    let (width, height, data) = pixels(&write(&board, Theme::light(), &bare, "png"));
    assert!(width == 100 && height < 100);
    assert_eq!(data[3], 0, "the corner is transparent");
}

#[test]
fn parts_of_a_board() {
    let noted = notation::read(
        "context \"Ordering\" @-50,-50 300x200\nE \"In\" @0,0\nE \"Out\" @600,0\nE \"Far\" @0,900\n\"In\" -> \"Out\"",
    );
    let texts = |part: Part| composed(&noted.board, &Request { part, ..Request::default() }).map(|it| lines(&it));
    assert_eq!(texts(Part::Board).map(|it| it.len()), Ok(5));
    assert_eq!(
        texts(Part::Frame(" ordering ".into())),
        Ok(vec!["BOUNDED CONTEXT".into(), "Ordering".into(), "In".into()])
    );
    let both = BTreeSet::from([noted.id("In"), noted.id("Far")]);
    assert_eq!(texts(Part::Selection(both)), Ok(vec!["In".into(), "Far".into()]));
    let err = texts(Part::Frame("Kitchen".into())).unwrap_err().to_string();
    assert_eq!(err, "there is no frame `Kitchen`; the frames are Ordering");
    assert!(matches!(texts(Part::Selection(BTreeSet::new())), Err(ExportError::Empty(_))));
    assert!(matches!(composed(&Board::new(), &Request::default()), Err(ExportError::Empty(_))));
}

#[test]
fn a_picture_that_is_too_large_is_refused_with_numbers_that_help() {
    let board = notation::board("E \"a\" @0,0\nE \"b\" @9000000,9000000");
    let png = format_of_file("a.png").expect("PNG");
    let large = composed(&board, &Request::default()).expect("a picture");
    let err = png.write(&large, &FontBook::bundled()).unwrap_err();
    let ExportError::TooLarge { width, fits, .. } = &err else { panic!("{err}") };
    assert!((18_000_200..18_000_400).contains(width), "{width}");
    let fits: f32 = fits.parse().expect("a number");
    let small = composed(&board, &Request { size: Size::Scale(fits), ..Request::default() }).expect("a picture");
    assert!(small.check_pixels().is_ok(), "{err}");
    let more = composed(&board, &Request { size: Size::Scale(fits * 1.3), ..Request::default() }).expect("a picture");
    assert!(more.check_pixels().is_err(), "the advice is no smaller than it must be");
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let request = Request { size: Size::Scale(scale), ..Request::default() };
        assert!(matches!(composed(&board, &request), Err(ExportError::Scale(_))), "{scale}");
    }
    let zero = Request { size: Size::Within(0, 100), ..Request::default() };
    assert!(composed(&board, &zero).is_err());
}

#[test]
fn missing_characters_are_counted_over_everything_in_the_picture() {
    let noted = notation::read("title 한국\nE \"주문\" @0,0\nE \"문\" @5000,0\ncontext \"here\" @-50,-50 300x300");
    let count = |request: &Request| composed(&noted.board, request).expect("a picture").missing_count();
    assert_eq!(count(&Request::default()), 3);
    assert_eq!(count(&Request { title: true, ..Request::default() }), 5);
    assert_eq!(count(&Request { part: Part::Frame("here".into()), ..Request::default() }), 2);
    let badge = Overlay::Badge { on: noted.id("주문"), tone: Tone::Error, text: "문".into() };
    assert_eq!(count(&Request { overlays: vec![badge], ..Request::default() }), 4);
}

#[test]
fn title_and_legend_stand_outside_of_the_board() {
    let board = notation::board("title Food\nE \"a\" @0,0\nC \"b\" @300,0");
    let plain = composed(&board, &Request::default()).expect("a picture").area;
    let request = Request { title: true, legend: true, ..Request::default() };
    let picture = composed(&board, &request).expect("a picture");
    let texts = lines(&picture);
    assert_eq!(texts.iter().rev().take(3).rev().collect::<Vec<_>>(), ["Food", "Domain event", "Command"]);
    let outside = |it: RectF| it.bottom() <= plain.y || it.y >= plain.bottom();
    let inside = |it: RectF| it.y >= picture.area.y && it.bottom() <= picture.area.bottom();
    assert!(picture.items.iter().rev().take(2).all(|it| outside(it.bounds) && inside(it.bounds)));
}

/// Boards to look at: with `STORMGLASS_PICTURES` set to a folder their pictures are written there.
#[test]
fn pictures_to_look_at() {
    let Some(folder) = std::env::var_os("STORMGLASS_PICTURES").map(std::path::PathBuf::from) else { return };
    let samples = std::fs::read_dir("samples").expect("samples");
    let mut boards: Vec<(String, Board)> = samples
        .filter_map(|it| it.ok())
        .filter(|it| it.file_name().to_string_lossy().ends_with(".storm.ron"))
        .map(|it| {
            let bytes = std::fs::read(it.path()).expect("a sample");
            (it.file_name().to_string_lossy().replace(".storm.ron", ""), board::read(&bytes).expect("a board"))
        })
        .collect();
    boards.push(("scripts".to_owned(), notation::board(SCRIPTS)));
    for (name, board) in &boards {
        for theme in [Theme::light(), Theme::named("dark").expect("a theme")] {
            let request = Request { title: true, legend: true, size: Size::Within(2600, 2600), ..Request::default() };
            for extension in ["png", "svg"] {
                let bytes = write(board, theme.clone(), &request, extension);
                std::fs::write(folder.join(format!("{name}-{}.{extension}", theme.name)), bytes).expect("written");
            }
        }
    }
}

/// Many scripts, long texts, all kinds.
const SCRIPTS: &str = r#"
    title Ein Brett für jede Schrift
    E "Order Placed" @0,0 !pivotal
    C "Place Order" @150,0 !starts
    P "Whenever an order is placed, authorise its payment" @300,0 all
    X "Payment Provider" @550,0 either
    A "Order" @800,0
        order: uuid key
        status: text
        total: decimal(12,2)
    R "Open Orders" @1050,0 !outside
    W "Customer" @1200,0
    T "Every morning" @1350,0
    H "Who pays if it is late?" @1520,20
    O "Offer express delivery" @1700,20
    V "Value lost" @1850,0
    U "Checkout screen with a basket" @2000,0
    N "A remark that goes on for a while and tells what nobody asked" @2250,0
    G "Order" @2400,0
    E "تم استلام الطلب" @0,200
    E "Order تم استلام 123 placed" @150,200
    E "ההזמנה התקבלה" @300,200
    E "注文が確定された" @450,200
    E "支払いを承認する" @600,200
    E "订单已付款" @750,200
    E "Заказ оформлен" @900,200
    E "Η παραγγελία στάλθηκε" @1050,200
    E "Order 🎉 shipped 🚚 ✓" @1200,200
    E "한국어 주문" @1350,200
    E "Bestellungsbestätigungsversanddienstleister" @1500,200
    E "a very long name that somebody pasted from a document because it was there and that nobody will ever read on a wall, least of all from five metres, and that goes on and on and on and on and on and on and on until it no longer fits and must be cut short" @1650,200
    E "Şifre değiştirildi → ∑ ≥ ½" @1800,200
    E "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L" @1950,200
    C "" @2100,200
    context "Ordering — Bestellwesen" @-60,400 900x420
    lane "Kitchen" @900,400 700x420
    aggregate "Delivery" @1650,400 420x420
        delivery: uuid key
        status: text
    chapter "Morning" @2130,400 400x420
    E a "First" @0,500
    C b "Second" @250,500
    E c "Third" @500,500
    E d "Fourth" @250,660
    E e "Neighbour" @350,660
    E f "Far away" @1000,620
    a -> b : when total > 100
    b -> c
    a -> c : goes round
    b -> d : otherwise
    d -> e
    c -> f
    f -> a : and back again, with a label that is longer than most
    scenario "places an order" @1700,560
        given Order Placed total = 10
        when Pay amount = 10
        then Order Paid
    scenario "always stock >= 0" @2180,560
"#;
