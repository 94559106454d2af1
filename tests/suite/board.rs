//! Tests of `board`.

use stormglass::board::{
    Board, Edit, EditError, Element, Kind, Level, PHOTO_MOST, PHOTOS_MOST, Photo, PhotoBytes, Setting, apply,
    apply_all, delete, read, write,
};
use stormglass::journal::History;
use stormglass::kit::{Id, IdSource, Rect};

use crate::notation;

/// A chain of stickies with a second placement of each, linked.
fn chain(length: usize) -> Board {
    let mut text = String::new();
    for at in 0..length {
        text += &format!("E e{at} \"Event {at}\" @{},0\nE f{at} of e{at} @{},400\n", at * 160, at * 160);
        if at > 0 {
            text += &format!("e{} -> f{at}\n", at - 1);
        }
    }
    notation::board(&text)
}

fn removal(board: &Board, id: Id) -> Edit {
    Edit::Remove(Box::new(board.element(id).unwrap()))
}

#[test]
fn many_that_go_at_once_go_as_one_by_one() {
    let board = chain(30);
    let all = board.stickies().keys().copied().collect();
    let edits = delete(&board, &all);
    let (mut at_once, mut singly) = (board.clone(), board.clone());
    let inverse = apply_all(&mut at_once, &edits).unwrap();
    for edit in &edits {
        apply(&mut singly, edit).unwrap();
    }
    assert!(at_once.is_empty() && singly.is_empty());
    apply_all(&mut at_once, &inverse).unwrap();
    assert_eq!(write(&at_once), write(&board));
    // Out of order, or with somebody left who refers to it, it is refused as a whole, and who that is is named.
    let mut wrong = edits.clone();
    wrong.reverse();
    let link = board.links().values().next().unwrap();
    let placement = board.sticky(link.to).unwrap();
    let mut again = edits.clone();
    again.insert(board.links().len(), Edit::Add(Box::new(Element::Link(link.clone()))));
    for edits in [wrong, again] {
        let err = apply_all(&mut at_once, &edits).unwrap_err();
        assert!(matches!(err, EditError::Referred { .. }), "{err}");
        assert_eq!(write(&at_once), write(&board));
    }
    let mut few = board.clone();
    assert!(apply(&mut few, &removal(&board, placement.of.unwrap())).is_err());
}

#[test]
fn a_placement_that_stays_takes_over() {
    let board = chain(20);
    let definitions = board.stickies().values().filter(|it| it.of.is_none()).map(|it| it.id).collect();
    let mut left = board.clone();
    apply_all(&mut left, &delete(&board, &definitions)).unwrap();
    let names: Vec<String> = left.stickies().keys().map(|id| left.name(*id)).collect();
    assert_eq!(names, (0..20).map(|it| format!("Event {it}")).collect::<Vec<_>>());
}

#[test]
fn photos_together_are_no_more_than_can_be_read_again() {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(PHOTO_MOST, 0);
    let data = PhotoBytes::from(bytes);
    let mut ids = IdSource::seeded(3);
    let mut history = History::new(Board::new());
    let photo = |ids: &mut IdSource| {
        let photo = Photo::new(ids.next_id(), Rect { x: 0, y: 0, w: 100, h: 100 }, "wall.png", data.clone());
        vec![Edit::Add(Box::new(Element::Photo(photo)))]
    };
    for _ in 0..PHOTOS_MOST / PHOTO_MOST {
        history.commit("Place", photo(&mut ids)).unwrap();
    }
    let err = history.commit("Place", photo(&mut ids)).unwrap_err().to_string();
    assert!(err.contains("128 MB together"), "{err}");
    history.undo();
    history.take_log();
    // While a photo is dragged as a copy it is not written down again and again, but once at the end.
    history.begin("Copy");
    history.update(photo(&mut ids)).unwrap();
    history.checkpoint();
    assert!(history.take_log().is_empty());
    history.finish();
    assert_eq!(history.take_log().len(), 1);
}

#[test]
fn numbers_at_the_end_of_their_range_are_refused() {
    for x in [i32::MIN, i32::MAX] {
        let text = format!("(format: 1, stickies: [(id: \"000000000000000a\", kind: \"command\", x: {x}, y: 0)])");
        assert!(read(text.as_bytes()).unwrap_err().message.contains("outside"), "{x}");
    }
}

#[test]
fn a_board_is_read_as_if_of_another_level() {
    let mut board = notation::board("C \"Place Order\" @0,0\nE \"Order Placed\" @160,0");
    assert!(matches!(board.at_level(Level::Design), std::borrow::Cow::Borrowed(_)));
    let process = board.at_level(Level::Process).into_owned();
    let edit = Edit::Settings { old: Setting::Level(Level::Design), new: Setting::Level(Level::Process) };
    apply(&mut board, &edit).unwrap();
    assert_eq!(process, board);
    assert_eq!(board.stickies().values().filter(|it| it.kind == Kind::COMMAND).count(), 1);
}
