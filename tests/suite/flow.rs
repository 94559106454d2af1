//! Tests of `flow`: what is read from links, frames and geometry; cases are boards in words.

use std::collections::BTreeSet;

use stormglass::board::{Role, apply_all};
use stormglass::flow::{self, Flow, GRAMMAR, Options, Origin, Relation};
use stormglass::kit::{Id, IdSource};

use crate::notation::{Noted, read};

fn flow_of(noted: &Noted, ghosts: bool) -> Flow {
    Flow::read(&noted.board, Options { ghosts })
}

/// `from verb to`, one a line, guesses marked with `?`.
fn edges(noted: &Noted, flow: &Flow) -> String {
    let line = |it: &flow::Edge| {
        let ghost = if it.is_ghost() { "? " } else { "" };
        format!("{ghost}{} {} {}", noted.called(it.from), it.relation.verb(), noted.called(it.to))
    };
    flow.edges().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(ghosts: bool, board: &str, expected: &str) {
    let noted = read(board);
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    assert_eq!(edges(&noted, &flow_of(&noted, ghosts)).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_grammar_names_each_pair_once() {
    let pairs: BTreeSet<_> = GRAMMAR.iter().map(|it| (it.from, it.to)).collect();
    assert_eq!(pairs.len(), GRAMMAR.len());
    for it in GRAMMAR {
        assert!(flow::outside(it.from, it.to).is_none() && it.from.flows() && it.to.flows());
    }
    assert_eq!(flow::relation(Role::Hotspot, Role::Event), Some(Relation::Annotates));
    assert_eq!(
        flow::outside(Role::Command, Role::Command).as_deref(),
        Some("a command does not lead to a command: an event and a policy stand between them")
    );
}

/// The context map in words: `a > b` where `a` is upstream, then what crosses and whence, then the patterns.
fn map_of(noted: &Noted) -> String {
    let map = flow_of(noted, true).context_map(&noted.board);
    let relations = map.relations.iter().map(|it| {
        let (a, b) = match (it.upstream, it.downstream()) {
            (Some(up), Some(down)) => (up, down),
            _ => it.ends,
        };
        let sign = if it.upstream.is_some() { ">" } else { "=" };
        let crossings = it.crossings.iter().map(|it| {
            let ghost = if it.guessed { "?" } else { "" };
            format!("{ghost}{:?} {} from {}", it.kind, noted.board.name(it.message), noted.called(it.from))
        });
        let said = it.relationship.and_then(|id| noted.board.relationships().get(&id));
        let patterns = said.into_iter().flat_map(|it| &it.patterns).map(|it| it.name().to_owned());
        let parts: Vec<String> = crossings.chain(patterns).collect();
        format!("{} {sign} {}: {}", noted.called(a), noted.called(b), parts.join(", "))
    });
    let lost = map.lost.iter().map(|_| "lost".to_owned());
    relations.chain(lost).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_context_map_shows_what_crosses_and_who_is_upstream() {
    let contexts = "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n context \"Z\" @800,0 300x300";
    let cases = [
        // The one who publishes an event is upstream of the one who listens.
        ("E e \"Paid\" @50,50\n P p \"Whenever\" @450,50\n e -> p", "X > Y: Event Paid from X"),
        // The one who takes a command is upstream of the one who gives it.
        ("P p \"Whenever\" @50,50\n C c \"Pay\" @450,50\n p -> c", "Y > X: Command Pay from X"),
        // A read model that is looked at in another context.
        ("R r \"Prices\" @50,50\n P p \"Whenever\" @850,50\n r -> p", "X > Z: Query Prices from X"),
        // Both ways: neither is upstream until somebody says so.
        (
            "E e \"Paid\" @50,50\n P p \"Whenever\" @450,50\n e -> p\n E f \"Sent\" @550,50\n P q \"When sent\" @150,50\n f -> q",
            "X = Y: Event Paid from X, Event Sent from Y",
        ),
        // A further placement elsewhere is the same event; order counts where nothing else crosses.
        (
            "E e \"Paid\" @50,50\n E again of e @450,50\n P p \"Whenever\" @550,50\n again -> p\n E s \"Sent\" @450,150\n e -> s",
            "X > Y: Event Paid from X",
        ),
        ("E e \"Paid\" @50,50\n E s \"Sent\" @450,50\n e -> s", "X > Y: Event Paid from X"),
        // An event is at home where its aggregate is, wherever it was drawn.
        (
            "A a \"Order\" @50,50\n E e \"Paid\" @450,50\n P p \"Whenever\" @550,50\n a -> e\n e -> p",
            "X > Y: Event Paid from X",
        ),
        // What people do with another context's command, and what lies outside of contexts, is no relation.
        (
            "W w \"Guest\" @50,50\n C c \"Pay\" @450,50\n w -> c\n E e \"Paid\" @1300,0\n P p \"When\" @50,150\n e -> p",
            "",
        ),
        // What was said stands beside what crosses, without it, and where a context is gone.
        (
            "E e \"Paid\" @50,50\n P p \"Whenever\" @450,50\n e -> p\n relate Y and X: Conformist, Open host service",
            "X > Y: Event Paid from X, Conformist, Open host service",
        ),
        ("relate X and Z: Shared kernel", "X = Z: Shared kernel"),
        ("relate X and gone: Conformist", "lost"),
    ];
    for (board, expected) in cases {
        assert_eq!(map_of(&read(&format!("{contexts}\n{board}"))), expected, "{board}");
    }
}

#[test]
fn links_mean_what_their_ends_say() {
    check(
        false,
        r#"
        W "Guest"
        C "Order"
        A "Table"
        E "Ordered"
        P "Whenever ordered, cook"
        H "?"
        "Guest" -> "Order"
        "Order" -> "Table"
        "Table" -> "Ordered"
        "Ordered" -> "Whenever ordered, cook"
        "Ordered" -> "Order"
        "?" -> "Order"
        "#,
        "Guest decides to Order
         Order is invoked on Table
         Table produces Ordered
         Ordered activates Whenever ordered, cook
         Ordered leads, without a policy, to Order
         ? annotates Order",
    );
    check(
        false,
        r#"
        C a "Do This"
        C b "Do That"
        a -> b
        "#,
        "a is drawn to b",
    );
}

#[test]
fn a_frame_is_an_aggregate() {
    let board = r#"
        aggregate order "Order" @0,0 700x400
        C place "Place" @20,20
        E placed "Placed" @300,20
        C cancel "Cancel" @20,140
        E cancelled "Cancelled" @300,140
        X pay "Bank" @900,0
        C charge "Charge" @20,260
        charge -> pay
    "#;
    check(
        false,
        board,
        "charge is sent to pay
         place is invoked on order
         order produces placed
         cancel is invoked on order
         order produces cancelled",
    );
    let noted = read(board);
    let flow = flow_of(&noted, true);
    let outcome = |flow: &Flow, of: &str| -> Vec<String> {
        flow.outcomes(noted.id(of)).iter().map(|it| noted.called(it.event)).collect()
    };
    assert_eq!(outcome(&flow, "place"), ["placed"]);
    assert_eq!(outcome(&flow, "cancel"), ["cancelled"]);
    assert_eq!(outcome(&flow_of(&noted, false), "place"), ["placed", "cancelled"]);
    assert_eq!(flow.ghosts().count(), 2);
}

#[test]
fn a_frame_and_a_sticky_of_one_name_are_one_aggregate() {
    let noted = read(
        r#"
        context "Sales" @-50,-50 2000x800
        A sticky "Order" @1000,0
        aggregate frame "order" @0,0 700x400
        C "Place" @20,20
        "#,
    );
    let flow = flow_of(&noted, false);
    assert_eq!(flow.definition_of(noted.id("frame")), noted.id("sticky"));
    let handlers: Vec<Id> = flow.handlers(noted.id("Place")).iter().map(|it| it.definition).collect();
    assert_eq!(handlers, [noted.id("sticky")]);
    assert_eq!(flow.definition(noted.id("frame")).map(|it| it.placements.len()), Some(2));
}

/// A row as on a paper wall.
const ROW: &str = r#"
    W guest "Guest" @20,150
    C place "Place Order" @0,50
    A order "Order" @170,50
    E placed "Order Placed" @440,50
    P charge "Whenever ordered, charge" @610,50
    C pay "Charge" @880,50
    X bank "Bank" @1050,50
    E paid "Order Paid" @1320,50
    R open "Open Orders" @0,220
"#;

#[test]
fn a_row_is_read_from_left_to_right() {
    check(
        true,
        ROW,
        "? guest decides to place
         ? place is invoked on order
         ? pay is sent to bank
         ? order produces placed
         ? bank produces paid
         ? placed activates charge
         ? charge issues pay
         ? open is observed by guest",
    );
}

#[test]
fn nothing_is_guessed_on_a_big_picture_or_while_exploring() {
    check(true, &format!("level big_picture\n{ROW}"), "");
    check(true, &format!("exploring\n{ROW}"), "");
    check(false, ROW, "");
}

#[test]
fn a_drawn_link_answers_and_a_refusal_stays() {
    let answered = format!("{ROW}\n place -> placed\n refuse charge -> pay\n refuse open -> guest");
    check(
        true,
        &answered,
        "place results in placed
         ? guest decides to place
         ? pay is sent to bank
         ? bank produces paid
         ? placed activates charge",
    );
}

#[test]
fn commands_of_a_column_share_and_rows_pair() {
    check(
        true,
        r#"
        C a "A" @0,50
        C b "B" @0,170
        C c "C" @0,290
        A thing "Thing" @170,130
        E d "D" @440,50
        E e "E" @440,170
        E f "F" @440,290
        "#,
        "? a is invoked on thing
         ? b is invoked on thing
         ? c is invoked on thing
         ? thing produces d
         ? thing produces e
         ? thing produces f
         ? a results in d
         ? b results in e
         ? c results in f",
    );
}

#[test]
fn what_is_marked_is_not_guessed() {
    check(
        true,
        r#"
        A thing "Thing" @0,0
        E first "First" @270,0 !incoming
        P next "Next" @440,0
        E last "Last" @0,300 !final
        P again "Again" @170,300
        "#,
        "? first activates next",
    );
}

#[test]
fn a_second_column_of_events_is_order() {
    check(
        true,
        r#"
        A thing "Thing" @0,0
        E first "First" @270,0
        E second "Second" @440,0
        P next "Next" @610,0
        "#,
        "? thing produces first
         ? second activates next",
    );
}

#[test]
fn the_nearest_policy_reacts_also_beyond_a_pivotal_line() {
    check(
        true,
        r#"
        E a "A" @0,0
        P near "Near" @130,0
        P far "Far" @340,0
        E b "B" @0,120
        P beyond "Beyond" @230,120
        E "Line" @150,300 !pivotal
        "#,
        "? a activates near
         ? b activates beyond",
    );
}

#[test]
fn read_models_hang_below_and_speak_of_the_same() {
    check(
        true,
        r#"
        E "Order Placed" @0,600
        E "Meal Cooked" @170,600
        P "Whenever late, hurry" @600,0
        R "Late Orders" @600,120
        R "Couriers" @600,240
        "#,
        "? Late Orders is consulted by Whenever late, hurry
         ? Couriers is consulted by Whenever late, hurry
         ? Order Placed is shown in Late Orders",
    );
}

#[test]
fn guesses_become_links_and_are_gone() {
    let mut noted = read(ROW);
    let flow = flow_of(&noted, true);
    let (mut ids, count) = (IdSource::seeded(3), flow.ghosts().count());
    for it in flow.ghosts() {
        let Origin::Ghost { reason } = &it.origin else { panic!("a ghost has a reason") };
        assert!(reason.contains('"') && reason.len() > 20, "{reason}");
    }
    let refused = {
        let mut board = noted.board.clone();
        let edits = flow::refuse(&board, flow.ghosts(), &mut ids);
        apply_all(&mut board, &edits).expect("refusals apply");
        board
    };
    assert_eq!(Flow::read(&refused, Options { ghosts: true }).ghosts().count(), 0);
    let edits = flow::accept(&noted.board, flow.ghosts(), &mut ids);
    apply_all(&mut noted.board, &edits).expect("links apply");
    let flow = flow_of(&noted, true);
    assert_eq!((flow.ghosts().count(), flow.edges().count()), (0, count));
}

#[test]
fn a_shared_aggregate_is_no_cycle() {
    let noted = read(
        r#"
        C place "Place"
        A order "Order"
        E placed "Placed"
        P p "Whenever placed, confirm"
        C confirm "Confirm"
        A again of "Order"
        E confirmed "Confirmed"
        place -> order
        order -> placed
        placed -> p
        p -> confirm
        confirm -> again
        again -> confirmed
        "#,
    );
    let flow = flow_of(&noted, false);
    assert_eq!(flow.cycles(), []);
    let path = flow.path(noted.id("place"), noted.id("confirmed")).expect("a path");
    assert_eq!(path, ["place", "placed", "p", "confirm", "confirmed"].map(|it| noted.id(it)));
    assert_eq!(flow.ends(), [noted.id("confirmed")]);
    assert_eq!(flow.downstream(noted.id("placed")).len(), 3);
}

#[test]
fn a_loop_is_a_cycle() {
    let board = r#"
        E a "A" @0,0
        P p "P" @200,0
        C c "C" @500,0
        a -> p
        p -> c
        c -> a
    "#;
    let noted = read(board);
    let cycles = flow_of(&noted, false).cycles();
    assert_eq!(cycles.len(), 1);
    assert_eq!(cycles[0].round, ["a", "p", "c"].map(|it| noted.id(it)));
    assert!(!cycles[0].has_exit);
    let noted = read(&format!("{board}\n E out \"Out\" @700,0\n c -> out"));
    assert!(flow_of(&noted, false).cycles()[0].has_exit);
}

#[test]
fn pivotal_events_cut_the_timeline() {
    let noted = read(
        r#"
        E a "A" @0,0
        E c "C" @400,0
        E b "B" @200,0 !pivotal
        "#,
    );
    let flow = flow_of(&noted, false);
    assert_eq!(flow.timeline(), ["a", "b", "c"].map(|it| noted.id(it)));
    let stretches = flow.stretches();
    let lengths: Vec<usize> = stretches.iter().map(|it| it.events.len()).collect();
    assert_eq!((lengths, stretches[0].to, stretches[1].from), (vec![1, 2], Some(noted.id("b")), Some(noted.id("b"))));
}

#[test]
fn forks_and_joins_have_defaults() {
    use stormglass::board::{Inputs, Outputs};
    let noted = read(
        r#"
        A a "A"
        P p "P"
        P both "Both" either join 1h
        P of "Both" all
        "#,
    );
    let flow = flow_of(&noted, false);
    assert_eq!(flow.outputs(noted.id("a")), Outputs::Either);
    assert_eq!(flow.outputs(noted.id("p")), Outputs::All);
    assert_eq!(flow.outputs(noted.id("both")), Outputs::Either, "the defining placement wins");
    assert!(matches!(flow.inputs(noted.id("both")), Inputs::All { .. }));
    assert_eq!(flow.inputs(noted.id("p")), Inputs::Any);
}

proptest::proptest! {
    #![proptest_config(crate::laws::cases(64))]
    /// Whatever lies where: guesses are read the same way twice, follow the grammar, join stickies, and none is a
    /// pair that a link joins.
    #[test]
    fn guesses_obey_the_grammar(spots in proptest::collection::vec((0usize..9, -5i32..20, -5i32..6), 0..40)) {
        let letters = ["E", "C", "P", "X", "A", "R", "W", "T", "H"];
        let line = |(at, (kind, x, y)): (usize, &(usize, i32, i32))| {
            format!("{} s{at} \"S{at}\" @{},{}\n", letters[*kind], x * 85, y * 60)
        };
        let text: String = spots.iter().enumerate().map(line).collect();
        let noted = read(&text);
        let flow = flow_of(&noted, true);
        let again = flow_of(&noted, true);
        proptest::prop_assert!(flow.edges().eq(again.edges()));
        for it in flow.edges() {
            let role = |id| flow.node(id).map(|it| it.role).expect("a node");
            proptest::prop_assert_eq!(flow::relation(role(it.from), role(it.to)), Some(it.relation));
        }
        let pairs: BTreeSet<_> = flow.edges().map(|it| (it.from, it.to)).collect();
        proptest::prop_assert_eq!(pairs.len(), flow.edges().count());
    }
}

/// The kinds that keys and handles offer behind and before a sticky are those of the grammar, no more and no less.
#[test]
fn what_hands_offer_is_the_grammar() {
    use stormglass::board::Kind;
    use stormglass::board::kinds::{followers, forerunners};
    for from in Kind::all() {
        for to in Kind::all() {
            let known = GRAMMAR.iter().any(|it| it.from == from.role() && it.to == to.role());
            assert_eq!(followers(from).contains(&to), known, "{from:?} -> {to:?}");
            assert_eq!(forerunners(to).contains(&from), known, "{from:?} -> {to:?}, backwards");
        }
    }
}
