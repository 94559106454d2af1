//! Tests of boundary advice: planted contexts are found, drawn ones are found again, and accepting draws frames.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use stormglass::board::{
    Board, Edit, Element, Frame, FrameKind, Kind, Level, Link, Setting, Sticky, apply, apply_all, delete,
};
use stormglass::flow::{Boundaries, Flow, Grain, Member, Options, Proposal};
use stormglass::kit::{Id, IdSource, Point, Rect, Streams};
use stormglass::layout::draw_contexts;
use stormglass::session::Sample;

fn advice(board: &Board) -> Boundaries {
    Flow::read(board, Options { ghosts: true }).boundaries(Grain::Medium)
}

fn add(board: &mut Board, element: Element) {
    apply(board, &Edit::Add(Box::new(element))).unwrap();
}

/// Contexts of some aggregates each with commands, events and policies, and a few arrows from one to the other; which
/// context each sticky was planted in. The places say nothing.
fn planted(seed: u64) -> (Board, BTreeMap<Id, usize>) {
    let mut rng = Streams::new(seed).stream("planted");
    let mut ids = IdSource::seeded(seed);
    let mut board = Board::new();
    let process = Edit::Settings { old: Setting::Level(Level::BigPicture), new: Setting::Level(Level::Process) };
    apply(&mut board, &process).unwrap();
    let mut home = BTreeMap::new();
    let nouns = [["Parcel", "Route"], ["Invoice", "Refund"], ["Recipe", "Kitchen"], ["Patient", "Ward"]];
    let mut doors: Vec<(Vec<Id>, Vec<Id>)> = Vec::new();
    for (context, nouns) in nouns.iter().enumerate().take(2 + rng.below(3) as usize) {
        let (mut events, mut commands) = (Vec::new(), Vec::new());
        for noun in nouns {
            let mut sticky = |kind, text: String| {
                let at = Point::new(rng.between(0, 9_000) as i32, rng.between(0, 9_000) as i32);
                let id = ids.next_id();
                add(&mut board, Element::Sticky(Sticky::new(id, kind, at, text)));
                home.insert(id, context);
                id
            };
            let aggregate = sticky(Kind::AGGREGATE, (*noun).to_owned());
            let mut last: Option<Id> = None;
            for (order, done) in [("Create", "Created"), ("Change", "Changed"), ("Close", "Closed")] {
                let command = sticky(Kind::COMMAND, format!("{order} {noun}"));
                let event = sticky(Kind::DOMAIN_EVENT, format!("{noun} {done}"));
                let policy = last.map(|_| sticky(Kind::POLICY, format!("Whenever so, {} it", order.to_lowercase())));
                let mut links = vec![(command, aggregate), (aggregate, event)];
                links.extend(last.zip(policy));
                links.extend(policy.map(|it| (it, command)));
                last = Some(event);
                events.push(event);
                commands.push(command);
                doors.resize(doors.len().max(context + 1), Default::default());
                for (from, to) in links {
                    doors[context].0.push(from);
                    doors[context].1.push(to);
                }
            }
        }
        // The two aggregates of a context talk to each other, both ways.
        doors[context].0.extend([events[2], events[5]]);
        doors[context].1.extend([commands[3], commands[0]]);
        doors.push((events, commands));
        let own = doors.pop().unwrap();
        if context > 0 {
            // One event of the context before leads to this one.
            let from = doors[context - 1].0[1];
            doors[context].0.push(from);
            doors[context].1.push(own.1[0]);
        }
    }
    let mut seen = BTreeSet::new();
    for (from, to) in doors.iter().flat_map(|it| it.0.iter().zip(&it.1)) {
        if from != to && seen.insert((*from, *to)) {
            add(&mut board, Element::Link(Link::new(ids.next_id(), *from, *to)));
        }
    }
    (board, home)
}

/// How far two divisions agree: 1 if they are the same, about 0 if one says nothing of the other (the Rand index,
/// adjusted for chance).
fn agreement(pairs: &[(usize, usize)]) -> f64 {
    let choose = |it: usize| (it * it.saturating_sub(1) / 2) as f64;
    let mut both: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let (mut one, mut other): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
    for (a, b) in pairs {
        *both.entry((*a, *b)).or_default() += 1;
        *one.entry(*a).or_default() += 1;
        *other.entry(*b).or_default() += 1;
    }
    let sum = |it: Vec<usize>| it.into_iter().map(choose).sum::<f64>();
    let (both, one, other) =
        (sum(both.into_values().collect()), sum(one.into_values().collect()), sum(other.into_values().collect()));
    let chance = one * other / choose(pairs.len()).max(1.0);
    let most = (one + other) / 2.0;
    if (most - chance).abs() < 1e-9 { 1.0 } else { (both - chance) / (most - chance) }
}

fn divided(advice: &Boundaries, home: &BTreeMap<Id, usize>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut alone = advice.proposals.len();
    for (id, at) in home {
        let found = advice.proposals.iter().position(|it| it.members.iter().any(|it| it.id == *id));
        alone += 1;
        pairs.push((*at, found.unwrap_or(alone)));
    }
    pairs
}

proptest! {
    #![proptest_config(crate::laws::cases(256))]

    #[test]
    fn planted_contexts_are_found(seed: u64) {
        let (board, home) = planted(seed);
        let found = advice(&board);
        prop_assert_eq!(&found, &advice(&board), "the same board, the same advice");
        let pairs = divided(&found, &home);
        prop_assert!(agreement(&pairs) > 0.95, "{} {:?}", agreement(&pairs), pairs);
        for it in &found.crossing {
            prop_assert!(home[&it.from] != home[&it.to]);
        }
    }
}

#[test]
fn samples_without_their_frames_are_divided_much_as_they_were() {
    // How far the advice agrees with the frames that people drew, at least. Who drew the frames of the meetings made
    // one context of several aggregates that hardly speak to each other, which no coupling tells.
    let least = [
        ("food-ordering", 0.99),
        ("food-ordering-big-picture", 0.0),
        ("library", 0.99),
        ("meetings-and-payments", 0.4),
        ("insurance-claim", 0.3),
    ];
    for (key, least) in least {
        let sample = Sample::find(key).unwrap();
        let before = sample.board().unwrap();
        let frames: BTreeSet<Id> =
            before.frames().values().filter(|it| it.kind == FrameKind::BoundedContext).map(|it| it.id).collect();
        let numbers: BTreeMap<Id, usize> = frames.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let flowing = before.stickies().values().filter(|it| it.kind.role().flows());
        let home: BTreeMap<Id, usize> = flowing
            .filter_map(|it| Some((it.id, numbers[&before.frame_of(it.id, FrameKind::BoundedContext)?.id])))
            .collect();
        let mut board = before.clone();
        let edits = delete(&board, &frames);
        apply_all(&mut board, &edits).unwrap();
        let found = advice(&board);
        let pairs = divided(&found, &home);
        let agreement = agreement(&pairs);
        assert!(agreement >= least, "{key}: {agreement:.2}");
        assert!(
            found.proposals.iter().all(|it| !it.name.is_empty() && it.members.iter().all(|it| !it.reason.is_empty()))
        );
    }
}

#[test]
fn accepted_advice_becomes_frames_round_the_members_alone() {
    for seed in 0..5 {
        let (board, home) = planted(seed);
        let found = advice(&board);
        let all: Vec<_> = found.proposals.iter().collect();
        for accepted in [&all[..1], &all[..]] {
            let mut after = board.clone();
            let edits = draw_contexts(&board, accepted, &mut IdSource::seeded(seed + 100));
            apply_all(&mut after, &edits).unwrap();
            assert_eq!(after.frames().len(), accepted.len());
            for id in home.keys() {
                let frame = after.frame_of(*id, FrameKind::BoundedContext).map(|it| it.text.clone());
                let wanted = accepted.iter().find(|it| it.members.iter().any(|it| it.id == *id));
                assert_eq!(frame, wanted.map(|it| it.name.clone()), "{}", after.name(*id));
            }
        }
    }
}

#[test]
fn members_that_lie_together_stay_where_they_are() {
    let sample = Sample::find("library").unwrap().board().unwrap();
    let frames: BTreeSet<Id> = sample.frames().keys().copied().collect();
    let mut board = sample.clone();
    apply_all(&mut board, &delete(&sample, &frames)).unwrap();
    let found = advice(&board);
    let edits = draw_contexts(&board, &found.proposals.iter().collect::<Vec<_>>(), &mut IdSource::seeded(1));
    assert!(edits.iter().all(|it| matches!(it, Edit::Add(_))), "only frames are drawn");
    assert_eq!(edits.len(), 2);
}

/// A context that takes members in grows: what lies below it makes way.
#[test]
fn a_context_that_grows_takes_in_nobody_else() {
    let mut ids = IdSource::seeded(1);
    let mut board = Board::new();
    let mut frame = |board: &mut Board, rect: Rect, name: &str| {
        let id = ids.next_id();
        add(board, Element::Frame(Frame::new(id, FrameKind::BoundedContext, rect, name)));
        let at = Point::new(rect.x + 60, rect.y + 120);
        add(board, Element::Sticky(Sticky::new(ids.next_id(), Kind::DOMAIN_EVENT, at, format!("{name} Opened"))));
        id
    };
    let orders = frame(&mut board, Rect { x: 0, y: 0, w: 600, h: 400 }, "Orders");
    let payments = frame(&mut board, Rect { x: 40, y: 430, w: 300, h: 300 }, "Payments");
    let lone = ids.next_id();
    add(&mut board, Element::Sticky(Sticky::new(lone, Kind::DOMAIN_EVENT, Point::new(3_000, 0), "Order Placed")));
    let note = ids.next_id();
    add(&mut board, Element::Sticky(Sticky::new(note, Kind::NOTE, Point::new(450, 450), "Who pays?")));
    let members = vec![Member { id: lone, reason: "its words".to_owned() }];
    let proposal = Proposal { name: "Orders".to_owned(), joins: Some(orders), members, inside: 90 };
    let edits = draw_contexts(&board, &[&proposal], &mut ids);
    apply_all(&mut board, &edits).unwrap();
    let home = |id| board.frame_of(id, FrameKind::BoundedContext).map(|it| it.id);
    assert_eq!(home(lone), Some(orders));
    assert_eq!(home(note), None);
    let (orders, payments) = (board.rect(orders).unwrap(), board.rect(payments).unwrap());
    assert!(orders.intersection(payments).is_none(), "{orders:?} {payments:?}");
}

/// What lies side by side was read as linked; the members are moved apart, and what led from one to the other is kept.
#[test]
fn ghost_links_that_accepting_would_lose_become_links() {
    let stickies = [
        (Kind::COMMAND, "Place Order"),
        (Kind::AGGREGATE, "Order"),
        (Kind::DOMAIN_EVENT, "Order Placed"),
        (Kind::POLICY, "Whenever an order is placed, take payment"),
        (Kind::COMMAND, "Take Payment"),
        (Kind::AGGREGATE, "Payment"),
        (Kind::DOMAIN_EVENT, "Payment Taken"),
    ];
    let mut ids = IdSource::seeded(1);
    let mut board = Board::new();
    let process = Edit::Settings { old: Setting::Level(Level::BigPicture), new: Setting::Level(Level::Process) };
    apply(&mut board, &process).unwrap();
    let mut all = Vec::new();
    let mut x = 0;
    for (kind, text) in stickies {
        let id = ids.next_id();
        all.push(id);
        add(&mut board, Element::Sticky(Sticky::new(id, kind, Point::new(x, 0), text)));
        x += kind.spec().size.w + 70;
    }
    let arrows = |board: &Board| -> BTreeSet<(Id, Id)> {
        Flow::read(board, Options { ghosts: true }).edges().map(|it| (it.from, it.to)).collect()
    };
    let before = arrows(&board);
    assert!(before.contains(&(all[3], all[4])) && before.len() >= 6, "{before:?}");
    let proposal = |name: &str, members: &[usize]| Proposal {
        name: name.to_owned(),
        joins: None,
        members: members.iter().map(|it| Member { id: all[*it], reason: String::new() }).collect(),
        inside: 80,
    };
    // Neither lies together: both are gathered.
    for accepted in [vec![proposal("A", &[0, 1, 5, 6])], vec![proposal("A", &[0, 1, 5, 6]), proposal("B", &[2, 3, 4])]]
    {
        let mut after = board.clone();
        let edits = draw_contexts(&board, &accepted.iter().collect::<Vec<_>>(), &mut IdSource::seeded(9));
        apply_all(&mut after, &edits).unwrap();
        assert_eq!(after.frames().len(), accepted.len());
        assert!(arrows(&after).is_superset(&before), "{:?}", before.difference(&arrows(&after)).collect::<Vec<_>>());
    }
}

#[test]
fn proposed_contexts_have_names_of_their_own() {
    let mut text = String::new();
    for (row, (verb, done, system)) in
        [("Pay", "Paid", "Bank"), ("Ship", "Shipped", "Courier"), ("Cook", "Cooked", "Oven")].into_iter().enumerate()
    {
        let y = row * 3_000;
        text.push_str(&format!(
            "C c{row} \"{verb} Order\" @0,{y}\n A a{row} \"Order\" @200,{y}\n E e{row} \"Order {done}\" @400,{y}\n \
             P p{row} \"Whenever {done} order\" @600,{y}\n C d{row} \"Close {verb} order\" @800,{y}\n \
             X x{row} \"{system}\" @1000,{y}\n E f{row} \"{verb} order closed\" @1200,{y}\n \
             c{row} -> a{row}\n a{row} -> e{row}\n e{row} -> p{row}\n p{row} -> d{row}\n d{row} -> x{row}\n x{row} -> f{row}\n "
        ));
    }
    let names: Vec<String> = advice(&crate::notation::board(&text)).proposals.into_iter().map(|it| it.name).collect();
    let different: BTreeSet<&String> = names.iter().collect();
    assert!(names.len() > 1 && different.len() == names.len(), "{names:?}");
    assert!(names.contains(&"Order".to_owned()), "{names:?}");
}
