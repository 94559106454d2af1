//! Pictures of the window to look at, for people: an empty start, a dense board, dark, collapsed frames, from far off,
//! long texts, Arabic, Japanese, emoji, high contrast, the context map.
//!
//! `STORMGLASS_LOOK=folder cargo test --test suite -- --ignored pictures_of_the_window` writes them there.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::Board;

use super::Desk;
use crate::notation;

/// Rows of stickies of changing kinds with these names.
fn rows(names: &[&str], columns: usize, count: usize) -> Board {
    let kinds = ["C", "A", "E", "P", "R", "X", "T", "H", "N"];
    let mut text = String::new();
    for at in 0..count {
        let (column, row) = (at % columns, at / columns);
        let name = names.get(at % names.len()).copied().unwrap_or_default();
        let kind = kinds.get((at * 7 + row) % kinds.len()).copied().unwrap_or("E");
        text.push_str(&format!("{kind} s{at} \"{name}\" @{},{}\n", column * 220, row * 150));
        if column > 0 && at % 3 == 0 {
            text.push_str(&format!("s{} -> s{at}\n", at - 1));
        }
    }
    notation::board(&text)
}

fn shown(board: Board) -> Desk {
    let mut desk = Desk::new(board);
    if desk.harness.query_by_label("Dismiss first steps").is_some() {
        desk.harness.get_by_label("Dismiss first steps").click();
    }
    desk.steps(12);
    desk
}

#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures_of_the_window() {
    let arabic = ["تم استلام الطلب", "إرسال الدفعة", "الطلب رقم ١٢٣ جاهز", "عند استلام الطلب، حصّل المبلغ"];
    let japanese = ["注文が確定された", "支払いを承認する", "在庫を引き当てる", "配送が完了したら請求書を送る"];
    let emoji = ["Order 🎉 placed", "🚚 Shipped", "👩‍🍳 cooks 🍝", "❤️ Praised ✓", "🇪🇺 Taxed"];
    let long = [
        "Bestellungsbestätigungsversanddienstleister beauftragt",
        "a very long name that somebody pasted from a document because it was there and that nobody will ever read on a \
         wall, least of all from five metres, and that goes on and on and on until it must be cut short",
        "Whenever the customer has not answered within three days after the second reminder, hand the claim over",
        "Short",
    ];
    let words = ["Order Placed", "Place Order", "Order", "Whenever an order is placed, charge it", "Open Orders"];
    shown(Board::new()).look("1 empty start");
    shown(rows(&words, 20, 240)).look("2 dense board");
    let sample = |key: &str| stormglass::session::Sample::find(key).unwrap().board().unwrap();
    let mut dark = shown(sample("library"));
    dark.key_with(Modifiers::ALT | Modifiers::SHIFT, Key::D);
    dark.steps(6);
    dark.look("3 dark");
    let mut collapsed = shown(sample("food-ordering"));
    collapsed.menu("Arrange", "Collapse all");
    collapsed.steps(6);
    collapsed.look("4 collapsed frames");
    shown(rows(&words, 100, 6_000)).look("5 far off");
    shown(rows(&long, 5, 15)).look("6 long texts");
    shown(rows(&arabic, 5, 15)).look("7 Arabic");
    shown(rows(&japanese, 5, 15)).look("8 Japanese");
    shown(rows(&emoji, 5, 15)).look("9 emoji");
    let mut contrast = shown(rows(&words, 6, 18));
    contrast.menu("View", "Appearance");
    contrast.harness.get_by_label("High contrast").click();
    contrast.steps(6);
    contrast.look("10 high contrast");
    let mut map = shown(sample("meetings-and-payments"));
    map.harness.get_by_label("View: Context map").click();
    map.wait("the map", |desk| desk.harness.query_by_label_contains("Context: Payments").is_some());
    map.look("11 context map");
}
