//! Boards with cards that say what comes of a command: each passes, or fails with these words.

use stormglass::simulate::run_scenario;

use super::meaning;
use crate::notation;

/// A board, and cards: what stands on one, and what differs when it is run (nothing where it passes).
#[track_caller]
fn check(board: &str, cards: &[(&str, &str)]) {
    let mut text = board.to_owned();
    for (at, (card, _)) in cards.iter().enumerate() {
        text.push_str(&format!(
            "\nscenario \"card {at}\" @0,{}\n    {}",
            3_000 + 400 * at,
            card.replace('\n', "\n    ")
        ));
    }
    let (system, lowering) = meaning(&notation::board(&text));
    for (at, (card, wanted)) in cards.iter().enumerate() {
        let title = format!("card {at}");
        let scenario = system.scenarios.values().find(|it| it.title == title).expect("the card");
        // What the seed decides must not matter to a card.
        for seed in 0..8 {
            let (result, _) = run_scenario(&system, &lowering, scenario.id, seed).expect("it runs");
            assert_eq!(result.difference, *wanted, "seed {seed}: {card}: {:#?}", system.problems);
        }
    }
}

/// What is divided by nothing is no more than four: ksqlDB drops the row, the generated code says that it does not hold.
const DIVIDED: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Share" @0,0
        pot: uuid key
        total: int
        parts: int
    A "Pot" @200,0
        pot: uuid key
    E "Shared" @400,0
        pot: uuid
        total: int
        parts: int
    E "Kept" @400,200
        pot: uuid
    "Share" -> "Pot"
    "Pot" -> "Shared" : when total / parts > 3
    "Pot" -> "Kept" : otherwise
    C "Ask" @0,400
        pot: uuid
        total: int
        parts: int
        requires total < 100 OR total / parts > 3
    A again of "Pot" @200,400
    E "Asked" @400,400
        pot: uuid
    "Ask" -> again
    again -> "Asked"
    P "Whenever shared, thank" @600,0
    C "Thank" @800,0
        pot: uuid
    E "Thanked" @1000,0
        pot: uuid
    "Shared" -> "Whenever shared, thank" : when 100 / (total - 80) > 0
    "Whenever shared, thank" -> "Thank"
    "Thank" -> "Thanked"
"#;

#[test]
fn a_guard_that_fails_on_a_row_does_not_hold() {
    check(
        DIVIDED,
        &[
            ("when Share(total = 90, parts = 2)\nthen Shared(total = 90)\nthen Thanked", ""),
            ("when Share(total = 90, parts = 0)\nthen Kept", ""),
            ("when Ask(total = 90, parts = 0)\nthen Asked", ""),
            ("when Ask(total = 100, parts = 0)\nthen rejected", ""),
            ("when Share(total = 80, parts = 2)\nthen Thanked", "then Thanked: it never came; there came Shared"),
        ],
    );
}

/// Sentences that only people understand, where an aggregate and an external system decide, and before a policy.
const PROSE: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Charge" @0,0
        order: uuid key
        requires the customer is in good standing
    A "Order" @200,0
        order: uuid key
    E "Discount Given" @400,0
        order: uuid
    E "Voucher Sent" @400,200
        order: uuid
    E "Full Price Charged" @400,400
        order: uuid
    C "Ask" @0,-400
        order: uuid
        requires the moon is full
    A again of "Order" @200,-400
    E "Asked" @400,-400
        order: uuid
    "Ask" -> again
    again -> "Asked"
    "Charge" -> "Order"
    "Order" -> "Discount Given" : if VIP
    "Order" -> "Voucher Sent" : if it is their birthday
    "Order" -> "Full Price Charged" : otherwise
    P "Whenever full price charged, collect" @600,400
    C "Collect" @800,400
        order: uuid key
    X "Bank" @1000,400
    E "Collected" @1200,400
        order: uuid key
    E "Declined" @1200,600
        order: uuid key
    "Full Price Charged" -> "Whenever full price charged, collect" : if it is no gift
    "Whenever full price charged, collect" -> "Collect"
    "Collect" -> "Bank"
    "Bank" -> "Collected" : if there is enough in the account
    "Bank" -> "Declined" : otherwise
"#;

#[test]
fn sentences_fall_as_the_card_wants_them() {
    check(
        PROSE,
        &[
            ("when Charge\nthen Discount Given", ""),
            ("when Charge\nthen Voucher Sent", ""),
            ("when Charge\nthen Full Price Charged", ""),
            ("when Charge\nthen Full Price Charged\nthen Collect\nthen Collected", ""),
            ("when Charge\nthen Full Price Charged\nthen Declined", ""),
            ("when Ask\nthen rejected", ""),
            ("when Ask\nthen Asked", ""),
            ("when Ask\nwhen Ask\nthen Asked\nthen rejected", ""),
            ("when Charge\nwhen Ask\nthen Discount Given\nthen rejected", ""),
            ("when Full Price Charged\nthen nothing", ""),
        ],
    );
}

/// Two messages to one system, and two events of it, keyed by different things.
const KEYS: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Refund" @0,0
    C "Pay" @0,200
        invoice: text key
        amount: int
    X "Bank" @200,0
    E "Refunded" @400,0
    E "Paid" @400,200
        invoice: text key
        amount: int
    P "Whenever paid, thank" @600,200 !manual
    P "Whenever refunded, thank" @600,0
    C "Thank" @800,0
        invoice: text?
    E "Thanked" @1000,0
        invoice: text?
    "Refund" -> "Bank"
    "Pay" -> "Bank"
    "Bank" -> "Refunded"
    "Bank" -> "Paid"
    "Refunded" -> "Whenever refunded, thank"
    "Whenever refunded, thank" -> "Thank"
    "Paid" -> "Whenever paid, thank"
    "Refunded" -> "Whenever paid, thank"
    "Whenever paid, thank" -> "Thank"
    "Thank" -> "Thanked"
"#;

#[test]
fn one_topic_takes_keys_of_several_types() {
    let cards = [
        ("when Pay(invoice = 'i1', amount = 3)\nthen Paid(invoice = 'i1', amount = 3)\nthen Thanked", ""),
        ("when Refund\nthen Refunded\nthen Thanked", ""),
    ];
    check(KEYS, &cards);
    // Which of them comes first on the board makes no difference.
    let turned = KEYS.replacen("    C \"Refund\" @0,0\n", "", 1).replacen(
        "    X \"Bank\"",
        "    C \"Refund\" @0,0\n    X \"Bank\"",
        1,
    );
    assert_ne!(turned, KEYS);
    check(&turned, &cards);
}

/// What cannot be computed: nothing where there may be nothing, a failure where there must be something.
const MAPPED: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Split" @0,0
        pot: uuid key
        total: int
        parts: int
    A "Pot" @200,0
        pot: uuid key
    E "Parted" @400,0
        pot: uuid
        each: int?
    C "Tell" @0,200
        pot: uuid
        total: int
        parts: int
    A again of "Pot" @200,200
    E "Told Exactly" @600,200
        pot: uuid
        each: int
    "Split" -> "Pot"
    "Pot" -> "Parted" : each = total / parts
    "Tell" -> again
    again -> "Told Exactly" : each = total / parts
"#;

#[test]
fn a_mapping_that_fails_is_null_where_that_may_be() {
    check(
        MAPPED,
        &[
            ("when Split(total = 6, parts = 2)\nthen Parted(each = 3)", ""),
            ("when Split(total = 6, parts = 0)\nthen Parted(each = NULL)", ""),
            ("when Tell(total = 6, parts = 3)\nthen Told Exactly(each = 2)", ""),
            (
                "when Tell(total = 6, parts = 0)\nthen Told Exactly",
                "then Told Exactly: it never came: Pot failed (decide: 6 / 0: division by zero)",
            ),
        ],
    );
}

/// One decision, by an aggregate or by an external system.
fn decision(handler: &str, outputs: &str) -> String {
    format!(
        r#"
    context "Shop" @-100,-100 4000x2000
    C "Ask" @0,0
        pot: uuid key
        total: int
        parts: int
    {handler} "Who" @200,0 {outputs}
    E "Fair" @400,0
        pot: uuid key
        each: int?
    E "Large" @400,200
        pot: uuid key
    E "Liked" @400,400
        pot: uuid key
    E "Left" @400,600
        pot: uuid key
    "Ask" -> "Who"
    "Who" -> "Fair" : when total / parts > 3
        each = 12 / (total - 8)
    "Who" -> "Large" : when total > 100
    "Who" -> "Liked" : if they like it
    "Who" -> "Left" : otherwise
"#
    )
}

#[test]
fn an_external_system_decides_as_an_aggregate_does() {
    for handler in ["A", "X"] {
        check(
            &decision(handler, "either"),
            &[
                ("when Ask(total = 12, parts = 2)\nthen Fair(each = 3)", ""),
                ("when Ask(total = 8, parts = 2)\nthen Fair(each = NULL)", ""),
                ("when Ask(total = 200, parts = 0)\nthen Large", ""),
                ("when Ask(total = 200, parts = 2)\nthen Large", "then Large: it never came; there came Fair"),
                ("when Ask(total = 8, parts = 0)\nthen Liked", ""),
                ("when Ask(total = 8, parts = 0)\nthen Left", ""),
            ],
        );
        check(
            &decision(handler, "all"),
            &[
                ("when Ask(total = 200, parts = 2)\nthen Fair(each = 0)\nthen Large\nthen Liked", ""),
                ("when Ask(total = 200, parts = 0)\nthen Large\nthen Liked", ""),
                ("when Ask(total = 8, parts = 0)\nthen Left", ""),
            ],
        );
    }
}
