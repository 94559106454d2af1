//! Tests of `model`: boards in words, resolved systems in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use stormglass::board::{self, Board};
use stormglass::flow::{Flow, Options};
use stormglass::kit::{Id, IdSource, Severity};
use stormglass::model::{
    Expectation, Handler, Issue, KeyRule, Law, NameReason, NameTable, Owner, Rule, Source, System, Trigger,
};
use stormglass::model::{MAX_NAME, Named, OUTPUTS, Output, check_topic};
use stormglass::record::RecordSchema;

use crate::notation::{Noted, read};

pub(crate) fn resolve(noted: &Noted) -> System {
    of_board(&noted.board)
}

fn of_board(board: &Board) -> System {
    System::resolve(board, &Flow::read(board, Options { ghosts: true }))
}

fn fields(schema: &RecordSchema) -> String {
    let field =
        |it: &stormglass::record::FieldSchema| format!("{}{}: {}", if it.key { "*" } else { "" }, it.label, it.ty);
    format!("{}({})", schema.name, schema.fields.iter().map(field).collect::<Vec<_>>().join(", "))
}

fn source(it: &Source) -> String {
    match it {
        Source::Expr { text, .. } => format!("={text}"),
        Source::Copy { row, field } => format!("{row}.{field}"),
        Source::First(list) => list.iter().map(source).collect::<Vec<_>>().join("|"),
        Source::Key => "key".to_owned(),
        Source::Now => "now".to_owned(),
        Source::Fresh => "fresh".to_owned(),
        Source::Value(value) => value.literal(),
        Source::Nothing => "-".to_owned(),
    }
}

fn sources(list: &[Source]) -> String {
    list.iter().map(source).collect::<Vec<_>>().join(" ")
}

fn rule(it: &Rule) -> String {
    let kind = if it.is_prose() { "prose" } else { "expr" };
    format!("{kind} {}", it.text())
}

fn issue(system: &System, it: &Issue) -> String {
    let when = it.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
    let otherwise = if it.otherwise { " otherwise" } else { "" };
    let key = match &it.key {
        KeyRule::Field(it) => source(it),
        KeyRule::Cause => "the cause's".to_owned(),
        KeyRule::Correlation => "the correlation's".to_owned(),
        KeyRule::Row { read_model, column } => format!("{}.{column}", system.name(*read_model)),
        KeyRule::Living { .. } => "a living one's".to_owned(),
        KeyRule::New => "a new one's".to_owned(),
    };
    format!("{}{when}{otherwise} key {key} [{}]", system.name(it.command), sources(&it.fill))
}

/// The system in words, for snapshots.
fn outline(system: &System) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").unwrap();
    let name = |id: Id| system.name(id).to_owned();
    for it in system.contexts.values() {
        line(format!("context {}", it.name));
    }
    for it in system.records.values() {
        line(format!("record {}", fields(&it.schema)));
    }
    for it in system.aggregates.values() {
        line(format!("aggregate {}: {}", it.name, fields(&it.state)));
        line(format!("  commands {}", it.commands.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        line(format!("  events {}", it.events.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        for it in &it.always {
            line(format!("  always {}", rule(it)));
        }
    }
    for it in system.commands.values() {
        let by = match it.handler {
            Handler::Aggregate(id) | Handler::External(id) => name(id),
            Handler::Nobody => "nobody".to_owned(),
        };
        let starts = if it.starts { " starts" } else { "" };
        line(format!("command {} -> {by} on {}{starts}", fields(&it.schema), it.topic));
        for it in &it.requires {
            line(format!("  requires {}", rule(it)));
        }
        for outcome in &it.outcomes {
            let when = outcome.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
            let otherwise = if outcome.otherwise { " otherwise" } else { "" };
            let weight = if outcome.weight == 1 { String::new() } else { format!(" x{}", outcome.weight) };
            let event = name(outcome.event);
            line(format!("  {:?} {event}{when}{otherwise}{weight} [{}]", it.outputs, sources(&outcome.fill)));
        }
    }
    for it in system.events.values() {
        let by = match it.owner {
            Owner::Nobody => "nobody".to_owned(),
            owner => owner.id().map(name).unwrap_or_default(),
        };
        line(format!("event {} <- {by} on {}", fields(&it.schema), it.topic));
        for set in &it.sets {
            line(format!("  sets {} {}", set.field, source(&set.source)));
        }
    }
    for it in system.policies.values() {
        let manual = if it.manual { " manual" } else { "" };
        let actor = it.actor.map_or(String::new(), |it| format!(" by {}", name(it)));
        let join = it.join.map_or(String::new(), |it| format!(" join {it}"));
        let implicit = if it.implicit { " implicit" } else { "" };
        line(format!("policy {}{implicit}{manual}{actor}{join} {:?}", it.name, it.outputs));
        for reaction in &it.reactions {
            let on = reaction.on.iter().map(|it| match it {
                Trigger::Event(id) => name(*id),
                Trigger::Timer(id) => format!("time {}", name(*id)),
            });
            line(format!("  on {}", on.collect::<Vec<_>>().join(" and ")));
            for it in &reaction.guard {
                line(format!("    guard {}", rule(it)));
            }
            for it in &reaction.issues {
                line(format!("    {}", issue(system, it)));
            }
        }
        if let Some(query) = &it.query {
            line(format!("  query {query}"));
        }
    }
    for it in system.read_models.values() {
        line(format!("read model {} on {}", fields(&it.schema), it.topic));
        for feed in &it.feeds {
            let sets = feed.sets.iter().map(|it| format!("{}={}", it.field, source(&it.source)));
            let when = feed.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
            let sets = sets.collect::<Vec<_>>().join(" ");
            line(format!("  {}{when} key {} {sets}", name(feed.event), feed.key));
        }
    }
    for it in system.externals.values() {
        let (low, high) = it.latency;
        line(format!("external {} {low}..{high} fails {}", it.name, it.failure_rate));
        line(format!("  sends {}", it.sends.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        for it in &it.calls {
            line(format!("  calls {}", issue(system, it)));
        }
    }
    for it in system.actors.values() {
        let rate = it.rate.map_or(String::new(), |it| format!(" {} per {}", it.count, it.per));
        line(format!("actor {}{rate}", it.name));
        for it in &it.issues {
            line(format!("  {}", issue(system, it)));
        }
        for (command, rate) in &it.rates {
            line(format!("  rate {} {} per {}", name(*command), rate.count, rate.per));
        }
    }
    for it in system.timers.values() {
        let follows = it.follows.map_or(String::new(), |it| format!(" after {}", name(it)));
        let unless = it.unless.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
        line(format!(
            "timer {} {:?}{follows} unless [{unless}] [{}]",
            fields(&it.schema),
            it.cadence,
            sources(&it.fill)
        ));
        for it in &it.outcomes {
            line(format!("  brings about {} [{}]", name(it.event), sources(&it.fill)));
        }
    }
    for it in system.topics.values() {
        let messages = it.messages.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
        line(format!("topic {} {:?} [{messages}]", it.name, it.kind));
    }
    for it in system.scenarios.values() {
        line(format!("scenario {}", it.title));
        for it in it.given.iter().chain(&it.when) {
            let values =
                it.values.iter().map(|(at, it)| format!("{at}={}", it.literal())).collect::<Vec<_>>().join(" ");
            line(format!("  {} {values}", name(it.message)));
        }
        for it in &it.then {
            line(match it {
                Expectation::Event(it) | Expectation::Command(it) => {
                    let values = it.values.iter().map(|(at, it)| format!("{at}={}", it.literal()));
                    format!("  then {} {}", name(it.message), values.collect::<Vec<_>>().join(" "))
                }
                Expectation::Nothing => "  then nothing".to_owned(),
                Expectation::Rejected => "  then rejected".to_owned(),
            });
        }
    }
    for it in &system.invariants {
        let of = match &it.law {
            Law::Always { aggregate, rule: it } => format!("{} {}", name(*aggregate), rule(it)),
            Law::LeadsTo { from, to, within } => {
                let to = to.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
                format!("{} -> {to} {within:?}", name(*from))
            }
        };
        line(format!("invariant {}: {of}", it.text));
    }
    for it in &system.assumptions {
        line(format!("assumed: {}", it.text));
    }
    for it in &system.problems {
        let help = it.help.as_ref().map_or(String::new(), |it| format!(" ({it})"));
        line(format!("{:?} {}: {}{help}", it.severity, it.code, it.message));
    }
    out
}

fn sample(name: &str) -> Board {
    let path = format!("{}/samples/{name}.storm.ron", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    board::read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn food_ordering_is_resolved() {
    insta::assert_snapshot!("food_ordering", outline(&of_board(&sample("food-ordering"))));
}

/// The lines of the outline that begin with one of the words, for a board in words.
#[track_caller]
fn check(text: &str, words: &[&str], expected: &[&str]) {
    let all = outline(&resolve(&read(text)));
    let mut keep = false;
    let mut said = Vec::new();
    for line in all.lines() {
        if !line.starts_with(' ') {
            keep = words.iter().any(|it| line.starts_with(it));
        }
        if keep {
            said.push(line.trim());
        }
    }
    assert_eq!(said, expected, "\n{all}");
}

#[test]
fn a_board_without_fields_and_aggregates_has_both() {
    check(
        r#"
        C "Place Order" @0,0
        E "Order Placed" @200,0
        "Place Order" -> "Order Placed"
        "#,
        &["aggregate", "command", "event", "assumed", "Error", "Warning"],
        &[
            "aggregate Place Order handler: board.PlaceOrderHandler(*Place Order id: uuid)",
            "commands Place Order",
            "events Order Placed",
            "command board.PlaceOrder(*Place Order id: uuid) -> Place Order handler on \
             board.place-order-handler.commands starts",
            "Either Order Placed [key]",
            "event board.OrderPlaced(*Place Order id: uuid) <- Place Order handler on board.place-order-handler.events",
            "assumed: Place Order has no key field: `Place Order id: uuid` is assumed on its messages",
        ],
    );
}

#[test]
fn commands_that_share_an_event_share_an_anonymous_aggregate() {
    let system = resolve(&read(
        r#"
        C "Cancel" @0,0
        C "Refuse" @0,200
        C "Ship" @0,400
        E "Ended" @200,100
        E "Shipped" @200,400
        "Cancel" -> "Ended"
        "Refuse" -> "Ended"
        "Ship" -> "Shipped"
        "#,
    ));
    let names: Vec<&str> = system.aggregates.values().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"Cancel handler") && names.contains(&"Ship handler"), "{names:?}");
}

#[test]
fn keys_must_agree() {
    check(
        r#"
        C "Pay" @0,0
            order: uuid key
        A "Order" @200,0
        E "Paid" @400,0
            number: text key
        "Pay" -> "Order"
        "Order" -> "Paid"
        "#,
        &["Error", "Warning"],
        &[
            "Error M-key: the key of “Order” is not clear: Pay has `order: uuid`, Paid has `number: text` \
             (mark the key field on the aggregate, or the same one on its commands and events)",
            "Error M-key: Paid is keyed by `number: text`, its aggregate Order by `order: uuid` \
             (use one key field, with one type, in both)",
        ],
    );
}

#[test]
fn the_key_marked_on_one_message_is_the_key_of_all() {
    check(
        r#"
        C "Pay" @0,0
            invoice: text key
        A "Invoice" @200,0
        E "Paid" @400,0
            amount: int
        "Pay" -> "Invoice"
        "Invoice" -> "Paid"
        "#,
        &["aggregate", "event", "assumed", "Error"],
        &[
            "aggregate Invoice: board.Invoice(*invoice: text, amount: int?)",
            "commands Pay",
            "events Paid",
            "event board.Paid(*invoice: text, amount: int) <- Invoice on board.invoice.events",
            "sets 1 0.1",
            "assumed: Paid does not hold its key: `invoice: text` is added",
            "assumed: `amount` of Paid come from nowhere when Pay is handled: empty values are taken",
        ],
    );
}

#[test]
fn type_errors_name_the_sticky_and_the_next_step() {
    check(
        r#"
        C "Pay" @0,0
            order: uuid
            total: int
            requires totl > 0
        A "Order" @200,0
            order: uuid key
        E "Paid" @400,0
            order: uuid
            total: int
            sets total = 'many', colour = blue
        "Pay" -> "Order"
        "Order" -> "Paid"
        "#,
        &["Error", "Warning"],
        &[
            "Error M-type: what Pay requires (`totl > 0`): there is no field `TOTL` (did you mean `TOTAL`?)",
            "Error M-name: what Paid sets: Order has no field `COLOUR` (it has `ORDER`, `TOTAL`)",
            "Error M-type: what Paid sets (`'many'`): 'many' is not int",
        ],
    );
}

#[test]
fn prose_is_kept_and_no_error() {
    check(
        r#"
        C "Pay" @0,0
            requires the customer is known
        E "Paid" @200,0
        E "Refused" @200,200
        "Pay" -> "Paid" : if VIP
        "Pay" -> "Refused" : otherwise
        "#,
        &["command", "Error", "Warning"],
        &[
            "command board.Pay(*Pay id: uuid) -> Pay handler on board.pay-handler.commands starts",
            "requires prose the customer is known",
            "Either Paid when prose if VIP [key]",
            "Either Refused otherwise [key]",
        ],
    );
}

#[test]
fn state_grows_by_what_events_set() {
    check(
        r#"
        C "Open" @0,0
            door: uuid
        A "Door" @200,0
            door: uuid key
        E "Opened" @400,0
            door: uuid
            sets status = 'open', times = COALESCE(times, 0) + 1
        "Open" -> "Door"
        "Door" -> "Opened"
        "#,
        &["aggregate", "event", "Error", "Warning"],
        &[
            "aggregate Door: board.Door(*door: uuid, status: text?)",
            "commands Open",
            "events Opened",
            "event board.Opened(*door: uuid) <- Door on board.door.events",
            "sets 1 'open'",
            "Error M-name: what Opened sets: Door has no field `TIMES` (it has `DOOR`, `STATUS`)",
        ],
    );
}

#[test]
fn commands_and_events_of_one_sticky_are_paired_by_name() {
    check(
        r#"
        C "Place Order" @0,0
        C "Cancel Order" @0,120
        A "Order" @200,0
            order: uuid key
        E "Order Placed" @400,0
        E "Order Cancelled" @400,120
        E "Deadline missed" @400,130
        "Place Order" -> "Order"
        "Cancel Order" -> "Order"
        "Order" -> "Order Placed"
        "Order" -> "Order Cancelled"
        "Order" -> "Deadline missed"
        "#,
        &["command"],
        &[
            "command board.PlaceOrder(*order: uuid) -> Order on board.order.commands starts",
            "Either Order Placed [key]",
            "command board.CancelOrder(*order: uuid) -> Order on board.order.commands",
            "Either Order Cancelled [key]",
            "Either Deadline missed [key]",
        ],
    );
}

#[test]
fn policies_find_the_instance() {
    check(
        r#"
        E "Order Placed" @0,0 !incoming
            order: uuid key
            total: int
        T "Every morning" @0,200
        P "Whenever placed, pack and ship" @200,0
            map total = event.total * 2
        C "Pack" @400,0
            parcel: uuid
            total: int
        A "Parcel" @600,0
            parcel: uuid key
        E "Packed" @800,0
            parcel: uuid
        C "Weigh" @1000,0
        A again of "Parcel" @1200,0
        E "Weighed" @1400,0
        "Order Placed" -> "Whenever placed, pack and ship"
        "Whenever placed, pack and ship" -> "Pack"
        "Pack" -> "Parcel"
        "Parcel" -> "Packed"
        "Packed" -> "Weigh" : when 1 = 1
        "Weigh" -> again
        again -> "Weighed"
        "#,
        &["policy", "Error", "Warning"],
        &[
            "policy Whenever placed, pack and ship All",
            "on Order Placed",
            "Pack key the correlation's [key =EVENT.TOTAL * 2]",
            "policy Whenever Packed, Weigh implicit All",
            "on Packed",
            "Weigh when expr 1 = 1 key 0.0 [key]",
        ],
    );
}

#[test]
fn joins_see_all_their_events() {
    check(
        r#"
        E "Paid" @0,0
            order: uuid key
            amount: int
        E "Packed" @0,200
            order: uuid key
            weight: int
        P "Whenever paid and packed, ship" @200,0 join 2h
            when amount > weight
        C "Ship" @400,0
            order: uuid key
            weight: int
        E "Shipped" @600,0
        "Paid" -> "Whenever paid and packed, ship"
        "Packed" -> "Whenever paid and packed, ship"
        "Whenever paid and packed, ship" -> "Ship"
        "Ship" -> "Shipped"
        "#,
        &["policy", "Error", "Warning"],
        &[
            "policy Whenever paid and packed, ship join 2 hours All",
            "on Paid and Packed",
            "guard expr amount > weight",
            "Ship key 0.0 [key 1.1]",
        ],
    );
}

#[test]
fn read_models_take_the_last_value_of_each_field() {
    check(
        r#"
        E "Placed" @0,0
            order: uuid key
            total: int
        E "Paid" @0,200
            order: uuid key
        R "Orders" @200,0
        "Placed" -> "Orders" : status = 'placed'
        "Paid" -> "Orders" : status = 'paid'
        "#,
        &["read model", "Error", "Warning"],
        &[
            "read model board.Orders(*order: uuid, total: int?, status: text?) on board.orders",
            "Placed key 0 1=0.1 2='placed'",
            "Paid key 0 2='paid'",
        ],
    );
}

#[test]
fn timers_find_their_event() {
    check(
        r#"
        C "Open" @0,0
        A "Claim" @200,0
            claim: uuid key
        E "Opened" @400,0
        C "Close" @0,200
        A again of "Claim" @200,200
        E "Closed" @400,200 !final
        T "Claim date passed" @-300,200
        T "Reminder due" @-300,400
            2 days after Opened unless Closed
        T "Broken" @-300,600
            2 days after Opend
        "Open" -> "Claim"
        "Claim" -> "Opened"
        "Close" -> again
        again -> "Closed"
        "Claim date passed" -> "Close"
        "#,
        &["timer", "Error", "Warning"],
        &[
            "timer board.ClaimDatePassed(*claim: uuid) After(Millis(86400000)) after Opened unless [Closed] [key]",
            "timer board.ReminderDue2DaysAfterOpenedUnlessClosed(*claim: uuid) After(Millis(172800000)) after Opened \
             unless [Closed] [key]",
            "timer board.Broken2DaysAfterOpend(*Broken 2 days after Opend id: uuid) After(Millis(172800000)) unless [] \
             [fresh]",
            "Error M-name: the time of Broken 2 days after Opend: nothing on the board is called “Opend” \
             (did you mean “Opened”?)",
        ],
    );
}

#[test]
fn external_systems_and_actors() {
    check(
        r#"
        W "Clerk" @0,100
            rate Pay 5 per hour
            values amount = 7
        C "Pay" @0,0
            invoice: text key
            amount: int
        X "Bank" @200,0
            latency 1s..2s
            fails 5%
            answers Paid 9, Refused 1
        E "Paid" @400,0
        E "Refused" @400,200
        E "Statement Sent" @400,400
        "Clerk" -> "Pay"
        "Pay" -> "Bank"
        "Bank" -> "Paid"
        "Bank" -> "Refused"
        "#,
        &["external", "actor", "command", "event board.Paid", "Error", "Warning"],
        &[
            "command board.Pay(*invoice: text, amount: int) -> Bank on board.bank.requests",
            "Either Paid x9 [key]",
            "Either Refused [key]",
            "event board.Paid(*request id: uuid) <- Bank on board.bank.events",
            "external Bank 1 second..2 seconds fails 0.05",
            "sends",
            "actor Clerk",
            "Pay key a new one's [key 7]",
            "rate Pay 5 per 1 hour",
        ],
    );
}

#[test]
fn records_of_the_glossary() {
    check(
        r#"
        G "order line" @0,500
            article: text
            count: int
        G "left" @200,500
            right: right
        G "right" @400,500
            left: list<left>
        E "Placed" @0,0
            order: uuid key
            lines: list<order line>
            state: enum(open|in progress)
        "#,
        &["record", "event", "Error", "Warning"],
        &[
            "record board.OrderLine(article: text, count: int)",
            "record board.Left(right: Right)",
            "record board.Right()",
            "event board.Placed(*order: uuid, lines: list<OrderLine>, state: enum(open|in progress)) <- nobody on \
             board.placed.events",
            "Error M-record: the record `left` contains itself through its field `left` \
             (hold the other record's key instead of the record)",
        ],
    );
}

#[test]
fn fields_of_unknown_types_are_told_and_left_out() {
    check(
        r#"
        G "Money" @0,500
            amount: decimal(10,2)
        E "Paid" @0,0
            amount: Money
            price: Mony
            id: uuid key
            Note: call the bank first
        "#,
        &["event", "Error", "Warning"],
        &[
            "event board.Paid(amount: Money, *id: uuid) <- nobody on board.paid.events",
            "Warning M-unknown: the field `price` is of a type that there is not: `Mony` (types are text, int, long, \
             float, double, bool, bytes, uuid, date, time, timestamp, decimal(12,2), enum(a|b), list<\u{2026}> and \
             map<\u{2026}>, with ? behind what may be missing; for a record put a glossary term of that name on the board, \
             a line for each of its fields)",
        ],
    );
}

#[test]
fn cards_name_what_they_do_not_know() {
    check(
        r#"
        C "Pay" @0,0
            order: uuid key
            total: int
        E "Paid" @200,0
        "Pay" -> "Paid"
        scenario "pays" @0,600
            when Pay(order = 'o1', total = many)
            when Pya(order = 'o1')
            then Paid(totl = 3)
            then nothing
        scenario "always total >= 0" @300,600
        scenario "every Pay leads to Paid within a while" @600,600
        "#,
        &["scenario", "invariant", "Error", "Warning"],
        &[
            "scenario pays",
            "Pay 0='f1f00c43-7917-8cd3-9460-30d6b014eb03'",
            "then Paid",
            "then nothing",
            "Error M-name: line 3 of the scenario (`when Pya(order = 'o1')`): nothing on the board is called “Pya” \
             (did you mean “Pay”?)",
            "Error M-name: line 4 of the scenario (`then Paid(totl = 3)`): Paid has no field `totl` (it has `order`)",
            "Error M-scenario: line 2 of the scenario (`when Pay(order = 'o1', total = many)`): `many` is not int",
            "Error M-type: the invariant, read for Pay (`always total >= 0`): there is no field `TOTAL` \
             (there is `ORDER`)",
            "Error M-scenario: the invariant: `a while` is not a length of time; write for example `2 days`, \
             `1h 30min` or `250ms`",
        ],
    );
}

#[test]
fn an_own_topic_is_checked() {
    let mut noted = read(
        r#"
        C "Pay" @0,0
        E "Paid" @200,0
        E "Refused" @200,200
        "Pay" -> "Paid"
        "Pay" -> "Refused"
        "#,
    );
    for (name, topic) in [("Paid", "money.in"), ("Refused", "a/b")] {
        let id = noted.id(name);
        let edit =
            board::Edit::Set { id, old: board::Field::Topic(None), new: board::Field::Topic(Some(topic.into())) };
        board::apply_all(&mut noted.board, &[edit]).expect("an edit");
    }
    let system = resolve(&noted);
    assert_eq!(&*system.events[&noted.id("Paid")].topic, "money.in");
    assert_eq!(&*system.events[&noted.id("Refused")].topic, "board.pay-handler.events");
    let problem = &system.problems[0];
    assert_eq!((problem.code.as_str(), problem.severity), ("M-topic", Severity::Error));
    assert!(problem.message.contains("`/` may not be in a topic's name"), "{}", problem.message);
}

#[test]
fn an_order_of_events_alone_has_no_causes() {
    let system = resolve(&read(
        r#"
        level big_picture
        E "B" @200,0
        E "A" @0,0
        "#,
    ));
    assert!(!system.has_causes());
    let names: Vec<&str> = system.timeline.iter().map(|it| system.name(*it)).collect();
    assert_eq!(names, ["A", "B"]);
}

/// "create" and "select" open a query only where KSQL follows: people begin what they want done so, too.
#[test]
fn a_sentence_is_no_query() {
    let check = |text: &str, name: &str, query: Option<&str>| {
        let noted = read(&format!("E placed \"Order Placed\"\nP p {text:?}\nplaced -> p\n"));
        let system = resolve(&noted);
        let policy = &system.policies[&noted.id("p")];
        assert_eq!((policy.name.as_str(), policy.query.as_deref()), (name, query), "{text}");
        assert_eq!(noted.board.name(noted.id("p")), name, "{text}");
    };
    for line in
        ["create shipment", "Select a carrier", "create table reservation", "select the best offer from the list"]
    {
        let text = format!("Whenever order placed\n{line}");
        check(&text, &text.replace('\n', " "), None);
    }
    for query in [
        "select * from order_placed",
        "select order, count(*) as times from order_placed group by order",
        "select order from order_placed emit changes",
        "create stream s as select * from order_placed",
        "create or replace table t (id int primary key) with (kafka_topic = 't')",
    ] {
        check(&format!("Count\n{query}"), "Count", Some(query));
    }
    check(
        "Count\nselect order, count(*)\n  from order_placed",
        "Count",
        Some("select order, count(*)\nfrom order_placed"),
    );
}

/// A read model has no rule of its own but its query: what is called "View by" something keeps its name.
#[test]
fn a_view_keeps_its_name() {
    let noted = read("R r \"Orders\\nView by customer\"\n");
    assert_eq!(noted.board.name(noted.id("r")), "Orders View by customer");
}

// Names.

fn legal(output: Output, name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric();
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let chars = match output {
        Output::RustType | Output::Avro | Output::RustModule | Output::Ksql => {
            name.chars().all(|c| plain(c) || c == '_')
        }
        Output::Topic | Output::File => name.chars().all(|c| plain(c) || c == '-'),
    };
    let spec = OUTPUTS.iter().find(|it| it.output == output).expect("listed");
    begins && chars && name.len() <= MAX_NAME && !(spec.reserved)(name)
}

fn table(names: &[&str]) -> (NameTable, Vec<Id>) {
    let mut ids = IdSource::seeded(1);
    let ids: Vec<Id> = names.iter().map(|_| ids.next_id()).collect();
    let context = Id::from_bits(1);
    let items: Vec<Named<'_>> = names
        .iter()
        .zip(&ids)
        .map(|(name, id)| Named { id: *id, name, kind: "event", context: Some(context), derived: false })
        .collect();
    (NameTable::new(&items), ids)
}

/// The names of one definition that is alone: type, module, Avro, topic, KSQL, file.
#[track_caller]
fn named(name: &str, expected: [&str; 6]) {
    let (table, ids) = table(&[name]);
    let names: Vec<&str> = table.of(ids[0]).map(|(_, it)| it).collect();
    assert_eq!(names, expected, "{name}");
    for (spec, name) in table.of(ids[0]) {
        assert!(legal(spec.output, name), "{} {name}", spec.key);
    }
}

#[test]
fn names_in_every_output() {
    let same = |a: &'static str, b: &'static str, c: &'static str, d: &'static str| [a, b, a, c, d, c];
    named("Order Placed", same("OrderPlaced", "order_placed", "order-placed", "ORDER_PLACED"));
    // Case 40: paths.
    named("../../etc/passwd", same("EtcPasswd", "etc_passwd", "etc-passwd", "ETC_PASSWD"));
    named(r"C:\x", same("CX", "c_x", "c-x", "C_X"));
    named("~", ["EventQ43d", "event_q43d", "Event_q43d", "event-q43d", "EVENT_Q43D", "event-q43d"]);
    named("$HOME", same("Home", "home", "home", "HOME"));
    // Case 42: devices.
    named("CON", ["Con", "con_event", "Con", "con", "CON", "con-event"]);
    named("com1", ["Com1", "com1_event", "Com1", "com1", "COM1", "com1-event"]);
    // Case 44: keywords and what the prelude has.
    named("fn", ["FnEvent", "fn_event", "Fn", "fn", "FN", "fn-event"]);
    named("self", ["SelfEvent", "self_event", "Self", "self", "SELF", "self-event"]);
    named("Option", ["OptionEvent", "option", "Option", "option", "OPTION", "option"]);
    named("String", ["StringEvent", "string", "StringEvent", "string", "STRING", "string"]);
    named("Select", ["Select", "select", "Select", "select", "SELECT_EVENT", "select"]);
    // Case 45: what leaves nothing, digits, look-alikes.
    named("\u{200b}", ["EventQ43d", "event_q43d", "Event_q43d", "event-q43d", "EVENT_Q43D", "event-q43d"]);
    named("1st order", same("Event1stOrder", "event_1st_order", "event-1st-order", "EVENT_1ST_ORDER"));
    named(
        "Bestellung geprüft",
        same("BestellungGepruft", "bestellung_gepruft", "bestellung-gepruft", "BESTELLUNG_GEPRUFT"),
    );
    // Case 47: a sign that turns the direction of the text.
    named("Paid\u{202e}Order", same("PaidOrder", "paid_order", "paid-order", "PAID_ORDER"));
}

#[test]
fn names_that_fall_together_are_told_apart() {
    // Case 43: case, and one letter composed in two ways.
    let (table, ids) = table(&["Order", "order", "ORDER", "Órder", "O\u{301}rder"]);
    for spec in OUTPUTS {
        let names: BTreeSet<String> = ids.iter().map(|it| table.get(*it, spec.output).to_ascii_lowercase()).collect();
        assert_eq!(names.len(), ids.len(), "{}", spec.key);
    }
    let taken = |it: &&stormglass::model::NameNote| matches!(it.reason, NameReason::Taken { .. });
    assert_eq!(table.notes.iter().filter(taken).count(), 4 * OUTPUTS.len());
}

#[test]
fn long_names_are_cut_and_stay_apart() {
    let long = "order ".repeat(2_000);
    let (table, ids) = table(&[&long, &long]);
    for spec in OUTPUTS {
        let names: Vec<&str> = ids.iter().map(|it| table.get(*it, spec.output)).collect();
        assert!(names[0] != names[1] && names.iter().all(|it| legal(spec.output, it)), "{names:?}");
    }
}

#[test]
fn topics_that_people_name() {
    for good in ["a", "Orders.v1", "a_b-c"] {
        assert!(check_topic(good).is_ok(), "{good}");
    }
    let long = "x".repeat(250);
    for bad in ["", ".", "..", "a/b", "a b", "é", "🚀", long.as_str()] {
        assert!(check_topic(bad).is_err(), "{bad}");
    }
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ]{0,20}",
        "\\PC{0,90}",
        prop::sample::select(vec!["Order", "order", "self", "fn", "Option", "1st", "", "CON", "日本", "🚀", "Event"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(crate::laws::cases(64))]

    /// Unique, legal, and as they were after an unrelated sticky came.
    #[test]
    fn laws_of_the_name_table(names in prop::collection::vec(any_name(), 1..12), other in "[a-z]{8}") {
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (before, _) = table(&names);
        names.push(&other);
        let (after, ids) = table(&names);
        let (last, rest) = ids.split_last().expect("one at least");
        for spec in OUTPUTS {
            let mut seen = BTreeSet::new();
            for id in &ids {
                let name = after.get(*id, spec.output);
                prop_assert!(legal(spec.output, name), "{} {name:?}", spec.key);
                prop_assert!(seen.insert(name.to_ascii_lowercase()), "{} {name:?} twice", spec.key);
            }
            let unrelated = rest.iter().all(|it| {
                !before.get(*it, spec.output).eq_ignore_ascii_case(after.get(*last, spec.output))
            });
            if unrelated && !after.notes.iter().any(|it| it.id == *last && it.output == spec.output) {
                for id in rest {
                    prop_assert_eq!(before.get(*id, spec.output), after.get(*id, spec.output));
                }
            }
        }
    }

    /// Any text on any sticky is read without a panic, and read the same again.
    #[test]
    fn any_text_is_resolved(texts in prop::collection::vec("\\PC{0,40}(\n\\PC{0,30}){0,4}", 8)) {
        let mut noted = read(
            r#"
            C "a" @0,0
            A "b" @200,0
            E "c" @400,0
            P "d" @600,0
            R "e" @600,200
            X "f" @200,200
            T "g" @0,400
            W "h" @0,600
            "a" -> "b"
            "b" -> "c"
            "c" -> "d"
            "d" -> "a"
            "c" -> "e"
            "g" -> "a"
            "h" -> "a"
            "#,
        );
        let ids: Vec<Id> = noted.board.stickies().keys().copied().collect();
        for (id, text) in ids.iter().zip(&texts) {
            let edits = board::set_text(&noted.board, *id, text);
            board::apply_all(&mut noted.board, &edits).expect("a text");
        }
        prop_assert_eq!(outline(&resolve(&noted)), outline(&resolve(&noted)));
    }
}
