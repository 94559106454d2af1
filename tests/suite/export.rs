//! Pictures: what is asked for is what is in the file.

use stormglass::board::{self, Board};
use stormglass::export::{self, Part, Request, Size, compose};
use stormglass::scene::{FontBook, SceneBuilder, Theme};

use crate::notation;

/// The bytes of a picture in a format.
fn write(board: &Board, theme: Theme, request: &Request, extension: &str) -> Vec<u8> {
    let mut builder = SceneBuilder::new(FontBook::bundled(), theme);
    let picture = compose(board, &mut builder, request).expect("a picture");
    let format = export::formats::by_file_name(&format!("x.{extension}")).expect("a format");
    format.write(&picture, builder.book()).expect("bytes")
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
        for theme in [Theme::light(), Theme::dark()] {
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
