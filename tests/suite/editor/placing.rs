//! Where new stickies, copies and pasted things come to lie.

use std::collections::BTreeSet;

use stormglass::board::{Board, FrameKind, Kind};
use stormglass::editor::{Input, Key, Mods, Request};
use stormglass::kit::{Id, PointF, Rect};

use super::Desk;

/// The stickies that were not there before.
fn new_ones(desk: &Desk, before: &Board) -> Vec<Rect> {
    let all = desk.history.board().stickies().values();
    all.filter(|it| !before.contains(it.id)).map(|it| it.rect()).collect()
}

#[test]
fn copies_lie_above_everything_in_the_order_of_their_originals() {
    for copy in ["duplicate", "paste", "drag"] {
        let mut desk = Desk::new();
        let ids = [0, 1, 2].map(|at| desk.sticky(Kind::DOMAIN_EVENT, 100 + at * 10, 100, "ABC".get(..1).unwrap()));
        for id in ids.iter().rev() {
            desk.editor.select_only(*id);
            desk.act("to_front");
        }
        desk.editor.selection = BTreeSet::from([ids[0], ids[2]]);
        match copy {
            "duplicate" => desk.act("duplicate"),
            "drag" => desk.drag((110.0, 150.0), (130.0, 150.0), Mods::ALT),
            _ => {
                desk.act("copy");
                let Some(Request::Copy(text)) = desk.requests.pop() else { panic!("nothing was copied") };
                desk.on(Input::Paste(text));
            }
        }
        let board = desk.history.board();
        let z = |id: &Id| board.sticky(*id).unwrap().z.clone();
        let highest = ids.iter().map(z).max().unwrap();
        let mut copies: Vec<Id> = desk.editor.selection.iter().copied().collect();
        assert!(copies.len() == 2 && copies.iter().all(|it| z(it) > highest), "{copy}");
        copies.sort_by_key(|it| board.rect(*it).unwrap().x);
        assert!(z(&copies[0]) > z(&copies[1]), "{copy}: what lay on top lies on top");
    }
}

#[test]
fn what_is_pasted_never_hides_on_what_is_there() {
    let mut desk = Desk::new();
    let id = desk.sticky(Kind::DOMAIN_EVENT, 100, 100, "Order Placed");
    desk.editor.select_only(id);
    desk.act("copy");
    let Some(Request::Copy(text)) = desk.requests.pop() else { panic!("nothing was copied") };
    desk.editor.hover = Some(PointF::new(150.0, 150.0));
    for _ in 0..3 {
        desk.on(Input::Paste(text.clone()));
    }
    let places: BTreeSet<(i32, i32)> = desk.history.board().stickies().values().map(|it| (it.x, it.y)).collect();
    assert_eq!(places, BTreeSet::from([(100, 100), (130, 130), (160, 160), (190, 190)]));
    assert_eq!(desk.at(desk.editor.single().unwrap()), (190, 190), "the last one is selected");
}

/// Rows of events with that pitch, from (0, 0).
fn wall(desk: &mut Desk, rows: i32, columns: i32, pitch: i32) -> Vec<Id> {
    let place = |at: i32| ((at % columns) * pitch, (at / columns) * pitch, format!("Event {at}"));
    (0..rows * columns).map(place).map(|(x, y, name)| desk.sticky(Kind::DOMAIN_EVENT, x, y, &name)).collect()
}

#[test]
fn the_next_sticky_takes_the_nearest_free_place() {
    let row = |x: i32, y: i32| Rect { x, y, w: 100, h: 100 };
    // (rows of nine, pitch, which is selected, the key, where the new one lies)
    for (rows, pitch, from, key, expected) in [
        (1, 180, 8, Key::Enter, row(8 * 180 + 160, 0)),
        (1, 180, 4, Key::Enter, row(4 * 180, 160)),
        (2, 180, 4, Key::Enter, row(4 * 180, -160)),
        (2, 180, 13, Key::Enter, row(4 * 180, 180 + 160)),
        (2, 180, 7, Key::Char('E'), row(7 * 180, -160)),
        (1, 400, 4, Key::Enter, row(4 * 400 + 160, 0)),
        // In the middle of a thick wall the nearest edge of it.
        (5, 120, 22, Key::Enter, row(4 * 120, 640)),
    ] {
        let mut desk = Desk::new();
        let ids = wall(&mut desk, rows, 9, pitch);
        let before = desk.history.board().clone();
        desk.editor.select_only(ids[from]);
        desk.key(key, Mods::NONE);
        if key == Key::Enter {
            desk.with(|editor, cx| editor.next_sticky(cx));
        }
        let new = new_ones(&desk, &before);
        assert_eq!(new, [expected], "{rows} {pitch} {from}");
        assert!(before.stickies().values().all(|it| it.rect().intersection(new[0]).is_none()));
    }
}

#[test]
fn what_annotates_touches_what_it_is_about_and_an_actor_lies_under_its_command() {
    // (what is selected, the key, how far apart the two may be at most)
    for (on, key, kind) in [
        (Kind::DOMAIN_EVENT, 'Q', Kind::HOTSPOT),
        (Kind::POLICY, 'Q', Kind::HOTSPOT),
        (Kind::COMMAND, 'O', Kind::OPPORTUNITY),
        (Kind::COMMAND, 'U', Kind::ACTOR),
    ] {
        let mut desk = Desk::new();
        wall(&mut desk, 1, 3, 180);
        let id = desk.sticky(on, 540, 0, "This");
        for x in [760, 940] {
            desk.sticky(Kind::DOMAIN_EVENT, x, 0, &format!("Event {x}"));
        }
        let before = desk.history.board().clone();
        desk.editor.select_only(id);
        desk.letter(key);
        let new = new_ones(&desk, &before)[0];
        let under = before.rect(id).unwrap();
        assert_eq!(desk.history.board().sticky(desk.editor.single().unwrap()).unwrap().kind, kind);
        assert!(new.grown(25).intersection(under).is_some(), "{key}: {new:?} at {under:?}");
        assert!(before.stickies().values().all(|it| it.rect().intersection(new).is_none()), "{key}: {new:?}");
        if kind == Kind::ACTOR {
            assert_eq!((new.x, new.y), (under.x, under.bottom()));
        }
    }
}

#[test]
fn the_nearest_free_place_is_none_in_a_frame_of_others() {
    let mut desk = Desk::new();
    let ids = wall(&mut desk, 1, 3, 180);
    desk.frame(FrameKind::BoundedContext, (-40, -60, 540, 200), "Ordering");
    let other = desk.frame(FrameKind::BoundedContext, (-40, 150, 540, 300), "Payment");
    let before = desk.history.board().clone();
    desk.editor.select_only(ids[0]);
    desk.letter('E');
    let new = new_ones(&desk, &before)[0];
    assert!(before.rect(other).unwrap().intersection(new).is_none(), "{new:?}");
}

#[test]
fn the_next_sticky_stays_in_the_frames_of_the_one_before() {
    for sample in stormglass::session::SAMPLES {
        let board = sample.board().unwrap();
        let ids: Vec<Id> = board.stickies().keys().copied().collect();
        for id in ids {
            let frames = |board: &Board, id: Id| -> Vec<(Id, Rect)> {
                let place = board.rect(id).unwrap();
                let round = board.frames().values().filter(|it| stormglass::board::holds(it, id, place));
                round.map(|it| (it.id, it.rect())).collect()
            };
            let mut desk = Desk::new();
            desk.history = stormglass::journal::History::new(board.clone());
            let before = frames(&board, id);
            desk.editor.select_only(id);
            desk.letter('E');
            let new = desk.editor.single().unwrap();
            let now = desk.history.board();
            let after = frames(now, new);
            let names = |all: &[(Id, Rect)]| all.iter().map(|it| it.0).collect::<Vec<_>>();
            let of = format!("{} beside {}", sample.key, board.name(id));
            assert_eq!(names(&after), names(&before), "{of}");
            let place = now.rect(new).unwrap();
            assert!(after.iter().all(|it| it.1.encloses(place)), "{of}: {place:?} in {after:?}");
        }
    }
}

#[test]
fn a_pasted_list_takes_the_nearest_free_area_and_is_seen() {
    let list = |count: usize| (0..count).map(|it| format!("Pasted {it}\n")).collect::<String>();
    // (where the pointer is, how many lines)
    for (at, count) in [((600.0, 300.0), 5), ((10.0, 10.0), 12), ((1_270.0, 700.0), 3), ((1_270.0, 700.0), 200)] {
        let mut desk = Desk::new();
        wall(&mut desk, 4, 7, 180);
        desk.editor.hover = Some(PointF::new(at.0, at.1));
        let before = desk.history.board().clone();
        desk.on(Input::Paste(list(count)));
        let new = new_ones(&desk, &before);
        assert_eq!(new.len(), count);
        let seen = desk.editor.camera.visible();
        for place in new {
            assert!(before.stickies().values().all(|it| it.rect().intersection(place).is_none()), "{at:?}: {place:?}");
            let corner = PointF::new(place.right() as f32, place.bottom() as f32);
            assert!(seen.contains(place.to_f().center()) && seen.contains(corner), "{at:?}: {place:?} of {seen:?}");
        }
    }
}
