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
