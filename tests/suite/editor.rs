//! Tests of `editor`: pointer and keys in, board out, without a window.

mod frames;
mod placing;
mod steps;
mod writing;

use std::collections::BTreeSet;

use stormglass::board::{Board, Edit, Element, Frame, FrameKind, Kind, Mark, Photo, PhotoBytes, Sticky, write};
use stormglass::editor::{Button, Cx, Editor, Input, Key, Mods, Request, Tool, actions};
use stormglass::journal::History;
use stormglass::kit::{Id, IdSource, Point, PointF, Rect};
use stormglass::scene::Scene;

/// An editor over a board, at zoom 1 with the board's 0, 0 in the corner.
struct Desk {
    editor: Editor,
    history: History,
    ids: IdSource,
    ghosts: Vec<(Id, Id)>,
    requests: Vec<Request>,
}

impl Desk {
    fn new() -> Self {
        let mut editor = Editor::default();
        editor.camera.origin = PointF::new(0.0, 0.0);
        let history = History::new(Board::new());
        Self { editor, history, ids: IdSource::seeded(7), ghosts: Vec::new(), requests: Vec::new() }
    }

    fn with<T>(&mut self, f: impl FnOnce(&mut Editor, &mut Cx<'_>) -> T) -> T {
        let scene = Scene::default();
        let mut cx = Cx {
            history: &mut self.history,
            ids: &mut self.ids,
            scene: &scene,
            ghosts: &self.ghosts,
            keep_flow: stormglass::session::kept_flow,
            requests: &mut self.requests,
        };
        f(&mut self.editor, &mut cx)
    }

    fn on(&mut self, input: Input) {
        self.with(|editor, cx| editor.on(cx, input));
    }

    fn key(&mut self, key: Key, mods: Mods) {
        self.on(Input::Key { key, mods });
    }

    fn letter(&mut self, letter: char) {
        self.key(Key::Char(letter), Mods::NONE);
    }

    fn write(&mut self, text: &str) {
        self.with(|editor, cx| editor.write(cx, text));
    }

    fn act(&mut self, key: &str) {
        let spec = actions::by_key(key).unwrap();
        self.with(|editor, cx| {
            assert!((spec.enabled)(editor, cx.history), "{key} is not enabled");
            (spec.run)(editor, cx, Mods::NONE);
        });
    }

    fn press(&mut self, x: f32, y: f32, mods: Mods, clicks: u8) {
        self.on(Input::Press { at: PointF::new(x, y), button: Button::Primary, mods, clicks });
    }

    fn release(&mut self, x: f32, y: f32, mods: Mods) {
        self.on(Input::Release { at: PointF::new(x, y), button: Button::Primary, mods });
    }

    fn click(&mut self, x: f32, y: f32) {
        self.press(x, y, Mods::NONE, 1);
        self.release(x, y, Mods::NONE);
    }

    fn drag(&mut self, from: (f32, f32), to: (f32, f32), mods: Mods) {
        self.press(from.0, from.1, mods, 1);
        for step in 1..=4 {
            let part = step as f32 / 4.0;
            let at = PointF::new(from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            self.on(Input::Move { at, mods });
        }
        self.release(to.0, to.1, mods);
    }

    /// Puts a sticky on the board, outside the undo steps that are counted.
    fn sticky(&mut self, kind: Kind, x: i32, y: i32, text: &str) -> Id {
        let id = self.ids.next_id();
        let sticky = Sticky::new(id, kind, Point::new(x, y), text);
        self.history.commit("Add", vec![Edit::Add(Box::new(Element::Sticky(sticky)))]).unwrap();
        id
    }

    fn frame(&mut self, kind: FrameKind, (x, y, w, h): (i32, i32, i32, i32), name: &str) -> Id {
        let id = self.ids.next_id();
        let frame = Frame::new(id, kind, Rect { x, y, w, h }, name);
        self.history.commit("Add", vec![Edit::Add(Box::new(Element::Frame(frame)))]).unwrap();
        id
    }

    fn names(&self) -> Vec<String> {
        let board = self.history.board();
        let mut all: Vec<_> = board.stickies().values().map(|it| (it.y, it.x, board.name(it.id))).collect();
        all.sort();
        all.into_iter().map(|it| it.2).collect()
    }

    fn at(&self, id: Id) -> (i32, i32) {
        let rect = self.history.board().rect(id).unwrap();
        (rect.x, rect.y)
    }
}

#[test]
fn a_key_makes_a_sticky_that_is_written_on_at_once_and_enter_makes_the_next() {
    let mut desk = Desk::new();
    desk.letter('E');
    assert!(desk.editor.writing().unwrap().is_new());
    desk.write("Order");
    desk.write("Order Placed");
    desk.with(|editor, cx| editor.next_sticky(cx));
    desk.write("Order Paid");
    desk.with(|editor, cx| editor.escape_text(cx));
    assert_eq!(desk.names(), ["Order Placed", "Order Paid"]);
    assert_eq!(desk.history.depth(), 2, "each sticky is one undo step, its text included");
    desk.key(Key::Char('Z'), Mods::COMMAND);
    assert_eq!(desk.names(), ["Order Placed"]);
    desk.key(Key::Char('Z'), Mods::COMMAND_SHIFT);
    assert_eq!(desk.names(), ["Order Placed", "Order Paid"]);
}

#[test]
fn every_kind_has_its_key() {
    for (letter, kind) in [
        ('E', Kind::DOMAIN_EVENT),
        ('C', Kind::COMMAND),
        ('P', Kind::POLICY),
        ('X', Kind::EXTERNAL_SYSTEM),
        ('A', Kind::AGGREGATE),
        ('R', Kind::READ_MODEL),
        ('U', Kind::ACTOR),
        ('T', Kind::TIME_EVENT),
        ('Q', Kind::HOTSPOT),
        ('O', Kind::OPPORTUNITY),
        ('N', Kind::NOTE),
        ('G', Kind::TERM),
    ] {
        let mut desk = Desk::new();
        desk.letter(letter);
        let kinds: Vec<Kind> = desk.history.board().stickies().values().map(|it| it.kind).collect();
        assert_eq!(kinds, [kind], "{letter}");
    }
    let mut desk = Desk::new();
    for (letter, tool) in [('H', Tool::Hand), ('L', Tool::Link), ('V', Tool::Select)] {
        desk.letter(letter);
        assert_eq!(desk.editor.tool, tool, "{letter}");
    }
    desk.letter('F');
    assert_eq!(desk.editor.tool, Tool::Frame(FrameKind::BoundedContext));
}

#[test]
fn escape_on_a_new_sticky_without_a_word_takes_it_away() {
    let mut desk = Desk::new();
    desk.letter('E');
    desk.with(|editor, cx| editor.escape_text(cx));
    assert!(desk.history.board().is_empty());
    assert_eq!(desk.history.can_undo(), None);
}

#[test]
fn an_existing_name_makes_a_further_placement() {
    let mut desk = Desk::new();
    let first = desk.sticky(Kind::DOMAIN_EVENT, 0, 0, "Order Placed\norder: uuid key");
    desk.editor.hover = Some(PointF::new(500.0, 50.0));
    desk.letter('E');
    desk.write("order placed");
    desk.with(|editor, cx| editor.end_text(cx));
    let board = desk.history.board();
    assert_eq!(board.placements(first).count(), 2);
    assert_eq!(desk.history.depth(), 2);
    let other = board.stickies().values().find(|it| it.id != first).unwrap();
    assert_eq!((other.of, other.text.as_str()), (Some(first), ""));
}

#[test]
fn dragging_moves_in_one_undo_step_and_escape_cancels_it() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.drag((150.0, 150.0), (271.0, 183.0), Mods::NONE);
    assert_eq!(desk.at(id), (220, 140), "snapped to the grid");
    assert_eq!(desk.history.depth(), 2);
    desk.press(250.0, 150.0, Mods::NONE, 1);
    desk.on(Input::Move { at: PointF::new(400.0, 160.0), mods: Mods::SHIFT });
    desk.release(400.0, 160.0, Mods::SHIFT);
    assert_eq!(desk.at(id).1, 140, "Shift keeps to one direction");
    desk.act("undo");
    desk.press(250.0, 150.0, Mods::NONE, 1);
    desk.on(Input::Move { at: PointF::new(600.0, 600.0), mods: Mods::NONE });
    assert_ne!(desk.at(id), (220, 140));
    desk.on(Input::Cancel);
    assert_eq!(desk.at(id), (220, 140));
    assert_eq!(desk.history.depth(), 2);
}

#[test]
fn alt_drag_leaves_a_copy() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.drag((150.0, 150.0), (350.0, 150.0), Mods::ALT);
    assert_eq!(desk.at(id), (100, 100));
    assert_eq!(desk.history.board().placements(id).count(), 2);
    assert!(!desk.editor.selection.contains(&id));
}

#[test]
fn a_frame_takes_what_lies_in_it_along() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    let frame = desk.ids.next_id();
    let rect = Rect { x: 40, y: 40, w: 300, h: 300 };
    let add = Element::Frame(Frame::new(frame, FrameKind::BoundedContext, rect, "Ordering"));
    desk.history.commit("Add", vec![Edit::Add(Box::new(add))]).unwrap();
    desk.drag((60.0, 50.0), (260.0, 50.0), Mods::NONE);
    assert_eq!(desk.at(frame), (240, 40));
    assert_eq!(desk.at(id), (300, 100));
}

#[test]
fn the_lasso_selects_what_it_touches_and_with_command_what_it_encloses() {
    let mut desk = Desk::new();
    let a = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "A");
    let b = desk.sticky(Kind::DOMAIN_EVENT, 300, 100, "B");
    desk.drag((50.0, 50.0), (350.0, 150.0), Mods::NONE);
    assert_eq!(desk.editor.selection, BTreeSet::from([a, b]));
    desk.drag((50.0, 50.0), (350.0, 250.0), Mods::COMMAND);
    assert_eq!(desk.editor.selection, BTreeSet::from([a]));
    desk.click(600.0, 600.0);
    assert!(desk.editor.selection.is_empty());
}

#[test]
fn links_are_drawn_with_the_tool_and_from_the_handle() {
    let mut desk = Desk::new();
    let a = desk.sticky(Kind::COMMAND, 100, 100, "Place Order");
    let b = desk.sticky(Kind::DOMAIN_EVENT, 300, 100, "Order Placed");
    desk.letter('L');
    desk.drag((150.0, 150.0), (350.0, 150.0), Mods::NONE);
    let links = |desk: &Desk| desk.history.board().links().values().map(|it| (it.from, it.to)).collect::<Vec<_>>();
    assert_eq!(links(&desk), [(a, b)]);
    assert_eq!(desk.editor.tool, Tool::Select);
    desk.act("undo");
    desk.click(150.0, 150.0);
    desk.drag((212.0, 150.0), (350.0, 150.0), Mods::NONE);
    assert_eq!(links(&desk), [(a, b)]);
    desk.letter('L');
    desk.drag((150.0, 150.0), (350.0, 150.0), Mods::NONE);
    assert_eq!(links(&desk).len(), 1, "the same link is not drawn twice");
}

#[test]
fn a_link_dropped_on_empty_canvas_makes_what_follows() {
    let mut desk = Desk::new();
    let a = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.letter('L');
    desk.drag((150.0, 150.0), (500.0, 150.0), Mods::NONE);
    desk.write("Whenever an order is placed, charge");
    desk.with(|editor, cx| editor.end_text(cx));
    let board = desk.history.board();
    let link = board.links().values().next().unwrap();
    assert_eq!((link.from, board.sticky(link.to).unwrap().kind), (a, Kind::POLICY));
    desk.act("undo");
    assert_eq!(desk.history.board().len(), 1);
}

#[test]
fn corners_resize() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.click(150.0, 150.0);
    desk.drag((200.0, 200.0), (260.0, 240.0), Mods::NONE);
    assert_eq!(desk.history.board().rect(id), Some(Rect { x: 100, y: 100, w: 160, h: 140 }));
    desk.drag((100.0, 100.0), (900.0, 900.0), Mods::NONE);
    let rect = desk.history.board().rect(id).unwrap();
    assert_eq!((rect.w, rect.h, rect.right(), rect.bottom()), (40, 40, 260, 240), "never inside out");
}

#[test]
fn a_frame_is_drawn_round_stickies() {
    let mut desk = Desk::new();
    desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.letter('F');
    desk.drag((60.0, 60.0), (360.0, 300.0), Mods::NONE);
    desk.write("Ordering");
    desk.with(|editor, cx| editor.end_text(cx));
    let board = desk.history.board();
    let sticky = board.stickies().values().next().unwrap().id;
    let frame = board.frame_of(sticky, FrameKind::BoundedContext).unwrap();
    assert_eq!(board.name(frame.id), "Ordering");
}

#[test]
fn copy_and_paste_keep_links_and_work_between_boards() {
    let mut desk = Desk::new();
    desk.sticky(Kind::COMMAND, 100, 100, "Place Order");
    desk.sticky(Kind::DOMAIN_EVENT, 300, 100, "Order Placed");
    desk.letter('L');
    desk.drag((150.0, 150.0), (350.0, 150.0), Mods::NONE);
    desk.act("select_all");
    desk.act("copy");
    let Some(Request::Copy(text)) = desk.requests.pop() else { panic!("nothing was copied") };
    let mut other = Desk::new();
    other.on(Input::Paste(text.clone()));
    assert_eq!(other.names(), ["Place Order", "Order Placed"]);
    assert_eq!(other.history.board().links().len(), 1);
    desk.on(Input::Paste(text));
    let board = desk.history.board();
    assert_eq!((board.stickies().len(), board.links().len()), (4, 2));
    assert_eq!(board.stickies().values().filter(|it| it.of.is_some()).count(), 2, "on their own board: placements");
}

#[test]
fn a_pasted_list_becomes_stickies() {
    let mut desk = Desk::new();
    desk.on(Input::Paste("Order Placed\n- Order Paid\n\n  * Order Shipped \r\n".to_owned()));
    assert_eq!(desk.names(), ["Order Placed", "Order Paid", "Order Shipped"]);
    assert_eq!(desk.history.depth(), 1);
    desk.on(Input::Paste("{\"stormglass_clipboard\":1,\"elements\":[]}".to_owned()));
    desk.on(Input::Paste(" \n".to_owned()));
    assert_eq!(desk.history.depth(), 1);
}

#[test]
fn duplicate_delete_and_nudge() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.click(150.0, 150.0);
    desk.key(Key::Right, Mods::NONE);
    desk.key(Key::Right, Mods::NONE);
    desk.key(Key::Down, Mods::SHIFT);
    assert_eq!(desk.at(id), (140, 200), "by the grid");
    desk.on(Input::KeyUp(Key::Down));
    desk.act("undo");
    assert_eq!(desk.at(id), (100, 100), "one run of steps is one undo step");
    desk.editor.grid = false;
    desk.key(Key::Right, Mods::NONE);
    desk.key(Key::Down, Mods::SHIFT);
    assert_eq!(desk.at(id), (101, 110));
    desk.key(Key::Char('D'), Mods::COMMAND);
    assert_eq!(desk.history.board().stickies().len(), 2);
    desk.key(Key::Delete, Mods::NONE);
    assert_eq!(desk.history.board().stickies().len(), 1);
}

#[test]
fn arranging() {
    let mut desk = Desk::new();
    let ids = [(0, 0), (170, 37), (500, 11)].map(|(x, y)| desk.sticky(Kind::DOMAIN_EVENT, x, y, "A"));
    desk.act("select_all");
    desk.act("align_top");
    desk.act("distribute_across");
    assert_eq!(ids.map(|id| desk.at(id)), [(0, 0), (250, 0), (500, 0)]);
    desk.act("pivotal");
    assert!(desk.history.board().stickies().values().all(|it| it.has(Mark::Pivotal)));
    desk.act("frame_context");
    let frame = desk.history.board().frames().values().next().unwrap().rect();
    assert!(ids.iter().all(|id| frame.encloses(desk.history.board().rect(*id).unwrap())));
}

/// The names of the stickies from the bottom of the pile to its top.
fn pile(desk: &Desk) -> String {
    let board = desk.history.board();
    let mut all: Vec<_> = board.stickies().values().collect();
    all.sort_by_key(|it| (&it.z, it.id));
    all.iter().map(|it| it.text.as_str()).collect()
}

#[test]
fn what_goes_through_the_pile_together_keeps_its_order() {
    // (which are selected of A under B .. E, all on one place, the action, the pile after it)
    let cases = [
        (&[1, 0][..], "to_front", "CDEAB"),
        (&[4, 2], "to_back", "CEABD"),
        (&[0, 1], "raise", "CABDE"),
        (&[3, 4], "lower", "ABDEC"),
        (&[4], "to_front", "ABCDE"),
        (&[0, 2], "raise", "BADCE"),
    ];
    for (chosen, action, expected) in cases {
        let mut desk = Desk::new();
        // Their ids run against the pile.
        let ids = ["E", "D", "C", "B", "A"].map(|it| desk.sticky(Kind::DOMAIN_EVENT, 0, 0, it));
        for id in ids {
            desk.editor.select_only(id);
            desk.act("to_back");
        }
        assert_eq!(pile(&desk), "ABCDE");
        desk.editor.selection = chosen.iter().map(|at| ids[4 - *at]).collect();
        desk.act(action);
        assert_eq!(pile(&desk), expected, "{chosen:?} {action}");
    }
}

#[test]
fn one_step_passes_one_where_all_lie_on_one_level() {
    // (which of A under B under C is selected, the action, the pile after it): their keys are all the same, as in a
    // file written by hand.
    for (chosen, action, expected) in
        [(0, "raise", "BAC"), (2, "lower", "ACB"), (1, "raise", "ACB"), (1, "lower", "BAC"), (2, "raise", "ABC")]
    {
        for photos in [false, true] {
            let mut desk = Desk::new();
            let mut edits = Vec::new();
            for name in ["A", "B", "C"] {
                let (id, rect) = (desk.ids.next_id(), Rect { x: 0, y: 0, w: 100, h: 100 });
                edits.push(Edit::Add(Box::new(if photos {
                    let data = PhotoBytes::from(b"\x89PNG\r\n\x1a\n".to_vec());
                    Element::Photo(Photo::new(id, rect, name, data))
                } else {
                    Element::Sticky(Sticky::new(id, Kind::NOTE, Point::new(0, 0), name))
                })));
            }
            desk.history.commit("Place", edits).unwrap();
            let upward = |desk: &Desk| -> Vec<(Id, String)> {
                let board = desk.history.board();
                let mut stickies: Vec<_> = board.stickies().values().map(|it| (&it.z, it.id)).collect();
                stickies.sort();
                let ids = stickies.iter().map(|it| it.1).chain(board.photos_upward().into_iter().map(|it| it.id));
                ids.map(|id| (id, board.name(id))).collect()
            };
            let before = upward(&desk);
            desk.editor.select_only(before[chosen].0);
            desk.act(action);
            // What lay lowest is A, whichever name it got by chance.
            let letter = |id: Id| ["A", "B", "C"][before.iter().position(|it| it.0 == id).unwrap()];
            let after: String = upward(&desk).iter().map(|it| letter(it.0)).collect();
            assert_eq!(after, expected, "{chosen} {action}, photos: {photos}");
            if after != "ABC" {
                desk.act("undo");
            }
            assert_eq!(upward(&desk), before);
        }
    }
}

#[test]
fn locked_things_let_the_pointer_through_until_unlocked() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "A");
    desk.click(150.0, 150.0);
    desk.act("lock");
    desk.click(150.0, 150.0);
    assert!(desk.editor.selection.is_empty());
    desk.act("unlock_all");
    desk.click(150.0, 150.0);
    assert_eq!(desk.editor.single(), Some(id));
}

#[test]
fn the_right_button_takes_hold_of_what_is_locked_and_a_double_click_on_it_makes_nothing() {
    let mut desk = Desk::new();
    let sticky = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "A");
    let frame = desk.frame(FrameKind::BoundedContext, (400, 100, 300, 300), "Ordering");
    let free = desk.sticky(Kind::DOMAIN_EVENT, 800, 100, "B");
    // (which, a point on it)
    for (id, (x, y)) in [(sticky, (150.0, 150.0)), (frame, (430.0, 110.0))] {
        desk.editor.select_only(id);
        desk.act("lock");
        let (count, camera) = (desk.history.board().len(), desk.editor.camera);
        desk.press(x, y, Mods::NONE, 2);
        desk.release(x, y, Mods::NONE);
        assert!(desk.editor.writing().is_none());
        assert_eq!((desk.history.board().len(), desk.editor.camera), (count, camera));
        assert!(matches!(desk.requests.pop(), Some(Request::Say(_))), "it is said why");
        desk.editor.selection = BTreeSet::from([id, free]);
        let at = PointF::new(x, y);
        desk.on(Input::Press { at, button: Button::Secondary, mods: Mods::NONE, clicks: 1 });
        desk.on(Input::Release { at, button: Button::Secondary, mods: Mods::NONE });
        assert_eq!(desk.requests.pop(), Some(Request::Menu(Some(id))));
        assert_eq!(desk.editor.single(), Some(id), "it alone: the menu must not unlock or lock others");
        // Selected so, it still cannot be dragged, not even by its corners.
        let rect = desk.history.board().rect(id);
        let corner = rect.map(|it| (it.right() as f32, it.bottom() as f32)).unwrap();
        desk.drag(corner, (corner.0 + 60.0, corner.1 + 60.0), Mods::NONE);
        assert_eq!(desk.history.board().rect(id), rect);
        desk.editor.select_only(id);
        desk.act("lock");
        assert!(!desk.history.board().is_locked(id));
        desk.press(x, y, Mods::NONE, 2);
        assert_eq!(desk.editor.writing().map(|it| it.id), Some(id));
        desk.on(Input::Cancel);
    }
}

#[test]
fn ghost_links_become_links() {
    let mut desk = Desk::new();
    let a = desk.sticky(Kind::COMMAND, 0, 0, "Place Order");
    let b = desk.sticky(Kind::DOMAIN_EVENT, 120, 0, "Order Placed");
    desk.ghosts = vec![(a, b)];
    desk.act("accept_ghosts");
    assert_eq!(desk.history.board().links().len(), 1);
}

#[test]
fn what_is_being_written_is_in_the_journal_before_it_is_finished() {
    let mut desk = Desk::new();
    desk.letter('E');
    let mut log = Vec::new();
    for text in ["Order", "Order Pl", "Order Placed"] {
        desk.write(text);
        desk.history.checkpoint();
        log.extend(desk.history.take_log());
    }
    desk.history.checkpoint();
    assert!(desk.history.take_log().is_empty(), "nothing new, nothing logged");
    let mut replayed = Board::new();
    for transaction in &log {
        stormglass::board::apply_all(&mut replayed, &transaction.edits).unwrap();
    }
    assert_eq!(write(&replayed), write(desk.history.board()));
    desk.with(|editor, cx| editor.escape_text(cx));
    log.extend(desk.history.take_log());
    assert_eq!(desk.history.depth(), 1);
    desk.act("undo");
    log.extend(desk.history.take_log());
    let mut replayed = Board::new();
    for transaction in &log {
        stormglass::board::apply_all(&mut replayed, &transaction.edits).unwrap();
    }
    assert_eq!(write(&replayed), write(desk.history.board()));
}
