//! Runs of boards in virtual time.

mod scenarios;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use stormglass::board::{self, Board};
use stormglass::flow::Flow;
use stormglass::kit::{Id, Millis};
use stormglass::lowering::{Lowering, lower};
use stormglass::model::System;
use stormglass::record::Value;
use stormglass::simulate::{Options, Send, Simulation, Stop, run_scenario};
use stormglass::trace::{Player, TraceEvent, write_lines};

use crate::notation;

fn read(path: &str) -> Board {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(path);
    board::read(&std::fs::read(path).unwrap()).unwrap()
}

fn meaning(board: &Board) -> (Arc<System>, Arc<Lowering>) {
    let system = System::resolve(board, &Flow::read(board, stormglass::flow::Options { ghosts: true }));
    let lowering = lower(&system);
    (Arc::new(system), Arc::new(lowering))
}

fn simulation(board: &Board, seed: u64) -> Simulation {
    let (system, lowering) = meaning(board);
    Simulation::new(system, lowering, Options { seed, ..Options::default() }).unwrap()
}

fn simulation_by_hand(board: &Board) -> Simulation {
    let (system, lowering) = meaning(board);
    Simulation::new(system, lowering, Options { actors: false, ..Options::default() }).unwrap()
}

fn pass(simulation: &mut Simulation, time: Millis) -> Stop {
    simulation.run_for(time, &mut |_| ControlFlow::Continue(()))
}

fn lines(simulation: &Simulation) -> String {
    let mut bytes = Vec::new();
    write_lines(simulation.trace(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn named(simulation: &Simulation, name: &str) -> Id {
    let names = &simulation.trace().header().names;
    *names.iter().find(|(_, it)| &***it == name).unwrap().0
}

fn count(simulation: &Simulation, name: &str) -> u64 {
    let id = named(simulation, name);
    simulation.report().stickies.iter().find(|it| it.id == id).unwrap().count
}

#[test]
fn food_ordering_runs_and_equal_runs_are_equal_bytes() {
    let board = read("food-ordering.storm.ron");
    let run = || {
        let mut simulation = simulation(&board, 7);
        assert_eq!(pass(&mut simulation, Millis(2 * Millis::HOUR.0)), Stop::Over);
        simulation
    };
    let (one, two) = (run(), run());
    assert_eq!(lines(&one), lines(&two));
    assert_eq!(one.report().to_json(), two.report().to_json());
    for name in ["Order Placed", "Payment Authorised", "Order Accepted", "Meal Prepared", "Order Delivered"] {
        assert!(count(&one, name) > 5, "{name}");
    }
    assert!(one.report().is_clean());
    let tasks: Vec<_> = one.trace().records().iter().filter(|it| it.topic.ends_with(".tasks")).collect();
    assert!(!tasks.is_empty());
    assert!(tasks.iter().all(|it| it.message.is_none() && it.from.is_some()), "a task is no second event");
    let other = {
        let mut it = simulation(&board, 8);
        pass(&mut it, Millis(2 * Millis::HOUR.0));
        it
    };
    assert_ne!(lines(&one), lines(&other));
}

#[test]
fn the_scenarios_of_food_ordering_pass() {
    let (system, lowering) = meaning(&read("food-ordering.storm.ron"));
    assert_eq!(system.scenarios.len(), 5);
    for scenario in system.scenarios.values() {
        let (result, _) = run_scenario(&system, &lowering, scenario.id, 7).unwrap();
        assert!(result.passed, "{}: {}", result.title, result.difference);
    }
}

#[test]
fn food_ordering_needs_no_guesses() {
    let board = read("food-ordering.storm.ron");
    let flow = Flow::read(&board, stormglass::flow::Options { ghosts: true });
    let ghosts = flow.ghosts().map(|it| format!("{} > {}: {:?}", board.name(it.from), board.name(it.to), it.origin));
    assert_eq!(ghosts.collect::<Vec<_>>(), Vec::<String>::new());
    let (system, lowering) = meaning(&board);
    assert_eq!(system.problems, []);
    assert_eq!(lowering.unrunnable, []);
}

#[test]
fn something_moves_within_a_second() {
    let mut simulation = simulation(&read("food-ordering.storm.ron"), 7);
    pass(&mut simulation, Millis(10_000));
    let mut player = Player::new();
    player.sync(simulation.trace());
    assert!(!player.pulses_at(900).is_empty());
}

#[test]
fn an_order_delivered_twice_is_charged_twice() {
    let mut simulation = simulation_by_hand(&read("food-ordering.storm.ron"));
    let place = named(&simulation, "Place Order");
    let (_, values) = simulation.plausible(place).unwrap();
    simulation.send(Send { definition: place, values }).unwrap();
    pass(&mut simulation, Millis(10_000));
    assert_eq!(count(&simulation, "Payment Authorised"), 1);
    let placed = named(&simulation, "Order Placed");
    let record = simulation.trace().records().iter().find(|it| it.message == Some(placed)).unwrap().id;
    simulation.redeliver(record).unwrap();
    pass(&mut simulation, Millis(10_000));
    assert_eq!(count(&simulation, "Payment Authorised"), 2);
    assert_eq!(count(&simulation, "Order Placed"), 1);
}

#[test]
fn where_the_provider_fails_the_deadline_cancels() {
    let mut simulation = simulation_by_hand(&read("food-ordering.storm.ron"));
    let provider = named(&simulation, "Payment Provider");
    simulation.set_failure_rate(provider, 1.0).unwrap();
    let place = named(&simulation, "Place Order");
    let (_, values) = simulation.plausible(place).unwrap();
    simulation.send(Send { definition: place, values }).unwrap();
    pass(&mut simulation, Millis::HOUR);
    assert_eq!(count(&simulation, "Payment Authorised"), 0);
    assert_eq!(count(&simulation, "Payment Deadline Passed"), 1);
    assert_eq!(count(&simulation, "Order Cancelled"), 1);
    let report = simulation.report();
    assert!(report.stuck.iter().any(|it| it.on == Some(provider) && it.what == "no answer"));
    assert_eq!(report.faults.len(), 1);
}

#[test]
fn a_stopped_consumer_falls_behind_and_catches_up_while_the_producer_goes_on() {
    let mut simulation = simulation(&read("food-ordering.storm.ron"), 7);
    let orders = named(&simulation, "Open Orders");
    simulation.stop(orders).unwrap();
    pass(&mut simulation, Millis::HOUR);
    assert!(simulation.rows(orders).is_empty());
    let placed = count(&simulation, "Order Placed");
    assert!(placed > 5);
    let lag = |it: &Simulation| -> i64 {
        let lags = it.report().lags;
        lags.iter().filter(|it| it.consumer == "ordering.open-orders").map(|it| it.lag).sum()
    };
    assert!(lag(&simulation) >= placed as i64);
    simulation.resume(orders).unwrap();
    pass(&mut simulation, Millis::SECOND);
    assert_eq!(lag(&simulation), 0);
    assert!(simulation.rows(orders).len() >= placed as usize);
    let unknown = Id::from_bits(1);
    assert!(simulation.stop(unknown).is_err() && simulation.set_failure_rate(orders, 0.5).is_err());
}

#[test]
fn a_timeline_without_causes_is_played_in_order() {
    let mut simulation = simulation(&read("food-ordering-big-picture.storm.ron"), 7);
    assert!(simulation.is_order_only());
    assert_eq!(pass(&mut simulation, Millis::HOUR), Stop::Quiet);
    let report = simulation.report();
    assert_eq!(report.order_only.as_deref(), Some("order only, no causes modelled"));
    let played: Vec<&str> = simulation
        .trace()
        .entries()
        .iter()
        .filter_map(|it| match it.event {
            TraceEvent::Played { event, .. } => Some(simulation.trace().name(event)),
            _ => None,
        })
        .collect();
    assert_eq!(played.first(), Some(&"Basket Filled"));
    assert_eq!(played.last(), Some(&"Order Rated"));
    assert_eq!(played.len(), 9);
    let mut player = Player::new();
    player.sync(simulation.trace());
    assert!((0..player.end()).any(|at| !player.pulses_at(at).is_empty()));
}

#[test]
fn a_policy_that_triggers_itself_is_stopped_and_told() {
    let noted = notation::read(
        r#"
        W "Clerk" @0,60
            rate 1 per hour
        C "Send Reminder" @0,0 !starts
            customer: uuid key
        E "Reminder Sent" @200,0
            customer: uuid
        P "Whenever a reminder was sent, send one" @400,0
        "Clerk" -> "Send Reminder"
        "Send Reminder" -> "Reminder Sent"
        "Reminder Sent" -> "Whenever a reminder was sent, send one"
        "Whenever a reminder was sent, send one" -> "Send Reminder"
        "#,
    );
    let mut simulation = simulation(&noted.board, 7);
    pass(&mut simulation, Millis(30 * Millis::MINUTE.0));
    let report = simulation.report();
    let policy = noted.id("Whenever a reminder was sent, send one");
    assert!(report.loops.iter().any(|it| it.ids.contains(&policy) && it.ids.len() == 3), "{:?}", report.loops);
    assert!(report.records < 1_000, "{}", report.records);
    assert!(!report.is_clean());
}

#[test]
fn invariants_are_watched() {
    let noted = notation::read(
        r#"
        W "Clerk" @0,60
            rate 60 per hour
        C "Take" @0,0
            item: uuid
            pieces: int
        C "Stock Up" @0,200 !starts
            item: uuid
        A "Shelf" @200,0
            item: uuid key
            stock: int
            always stock >= 0
        A again of "Shelf" @200,200
        E "Taken" @500,0
            item: uuid
            pieces: int
            sets stock = stock - pieces
        E "Stocked" @500,200
            item: uuid
            sets stock = 10
        "Clerk" -> "Take"
        "Clerk" -> "Stock Up"
        "Take" -> "Shelf"
        "Shelf" -> "Taken"
        "Stock Up" -> again
        again -> "Stocked"
        scenario "every Stocked leads to Taken within 1 minute" @0,400
        "#,
    );
    let mut simulation = simulation(&noted.board, 7);
    pass(&mut simulation, Millis::HOUR);
    let report = simulation.report();
    let [always, leads] = [true, false].map(|always| {
        report.invariants.iter().find(|it| it.text.starts_with("always") == always).expect("both invariants")
    });
    assert!(always.broken > 0 && always.violations[0].why.contains("stock >= 0"), "{always:?}");
    assert!(leads.broken > 0 && leads.checked >= leads.broken, "{leads:?}");
    assert!(simulation.trace().entries().iter().any(|it| matches!(it.event, TraceEvent::Broken { .. })));
}

/// A shop that ships parcels: what it knows of customers is in a read model of its own.
const SHIPPING: &str = r#"
    C register "Register" @0,0
        customer: uuid
        country: text
        credit: int
    A "Customer" @200,0
        customer: uuid key
    E "Registered" @400,0
        customer: uuid
        country: text
        credit: int
    R known "Known Customers" @600,200
        customer: uuid key
        country: text
        credit: int
    C place "Place" @0,400
        order: uuid
        buyer: uuid
        total: int
    A "Order" @200,400
        order: uuid key
    E "Placed" @400,400
        order: uuid
        buyer: uuid
        total: int
    P ship "Whenever placed, ship" @600,400 either
    C parcel "Ship Parcel" @800,400
        order: uuid
        country: text?
    C ask "Ask for Payment" @800,600
        order: uuid
    A "Parcel" @1000,400
        order: uuid key
    A "Reminder" @1000,600
        order: uuid key
    E "Shipped" @1200,400
        order: uuid
        country: text?
    E "Asked" @1200,600
        order: uuid
    register -> "Customer"
    "Customer" -> "Registered"
    "Registered" -> known
    place -> "Order"
    "Order" -> "Placed"
    "Placed" -> ship
    known -> ship : customer = buyer
    ship -> parcel : when total <= credit
    ship -> ask : otherwise
    parcel -> "Parcel"
    "Parcel" -> "Shipped"
    ask -> "Reminder"
    "Reminder" -> "Asked"
"#;

#[test]
fn a_policy_looks_up_what_a_read_model_holds() {
    let noted = notation::read(SHIPPING);
    let mut simulation = simulation_by_hand(&noted.board);
    let problems = &simulation.system().problems;
    assert!(problems.is_empty(), "{problems:?}");
    let customer = |it: u32| Value::uuid_of_word(&format!("customer {it}"));
    for it in 0..6u32 {
        let values = vec![customer(it), Value::text(format!("country {it}")), Value::Int(10)];
        simulation.send(Send { definition: noted.id("register"), values }).unwrap();
    }
    pass(&mut simulation, Millis(1_000));
    for (it, total) in [(0, 10), (1, 11), (2, 3), (3, 1), (4, 10), (5, 12), (9, 1)] {
        let values = vec![Value::uuid_of_word(&format!("order {it}")), customer(it), Value::Int(total)];
        simulation.send(Send { definition: noted.id("place"), values }).unwrap();
    }
    pass(&mut simulation, Millis(1_000));
    // Rows are found whatever partition the order lies in; what is not known of a customer is NULL, so no guard holds.
    let told = |name: &str| {
        let id = noted.id(name);
        let of = simulation.trace().records().iter().filter(|it| it.message == Some(id));
        let mut fields: Vec<String> = of.map(|it| it.value.as_ref().unwrap().to_string()).collect();
        fields.sort();
        let short = |it: String| it.rsplit_once(", ").map_or_else(|| "an order".to_owned(), |it| it.1.to_owned());
        let mut fields: Vec<String> = fields.into_iter().map(short).collect();
        fields.sort();
        fields.join(" ")
    };
    assert_eq!(told("Shipped"), "'country 0') 'country 2') 'country 3') 'country 4')");
    assert_eq!(told("Asked"), "an order an order an order");
}

#[test]
fn what_cannot_be_looked_up_is_said() {
    let noted = notation::read(&SHIPPING.replace(" : customer = buyer", ""));
    let system = System::resolve(&noted.board, &Flow::read(&noted.board, Default::default()));
    let said: Vec<&str> = system.assumptions.iter().map(|it| it.text.as_str()).collect();
    assert!(said.iter().any(|it| it.contains("so that Whenever placed, ship looks nothing up")), "{said:?}");
}

#[test]
fn a_scenario_that_fails_says_why() {
    let board = read("food-ordering.storm.ron");
    let mut text = board::write(&board);
    text = text.replace("then Order Cancelled(order = \\'o3\\', total = 20.00)", "then Order Cancelled(total = 21.00)");
    let board = board::read(text.as_bytes()).unwrap();
    let (system, lowering) = meaning(&board);
    let id = system.scenarios.values().find(|it| it.title.contains("in time")).unwrap().id;
    let (result, trace) = run_scenario(&system, &lowering, id, 7).unwrap();
    assert!(!result.passed);
    insta::assert_snapshot!(result.difference, @"then Order Cancelled(total = 21.00): total is 20.00 and not 21.00");
    assert!(!trace.records().is_empty());
    let nobody = run_scenario(&system, &lowering, Id::from_bits(1), 7);
    assert!(nobody.is_err());
}

#[test]
fn the_shape_of_the_report_is_stable() {
    let mut simulation = simulation(&read("food-ordering.storm.ron"), 7);
    pass(&mut simulation, Millis(10 * Millis::MINUTE.0));
    let json: serde_json::Value = serde_json::from_str(&simulation.report().to_json()).unwrap();
    let members: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    insta::assert_snapshot!(members.join(" "), @"board seed started ended virtual_ms records order_only stickies latencies lags stuck rejections choices invariants loops ghost_links not_run faults trace_left_out");
    let shape = |it: &serde_json::Value| it.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    insta::assert_snapshot!(shape(&json["stickies"][0]), @"id name kind count handled rejected failed");
    insta::assert_snapshot!(shape(&json["latencies"][0]), @"from to count p50_ms p99_ms max_ms");
    insta::assert_snapshot!(shape(&json["invariants"][0]), @"id text checked open broken violations");
}

#[test]
fn a_form_is_prefilled_with_what_can_be_sent() {
    let mut simulation = simulation(&read("food-ordering.storm.ron"), 7);
    pass(&mut simulation, Millis(20 * Millis::MINUTE.0));
    let before = lines(&simulation);
    let system = simulation.system().clone();
    for definition in system.commands.keys().chain(system.events.keys()).chain(system.timers.keys()) {
        let (_, values) = simulation.plausible(*definition).unwrap();
        let again = simulation.plausible(*definition).unwrap().1;
        assert_eq!(values, again);
    }
    assert_eq!(lines(&simulation), before);
    for definition in system.commands.keys() {
        let (_, values) = simulation.plausible(*definition).unwrap();
        simulation.send(Send { definition: *definition, values }).unwrap();
    }
    assert!(simulation.send(Send { definition: *system.commands.keys().next().unwrap(), values: vec![] }).is_err());
    assert!(simulation.plausible(*system.policies.keys().next().unwrap()).is_err());
    assert!(simulation.step());
}

#[test]
fn stopping_in_the_middle_changes_nothing() {
    let board = read("food-ordering.storm.ron");
    let mut straight = simulation(&board, 3);
    pass(&mut straight, Millis::HOUR);
    let mut halting = simulation(&board, 3);
    let end = halting.now() + Millis::HOUR;
    let mut calls = 0;
    while halting.now() < end {
        let left = end.since(halting.now());
        halting.run_for(left, &mut |_| {
            calls += 1;
            ControlFlow::Break(())
        });
    }
    assert!(calls > 3);
    assert_eq!(lines(&straight), lines(&halting));
}

#[test]
fn a_full_trace_stops_the_run() {
    let (system, lowering) = meaning(&read("food-ordering.storm.ron"));
    let options = Options { trace_limit: 100, ..Options::default() };
    let mut simulation = Simulation::new(system, lowering, options).unwrap();
    assert_eq!(pass(&mut simulation, Millis::DAY), Stop::Full);
}

#[test]
fn a_time_event_that_cannot_be_made_is_told_and_holds_nothing_up() {
    let noted = notation::read(
        r#"
        context "Shop" @-100,-100 4000x2000
        E "Placed" @0,0 !incoming
            order: uuid key
            total: int
            days: int
        T "Due" @200,0
            after 3 days after Placed
        E "Instalment Due" @400,0
            order: uuid
            each: int
        "Due" -> "Instalment Due" : each = total / days
        "#,
    );
    let mut simulation = simulation_by_hand(&noted.board);
    assert!(simulation.system().problems.is_empty(), "{:?}", simulation.system().problems);
    for (order, days) in [("a", 2), ("b", 0), ("c", 3), ("d", 0), ("e", 6)] {
        let values = vec![Value::uuid_of_word(order), Value::Int(12), Value::Int(days)];
        simulation.send(Send { definition: noted.id("Placed"), values }).unwrap();
    }
    let mut calls = 0;
    let stop = simulation.run_for(Millis(4 * Millis::DAY.0), &mut |_| {
        calls += 1;
        if calls < 100 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(matches!(stop, Stop::Over | Stop::Quiet), "{stop:?}");
    let due = noted.id("Instalment Due");
    let each = |it: &stormglass::trace::TracedRecord| it.value.as_ref()?.as_record()?.iter().find_map(Value::as_long);
    let mut made: Vec<i64> =
        simulation.trace().records().iter().filter(|it| it.message == Some(due)).filter_map(each).collect();
    made.sort_unstable();
    assert_eq!(made, [2, 4, 6]);
    let failed = |it: &&stormglass::trace::Entry| {
        matches!(&it.event, TraceEvent::Failed { by, reason, .. }
        if *by == noted.id("Due") && reason.contains("division by zero"))
    };
    assert_eq!(simulation.trace().entries().iter().filter(failed).count(), 2);
    let report = simulation.report();
    let stuck = report.stuck.iter().find(|it| it.on == Some(noted.id("Due"))).expect("it is told");
    assert_eq!(stuck.count, 2);
}

#[test]
fn a_read_model_that_was_stopped_for_long_loses_nothing() {
    let noted = notation::read(
        r#"
        context "Shop" @-100,-100 4000x2000
        E "Placed" @0,0 !incoming
            order: uuid key
            customer: uuid
        R "Customers" @200,0
            customer: uuid key
            order: uuid
        "Placed" -> "Customers"
        "#,
    );
    let mut simulation = simulation_by_hand(&noted.board);
    // The first half of it reads what the second half reads: only that is to lie still.
    simulation.stop(noted.id("Customers")).unwrap();
    for at in 0..20 {
        let values = vec![Value::uuid_of_word(&format!("o{at}")), Value::uuid_of_word(&format!("c{at}"))];
        simulation.send(Send { definition: noted.id("Placed"), values }).unwrap();
    }
    pass(&mut simulation, Millis(20 * Millis::DAY.0));
    simulation.resume(noted.id("Customers")).unwrap();
    pass(&mut simulation, Millis(10_000));
    assert_eq!(simulation.rows(noted.id("Customers")).len(), 20);
    // The topic between its halves keeps what was not read, as the events' topic does.
    let topics = &simulation.runtime().deployment().topics;
    let kept: Vec<(&str, bool)> = topics.iter().map(|it| (&*it.name, it.config.retention == Millis(-1))).collect();
    for topic in ["shop.placed.events", "shop.customers.repartition"] {
        assert!(kept.contains(&(topic, true)), "{topic}: {kept:?}");
    }
}

#[test]
fn an_actor_takes_no_row_that_names_nobody() {
    let noted = notation::read(
        r#"
        context "Shop" @-100,-100 4000x2000
        W "Clerk" @0,60
            rate 60 per hour
        C "Book" @-200,200
            desk: int key
            order: uuid?
        E "Booked" @0,200
            desk: int key
            order: uuid?
        R "Desks" @200,200
            desk: int key
            order: uuid
        C "Serve" @300,60
            order: uuid
        A "Order" @500,60
            order: uuid key
        E "Served" @700,60
            order: uuid
        C "Open" @300,400 !starts
            order: uuid
        A again of "Order" @500,400
        E "Opened" @700,400
            order: uuid
        "Open" -> again
        again -> "Opened"
        "Book" -> "Booked"
        "Booked" -> "Desks"
        "Desks" -> "Clerk"
        "Clerk" -> "Serve"
        "Serve" -> "Order"
        "Order" -> "Served"
        "#,
    );
    let (system, lowering) = meaning(&noted.board);
    let mut simulation = Simulation::new(system, lowering, Options::default()).unwrap();
    simulation.stop(noted.id("Clerk")).unwrap();
    let book = |simulation: &mut Simulation, desk: i32, order: Value| {
        simulation.send(Send { definition: noted.id("Book"), values: vec![Value::Int(desk), order] }).unwrap();
        pass(simulation, Millis(1_000));
    };
    for desk in 0..20 {
        book(&mut simulation, desk, Value::Null);
    }
    simulation.resume(noted.id("Clerk")).unwrap();
    pass(&mut simulation, Millis::HOUR);
    let waits = |it: &stormglass::trace::Entry| matches!(it.event, TraceEvent::Waited { .. });
    assert!(simulation.trace().entries().iter().any(waits), "that there is nothing to do is told");
    let stuck: Vec<String> = simulation.report().stuck.into_iter().map(|it| it.what).collect();
    assert_eq!(stuck, ["waits for something on which it can Serve"]);
    assert_eq!(count(&simulation, "Serve"), 0);
    book(&mut simulation, 20, Value::uuid_of_word("o1"));
    pass(&mut simulation, Millis::HOUR);
    assert!(count(&simulation, "Served") > 20);
}

#[test]
fn what_is_made_up_is_new_each_time() {
    let noted = notation::read(
        r#"
        context "Shop" @-100,-100 4000x2000
        E "Placed" @0,0 !incoming
            order: uuid key
        P "Whenever placed, pack" @200,0
        C "Pack" @400,0
            order: uuid key
        E "Packed" @600,0
            order: uuid key
            parcel: uuid
        "Placed" -> "Whenever placed, pack"
        "Whenever placed, pack" -> "Pack"
        "Pack" -> "Packed"
        "#,
    );
    let mut simulation = simulation_by_hand(&noted.board);
    let values = vec![Value::uuid_of_word("o1")];
    simulation.send(Send { definition: noted.id("Placed"), values }).unwrap();
    pass(&mut simulation, Millis(1_000));
    let record = simulation.trace().records().iter().find(|it| it.message == Some(noted.id("Placed"))).unwrap().id;
    simulation.redeliver(record).unwrap();
    pass(&mut simulation, Millis(1_000));
    let packs = simulation.trace().records().iter().filter(|it| it.message == Some(noted.id("Packed")));
    let parcels: std::collections::BTreeSet<&Value> = packs.filter_map(|it| it.value.as_ref()?.field(1)).collect();
    assert_eq!(parcels.len(), 2, "{:?} {:?}", simulation.system().problems, simulation.system().assumptions);
}
