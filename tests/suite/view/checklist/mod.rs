//! The check list of what hands know from other whiteboards, walked line by line: through the toolkit's test harness
//! everywhere, and with the same keys and pointer in the real window where Xvfb and xdotool are installed.

mod cases;
mod real;
mod script;

use std::collections::BTreeSet;

use egui_kittest::kittest::Queryable as _;
use stormglass::board::{Board, Edit, Element, Frame, FrameKind, Kind, Link, Sticky, write};
use stormglass::editor::Camera;
use stormglass::kit::{Id, IdSource, Point, Rect};

use super::{Desk, Pocket};
use cases::{After, Case, LINES, Works};
use script::Hands;

/// What a case looks at when its script is done.
pub(super) struct Seen<'a> {
    desk: &'a Desk,
    /// The view before.
    camera: Camera,
}

impl Seen<'_> {
    fn board(&self) -> &Board {
        self.desk.board()
    }

    fn id(&self, name: &str) -> Option<Id> {
        let board = self.board();
        let all = board.stickies().keys().chain(board.frames().keys()).copied();
        all.into_iter().find(|id| board.name(*id) == name)
    }

    fn rect(&self, name: &str) -> Rect {
        let nowhere = Rect { x: i32::MIN / 2, y: i32::MIN / 2, w: 1, h: 1 };
        self.id(name).and_then(|id| self.board().rect(id)).unwrap_or(nowhere)
    }

    fn at(&self, name: &str) -> (i32, i32) {
        let rect = self.rect(name);
        (rect.x, rect.y)
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        self.board().sticky(self.id(name)?).map(|it| it.kind)
    }

    fn stickies(&self) -> usize {
        self.board().stickies().len()
    }

    fn frames(&self) -> usize {
        self.board().frames().len()
    }

    fn linked(&self, from: &str, to: &str) -> bool {
        let (from, to) = (self.id(from), self.id(to));
        self.board().links().values().any(|it| Some(it.from) == from && Some(it.to) == to)
    }

    /// Whether exactly these are selected, by their names.
    fn selected(&self, names: &str) -> bool {
        let editor = self.desk.app().editor();
        let now: BTreeSet<String> = editor.selection.iter().map(|id| self.board().name(*id)).collect();
        now == names.split_whitespace().map(str::to_owned).collect()
    }

    /// How much nearer the view is than before.
    fn nearer(&self) -> f32 {
        self.desk.app().editor().camera.zoom / self.camera.zoom
    }

    /// By how many points the board has moved to the left and up.
    fn scrolled(&self) -> (f32, f32) {
        let now = self.desk.app().editor().camera;
        ((now.origin.x - self.camera.origin.x) * now.zoom, (now.origin.y - self.camera.origin.y) * now.zoom)
    }

    fn shows(&self, label: &str) -> bool {
        self.desk.harness.query_by_label_contains(label).is_some()
    }

    fn writing(&self) -> bool {
        self.desk.app().editor().writing().is_some()
    }
}

/// The board every case starts from:
///
/// ```text
/// A -> B    C    +-F-----+
///                |   G   |
///      D         +-------+
/// ```
pub(super) fn start() -> Board {
    let mut board = Board::new();
    let mut ids = IdSource::seeded(3);
    let mut edits = Vec::new();
    let mut made = Vec::new();
    for (kind, name, x, y) in [
        (Kind::DOMAIN_EVENT, "A", 0, 0),
        (Kind::COMMAND, "B", 240, 0),
        (Kind::DOMAIN_EVENT, "C", 480, 0),
        (Kind::POLICY, "D", 240, 260),
        (Kind::DOMAIN_EVENT, "G", 860, 60),
    ] {
        let id = ids.next_id();
        made.push(id);
        edits.push(Edit::Add(Box::new(Element::Sticky(Sticky::new(id, kind, Point::new(x, y), name)))));
    }
    let rect = Rect { x: 720, y: -80, w: 400, h: 400 };
    let frame = Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, "F");
    edits.push(Edit::Add(Box::new(Element::Frame(frame))));
    edits.push(Edit::Add(Box::new(Element::Link(Link::new(ids.next_id(), made[0], made[1])))));
    stormglass::board::apply_all(&mut board, &edits).unwrap();
    board
}

/// What of a board does not depend on its ids: its things, and its links by names.
fn said(board: &Board) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for it in board.stickies().values() {
        let rect = it.rect();
        all.push(format!("{} {:?} {} {} {}x{}", it.kind.key(), board.text(it.id), rect.x, rect.y, rect.w, rect.h));
    }
    for it in board.frames().values() {
        all.push(format!("frame {:?} {:?}", it.text, it.rect()));
    }
    for it in board.links().values() {
        all.push(format!("link {:?} -> {:?}", board.name(it.from), board.name(it.to)));
    }
    all.sort();
    all
}

/// A case that was walked in the harness: what the hands did, and the board they left.
pub(super) struct Walked {
    line: &'static str,
    case: &'static Case,
    hands: Vec<script::Op>,
    /// What brings the board of the start back.
    back: Vec<script::Op>,
    left: Vec<String>,
}

fn walk(hands: &mut Hands, line: &'static str, case: &'static Case) -> Result<Walked, String> {
    let camera = hands.desk.app().editor().camera;
    hands.run(case.script);
    let seen = Seen { desk: &hands.desk, camera };
    if !(case.holds)(&seen) {
        let editor = hands.desk.app().editor();
        let selected: Vec<_> = editor.selection.iter().map(|id| hands.desk.board().name(*id)).collect();
        let (zoom, origin, board) = (editor.camera.zoom, editor.camera.origin, said(hands.desk.board()));
        return Err(format!(
            "{}\n  selected {selected:?}, zoom {zoom}, at {origin:?}\n  {}",
            case.script,
            board.join("\n  ")
        ));
    }
    match case.after {
        After::Board => hands.run("key Esc | key Esc"),
        // What is selected shows in what is left.
        After::Delete => hands.run("key Del"),
        // Where the view is shows in where the sticky lies.
        After::Create => hands.run("key Esc | key Esc | point 500,500 | key E | type Probe | key Esc"),
    }
    let done = hands.take();
    let left = said(hands.desk.board());
    hands.run("key Esc | key Esc | key Esc");
    for _ in 0..40 {
        if write(hands.desk.board()) == write(&start()) {
            break;
        }
        hands.run("key Ctrl+Z");
    }
    hands.run("key Esc | point 500,640 | key Shift+1 | key Ctrl+0");
    if write(hands.desk.board()) != write(&start()) {
        return Err(format!("{}: undo does not lead back", case.script));
    }
    Ok(Walked { line, case, hands: done, back: hands.take(), left })
}

#[test]
fn the_check_list() {
    let mut hands = Hands::new(Desk::paced(start(), 1.0 / 60.0));
    let mut failures = Vec::new();
    let mut walked = Vec::new();
    let still = walk(&mut hands, "", &cases::STILL).unwrap();
    let (mut lines, mut elsewhere, mut without) = (0, 0, 0);
    let only = std::env::var("STORMGLASS_ONLY").unwrap_or_default();
    for line in LINES.iter().filter(|it| it.about.contains(&only)) {
        let cases = match line.works {
            Works::By(cases) => cases,
            Works::Partly(cases, rest) => {
                assert!(!rest.is_empty());
                cases
            }
            Works::Elsewhere(place) => {
                assert!(!place.is_empty());
                elsewhere += 1;
                continue;
            }
            Works::Not(reason) => {
                assert!(!reason.is_empty());
                without += 1;
                continue;
            }
        };
        lines += 1;
        for case in cases {
            match walk(&mut hands, line.about, case) {
                Ok(it) => walked.push(it),
                Err(err) => {
                    failures.push(format!("{}: {err}", line.about));
                    hands = Hands::new(Desk::paced(start(), 1.0 / 60.0));
                }
            }
        }
    }
    println!(
        "check list: {lines} lines walked by {} scripts, {elsewhere} tested elsewhere, {without} without a meaning here",
        walked.len()
    );
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
    if std::env::var_os("STORMGLASS_NO_WINDOW").is_none() {
        real::walk(&still, &walked);
    }
}
