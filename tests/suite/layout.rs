//! Tests of `layout`: what leads to what stands from left to right, frames keep their members, and what is pinned or
//! locked stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use proptest::prelude::*;
use stormglass::board::{
    Board, Edit, Element, Field, Frame, FrameKind, Kind, Level, Link, Setting, Sticky, apply, apply_all,
};
use stormglass::flow::{Flow, Options};
use stormglass::kit::{Id, IdSource, Point, Rect, Rng, Streams};
use stormglass::layout::{Tidied, tidy};
use stormglass::session::SAMPLES;

fn tidied(board: &Board, only: Option<&BTreeSet<Id>>) -> (Board, Tidied) {
    let flow = Flow::read(board, Options { ghosts: true });
    let tidied = tidy(board, &flow, only, &mut |_| ControlFlow::Continue(())).unwrap();
    let mut after = board.clone();
    apply_all(&mut after, &tidied.edits).unwrap();
    (after, tidied)
}

fn add(board: &mut Board, element: Element) {
    apply(board, &Edit::Add(Box::new(element))).unwrap();
}

/// The frames of each kind that an element lies in.
fn homes(board: &Board, id: Id) -> Vec<Option<Id>> {
    FrameKind::ALL.iter().map(|kind| board.frame_of(id, *kind).map(|it| it.id)).collect()
}

/// The stickies of each frame change places among each other, so that only the arrows know the story.
fn shuffled(board: &Board, rng: &mut Rng) -> Board {
    let mut groups: BTreeMap<Vec<Option<Id>>, Vec<Id>> = BTreeMap::new();
    for id in board.stickies().keys() {
        groups.entry(homes(board, *id)).or_default().push(*id);
    }
    let mut after = board.clone();
    for ids in groups.values() {
        let mut places: Vec<Point> = ids.iter().filter_map(|id| board.rect(*id)).map(|it| it.center()).collect();
        for at in (1..places.len()).rev() {
            places.swap(at, rng.below(at as u64 + 1) as usize);
        }
        for (id, middle) in ids.iter().zip(places) {
            let size = board.rect(*id).unwrap();
            let at = Point::new(middle.x - size.w / 2, middle.y - size.h / 2);
            let edit = after.set(*id, Field::At(at)).unwrap();
            apply(&mut after, &edit).unwrap();
        }
    }
    after
}

/// Stickies that cover each other, remarks left out: those may be stuck on something.
fn covered(board: &Board) -> Vec<(String, String)> {
    let flowing = board.stickies().values().filter(|it| it.kind.role().flows());
    let all: Vec<(Id, Rect)> = flowing.map(|it| (it.id, it.rect())).collect();
    let mut found = Vec::new();
    for (at, (a, one)) in all.iter().enumerate() {
        for (b, other) in &all[at + 1..] {
            if one.intersection(*other).is_some() {
                found.push((board.name(*a), board.name(*b)));
            }
        }
    }
    found
}

#[test]
fn samples_are_told_from_left_to_right_again_once_shuffled() {
    let mut rng = Streams::new(5).stream("layout");
    for sample in SAMPLES {
        let before = shuffled(&sample.board().unwrap(), &mut rng);
        let (after, _) = tidied(&before, None);
        assert_eq!(covered(&after), [], "{}", sample.key);
        for id in after.stickies().keys() {
            assert_eq!(homes(&before, *id), homes(&after, *id), "{}: {}", sample.key, after.name(*id));
        }
        let frames: Vec<Rect> = after.frames().values().map(Frame::rect).collect();
        for (at, one) in frames.iter().enumerate() {
            for other in &frames[at + 1..] {
                let nested = one.encloses(*other) || other.encloses(*one);
                assert!(nested || one.intersection(*other).is_none(), "{}: {one:?} {other:?}", sample.key);
            }
        }
        // Commands to their handlers, handlers to events, events to policies: within a frame always to the right.
        let backwards = after.links().values().filter(|it| {
            let (from, to) = (after.sticky(it.from).unwrap(), after.sticky(it.to).unwrap());
            let feeds = to.kind == Kind::READ_MODEL || to.kind == Kind::ACTOR || from.kind == Kind::READ_MODEL;
            let decides = from.kind == Kind::ACTOR;
            homes(&after, it.from) == homes(&after, it.to) && !feeds && !decides && from.rect().right() > to.x
        });
        assert_eq!(backwards.map(|it| after.name(it.from)).collect::<Vec<_>>(), [""; 0], "{}", sample.key);
    }
}

#[test]
fn a_selection_is_tidied_where_it_is_and_round_what_stays() {
    let mut board = Board::new();
    let mut ids = IdSource::seeded(3);
    let mut sticky = |board: &mut Board, kind, x, y, text: &str| {
        let id = ids.next_id();
        add(board, Element::Sticky(Sticky::new(id, kind, Point::new(x, y), text)));
        id
    };
    let event = sticky(&mut board, Kind::DOMAIN_EVENT, 400, 300, "Order Placed");
    let command = sticky(&mut board, Kind::COMMAND, 700, 420, "Place Order");
    let stone = sticky(&mut board, Kind::NOTE, 560, 300, "in the way");
    add(&mut board, Element::Link(Link::new(ids.next_id(), command, event)));
    let (after, done) = tidied(&board, Some(&BTreeSet::from([event, command])));
    assert_eq!(after.rect(stone), board.rect(stone));
    let (command, event) = (after.rect(command).unwrap(), after.rect(event).unwrap());
    assert!(command.right() < event.x && command.y == event.y, "{command:?} {event:?}");
    let stone = after.rect(stone).unwrap();
    assert!(stone.intersection(command).is_none() && stone.intersection(event).is_none());
    assert_eq!((done.moved, done.kept), (2, 0));
}

/// A board of frames side by side, some with a smaller one inside, and stickies and links at random.
fn random_board(rng: &mut Rng) -> Board {
    let mut board = Board::new();
    let process = Edit::Settings { old: Setting::Level(Level::BigPicture), new: Setting::Level(Level::Process) };
    apply(&mut board, &process).unwrap();
    let mut ids = IdSource::seeded(rng.below(1 << 40));
    let count = rng.below(4) as i32;
    for at in 0..count {
        let rect = Rect { x: at * 1000, y: 0, w: 800, h: 700 };
        add(&mut board, Element::Frame(Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, "Context")));
        if rng.below(2) == 0 {
            let inner = Rect { x: rect.x + 300, y: 150, w: 400, h: 400 };
            add(&mut board, Element::Frame(Frame::new(ids.next_id(), FrameKind::Aggregate, inner, "Aggregate")));
        }
    }
    let kinds: Vec<Kind> = Kind::all().collect();
    let mut stickies = Vec::new();
    let pins_inside = rng.below(2) == 0;
    for _ in 0..rng.below(40) {
        let at = Point::new(rng.between(-300, 4000) as i32, rng.between(-200, 900) as i32);
        let mut sticky = Sticky::new(ids.next_id(), *rng.pick(&kinds).unwrap(), at, "Something Happened");
        // What is pinned lies in one context or outside: pins everywhere may leave no way out.
        let inside = (50..650).contains(&at.x) && (50..550).contains(&at.y);
        sticky.pinned = (if pins_inside { inside } else { at.x < -150 }) && rng.below(3) == 0;
        stickies.push(sticky.id);
        add(&mut board, Element::Sticky(sticky));
    }
    for _ in 0..rng.below(40) {
        if let (Some(from), Some(to)) = (rng.pick(&stickies), rng.pick(&stickies))
            && from != to
        {
            add(&mut board, Element::Link(Link::new(ids.next_id(), *from, *to)));
        }
    }
    board
}

proptest! {
    #![proptest_config(crate::laws::cases(256))]

    #[test]
    fn tidying_keeps_members_and_what_is_pinned(seed: u64) {
        let board = random_board(&mut Streams::new(seed).stream("board"));
        let (after, done) = tidied(&board, None);
        prop_assert_eq!(tidied(&board, None).1, done, "the same board, the same places");
        for sticky in board.stickies().values() {
            prop_assert_eq!(homes(&board, sticky.id), homes(&after, sticky.id), "{:?} {:?}", sticky.rect(), after.rect(sticky.id));
            if sticky.pinned {
                prop_assert_eq!(after.rect(sticky.id), Some(sticky.rect()));
            }
        }
    }
}

/// An aggregate that grows does not put its members out of the context round it, which cannot grow with it.
#[test]
fn an_inner_frame_keeps_its_members_in_the_outer_one() {
    let board = random_board(&mut Streams::new(16_365_581_459_227_466_274).stream("board"));
    let (after, _) = tidied(&board, None);
    for sticky in board.stickies().keys() {
        assert_eq!(homes(&board, *sticky), homes(&after, *sticky));
    }
}

/// The arrows of a board, drawn and read from places, by the names of their ends.
fn arrows(board: &Board) -> BTreeSet<(String, String)> {
    let flow = Flow::read(board, Options { ghosts: true });
    let name = |id: Id| format!("{} {id:?}", board.name(id));
    flow.edges().map(|it| (name(it.from), name(it.to))).collect()
}

/// A sample as people hang it on a wall: nobody has drawn an arrow.
fn on_paper(sample: &stormglass::session::Sample) -> Board {
    let mut board = sample.board().unwrap();
    let links: BTreeSet<Id> = board.links().keys().copied().collect();
    let edits = stormglass::board::delete(&board, &links);
    apply_all(&mut board, &edits).unwrap();
    board
}

#[test]
fn tidying_keeps_what_was_read_from_places() {
    let (mut drawn, mut invented) = (0, Vec::new());
    for sample in SAMPLES {
        let before = on_paper(sample);
        let (after, tidied) = stormglass::session::tidied_board(&before);
        let (was, is) = (arrows(&before), arrows(&after));
        let lost: Vec<_> = was.difference(&is).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", sample.key);
        invented.extend(is.difference(&was).map(|it| format!("{}: {it:?}", sample.key)));
        drawn += tidied.drawn;
        assert_eq!(
            (after.links().len(), after.refusals().len()),
            (tidied.drawn, tidied.refused + before.refusals().len())
        );
        assert_eq!(stormglass::session::tidied_board(&before).0, after, "the same board, the same links");
    }
    assert!(drawn > 0, "no sample has a ghost link that tidying moves: this checks nothing");
    assert!(invented.is_empty(), "{invented:#?}");
}
