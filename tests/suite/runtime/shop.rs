//! A small shop as a deployment: orders are placed, paid or not, shown, reminded of.

use std::sync::Arc;

use stormglass::broker::{BrokerConfig, TopicConfig};
use stormglass::expr::{self, Scope};
use stormglass::kit::{Millis, Timestamp};
use stormglass::record::{FieldSchema, RecordSchema, Type, Value};
use stormglass::runtime::{
    AppSpec, Chance, ConsumerSpec, Deployment, Effect, FirstChoice, Input, Produce, Runtime, TopicSpec,
};
use stormglass::streams::ops::{
    CommandRule, Decide, EventRule, Evolution, Materialise, React, RowRule, Schedule, Sink, Source, TimerRule,
};
use stormglass::streams::{
    Alternative, Changelog, Guard, Mapping, Message, Mode, Node, Outcomes, Program, StoreSpec, Term, Topology,
};

pub(super) const COMMANDS: &str = "shop.order.commands";
pub(super) const EVENTS: &str = "shop.order.events";
pub(super) const ROWS: &str = "shop.open_orders";
pub(super) const REQUESTS: &str = "shop.bank.requests";
pub(super) const REMINDERS: &str = "shop.reminders";
pub(super) const DEAD: &str = "shop.order.dlq";

fn schema(name: &str, fields: &[(&str, Type)]) -> Arc<RecordSchema> {
    let fields = fields.iter().map(|(name, ty)| FieldSchema::new(name, ty.clone())).collect();
    Arc::new(RecordSchema::new(format!("shop.{name}"), fields))
}

fn order_fields() -> [(&'static str, Type); 2] {
    [("order", Type::Text), ("total", Type::Long)]
}

pub(super) fn place_order() -> Arc<RecordSchema> {
    schema("PlaceOrder", &order_fields())
}

pub(super) fn order_placed() -> Arc<RecordSchema> {
    schema("OrderPlaced", &order_fields())
}

pub(super) fn order_refused() -> Arc<RecordSchema> {
    schema("OrderRefused", &order_fields())
}

pub(super) fn charge() -> Arc<RecordSchema> {
    schema("Charge", &order_fields())
}

pub(super) fn reminder() -> Arc<RecordSchema> {
    schema("PaymentOverdue", &[("order", Type::Text)])
}

fn state() -> Arc<RecordSchema> {
    let optional = Type::optional;
    schema("Order", &[("status", optional(Type::Text)), ("total", optional(Type::Long))])
}

fn row() -> Arc<RecordSchema> {
    schema("OpenOrder", &[("order", Type::optional(Type::Text)), ("total", Type::optional(Type::Long))])
}

fn program(text: &str, scope: &Scope) -> Arc<dyn Program> {
    let parsed = expr::parse(text).unwrap();
    Arc::new(expr::check(&parsed, scope).unwrap_or_else(|errors| panic!("{text}: {errors:?}")))
}

fn same_fields(schema: &Arc<RecordSchema>) -> Mapping {
    let fields = (0..schema.fields.len()).map(|at| Term::Field { row: 0, at }).collect();
    Mapping { schema: schema.clone(), key: Term::Key, fields }
}

fn names(names: &[&str]) -> Vec<Arc<str>> {
    names.iter().map(|it| Arc::from(*it)).collect()
}

fn node(name: &str, operator: impl stormglass::streams::ops::Operator, parents: &[usize]) -> Node {
    Node { name: name.into(), operator: Arc::new(operator), parents: parents.to_vec(), provenance: None }
}

fn source(topics: &[&str], types: &[&str]) -> Node {
    node("source", Source { topics: names(topics), types: names(types) }, &[])
}

fn sink(topic: &str, parent: usize) -> Node {
    node("sink", Sink { topic: topic.into(), types: Vec::new() }, &[parent])
}

fn store(name: &str, schema: Option<Arc<RecordSchema>>, changelog: Changelog) -> StoreSpec {
    StoreSpec { name: name.into(), key: Type::Text, schema, changelog, provenance: None }
}

fn app(topology: Topology) -> AppSpec {
    AppSpec { topology, instances: 1, dead_letters: Some(DEAD.into()), provenance: None }
}

/// Order: `Place Order` requires that there is no such order; it is placed, or refused where the total is too high.
fn aggregate() -> AppSpec {
    let scope = Scope::new().with("COMMAND", place_order()).with("STATE", state());
    let alternative =
        |guard, schema: Arc<RecordSchema>| Alternative { guard, mapping: same_fields(&schema), provenance: None };
    let evolution = Arc::new(Evolution {
        state: state(),
        events: vec![EventRule {
            event: "shop.OrderPlaced".into(),
            sets: vec![(0, Term::Literal(Value::text("placed"))), (1, Term::Field { row: 0, at: 1 })],
        }],
    });
    let decide = Decide {
        store: "orders".into(),
        commands: vec![CommandRule {
            command: "shop.PlaceOrder".into(),
            provenance: None,
            requires: vec![(Guard::When(program("status IS NULL", &scope)), "status IS NULL".into())],
            outcomes: Outcomes {
                mode: Mode::Either,
                alternatives: vec![
                    alternative(Guard::When(program("100 / total >= 1", &scope)), order_placed()),
                    alternative(Guard::Otherwise, order_refused()),
                ],
            },
            refused: None,
        }],
        evolution: evolution.clone(),
    };
    app(Topology {
        name: "shop.order".into(),
        nodes: vec![source(&[COMMANDS], &[]), node("decide", decide, &[0]), sink(EVENTS, 1)],
        stores: vec![store("orders", Some(state()), Changelog::Events { topics: names(&[EVENTS]), evolution })],
    })
}

/// Whenever Order Placed, Charge; fails where the total is 13.
fn policy() -> AppSpec {
    let scope = Scope::new().with("EVENT", order_placed());
    let mut mapping = same_fields(&charge());
    mapping.fields = vec![Term::Field { row: 0, at: 0 }, Term::Program(program("total + 0 / (total - 13)", &scope))];
    let outcomes = Outcomes {
        mode: Mode::All,
        alternatives: vec![Alternative { guard: Guard::Always, mapping, provenance: None }],
    };
    app(Topology {
        name: "shop.charge_policy".into(),
        nodes: vec![
            source(&[EVENTS], &["shop.OrderPlaced"]),
            node("react", React { guard: Guard::Always, outcomes }, &[0]),
            sink(REQUESTS, 1),
        ],
        stores: Vec::new(),
    })
}

fn read_model() -> AppSpec {
    let rule = RowRule {
        event: "shop.OrderPlaced".into(),
        key: Term::Key,
        sets: vec![(0, Term::Field { row: 0, at: 0 }), (1, Term::Field { row: 0, at: 1 })],
        deletes: false,
    };
    let materialise = Materialise { store: "open_orders".into(), row: row(), rules: vec![rule] };
    app(Topology {
        name: "shop.open_orders".into(),
        nodes: vec![source(&[EVENTS], &[]), node("materialise", materialise, &[0]), sink(ROWS, 1)],
        stores: vec![store("open_orders", Some(row()), Changelog::Table { topic: ROWS.into() })],
    })
}

/// Payment Overdue: 2 days after Order Placed unless Order Refused.
fn timer() -> AppSpec {
    let schedule = Schedule {
        rule: TimerRule::After {
            delay: stormglass::streams::Delay::For(Millis(2 * Millis::DAY.0)),
            starts: names(&["shop.OrderPlaced"]),
            unless: names(&["shop.OrderRefused"]),
        },
        output: same_fields(&reminder()),
        by_key: "by_key".into(),
        by_due: "by_due".into(),
    };
    app(Topology {
        name: "shop.payment_overdue".into(),
        nodes: vec![source(&[EVENTS], &[]), node("schedule", schedule, &[0]), sink(REMINDERS, 1)],
        stores: vec![store("by_key", None, Changelog::Local), store("by_due", None, Changelog::Local)],
    })
}

/// An application without a source: a tick every minute, into the reminders.
pub(super) fn ticker(instances: usize) -> AppSpec {
    let schedule = Schedule {
        rule: TimerRule::Every { interval: Millis::MINUTE, offset: Millis::ZERO },
        output: Mapping {
            schema: reminder(),
            key: Term::Literal(Value::text("tick")),
            fields: vec![Term::Literal(Value::text("tick"))],
        },
        by_key: "by_key".into(),
        by_due: "by_due".into(),
    };
    let topology = Topology {
        name: "shop.ticker".into(),
        nodes: vec![node("schedule", schedule, &[]), sink(REMINDERS, 0)],
        stores: vec![store("by_key", None, Changelog::Local), store("by_due", None, Changelog::Local)],
    };
    AppSpec { instances, ..app(topology) }
}

/// An application that puts every command back where it came from.
pub(super) fn treadmill() -> AppSpec {
    app(Topology {
        name: "shop.treadmill".into(),
        nodes: vec![source(&[COMMANDS], &[]), sink(COMMANDS, 0)],
        stores: Vec::new(),
    })
}

/// The shop with so many partitions a topic.
pub(super) fn shop(partitions: i32) -> Deployment {
    let topic = |name: &str, config: TopicConfig| TopicSpec { partitions, config, ..TopicSpec::new(name, Type::Text) };
    let mut topics: Vec<TopicSpec> =
        [COMMANDS, EVENTS, REQUESTS, REMINDERS].iter().map(|it| topic(it, TopicConfig::kept())).collect();
    topics.push(topic(ROWS, TopicConfig::compacted()));
    topics.push(TopicSpec::new(DEAD, Type::Bytes));
    let schemas = [place_order(), order_placed(), order_refused(), charge(), reminder(), row()];
    Deployment {
        broker: BrokerConfig { group_initial_rebalance_delay: Millis::ZERO, ..BrokerConfig::default() },
        topics,
        apps: vec![aggregate(), policy(), read_model(), timer()],
        consumers: vec![ConsumerSpec { group: "shop.bank".into(), topics: names(&[REQUESTS]), provenance: None }],
        schemas: schemas.into_iter().collect(),
        ..Deployment::default()
    }
}

/// `Place Order` for that order.
pub(super) fn order(key: &str, total: i64, at: Timestamp) -> Input {
    let value = Value::record(vec![Value::text(key), Value::Long(total)]);
    let message = Message { schema: Some(place_order()), ..Message::new(Value::text(key), value, at) };
    Input::Produce(Produce { topic: COMMANDS.into(), message })
}

/// A runtime and its time.
pub(super) struct World {
    pub(super) runtime: Runtime,
    pub(super) now: Timestamp,
    pub(super) effects: Vec<Effect>,
}

impl World {
    pub(super) fn new(deployment: Deployment) -> Self {
        let mut world =
            Self { runtime: Runtime::new(deployment).unwrap(), now: Timestamp(1_000_000), effects: Vec::new() };
        world.put(Input::Tick);
        world
    }

    pub(super) fn put(&mut self, input: Input) {
        self.put_with(input, &mut FirstChoice);
    }

    pub(super) fn put_with(&mut self, input: Input, chance: &mut dyn Chance) {
        let effects = self.runtime.step(self.now, input, chance).unwrap();
        self.effects.extend(effects);
    }

    /// Lets time pass, stopping wherever something is due.
    pub(super) fn pass(&mut self, time: Millis) {
        let end = self.now + time;
        while let Some(next) = self.runtime.next_wakeup(self.now).filter(|it| *it <= end) {
            assert!(next > self.now, "time must pass");
            self.now = next;
            self.put(Input::Tick);
        }
        self.now = end;
    }

    pub(super) fn place(&mut self, key: &str, total: i64) {
        self.put(order(key, total, self.now));
    }

    /// The records of a topic as `type key`.
    pub(super) fn topic(&self, name: &str) -> Vec<String> {
        let view = self.runtime.topics().into_iter().find(|it| *it.name == *name).unwrap();
        let partitions = 0..view.partitions.len() as i32;
        let records = partitions.flat_map(|it| self.runtime.records(name, it, 0, usize::MAX));
        let short = |it: &Message| it.type_name().rsplit('.').next().unwrap_or_default().to_owned();
        records.map(|it| format!("{} {}", short(&it.message), it.message.key)).collect()
    }

    /// All bytes of all logs.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let topics = self.runtime.broker().topics().values();
        let logs = topics.flat_map(|it| it.partitions());
        let batches = logs.flat_map(|it| it.read(it.start_offset(), usize::MAX).unwrap());
        batches.flat_map(|it| it.bytes().to_vec()).collect()
    }
}
