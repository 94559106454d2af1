//! Tests of `checks`: each rule with boards on which it must speak, boards on which it must not, and its fixes.

use stormglass::board::{Level, apply_all, write};
use stormglass::checks::{RULES, Report, rule, run};
use stormglass::flow::{Flow, Options};
use stormglass::kit::{IdSource, Severity};

use crate::notation::{Noted, read};

fn report(noted: &Noted) -> Report {
    let flow = Flow::read(&noted.board, Options { ghosts: true });
    run(&noted.board, &flow, noted.board.settings().level, &[])
}

/// One board and the elements that the rule speaks of first, in the order of the report.
struct Case {
    rule: &'static str,
    speaks_of: &'static [&'static str],
    board: &'static str,
}

const fn case(rule: &'static str, speaks_of: &'static [&'static str], board: &'static str) -> Case {
    Case { rule, speaks_of, board }
}

/// Stickies stand 300 apart unless placed, so that nothing is guessed.
const CASES: &[Case] = &[
    case("N9", &["a"], "E a \"Meeting Payed\"\n E \"Fee Sent\""),
    case("N9", &["b"], "E a \"Trip Cancelled\"\n E b \"Order Canceled\"\n E c \"Hold Canceled\"\n G \"Cancelled\""),
    case(
        "N3",
        &["p"],
        "E \"Order Paid\"\n P p \"Shipping\"\n C \"Ship Order\"\n \"Order Paid\" -> p\n p -> \"Ship Order\"",
    ),
    case("N1", &["Place Order", "Order"], "E \"Place Order\"\n E \"Order\"\n E \"Order Placed\"\n E \"Invoice Sent\""),
    case("N1", &[], "T \"Morning\"\n E \"Claim was already closed\"\n E \"Every September\"\n E \"Payment due\""),
    case("N1", &[], "E \"Member To Waitlist Signed Up\"\n E \"Maximum number of holds reached\"\n E \"\""),
    case("N1", &[], "language de\n E \"Bestellung\""),
    case("N1", &["Need"], "language en-GB\n E \"Need\""),
    case(
        "N2",
        &["Order Placed", "Payment"],
        "C \"Order Placed\"\n C \"Payment\"\n C \"Place Order\"\n C \"Check Out Book\"",
    ),
    case("N2", &[], "C \"crm.sync-all\"\n C \"Frobnicate thing\"\n C \"Re-send mail\"\n C \"Retest sample\""),
    case("N2", &[], "C \"Mark Meeting As Paid\"\n C \"Place Bid\"\n C \"Mark Claim Closed\"\n C \"Order Food\""),
    case("N2", &[], "language fr\n C \"Commande\"\n C \"Payment\""),
    case(
        "N3",
        &["Charging"],
        "P \"Charging\"\n P \"Whenever paid, ship\"\n P \"Meeting Fee Policy\"\n P \"When in doubt, ask\"",
    ),
    case(
        "N4",
        &["Order Manager", "Orders"],
        "A \"Order Manager\"\n A \"Orders\"\n A \"Order\"\n A \"Address\"\n A \"Claim Status\"",
    ),
    case("N4", &["frame"], "aggregate frame \"Claims\" @0,0 400x300"),
    case(
        "N5",
        &["Billing System", "Approve the claim"],
        "W \"Billing System\"\n W \"Approve the claim\"\n W \"Order Clerk\"\n W \"Support\"",
    ),
    case(
        "N6",
        &["a", "b"],
        "E a \"Order cancelled after dispatch?\"\n C b \"Should we refund\"\n H \"Why?\"\n N \"What is ours?\"",
    ),
    case("N6", &["a"], "language de\n E a \"Bezahlt?\"\n E \"What\""),
    case(
        "N7",
        &["a", "b"],
        "E a \"Order Paid and Shipped\"\n E b \"Order Accepted / Rejected\"\n E \"Terms and Conditions Accepted\"",
    ),
    case("N9", &["a"], "E a \"Order Cancelled\"\n E b \"Order Canceled\"\n E \"Order Paid\""),
    case("N9", &["a"], "C a \"Send EMail\"\n C b \"Send E-Mail\""),
    case("N9", &["a"], "E a \"Order Placed\"\n E b \"order placed\"\n P \"order placed\""),
    case("N9", &["a"], "E a \"Meeting Payed\"\n E \"Fee Paid\"\n E \"Subscription Paid\""),
    case("N9", &[], "E a \"Order Placed\"\n E b of a\n E \"Orders Shipped\""),
    case(
        "N9",
        &[],
        "context \"A\" @0,0 200x200\n context \"B\" @300,0 200x200\n E \"Order Cancelled\" @50,50\n E \"Order Canceled\" @350,50",
    ),
    case("N11", &["a"], "E a \"\"\n E \"Fine\"\n U \"\""),
    case(
        "N11",
        &["a"],
        "E a \"A name that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on\"",
    ),
    case("N11", &["ctx"], "context ctx \"\" @0,0 300x300"),
    case("N11", &[], "level process\n A \"\""),
    case("S1", &["Pay"], "C \"Pay\"\n C \"Ship\"\n W \"Clerk\"\n \"Clerk\" -> \"Ship\""),
    case(
        "S1",
        &[],
        "C \"A\"\n C \"B\"\n C \"D\"\n C \"F\"\n P \"p\"\n X \"x\"\n U \"u\"\n R \"r\"\n p -> A\n x -> B\n u -> D\n r -> F",
    ),
    case("S2", &["Pay"], "C \"Pay\"\n E \"Order Paid\"\n Pay -> \"Order Paid\""),
    case("S2", &["Pay"], "C \"Pay\"\n A \"a\"\n X \"x\"\n Pay -> a\n Pay -> x"),
    case("S2", &[], "C \"Pay\"\n A a \"Order\"\n A b of a\n C second of \"Pay\"\n Pay -> a\n second -> b"),
    case("S3", &["Pay Order"], "C \"Pay Order\"\n C \"Ship\"\n E \"Shipped\"\n Ship -> Shipped"),
    case("S3", &["Pay Order"], "C \"Pay Order\"\n A \"Order\"\n \"Pay Order\" -> \"Order\""),
    case("S3", &[], "C \"Pay\"\n A \"a\"\n E \"Paid\"\n Pay -> a\n a -> Paid"),
    case(
        "S4",
        &["Order Paid"],
        "E \"Order Paid\"\n T \"Every day\"\n E \"Payment Date Passed\"\n E \"Order Placed\" !incoming",
    ),
    case("S4", &[], "C \"c\"\n X \"x\"\n T \"t\"\n E \"A\"\n E \"B\"\n E \"D\"\n c -> A\n x -> B\n t -> D"),
    case("S5", &["Order Paid"], "E \"Order Paid\"\n C \"Ship\"\n \"Order Paid\" -> \"Ship\" : when total > 0"),
    case("S5", &["t"], "T t \"Every day\"\n C \"Ship\"\n t -> Ship"),
    case("S5", &[], "E \"Order Paid\"\n P \"p\"\n C \"Ship\"\n \"Order Paid\" -> p\n p -> Ship"),
    case("S6", &["Order Paid"], "E \"Order Paid\"\n E \"Order Shipped\"\n \"Order Paid\" -> \"Order Shipped\""),
    case("S6", &[], "E \"A\"\n E \"B\"\n E \"All done\"\n A -> \"All done\"\n B -> \"All done\""),
    case("S6", &[], "level big_picture\n E \"A\"\n E \"B\"\n A -> B"),
    case("S7", &["p", "p"], "P p \"Whenever, then\""),
    case("S7", &["p"], "P p \"Whenever, then\"\n E \"Paid\"\n Paid -> p"),
    case("S7", &["p"], "P p \"Whenever, then\"\n E \"Paid\"\n W \"Clerk\"\n Paid -> p\n p -> Clerk"),
    case(
        "S7",
        &[],
        "P p \"Whenever, then\"\n E \"Paid\"\n W \"Clerk\"\n C \"Ship\"\n Paid -> p\n p -> Clerk\n Clerk -> Ship",
    ),
    case("S8", &["Place Order"], "C \"Place Order\"\n C \"Pay\"\n \"Place Order\" -> Pay"),
    case("S8", &["p"], "P p \"Whenever\"\n E \"Order Paid\"\n p -> \"Order Paid\""),
    case("S8", &["Place Order"], "C \"Place Order\"\n P p \"Whenever\"\n \"Place Order\" -> p"),
    case("S8", &[], "C \"Place Order\"\n H \"?\"\n \"Place Order\" -> \"?\""),
    case("S9", &["r", "r"], "R r \"Open Orders\""),
    case("S9", &["r"], "R r \"Open Orders\"\n E \"Order Paid\"\n \"Order Paid\" -> r"),
    case("S9", &[], "R r \"Price List\" !outside\n W \"w\"\n r -> w"),
    case("S10", &["Clerk"], "W \"Clerk\"\n C \"Pay\"\n Clerk -> Pay"),
    case("S10", &[], "W \"Clerk\"\n C \"Pay\"\n R \"r\"\n Clerk -> Pay\n r -> Clerk\n W \"Guest\""),
    case("S11", &["Bank"], "X \"Bank\"\n C \"Pay\"\n X \"Mail\"\n Pay -> Mail"),
    case("S11", &[], "X \"Bank\""),
    case(
        "S14",
        &["a"],
        "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n A a \"Product\" @50,50\n A b of a @450,50\n A c of a @450,180",
    ),
    case(
        "M1",
        &["X"],
        "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n relate X and gone: Conformist\n relate X and Y: Partnership",
    ),
    case("M1", &[], "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n relate X and Y: Partnership"),
    case(
        "M2",
        &["e"],
        "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n E e \"Paid\" @50,50\n P p \"Whenever\" @450,50\n e -> p\n relate X and Y: Separate ways",
    ),
    case("M2", &[], "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n relate X and Y: Separate ways"),
    case("S14", &[], "context \"X\" @0,0 300x300\n A a \"Product\" @50,50\n A b of a @50,180\n A c of a @900,0"),
    case(
        "S15",
        &["c"],
        "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n P p \"Whenever\" @50,50\n C c \"Pay\" @450,50\n p -> c",
    ),
    case(
        "S15",
        &[],
        "context \"X\" @0,0 300x300\n context \"Y\" @400,0 300x300\n P p \"Whenever\" @50,50\n C c \"Pay\" @450,50 !integration\n p -> c",
    ),
    case("S17", &["a"], "E a \"A\"\n P \"p\"\n C \"c\"\n a -> p\n p -> c\n c -> a"),
    case("S17", &[], "E a \"A\"\n P \"p\"\n C \"c\"\n a -> p : when n < 3\n p -> c\n c -> a"),
    case("S17", &[], "E a \"A\"\n P \"p\"\n C \"c\"\n E \"b\"\n a -> p\n p -> c\n c -> a\n c -> b"),
    case("S17", &[], "E a \"A\"\n P \"p\"\n C c \"c\"\n    requires n < 3\n a -> p\n p -> c\n c -> a"),
    case("S20", &["w"], "W w \"Clerk\"\n N \"note\"\n H \"?\"\n E \"Parked\" !parked"),
    case("S20", &[], "aggregate \"Order\" @0,0 300x300\n C \"Pay\" @50,50"),
    case("S21", &["h"], "H h \"Who pays?\"\n H \"Done?\" !closed"),
    case("T1", &["b"], "C a \"A\" @300,0\n E b \"B\" @0,0\n a -> b"),
    case("T1", &[], "C a \"A\" @0,0\n E b \"B\" @0,120\n a -> b\n C c \"C\" @900,0\n E d \"D\" @0,400\n c -> d"),
    case("T1", &[], "C a \"A\" @300,0\n E b \"B\" @0,0\n P p \"P\" @0,200\n a -> b\n b -> p\n p -> a"),
    case("T2", &["a"], "C a \"A\" @400,0\n E b \"B\" @0,0\n P p \"P\" @150,0\n a -> b\n b -> p\n p -> a"),
    case("T2", &[], "C a \"A\" @300,0\n E b \"B\" @0,0\n a -> b"),
    case("T3", &["b"], "E a \"A\" @0,0\n E b \"B\" @20,20\n H \"?\" @30,30"),
    case("T3", &["a"], "context \"X\" @0,0 300x300\n E a \"A\" @250,50\n E \"B\" @50,50"),
    case("T3", &[], "C a \"A\" @0,0\n W \"w\" @0,70\n E \"B\" @80,0"),
];

#[test]
fn each_rule_speaks_where_it_should_and_only_there() {
    let mut wrong = Vec::new();
    for case in CASES {
        let noted = read(case.board);
        let report = report(&noted);
        let found = report.open().filter(|it| it.code == case.rule);
        let found: Vec<String> =
            found.map(|it| it.elements.first().map_or("", |_| "").to_owned() + &first(&noted, it)).collect();
        if found != case.speaks_of {
            wrong.push(format!("{} speaks of {found:?}, not of {:?}, on\n{}\n", case.rule, case.speaks_of, case.board));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for rule in RULES {
        let speaks = CASES.iter().any(|it| it.rule == rule.code && !it.speaks_of.is_empty());
        let passes = CASES.iter().any(|it| it.rule == rule.code && it.speaks_of.is_empty());
        let always = ["N3", "N4", "N5", "N6", "N7", "S8", "S21"].contains(&rule.code);
        assert!(speaks && (passes || always), "{} lacks a case", rule.code);
    }
}

fn first(noted: &Noted, it: &stormglass::checks::Finding) -> String {
    it.elements.first().map_or_else(String::new, |id| noted.called(*id))
}

#[test]
fn every_fix_applies_and_puts_it_right() {
    let mut fixed = std::collections::BTreeSet::new();
    for case in CASES {
        let noted = read(case.board);
        for finding in report(&noted).open().filter(|it| it.code == case.rule) {
            for fix in &finding.fixes {
                let mut after = read(case.board);
                let edits = fix.edits(&mut IdSource::seeded(7));
                let what = format!("{} \"{}\" on\n{}", case.rule, fix.label, case.board);
                let undo = apply_all(&mut after.board, &edits).unwrap_or_else(|err| panic!("{what}: {err}"));
                let same = |it: &&stormglass::checks::Finding| {
                    it.code == finding.code
                        && it.elements.first() == finding.elements.first()
                        && it.message == finding.message
                };
                assert_eq!(report(&after).open().find(same), None, "{what}\n{}", write(&after.board));
                // A fix makes no mess: nothing lies on top of anything, and no arrow breaks the grammar.
                for mess in ["T3", "S8"] {
                    let count = |it: &Report| it.open().filter(|it| it.code == mess).count();
                    assert!(count(&report(&after)) <= count(&report(&noted)), "{what} makes {mess}");
                }
                apply_all(&mut after.board, &undo).unwrap_or_else(|err| panic!("{what}: {err}"));
                assert_eq!(after.board, noted.board);
                fixed.insert(case.rule);
            }
        }
    }
    let unproved = RULES.iter().filter(|it| !it.fix.is_empty() && it.code != "S17" && !fixed.contains(it.code));
    let unproved: Vec<&str> = unproved.map(|it| it.code).collect();
    assert!(unproved.is_empty(), "name a fix and no case has it: {unproved:?}");
}

/// Severity at big picture, process and design level.
const SEVERITIES: &str = "
    N1 i w w | N2 - w w | N3 - i w | N4 - - w | N5 - i i | N6 i w w | N7 - i w | N9 i i w | N11 i w e
    S1 - w e | S2 - i e | S3 - w e | S4 - w w | S5 - w w | S6 - w e | S7 - w e | S8 - w e | S9 - i w | S10 - i i
    S11 i w w | S14 - - e | S15 - i w | S17 - w w | S20 - i w | S21 i i w | T1 i w w | T2 - i w | T3 i i w
    M1 i w w | M2 i w w";

#[test]
fn severities_are_those_of_the_table() {
    let letter = |it: Option<Severity>| match it {
        None => "-",
        Some(Severity::Hint) => "i",
        Some(Severity::Warning) => "w",
        Some(Severity::Error) => "e",
    };
    let line = |it: &stormglass::checks::Rule| {
        let [a, b, c] = Level::ALL.map(|level| letter(it.severity_at(level)));
        format!("{} {a} {b} {c}", it.code)
    };
    let ours: Vec<String> = RULES.iter().map(|it| line(it)).collect();
    let table: Vec<&str> = SEVERITIES.split(['|', '\n']).map(str::trim).filter(|it| !it.is_empty()).collect();
    assert_eq!(ours, table);
}

#[test]
fn rules_explain_themselves() {
    for it in RULES {
        assert!(it.why.ends_with(['.', '?']) && it.example.len() > 10 && !it.title.ends_with('.'), "{}", it.code);
        assert_eq!(rule(it.code).map(|it| it.title), Some(it.title));
    }
    assert!(rule("Z9").is_none());
}

#[test]
fn a_waiver_silences_one_finding_with_its_reason() {
    let mut noted = read("E a \"A\"\n C \"B\"\n C \"D\"\n a -> B\n a -> D");
    let before = report(&noted);
    let finding = before.open().find(|it| it.code == "S1" || it.code == "S5").expect("a finding").clone();
    let edit = finding.waive(&noted.board, "agreed on Monday", &mut IdSource::seeded(1)).expect("a waiver");
    apply_all(&mut noted.board, &[edit]).expect("it applies");
    let after = report(&noted);
    let waived: Vec<_> = after.findings.iter().filter(|it| it.waived.is_some()).collect();
    assert!(!waived.is_empty() && waived.iter().all(|it| it.code == finding.code));
    assert_eq!(waived[0].waived.as_deref(), Some("agreed on Monday"));
    assert_eq!(after.findings.len(), before.findings.len());
    assert_eq!(after.open().count() + waived.len(), before.open().count());
    assert_eq!(after.summary().waived, waived.len());
}

#[test]
fn nothing_is_said_while_people_explore() {
    assert!(report(&read("exploring\n E \"\"\n C \"Order\"")).findings.is_empty());
}

#[test]
fn guesses_count_as_links() {
    let row = "W \"Guest\" @20,150\n C \"Place Order\" @0,50\n A \"Order\" @170,50\n E \"Order Placed\" @440,50";
    let codes: Vec<String> = report(&read(row)).open().map(|it| it.code.clone()).collect();
    assert_eq!(codes, ["S10"]);
}

#[test]
fn the_list_never_opens_with_more_than_ten_lines() {
    let mess = (0..40).map(|it| format!("C \"Thing {it}\"\n E \"Event {it}?\"\n P \"Doing\"\n A \"Things\"\n R \"x\"\n W \"A system\"\n X \"X\"\n H \"?\"\n E \"\"\n"));
    let mess: String = mess.collect();
    let report = report(&read(&(mess + "E a \"A\"\n E b \"B\"\n a -> b")));
    let summary = report.summary();
    let lines = summary.groups.len() + usize::from(summary.more_groups > 0);
    assert!(lines <= 10 && summary.more_groups > 0, "{summary:?}");
    let shown: usize = summary.groups.iter().map(|it| it.count).sum();
    assert_eq!(shown + summary.more_findings, report.open().count());
    let order: Vec<_> =
        summary.groups.iter().map(|it| (std::cmp::Reverse(it.severity), std::cmp::Reverse(it.count))).collect();
    assert!(order.is_sorted());
    assert!(report.open().count() > 200);
}

/// Thousands of stickies in one heap and a chain through all of them: read and checked without a word of complaint
/// from the stack or the clock.
#[test]
fn heaps_and_chains_are_no_trap() {
    use stormglass::board::{Board, Edit, Element, Kind, Link, Settings, Sticky, apply};
    use stormglass::kit::{Id, Point};
    let mut board = Board::with_settings(Settings { level: Level::Design, ..Settings::default() });
    let mut add = |it: Element| {
        apply(&mut board, &Edit::Add(Box::new(it))).expect("it is added");
    };
    let kinds = [Kind::DOMAIN_EVENT, Kind::POLICY, Kind::COMMAND];
    let id = |at: usize| Id::from_bits(at as u128 + 1);
    let count = 1_500;
    for at in 0..count {
        add(Element::Sticky(Sticky::new(id(at), kinds[at % 3], Point::new(0, 0), format!("Thing {at} Done"))));
    }
    for at in 0..count {
        add(Element::Link(Link::new(id(count + at), id(at), id((at + 1) % count))));
    }
    let flow = Flow::read(&board, Options { ghosts: true });
    assert_eq!(flow.cycles().first().map(|it| it.round.len()), Some(count));
    let report = run(&board, &flow, Level::Design, &[]);
    assert_eq!(report.open().filter(|it| it.code == "T3").count(), count - 1);
    assert_eq!(report.open().filter(|it| it.code == "S17").count(), 1);
    assert!(report.summary().groups.len() <= 10);
}

proptest::proptest! {
    #![proptest_config(crate::laws::cases(48))]
    /// Whatever lies on a board, the same is found twice, and each fix applies.
    #[test]
    fn fixes_apply_to_any_board(
        spots in proptest::collection::vec((0usize..10, 0usize..12, -5i32..12, -3i32..5), 1..24),
        links in proptest::collection::vec((0usize..24, 0usize..24), 0..20),
    ) {
        let letters = ["E", "C", "P", "X", "A", "R", "W", "T", "H", "U"];
        let names = [
            "", "Order Placed", "order placed", "Place Order", "Orders", "Paid and Shipped", "Payed", "Paid", "Why?",
            "Check Out Book", "Ärger", "A system",
        ];
        let mut text = String::from("context \"X\" @0,0 400x300\n aggregate \"Order\" @500,0 500x300\n");
        for (at, (kind, name, x, y)) in spots.iter().enumerate() {
            text += &format!("{} s{at} \"{}\" @{},{}\n", letters[*kind], names[*name], x * 85, y * 60);
        }
        for (from, to) in links.iter().map(|(a, b)| (a % spots.len(), b % spots.len())).filter(|(a, b)| a != b) {
            text += &format!("s{from} -> s{to}\n");
        }
        let noted = read(&text);
        let found = report(&noted);
        proptest::prop_assert_eq!(&found, &report(&noted));
        for finding in &found.findings {
            for fix in &finding.fixes {
                let mut board = noted.board.clone();
                let applied = apply_all(&mut board, &fix.edits(&mut IdSource::seeded(5)));
                proptest::prop_assert!(applied.is_ok(), "{} {}: {applied:?}\n{text}", finding.code, fix.label);
            }
        }
    }
}

/// The findings of a board, one a line, as `samples/expected` holds them.
fn listing(board: &stormglass::board::Board) -> String {
    let flow = Flow::read(board, Options { ghosts: true });
    let system = stormglass::model::System::resolve(board, &flow);
    let report = run(board, &flow, board.settings().level, &system.problems);
    let severity = |it: Severity| match it {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let line = |it: &stormglass::checks::Finding| {
        let waived = it.waived.as_ref().map_or(String::new(), |it| format!(" (waived: {it})"));
        format!("{} {}: {}{waived}\n", it.code, severity(it.severity), it.message)
    };
    report.findings.iter().map(line).collect()
}

/// Each sample has a committed list of what is found on it. `STORMGLASS_EXPECTED=write` writes the lists anew.
#[test]
fn samples_have_the_findings_that_are_expected() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut wrong = Vec::new();
    let mut open = vec![root.clone()];
    let mut boards = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("samples").map(|it| it.expect("an entry").path()) {
            match entry.is_dir() {
                true => open.push(entry),
                false if entry.to_string_lossy().ends_with(".storm.ron") => boards.push(entry),
                false => {}
            }
        }
    }
    boards.sort();
    assert!(!boards.is_empty());
    for path in boards {
        let name = path.file_name().expect("a name").to_string_lossy().replace(".storm.ron", "");
        let board = stormglass::board::read(&std::fs::read(&path).expect("a board")).expect("a sample opens");
        let found = listing(&board);
        let file = root.join("expected").join(format!("{name}.txt"));
        if std::env::var("STORMGLASS_EXPECTED").is_ok_and(|it| it == "write") {
            std::fs::write(&file, &found).expect("the list is written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}: expected\n{expected}\nfound\n{found}"));
        }
        assert!(!found.contains(" error: "), "{name} has errors:\n{found}");
    }
    assert!(wrong.is_empty(), "{}\nSTORMGLASS_EXPECTED=write writes the lists anew", wrong.join("\n"));
}
