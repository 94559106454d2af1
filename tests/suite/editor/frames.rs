//! Frames in the hand: they keep what lies in them, grow round it, and become cards.

use std::collections::BTreeSet;

use stormglass::board::{FrameKind, Kind};
use stormglass::editor::{Mods, Request};
use stormglass::kit::{Id, Rect};

use super::Desk;

impl Desk {
    fn rect(&self, id: Id) -> (i32, i32, i32, i32) {
        let Rect { x, y, w, h } = self.history.board().rect(id).unwrap();
        (x, y, w, h)
    }
}

/// A context with an inner frame and a sticky in each.
fn nested() -> (Desk, [Id; 4]) {
    let mut desk = Desk::new();
    desk.editor.snap = false;
    let outer = desk.frame(FrameKind::BoundedContext, (100, 100, 800, 500), "Ordering");
    let inner = desk.frame(FrameKind::BoundedContext, (140, 200, 300, 300), "Order");
    let in_inner = desk.sticky(Kind::COMMAND, 200, 300, "Place Order");
    let in_outer = desk.sticky(Kind::DOMAIN_EVENT, 600, 300, "Order Placed");
    (desk, [outer, inner, in_inner, in_outer])
}

#[test]
fn a_frame_moves_with_what_lies_in_it_and_alone_with_ctrl() {
    let (mut desk, all) = nested();
    let before: Vec<_> = all.iter().map(|id| desk.at(*id)).collect();
    desk.drag((110.0, 590.0), (110.0, 590.0), Mods::NONE);
    desk.drag((100.0, 400.0), (130.0, 450.0), Mods::NONE);
    for (id, (x, y)) in all.iter().zip(&before) {
        assert_eq!(desk.at(*id), (x + 30, y + 50));
    }
    desk.act("undo");
    assert_eq!(all.map(|id| desk.at(id)).to_vec(), before, "one undo step");
    desk.drag((100.0, 400.0), (130.0, 450.0), Mods::COMMAND);
    assert_eq!(desk.at(all[0]), (130, 150));
    assert_eq!(all[1..].iter().map(|id| desk.at(*id)).collect::<Vec<_>>(), before[1..]);
}

#[test]
fn frames_grow_round_members_and_nothing_else() {
    // (the sticky dragged, by how far, the rectangles of inner and outer frame after that)
    let cases = [
        // Over the border of the inner frame: it grows, the outer one has room.
        (2, (170.0, 0.0), (140, 200, 350, 300), (100, 100, 800, 500)),
        // So far that the inner one grows over the outer one's edge, too.
        (2, (-90.0, 0.0), (90, 200, 350, 300), (70, 100, 830, 500)),
        // Its middle leaves the inner frame: nothing grows.
        (2, (260.0, 0.0), (140, 200, 300, 300), (100, 100, 800, 500)),
        // Its middle leaves both.
        (2, (0.0, 400.0), (140, 200, 300, 300), (100, 100, 800, 500)),
        // Dropped into the inner frame from outside, over its edge: no surprise.
        (3, (-230.0, 0.0), (140, 200, 300, 300), (100, 100, 800, 500)),
    ];
    for (which, (dx, dy), inner, outer) in cases {
        let (mut desk, all) = nested();
        let depth = desk.history.depth();
        let (x, y) = desk.at(all[which]);
        let from = (x as f32 + 50.0, y as f32 + 50.0);
        desk.drag(from, (from.0 + dx, from.1 + dy), Mods::NONE);
        assert_eq!((desk.rect(all[1]), desk.rect(all[0])), (inner, outer), "{which} by {dx}, {dy}");
        assert_eq!(desk.history.depth(), depth + 1);
    }
}

#[test]
fn a_frame_is_fitted_to_its_content() {
    let (mut desk, all) = nested();
    desk.editor.selection = BTreeSet::from([all[0], all[1]]);
    desk.act("fit_frame");
    assert_eq!(desk.rect(all[1]), (160, 220, 180, 220));
    assert_eq!(desk.rect(all[0]), (120, 140, 620, 340));
    desk.act("undo");
    assert_eq!(desk.rect(all[0]), (100, 100, 800, 500));
}

#[test]
fn a_card_hides_what_lies_in_it_until_a_double_click_opens_it() {
    let (mut desk, all) = nested();
    desk.editor.selection = BTreeSet::from([all[0]]);
    desk.act("collapse");
    assert!(desk.history.board().frame(all[0]).unwrap().collapsed);
    desk.act("select_all");
    assert_eq!(desk.editor.selection, BTreeSet::from([all[0]]), "what is hidden is not selected");
    desk.editor.selection.clear();
    desk.click(250.0, 350.0);
    assert_eq!(desk.editor.selection, BTreeSet::from([all[0]]), "the card lies over its stickies");
    desk.drag((250.0, 350.0), (270.0, 350.0), Mods::NONE);
    assert_eq!(desk.at(all[2]), (220, 300), "what is hidden moves along");
    desk.press(250.0, 350.0, Mods::NONE, 2);
    assert!(!desk.history.board().frame(all[0]).unwrap().collapsed);
    assert!(desk.editor.writing().is_none());
    desk.click(270.0, 350.0);
    assert_eq!(desk.editor.selection, BTreeSet::from([all[2]]));
}

#[test]
fn deleting_a_card_deletes_what_it_hides_and_an_open_frame_leaves_it() {
    for (collapsed, left) in [(true, 0), (false, 2)] {
        let (mut desk, all) = nested();
        desk.editor.select_only(all[0]);
        if collapsed {
            desk.act("collapse");
        }
        desk.act("delete");
        assert_eq!(desk.history.board().stickies().len(), left);
        assert_eq!(desk.history.board().frames().len(), left / 2);
        desk.act("undo");
        assert_eq!((desk.history.board().stickies().len(), desk.history.board().frames().len()), (2, 2));
    }
}

#[test]
fn lining_up_takes_along_what_lies_in_a_frame() {
    for (action, moved) in [("align_top", (0, -60)), ("align_left", (-380, 0)), ("distribute_across", (10, 0))] {
        let mut desk = Desk::new();
        let first = desk.sticky(Kind::DOMAIN_EVENT, 20, 40, "Order Placed");
        let frame = desk.frame(FrameKind::BoundedContext, (400, 100, 200, 200), "Billing");
        let inside = desk.sticky(Kind::COMMAND, 450, 150, "Charge");
        let last = desk.sticky(Kind::DOMAIN_EVENT, 900, 40, "Order Paid");
        desk.editor.selection = BTreeSet::from([first, frame, inside, last]);
        desk.act(action);
        assert_eq!(desk.at(frame), (400 + moved.0, 100 + moved.1), "{action}");
        assert_eq!(desk.at(inside), (450 + moved.0, 150 + moved.1), "{action}");
        assert_eq!(desk.at(first), (20, 40), "{action}");
    }
}

#[test]
fn a_lasso_may_begin_inside_a_frame() {
    let (mut desk, all) = nested();
    desk.drag((160.0, 280.0), (320.0, 420.0), Mods::NONE);
    assert_eq!(desk.editor.selection, BTreeSet::from([all[2]]));
    desk.click(120.0, 125.0);
    assert_eq!(desk.editor.selection, BTreeSet::from([all[0]]), "the title takes hold of the frame");
    desk.drag((500.0, 112.0), (780.0, 420.0), Mods::NONE);
    assert_eq!(desk.editor.selection, BTreeSet::from([all[3]]), "beside the title begins a lasso");
}

#[test]
fn space_is_inserted_and_taken_out_as_one_step() {
    // (how far the line at 500 or 250 is dragged, where the event ends up, the outer and the inner frame)
    let cases = [
        ((500.0, 350.0), (100.0, 10.0), (700, 300), (100, 100, 900, 500), (140, 200, 300, 300)),
        // Back: no further than the space that is empty.
        ((500.0, 350.0), (-400.0, 10.0), (440, 300), (100, 100, 640, 500), (140, 200, 300, 300)),
        ((500.0, 250.0), (10.0, 60.0), (600, 360), (100, 100, 800, 560), (140, 200, 300, 360)),
        // A line left of all moves the frames as they are.
        ((50.0, 350.0), (40.0, 0.0), (640, 300), (140, 100, 800, 500), (180, 200, 300, 300)),
    ];
    for (from, (dx, dy), event, outer, inner) in cases {
        let (mut desk, all) = nested();
        let depth = desk.history.depth();
        desk.letter('S');
        desk.drag(from, (from.0 + dx, from.1 + dy), Mods::NONE);
        assert_eq!((desk.at(all[3]), desk.rect(all[0]), desk.rect(all[1])), (event, outer, inner), "{dx}, {dy}");
        assert_eq!(desk.history.depth(), depth + 1);
        desk.act("undo");
        assert_eq!(desk.rect(all[0]), (100, 100, 800, 500));
    }
    let (mut desk, all) = nested();
    desk.drag((500.0, 350.0), (600.0, 350.0), Mods::COMMAND_SHIFT);
    assert_eq!(desk.at(all[3]), (700, 300), "the same with the Select tool");
}

#[test]
fn frames_grow_round_what_is_new_but_take_no_strangers_in() {
    let (mut desk, all) = nested();
    desk.editor.select_only(all[2]);
    // The next in line, and the next, belong where the first one is: the inner frame and the outer one grow.
    desk.letter('C');
    desk.write("Cancel Order");
    assert_eq!(desk.rect(all[1]), (140, 200, 340, 300));
    desk.with(|editor, cx| editor.next_sticky(cx));
    desk.write("Return Order");
    assert_eq!(desk.rect(all[1]), (140, 200, 340, 380), "below: the event on the right is a stranger");
    desk.with(|editor, cx| editor.escape_text(cx));
    desk.act("undo");
    desk.act("undo");
    assert_eq!(desk.rect(all[1]), (140, 200, 300, 300), "a sticky and its frame are one step");
    // A list that is pasted over the edge takes the frame along.
    let (mut desk, all) = nested();
    desk.on(stormglass::editor::Input::Move { at: stormglass::kit::PointF::new(850.0, 500.0), mods: Mods::NONE });
    desk.on(stormglass::editor::Input::Paste("Order Paid".to_owned()));
    let right = desk.rect(all[0]).0 + desk.rect(all[0]).2;
    let pasted = desk.editor.single().unwrap();
    assert!(right >= desk.rect(pasted).0 + 100, "{right} {:?}", desk.rect(pasted));
}

#[test]
fn a_card_keeps_its_size_and_what_it_hides() {
    for collapsed in [false, true] {
        let (mut desk, all) = nested();
        desk.editor.select_only(all[0]);
        if collapsed {
            desk.act("collapse");
        }
        let inside = desk.history.board().contents(all[0]);
        // The corner is no handle: the card moves as a whole.
        desk.drag((900.0, 600.0), (400.0, 300.0), Mods::NONE);
        let (_, _, w, h) = desk.rect(all[0]);
        assert_eq!((w, h) == (800, 500), collapsed, "{w} x {h}");
        assert_eq!(desk.history.board().contents(all[0]) == inside, collapsed);
        let other = desk.sticky(Kind::NOTE, 1_500, 900, "Far away");
        let before = desk.rect(all[0]);
        desk.editor.selection = BTreeSet::from([all[0], other]);
        desk.act("stretch_down");
        assert_eq!(desk.rect(all[0]) == before, collapsed, "stretched");
    }
}

#[test]
fn deleting_a_card_says_what_goes_along_and_undo_selects_what_came_back() {
    for (collapsed, says) in
        [(true, Some("Deleted Ordering, with 2 stickies and 1 other thing in it; Ctrl+Z")), (false, None)]
    {
        let (mut desk, all) = nested();
        desk.editor.select_only(all[0]);
        if collapsed {
            desk.act("collapse");
        }
        desk.requests.clear();
        desk.act("delete");
        let said = desk.requests.iter().find_map(|it| match it {
            Request::Say(it) if it.starts_with("Deleted") => Some(it.as_str()),
            _ => None,
        });
        assert_eq!(said.is_some(), says.is_some(), "{said:?}");
        assert!(said.unwrap_or_default().starts_with(says.unwrap_or_default()), "{said:?}");
        desk.act("undo");
        assert_eq!(desk.editor.selection, BTreeSet::from([all[0]]), "the card, not what it hides");
    }
    let (mut desk, all) = nested();
    desk.editor.selection = BTreeSet::from([all[2], all[3]]);
    desk.act("delete");
    assert!(desk.editor.selection.is_empty());
    desk.act("undo");
    assert_eq!(desk.editor.selection, BTreeSet::from([all[2], all[3]]));
}

#[test]
fn what_a_card_hides_is_not_selected() {
    // Collapsing is undone and done again while something in the frame is selected.
    let (mut desk, all) = nested();
    desk.editor.select_only(all[0]);
    desk.act("collapse");
    desk.act("undo");
    desk.editor.selection = BTreeSet::from([all[2]]);
    desk.act("redo");
    assert!(desk.editor.selection.is_empty());
    // A sticky is dropped on the card.
    let late = desk.sticky(Kind::COMMAND, 1_000, 200, "Cancel Order");
    desk.requests.clear();
    desk.drag((1_050.0, 250.0), (550.0, 250.0), Mods::NONE);
    assert!(desk.history.board().contents(all[0]).contains(&late));
    assert!(desk.editor.selection.is_empty());
    let said = Request::Say("It lies in Ordering now, which is shown as a card".to_owned());
    assert!(desk.requests.contains(&said), "{:?}", desk.requests);
}

#[test]
fn making_room_does_not_change_the_flow() {
    use stormglass::flow::{Flow, Options};
    let mut drawn = 0;
    for sample in stormglass::session::SAMPLES {
        // As people hang it on a wall: nobody has drawn an arrow.
        let mut board = sample.board().unwrap();
        let links: BTreeSet<Id> = board.links().keys().copied().collect();
        let edits = stormglass::board::delete(&board, &links);
        stormglass::board::apply_all(&mut board, &edits).unwrap();
        let read = |board: &stormglass::board::Board| -> BTreeSet<(Id, Id)> {
            Flow::read(board, Options { ghosts: true }).edges().map(|it| (it.from, it.to)).collect()
        };
        let (before, round) = (read(&board), board.bounds().unwrap());
        for part in [3, 5, 8] {
            let mut desk = Desk::new();
            desk.history = stormglass::journal::History::new(board.clone());
            desk.editor.camera.origin = stormglass::kit::PointF::new(round.x as f32, round.y as f32);
            desk.letter('S');
            let at = ((round.w * part / 10) as f32, 300.0);
            desk.drag(at, (at.0 + 400.0, 300.0), Mods::NONE);
            let after = read(desk.history.board());
            assert_eq!(before.symmetric_difference(&after).count(), 0, "{} {part}", sample.key);
            drawn += desk.history.board().links().len();
            assert_eq!(desk.history.depth(), 1, "one undo step");
            desk.act("undo");
            assert_eq!(desk.history.board(), &board);
        }
    }
    assert!(drawn > 0, "no line was drawn across a ghost link: this checks nothing");
}
