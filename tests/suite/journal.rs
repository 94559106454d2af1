//! Tests of `journal`: undo is the inverse of do, a replayed journal gives the same board, a torn tail loses no more
//! than itself.

use std::collections::BTreeSet;

use proptest::prelude::*;
use stormglass::board::{
    Board, Edit, Element, Field, Frame, FrameKind, Kind, Level, Link, Mark, Outputs, Pattern, Photo, PhotoBytes,
    Relationship, Scenario, Setting, Sticky, Upstream, Waiver, delete, duplicate, move_by, read, set_text, write,
};
use stormglass::journal::{Header, History, read_log, record};
use stormglass::kit::{Id, IdSource, OrderKey, Point, Rect, Rng, Size, Streams};

/// One random step, as a person might take it: some edits fit the board, some must be refused.
fn random_step(board: &Board, rng: &mut Rng, ids: &mut IdSource) -> Vec<Edit> {
    let stickies: Vec<Id> = board.stickies().keys().copied().collect();
    let others = board.frames().keys().chain(board.links().keys()).chain(board.photos().keys());
    let any: Vec<Id> = stickies.iter().chain(others).copied().collect();
    let pick = |rng: &mut Rng| rng.pick(&any).copied();
    let at = Point::new(rng.between(-500, 500) as i32, rng.between(-500, 500) as i32);
    let kinds: Vec<Kind> = Kind::all().collect();
    let kind = *rng.pick(&kinds).unwrap();
    let texts = ["Order Placed", "Place Order\norder: uuid key", "", "Ünïcode \u{202e} 💥", "a\n\nb\r\n\"quoted\" \\"];
    let text = *rng.pick(&texts).unwrap();
    let add = |element| vec![Edit::Add(Box::new(element))];
    match rng.below(17) {
        0..=3 => add(Element::Sticky(Sticky::new(ids.next_id(), kind, at, text))),
        4 => {
            let rect = Rect::new(at, Size::new(rng.between(-1, 300) as i32, 200));
            add(Element::Frame(Frame::new(ids.next_id(), FrameKind::ALL[rng.below(4) as usize], rect, text)))
        }
        5 => match (rng.pick(&stickies), rng.pick(&stickies)) {
            (Some(from), Some(to)) => add(Element::Link(Link::new(ids.next_id(), *from, *to))),
            _ => Vec::new(),
        },
        6 => add(Element::Scenario(Scenario::new(ids.next_id(), at, text))),
        7 => match pick(rng) {
            Some(on) => {
                add(Element::Waiver(Waiver { id: ids.next_id(), rule: "S5".to_owned(), on, reason: text.to_owned() }))
            }
            None => Vec::new(),
        },
        8 => {
            let some: BTreeSet<Id> = (0..2).filter_map(|_| pick(rng)).collect();
            delete(board, &some)
        }
        9 => {
            let some: BTreeSet<Id> = (0..3).filter_map(|_| pick(rng)).collect();
            move_by(board, &some, at.x, at.y)
        }
        10 => pick(rng).map_or(Vec::new(), |id| set_text(board, id, text)),
        13 => {
            let frames: Vec<Id> = board.frames().keys().copied().collect();
            let known: Vec<Id> = frames.iter().chain(board.relationships().keys()).copied().collect();
            let fields = [
                Field::Map(Some(at)),
                Field::Map(Some(Point::new(i32::MAX, 0))),
                Field::Pattern(*rng.pick(&Pattern::ALL).unwrap(), rng.chance(0.7)),
                Field::Upstream(Upstream::To),
                Field::Text(text.to_owned()),
            ];
            match (rng.chance(0.4), rng.pick(&frames), rng.pick(&frames), rng.pick(&known)) {
                (true, Some(from), Some(to), _) => {
                    add(Element::Relationship(Relationship::new(ids.next_id(), *from, *to)))
                }
                (_, _, _, Some(id)) => board.set(*id, rng.pick(&fields).cloned().unwrap()).ok().into_iter().collect(),
                _ => Vec::new(),
            }
        }
        11 => {
            let some: BTreeSet<Id> = (0..3).filter_map(|_| pick(rng)).collect();
            duplicate(board, &some, 20, 20, ids).0
        }
        12 => {
            let fields = [
                Field::Kind(kind),
                Field::Mark(Mark::Pivotal, rng.chance(0.5)),
                Field::Outputs(Some(Outputs::Either)),
                Field::Topic(Some("t".to_owned())),
                Field::Of(rng.pick(&stickies).copied()),
                Field::To(ids.next_id()),
                Field::At(Point::new(i32::MAX, 0)),
            ];
            let field = rng.pick(&fields).cloned().unwrap();
            pick(rng).and_then(|id| board.set(id, field).ok()).into_iter().collect()
        }
        14 => {
            let rect = Rect::new(at, Size::new(rng.between(0, 300) as i32, 200));
            let data = PhotoBytes::from(b"\x89PNG\r\n\x1a\n".to_vec());
            add(Element::Photo(Photo::new(ids.next_id(), rect, text, data)))
        }
        15 => {
            let id = pick(rng);
            let old = id.and_then(|it| board.field(it, &Field::Z(OrderKey::default())).ok());
            match (id, old) {
                (Some(id), Some(Field::Z(z))) => {
                    let new = if rng.chance(0.5) {
                        OrderKey::between(Some(&z), None)
                    } else {
                        OrderKey::between(None, Some(&z))
                    };
                    vec![Edit::Set { id, old: Field::Z(z), new: Field::Z(new) }]
                }
                _ => Vec::new(),
            }
        }
        _ => {
            let old = Setting::Level(board.settings().level);
            vec![Edit::Settings { old, new: Setting::Level(Level::ALL[rng.below(3) as usize]) }]
        }
    }
}

fn invariants(board: &Board) {
    let text = write(board);
    let again = read(text.as_bytes()).unwrap_or_else(|err| panic!("{err}\n{text}"));
    assert_eq!(&again, board, "a board that was written reads back");
    assert_eq!(write(&again), text, "equal boards are equal bytes");
    for link in board.links().values() {
        assert!(board.sticky(link.from).is_some() && board.sticky(link.to).is_some() && link.from != link.to);
    }
    for it in board.relationships().values() {
        assert!(board.relationships().values().filter(|other| other.joins(it.from, it.to)).count() == 1);
    }
    for sticky in board.stickies().values() {
        if let Some(of) = sticky.of {
            assert!(board.sticky(of).is_some_and(|it| it.of.is_none()) && sticky.text.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(64))]

    #[test]
    fn undo_is_the_inverse_of_do_and_replay_gives_the_same_board(seed in any::<u64>(), steps in 1usize..40) {
        let streams = Streams::new(seed);
        let (mut rng, mut ids) = (streams.stream("steps"), IdSource::new(streams.stream("ids")));
        let mut history = History::default();
        let header = Header::new(history.board(), None, String::new());
        let mut journal = header.to_bytes();
        let mut states = vec![history.board().clone()];
        let mut marked = history.board().clone();
        for _ in 0..steps {
            if rng.chance(0.1) {
                history.mark();
                marked = history.board().clone();
            }
            let before = history.board().clone();
            let edits = random_step(&before, &mut rng, &mut ids);
            let depth = history.depth();
            match rng.below(4) {
                0 => {
                    history.begin("Gesture");
                    let half: Vec<Edit> = edits.iter().take(edits.len() / 2).cloned().collect();
                    let _ = history.update(half);
                    let _ = history.update(edits);
                    if rng.chance(0.3) { history.bail() } else { history.finish() }
                }
                _ => if history.commit("Step", edits).is_err() {
                    prop_assert_eq!(history.board(), &before, "a refused step changes nothing");
                }
            }
            if history.depth() > depth { states.push(history.board().clone()); } else { prop_assert_eq!(history.board(), &before); }
            invariants(history.board());
            prop_assert_eq!(history.marked(), &marked);
            prop_assert_eq!(history.is_as_marked(), history.board() == &marked);
            for transaction in history.take_log() { journal.extend(record(&transaction)); }
        }
        let end = history.board().clone();
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo().is_some());
            prop_assert_eq!(history.board(), state);
            prop_assert_eq!((history.marked(), history.is_as_marked()), (&marked, state == &marked));
        }
        prop_assert_eq!(history.undo(), None);
        for state in states.iter().skip(1) {
            prop_assert!(history.redo().is_some());
            prop_assert_eq!(history.board(), state);
        }
        prop_assert_eq!(history.redo(), None);
        prop_assert_eq!(write(history.board()), write(&end));
        for transaction in history.take_log() { journal.extend(record(&transaction)); }
        let recovered = read_log(&journal).unwrap();
        prop_assert_eq!(recovered.torn, 0);
        prop_assert_eq!(recovered.replay().unwrap(), end);
    }

    #[test]
    fn a_torn_tail_loses_no_more_than_itself(seed in any::<u64>(), cut in 0usize..4000, zero in any::<bool>()) {
        let streams = Streams::new(seed);
        let (mut rng, mut ids) = (streams.stream("steps"), IdSource::new(streams.stream("ids")));
        let mut history = History::default();
        let mut journal = Header::new(history.board(), None, String::new()).to_bytes();
        let head = journal.len();
        let mut marks = vec![(head, history.board().clone())];
        for _ in 0..12 {
            let edits = random_step(history.board(), &mut rng, &mut ids);
            let _ = history.commit("Step", edits);
            for transaction in history.take_log() { journal.extend(record(&transaction)); }
            marks.push((journal.len(), history.board().clone()));
        }
        let cut = head + cut.min(journal.len() - head);
        if zero { journal[cut..].fill(0) } else { journal.truncate(cut) }
        let want = &marks.iter().rev().find(|(end, _)| *end <= cut).unwrap().1;
        prop_assert_eq!(&read_log(&journal).unwrap().replay().unwrap(), want);
    }
}

#[test]
fn a_journal_without_a_header_is_refused() {
    for bytes in [&b""[..], b"x", &[0; 64], &[255; 64]] {
        assert!(read_log(bytes).is_err());
    }
}
