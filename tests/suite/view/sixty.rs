//! A board of sixty stickies with links and frames, from an empty canvas: once by the keyboard alone, once by the mouse
//! and what is typed. The two boards are equal but for ids and places.

use std::collections::BTreeMap;

use egui::{Key, Modifiers, Pos2, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, FrameKind, Kind};
use stormglass::kit::{Id, PointF};

use super::Desk;

const ROWS: usize = 6;
/// What follows what within a row.
const CHAIN: [Kind; 10] = [
    Kind::COMMAND,
    Kind::AGGREGATE,
    Kind::DOMAIN_EVENT,
    Kind::POLICY,
    Kind::COMMAND,
    Kind::AGGREGATE,
    Kind::DOMAIN_EVENT,
    Kind::POLICY,
    Kind::COMMAND,
    Kind::AGGREGATE,
];

fn name(row: usize, column: usize) -> String {
    format!("{} {}", ["Ask", "Order", "Done", "Then"][column % 4], row * 10 + column)
}

fn context(row: usize) -> String {
    format!("Part {row}")
}

/// What the board says, without ids and places.
fn said(board: &Board) -> Vec<String> {
    let mut all: Vec<String> =
        board.stickies().values().map(|it| format!("{} {}", it.kind.spec().key, it.text)).collect();
    let arrow = |from: Id, to: Id| format!("{} -> {}", board.name(from), board.name(to));
    all.extend(board.links().values().map(|it| arrow(it.from, it.to)));
    let mut members: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for it in board.stickies().keys() {
        if let Some(frame) = board.frame_of(*it, FrameKind::BoundedContext) {
            members.entry(frame.id).or_default().push(board.name(*it));
        }
    }
    for frame in board.frames().values() {
        let mut inside = members.remove(&frame.id).unwrap_or_default();
        inside.sort();
        all.push(format!("{:?} {}: {}", frame.kind, frame.text, inside.join(", ")));
    }
    all.push(format!("{} elements", board.len()));
    all.sort();
    all
}

fn expected() -> Vec<String> {
    let mut all = Vec::new();
    for row in 0..ROWS {
        let mut names: Vec<String> = (0..CHAIN.len()).map(|column| name(row, column)).collect();
        all.extend(CHAIN.iter().zip(&names).map(|(kind, name)| format!("{} {name}", kind.spec().key)));
        all.extend(names.windows(2).map(|it| format!("{} -> {}", it[0], it[1])));
        names.sort();
        all.push(format!("{:?} {}: {}", FrameKind::BoundedContext, context(row), names.join(", ")));
    }
    all.push(format!("{} elements", ROWS * (10 + 9 + 1)));
    all.sort();
    all
}

#[test]
fn by_keyboard_alone() {
    let mut desk = Desk::new(Board::new());
    for row in 0..ROWS {
        if row > 0 {
            desk.key(Key::PageDown);
        }
        desk.key(Key::C);
        desk.text(&name(row, 0));
        desk.key(Key::Escape);
        for column in 1..CHAIN.len() {
            // What follows by the grammar, linked; letting go of Ctrl begins to write.
            desk.key_with(Modifiers::COMMAND, Key::ArrowRight);
            desk.text(&name(row, column));
            desk.key(Key::Escape);
        }
        desk.key_with(Modifiers::COMMAND | Modifiers::ALT, Key::A);
        desk.key_with(Modifiers::COMMAND, Key::G);
        desk.text(&context(row));
        desk.key(Key::Escape);
        desk.key(Key::Escape);
    }
    desk.key_with(Modifiers::SHIFT, Key::Num1);
    desk.steps(3);
    desk.look("sixty-keyboard");
    assert_eq!(said(desk.board()), expected());
}

/// The mouse, and where it finds what.
struct Mouse {
    desk: Desk,
    /// Where the canvas begins on the screen.
    corner: Pos2,
}

impl Mouse {
    fn new() -> Self {
        let mut desk = Desk::new(Board::new());
        // The canvas begins right of the palette, below the menus: where the view's corner is, a sticky tells.
        click(&mut desk, "Place note");
        press_at(&mut desk, pos2(600.0, 400.0));
        desk.text("x");
        press_at(&mut desk, pos2(900.0, 700.0));
        click(&mut desk, "Dismiss first steps");
        let note = desk.board().stickies().values().next().unwrap().rect().to_f().center();
        let seen = desk.harness.get_by_label("Note: x").rect().center();
        let local = desk.app().editor().camera.to_view(note);
        let corner = seen - Vec2::new(local.x, local.y);
        click(&mut desk, "Edit");
        desk.harness.get_by_label_contains("Undo").click();
        desk.steps(3);
        assert!(desk.board().is_empty());
        // Far enough out for the whole board.
        while desk.app().editor().camera.zoom > 0.45 {
            click(&mut desk, "\u{2212}");
        }
        Self { desk, corner }
    }

    /// Where a point of the board is on the screen.
    fn at(&self, x: f32, y: f32) -> Pos2 {
        let local = self.desk.app().editor().camera.to_view(PointF::new(x, y));
        self.corner + Vec2::new(local.x, local.y)
    }

    fn middle(&self, text: &str) -> Pos2 {
        let board = self.desk.board();
        let it = board
            .stickies()
            .values()
            .find(|it| it.text == text)
            .unwrap_or_else(|| panic!("no {text}"))
            .rect()
            .to_f()
            .center();
        self.at(it.x, it.y)
    }
}

fn click(desk: &mut Desk, label: &str) {
    let at = desk.harness.get_by_label(label).rect().center();
    press_at(desk, at);
}

fn press_at(desk: &mut Desk, at: Pos2) {
    desk.harness.hover_at(at);
    desk.steps(1);
    desk.harness.drag_at(at);
    desk.harness.drop_at(at);
    desk.steps(2);
}

#[test]
fn by_mouse_and_what_is_typed() {
    let mut mouse = Mouse::new();
    let start = mouse.desk.app().editor().camera.origin;
    let place =
        |row: usize, column: usize| (start.x + 170.0 + column as f32 * 190.0, start.y + 190.0 + row as f32 * 270.0);
    for row in 0..ROWS {
        let top = place(row, 0);
        let end = place(row, CHAIN.len() - 1);
        click(&mut mouse.desk, "Bounded context tool");
        let (from, to) = (mouse.at(top.0 - 120.0, top.1 - 120.0), mouse.at(end.0 + 120.0, end.1 + 110.0));
        mouse.desk.drag(from, to);
        mouse.desk.text(&context(row));
        for (column, kind) in CHAIN.iter().enumerate() {
            let (x, y) = place(row, column);
            let button = format!("Place {}", kind.name().to_lowercase());
            click(&mut mouse.desk, &button);
            let at = mouse.at(x, y);
            press_at(&mut mouse.desk, at);
            mouse.desk.text(&name(row, column));
        }
        // A click beside everything ends writing.
        let beside = mouse.at(top.0 - 150.0, top.1);
        press_at(&mut mouse.desk, beside);
        for column in 1..CHAIN.len() {
            click(&mut mouse.desk, "Link tool");
            let (from, to) = (mouse.middle(&name(row, column - 1)), mouse.middle(&name(row, column)));
            mouse.desk.drag(from, to);
        }
        press_at(&mut mouse.desk, beside);
    }
    mouse.desk.look("sixty-mouse");
    assert_eq!(said(mouse.desk.board()), expected());
}
