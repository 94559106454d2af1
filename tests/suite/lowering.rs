//! Tests of `lowering`: boards in words, deployed and driven by hand; what lies in the topics afterwards in words.

use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;
use stormglass::board::Board;
use stormglass::flow::{Flow, Options};
use stormglass::kit::{Millis, Timestamp};
use stormglass::lowering::{Lowering, lower};
use stormglass::model::System;
use stormglass::record::{Type, Value};
use stormglass::runtime::{Effect, FirstChoice, Input, Produce, Runtime};
use stormglass::simulate::{Send, Simulation, Stop};
use stormglass::streams::{Message, StreamEffect};

use crate::notation::board;

fn resolve(board: &Board) -> System {
    System::resolve(board, &Flow::read(board, Options { ghosts: true }))
}

fn sample(name: &str) -> System {
    let path = format!("{}/samples/{name}.storm.ron", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    resolve(&stormglass::board::read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// A run by hand. People take up their work at once; external systems never answer.
struct Run<'a> {
    system: &'a System,
    lowering: Lowering,
    runtime: Runtime,
    now: Timestamp,
    said: Vec<String>,
}

impl<'a> Run<'a> {
    fn new(system: &'a System) -> Self {
        let lowering = lower(system);
        let runtime = Runtime::new(lowering.deployment.clone()).expect("a deployment that runs");
        let mut run = Self { system, lowering, runtime, now: Timestamp(1_000_000), said: Vec::new() };
        // Groups form first.
        run.pass(Millis::MINUTE);
        run
    }

    /// Lets time pass.
    fn pass(&mut self, time: Millis) {
        let end = self.now + time;
        let mut steps = 0;
        loop {
            let effects = self.runtime.run(self.now, &mut FirstChoice);
            self.hear(effects);
            steps += 1;
            assert!(steps < 20_000, "no end");
            match self.runtime.next_wakeup(self.now) {
                Some(next) if next <= end => self.now = next.max(self.now),
                _ => break,
            }
        }
        self.now = end;
    }

    fn hear(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Appended { message, .. } => {
                    let text = self.show(&message);
                    self.said.push(text);
                }
                Effect::Stream { effect: StreamEffect::Rejected { message, reason, .. }, .. } => {
                    self.said.push(format!("rejected {message}: {reason}"));
                }
                Effect::Failed { reason, .. } => self.said.push(format!("failed: {reason}")),
                Effect::Delivered { consumer, message, .. } => {
                    let group = self.lowering.deployment.consumers[consumer].group.clone();
                    let task = self.lowering.tasks.values().find(|it| it.group == group).cloned();
                    if let Some(task) = task.filter(|it| it.types.iter().any(|it| **it == *message.type_name())) {
                        let produce = Produce { topic: task.topic, message: Arc::unwrap_or_clone(message) };
                        self.runtime.accept(self.now, Input::Produce(produce)).expect("a task");
                    }
                }
                _ => {}
            }
        }
    }

    /// `OrderPlaced(o1, 12.50)`, the key first only if the record does not hold it.
    fn show(&self, message: &Message) -> String {
        let name = message.schema.as_ref().map_or("?", |it| it.short_name());
        let values = message.value.as_record().unwrap_or_default();
        let values: Vec<String> = values.iter().map(Value::literal).collect();
        format!("{name}({})", values.join(", "))
    }

    /// Sends a command, event or time event: `Place Order(order = 'o1')`.
    fn send(&mut self, text: &str) {
        let (name, rest) = text.split_once('(').unwrap_or((text, ")"));
        let system = self.system;
        let commands = system.commands.values().map(|it| (&it.name, it.id, &it.schema, it.key, &it.topic));
        let events = system.events.values().map(|it| (&it.name, it.id, &it.schema, it.key, &it.topic));
        let (_, _, schema, key, topic) = commands.chain(events).find(|it| it.0 == name).expect("a message");
        let mut values: Vec<Value> = schema.fields.iter().map(|it| it.ty.zero()).collect();
        for part in rest.trim_end_matches(')').split(',').filter(|it| !it.trim().is_empty()) {
            let (field, value) = part.split_once('=').expect("field = value");
            let at = schema.find(field.trim()).expect("a field");
            values[at] = Value::parse_with_words(value.trim(), &schema.fields[at].ty).expect("a value");
        }
        let mut message = Message::new(values[key].clone(), Value::record(values), self.now);
        message.schema = Some(schema.clone());
        let produce = Produce { topic: Arc::clone(topic), message };
        let effects = self.runtime.step(self.now, Input::Produce(produce), &mut FirstChoice).expect("sent");
        self.hear(effects);
        self.pass(Millis::SECOND);
    }

    fn rows(&self, name: &str) -> Vec<String> {
        let id = self.system.read_models.values().map(|it| (&it.name, it.id));
        let mut all = id.chain(self.system.aggregates.values().map(|it| (&it.name, it.id)));
        let (_, id) = all.find(|it| it.0 == name).expect("a read model or aggregate");
        let (app, store) = &self.lowering.stores[&id];
        let mut rows: Vec<String> = self
            .runtime
            .rows(app, store)
            .map(|it| {
                it.value.as_record().unwrap_or_default().iter().map(Value::literal).collect::<Vec<_>>().join(", ")
            })
            .collect();
        rows.sort();
        rows
    }
}

/// Sends messages one after the other, and compares what was appended (with UUIDs by the word they came from).
#[track_caller]
fn check(text: &str, sends: &[&str], expected: &[&str]) {
    let system = resolve(&board(text));
    let mut run = Run::new(&system);
    run.said.clear();
    for send in sends {
        run.send(send);
    }
    let said: Vec<String> = run.said.iter().map(|it| words(it)).collect();
    assert_eq!(said, expected, "problems: {:#?}", system.problems);
}

/// UUIDs made from `o1` to `o5` as those words.
fn words(text: &str) -> String {
    let mut text = text.to_owned();
    for word in ["o1", "o2", "o3", "o4", "o5"] {
        let value = Value::parse_with_words(&format!("'{word}'"), &Type::Uuid).expect("a UUID");
        text = text.replace(&value.literal(), word);
    }
    text
}

const ORDERS: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Place Order" @0,0
        order: uuid
        total: decimal(12,2)
        requires total > 0
    A "Order" @200,0
        order: uuid key
        status: text
    E "Order Placed" @400,0
        order: uuid
        total: decimal(12,2)
        sets status = 'open'
    C "Cancel Order" @0,200
        order: uuid
        requires status = 'open'
    A again of "Order" @200,200
    E "Order Cancelled" @400,200
        order: uuid
        total: decimal(12,2)
        sets status = 'gone'
    "Place Order" -> "Order"
    "Order" -> "Order Placed"
    "Cancel Order" -> again
    again -> "Order Cancelled"
"#;

#[test]
fn an_aggregate_decides_and_remembers() {
    check(
        ORDERS,
        &[
            "Cancel Order(order = 'o1')",
            "Place Order(order = 'o1', total = 12.50)",
            "Place Order(order = 'o2')",
            "Cancel Order(order = 'o1')",
            "Cancel Order(order = 'o1')",
        ],
        &[
            "CancelOrder(o1)",
            "rejected shop.CancelOrder: status = 'open'",
            "PlaceOrder(o1, 12.50)",
            "OrderPlaced(o1, 12.50)",
            "PlaceOrder(o2, 0.00)",
            "rejected shop.PlaceOrder: total > 0",
            "CancelOrder(o1)",
            "OrderCancelled(o1, 12.50)",
            "CancelOrder(o1)",
            "rejected shop.CancelOrder: status = 'open'",
        ],
    );
}

#[test]
fn food_ordering_runs_to_the_payment_provider_and_past_the_restaurant() {
    let system = sample("food-ordering");
    let mut run = Run::new(&system);
    assert_eq!(run.lowering.unrunnable, []);
    run.said.clear();
    run.send("Place Order(order = 'o1', customer = 'Ada', items = 2, total = 12.50)");
    run.send("Payment Authorised(order = 'o1', amount = 12.50)");
    run.pass(Millis::MINUTE);
    let said: Vec<String> = run.said.iter().map(|it| words(it)).collect();
    insta::assert_snapshot!("food_ordering_appended", said.join("\n"));
    insta::assert_snapshot!(
        "food_ordering_states",
        run.rows("Order").iter().map(|it| words(it)).collect::<Vec<_>>().join("\n")
    );
    insta::assert_snapshot!(
        "food_ordering_rows",
        run.rows("Open Orders").iter().map(|it| words(it)).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_sample_deploys() {
    let folder = format!("{}/samples", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("samples").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".storm.ron") {
            let system = sample(name);
            let lowering = lower(&system);
            let _ = Runtime::new(lowering.deployment).unwrap_or_else(|error| panic!("{name}: {error}"));
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_command_without_an_aggregate_is_handled_all_the_same() {
    check(
        r#"
        context "Shop" @-100,-100 4000x2000
        C "Pay" @0,0
            order: uuid key
            amount: int
        E "Paid" @200,0
            order: uuid
            amount: int
        E "Refused" @200,200
            order: uuid
        "Pay" -> "Paid" : when amount > 10
        "Pay" -> "Refused" : otherwise
        "#,
        &["Pay(order = 'o1', amount = 11)", "Pay(order = 'o2', amount = 10)"],
        &["Pay(o1, 11)", "Paid(o1, 11)", "Pay(o2, 10)", "Refused(o2)"],
    );
}

#[test]
fn what_is_not_required_takes_the_other_way() {
    check(
        r#"
        context "Shop" @-100,-100 4000x2000
        C "Pay" @0,0
            order: uuid key
            amount: int
            requires amount > 10
        E "Paid" @200,0
        E "Refused" @200,200
        "Pay" -> "Paid"
        "Pay" -> "Refused" : otherwise
        "#,
        &["Pay(order = 'o1', amount = 11)", "Pay(order = 'o2', amount = 10)"],
        &["Pay(o1, 11)", "Paid(o1)", "Pay(o2, 10)", "Refused(o2)"],
    );
}

const JOIN: &str = r#"
    context "Shop" @-100,-100 4000x2000
    E "Paid" @0,0 !incoming
        order: uuid key
        amount: int
    E "Packed" @0,200 !incoming
        order: uuid key
        weight: int
    P "Whenever paid and packed, ship" @200,0 join 2h
        when amount > weight
    C "Ship" @400,0
        order: uuid key
        amount: int
        weight: int
    E "Shipped" @600,0
        order: uuid
        weight: int
    "Paid" -> "Whenever paid and packed, ship"
    "Packed" -> "Whenever paid and packed, ship"
    "Whenever paid and packed, ship" -> "Ship" : weight = weight * 2
    "Ship" -> "Shipped"
"#;

#[test]
fn a_join_waits_for_all_of_one_key() {
    check(
        JOIN,
        &["Paid(order = 'o1', amount = 5)", "Packed(order = 'o2', weight = 1)", "Packed(order = 'o1', weight = 2)"],
        &["Paid(o1, 5)", "Packed(o2, 1)", "Packed(o1, 2)", "Ship(o1, 5, 4)", "Shipped(o1, 4)"],
    );
    check(
        JOIN,
        &["Packed(order = 'o1', weight = 7)", "Paid(order = 'o1', amount = 5)"],
        &["Packed(o1, 7)", "Paid(o1, 5)"],
    );
}

const TIMERS: &str = r#"
    context "Shop" @-100,-100 4000x2000
    C "Open" @0,0
    A "Claim" @200,0
        claim: uuid key
    E "Opened" @400,0
        claim: uuid
    C "Close" @0,200
        claim: uuid
        requires closed IS NULL
    A again of "Claim" @200,200
    E "Closed" @400,200 !final
        claim: uuid
        sets closed = TRUE
    "Open" -> "Claim"
    "Claim" -> "Opened"
    "Close" -> again
    again -> "Closed"
"#;

fn timer(text: &str) -> String {
    format!(
        "{TIMERS}\n    T \"Tick\" @0,400\n        {text}\n    E \"Rang\" @200,400\n        claim: uuid\n    \"Tick\" -> \"Rang\"\n"
    )
}

#[test]
fn a_time_after_an_event_comes_once_a_key_unless_another_event_came() {
    let system = resolve(&board(&timer("every never\n        after 1 hour after Opened unless Closed")));
    let mut run = Run::new(&system);
    run.said.clear();
    run.send("Open(claim = 'o1')");
    run.send("Open(claim = 'o2')");
    run.send("Close(claim = 'o1')");
    run.pass(Millis::DAY);
    let said: Vec<String> = run.said.iter().map(|it| words(it)).collect();
    let rang: Vec<&String> = said.iter().filter(|it| it.starts_with("Rang") || it.starts_with("Tick")).collect();
    assert_eq!(rang.len(), 2, "{said:?} {:?}", system.problems);
    assert!(rang.iter().all(|it| it.ends_with("(o2)")), "{said:?}");
}

#[test]
fn a_daily_time_for_each_instance_goes_on_until_its_end() {
    let text = format!(
        "{TIMERS}\n    T \"Every hour\" @0,400\n    C \"Remind\" @200,400\n        claim: uuid\n    A third of \"Claim\" @400,400\n    E \"Reminded\" @600,400\n        claim: uuid\n    \"Every hour\" -> \"Remind\"\n    \"Remind\" -> third\n    third -> \"Reminded\"\n"
    );
    let system = resolve(&board(&text));
    let mut run = Run::new(&system);
    run.said.clear();
    run.send("Open(claim = 'o1')");
    run.pass(Millis(3 * Millis::HOUR.0));
    run.send("Close(claim = 'o1')");
    run.pass(Millis::DAY);
    let reminded = run.said.iter().filter(|it| it.starts_with("Reminded")).count();
    assert_eq!(reminded, 3, "{:?} {:?}", run.said, system.problems);
}

#[test]
fn a_time_of_day_comes_once_for_all() {
    let text = r#"
        context "Shop" @-100,-100 4000x2000
        T "Every morning" @0,0
        P "Whenever it is morning, count" @200,0
        C "Count Stock" @400,0
        E "Stock Counted" @600,0
        "Every morning" -> "Whenever it is morning, count"
        "Whenever it is morning, count" -> "Count Stock"
        "Count Stock" -> "Stock Counted"
    "#;
    let system = resolve(&board(text));
    let mut run = Run::new(&system);
    run.said.clear();
    run.pass(Millis(3 * Millis::DAY.0));
    let counted: Vec<&String> = run.said.iter().filter(|it| it.starts_with("StockCounted")).collect();
    assert_eq!(counted.len(), 3, "{:?} {:?}", run.said, system.problems);
    assert!(counted.iter().all(|it| **it != *counted[0]) || counted[0] != counted[1], "each morning has its own key");
}

#[test]
fn what_cannot_run_is_listed_and_the_rest_runs() {
    let text = format!(
        "{ORDERS}\n    C \"Odd\" @0,400\n        order: uuid\n        requires colour = 3\n    A third of \"Order\" @200,400\n    \
         E \"Oddly Done\" @400,400\n    \"Odd\" -> third\n    third -> \"Oddly Done\"\n    P \"Lonely\" @800,0\n    R \"Empty\" @800,200\n"
    );
    let system = resolve(&board(&text));
    let lowering = lower(&system);
    let mut reasons: Vec<String> =
        lowering.unrunnable.iter().map(|it| format!("{}: {}", system.name(it.id), it.reason)).collect();
    reasons.sort();
    assert_eq!(
        reasons,
        [
            "Empty: no event feeds it: draw an arrow from one",
            "Lonely: nothing triggers it: draw an arrow from an event or a time",
            "Odd: what Odd requires (`colour = 3`): there is no field `COLOUR`",
        ]
    );
    check(&text, &["Place Order(order = 'o1', total = 1.00)"], &["PlaceOrder(o1, 1.00)", "OrderPlaced(o1, 1.00)"]);
}

#[test]
fn a_board_of_events_only_has_nothing_to_run() {
    let lowering = lower(&resolve(&board("level big_picture\n        E \"A\" @0,0\n        E \"B\" @200,0")));
    assert!(lowering.deployment.topics.is_empty() && lowering.deployment.apps.is_empty());
    assert_eq!(lowering.unrunnable, []);
}

#[test]
fn rows_of_another_key_meet_in_one_task() {
    let text = r#"
        context "Shop" @-100,-100 4000x2000
        E "Placed" @0,0 !incoming
            order: uuid key
            customer: uuid
            total: int
        E "Praised" @0,200 !incoming
            review: uuid key
            customer: uuid
            stars: int
        R "Customers" @200,0
            customer: uuid key
            total: int
            stars: int
        "Placed" -> "Customers"
        "Praised" -> "Customers" : when stars > 3
    "#;
    let system = resolve(&board(text));
    let mut run = Run::new(&system);
    for send in [
        "Placed(order = 'o1', customer = 'o5', total = 1)",
        "Placed(order = 'o2', customer = 'o5', total = 2)",
        "Placed(order = 'o3', customer = 'o4', total = 3)",
        "Praised(review = 'o1', customer = 'o5', stars = 5)",
        "Praised(review = 'o2', customer = 'o4', stars = 1)",
    ] {
        run.send(send);
    }
    let mut rows: Vec<String> = run.rows("Customers").iter().map(|it| words(it)).collect();
    rows.sort();
    assert_eq!(rows, ["o4, 3, NULL", "o5, 2, 5"], "{:?}", system.problems);
}

/// Lines that mean something, and lines that nearly do.
const LINES: &[&str] = &[
    "order: uuid key",
    "order: text key",
    "order: int",
    "total: decimal(12,2)",
    "total: text",
    "lines: list<thing>",
    "thing: thing?",
    "status: enum(open|closed)",
    "status: enum(a)",
    "at: timestamp",
    "requires total > 0",
    "requires status = 'open' AND x",
    "sets status = 'open', total = total + 1",
    "sets status = 3, n = 1/0",
    "when total > 1",
    "map total = 'x'",
    "after 2 days after Order Placed unless Nothing",
    "every 2 hours",
    "at 08:00",
    "latency 1s..2s",
    "fails 200%",
    "answers c 3, d 1",
    "rate a 3 per hour",
    "always total >= 0",
    "select * from x",
    "fn",
    "../../x",
    "\u{202e}",
];

proptest! {
    #![proptest_config(crate::laws::cases(48))]

    /// Whatever is written, what can run is deployed and runs for a while.
    #[test]
    fn any_board_deploys(
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(LINES), 0..5), 11),
        labels in prop::collection::vec(prop::sample::select(LINES), 12),
    ) {
        let mut text = String::from(
            "C \"a\" @0,0\nA \"b\" @200,0\nE \"c\" @400,0\nE \"d\" @400,200\nP \"p\" @600,0\nP \"q\" @600,200 join 1h\n\
             R \"r\" @600,400\nX \"x\" @200,200\nT \"t\" @0,400\nW \"w\" @0,600\nC \"e\" @800,0\nG \"thing\" @900,900\n",
        );
        let links = [
            ("a", "b"), ("b", "c"), ("b", "d"), ("c", "p"), ("p", "e"), ("c", "q"), ("d", "q"), ("q", "a"),
            ("c", "r"), ("e", "x"), ("t", "p"), ("w", "a"),
        ];
        for ((from, to), label) in links.iter().zip(&labels) {
            text.push_str(&format!("\"{from}\" -> \"{to}\" : {label}\n"));
        }
        let mut noted = crate::notation::read(&text);
        let ids: Vec<_> = noted.board.stickies().keys().copied().collect();
        for (id, lines) in ids.iter().zip(&texts) {
            let name = noted.board.name(*id);
            let edits = stormglass::board::set_text(&noted.board, *id, &format!("{name}\n\n{}", lines.join("\n")));
            stormglass::board::apply_all(&mut noted.board, &edits).expect("a text");
        }
        let system = resolve(&noted.board);
        let mut names = std::collections::BTreeSet::new();
        for topic in system.topics.keys() {
            prop_assert!(stormglass::model::check_topic(topic).is_ok(), "{topic}");
        }
        for id in system.commands.keys().chain(system.events.keys()).chain(system.timers.keys()) {
            let schema = system.message(*id).expect("a message");
            prop_assert!(names.insert(schema.name.clone()), "{} twice", schema.name);
        }
        let mut run = Run::new(&system);
        run.pass(Millis::HOUR);
        // Every guard, mapping and change is asked: with values as people write them, and with empty ones.
        let lowering = Arc::new(lower(&system));
        let system = Arc::new(system);
        let options = stormglass::simulate::Options { actors: false, ..Default::default() };
        let mut simulation = Simulation::new(system.clone(), lowering, options).expect("it runs");
        for definition in system.commands.keys().chain(system.events.keys()).chain(system.timers.keys()) {
            let (schema, values) = simulation.plausible(*definition).expect("values");
            let empty = schema.fields.iter().map(|it| it.ty.zero()).collect();
            for values in [values, empty] {
                simulation.send(Send { definition: *definition, values }).expect("sent");
            }
        }
        let mut calls = 0;
        let stop = simulation.run_for(Millis(3 * Millis::DAY.0), &mut |_| {
            calls += 1;
            if calls < 500 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        prop_assert!(matches!(stop, Stop::Over | Stop::Quiet), "{stop:?} at {}", simulation.now());
    }
}
