//! Tests of `lowering`: boards in words, deployed and driven by hand; what lies in the topics afterwards in words.

use std::sync::Arc;

use stormglass::board::Board;
use stormglass::flow::{Flow, Options};
use stormglass::kit::{Millis, Timestamp};
use stormglass::lowering::{Lowering, lower};
use stormglass::model::System;
use stormglass::record::{Type, Value};
use stormglass::runtime::{Effect, FirstChoice, Input, Produce, Runtime};
use stormglass::streams::{Message, TaskEffect};

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
                Effect::Task { effect: TaskEffect::Rejected { message, reason, .. }, .. } => {
                    self.said.push(format!("rejected {message}: {reason}"));
                }
                Effect::Failed { reason, .. } => self.said.push(format!("failed: {reason}")),
                Effect::Delivered { consumer, message, .. } => {
                    let group = self.lowering.deployment.consumers[consumer].group.clone();
                    let task = self.lowering.tasks.values().find(|it| it.group == group).cloned();
                    if let Some(task) = task.filter(|it| it.types.iter().any(|it| **it == *message.type_name())) {
                        let produce = Produce { topic: task.topic, message };
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
        let mut message = Message::new(values[key].clone(), Value::Record(values), self.now);
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
    insta::assert_snapshot!(said.join("\n"));
    insta::assert_snapshot!(run.rows("Order").iter().map(|it| words(it)).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(run.rows("Open Orders").iter().map(|it| words(it)).collect::<Vec<_>>().join("\n"));
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
