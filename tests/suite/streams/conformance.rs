//! Timelines recorded from Kafka Streams, run step by step. A later operator adds its arm in [`topology`] and its
//! count to the expected numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use stormglass::kit::{Millis, Timestamp};
use stormglass::record::{Type, Value};
use stormglass::streams::ops::{
    Branch, Ctx, Filter, FilterNot, FlatMap, FlatMapValues, Map, MapValues, Merge, OpSpec, Operator, Peek, Punctuation,
    PunctuationType, SelectKey, Sink, Source, ToTable,
};
use stormglass::streams::{
    Changelog, Guard, Inputs, Message, Native, Node, Plan, Program, ProgramError, Sentence, StoreSpec, StreamEffect,
    Task, Term, Topology, World,
};

fn cases(file: &str) -> Vec<Json> {
    let path = format!("{}/tests/data/streams-conformance/{file}", env!("CARGO_MANIFEST_DIR"));
    let json: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    json["scenarios"].as_array().unwrap().clone()
}

/// A world that is never asked.
pub(super) struct Nobody;

impl World for Nobody {
    fn choose(&mut self, _: usize, _: &Value, _: &[Arc<str>]) -> usize {
        unreachable!()
    }

    fn holds(&mut self, _: usize, _: &Value, _: &Sentence<'_>) -> bool {
        unreachable!()
    }

    fn instance(&mut self, _: &Arc<str>, _: Option<&str>, _: &Type) -> Value {
        unreachable!()
    }

    fn number(&mut self) -> u64 {
        0
    }
}

fn native(function: fn(&Inputs<'_>) -> Result<Value, ProgramError>) -> Arc<dyn Program> {
    Arc::new(Native(function))
}

fn text<'a>(inputs: &'a Inputs<'_>) -> Option<&'a str> {
    inputs.rows[0][0].as_text()
}

fn starts_with_p() -> Guard {
    Guard::When(native(|it| Ok(Value::Bool(text(it).is_some_and(|it| it.starts_with('p'))))))
}

/// The parts of the value between commas; a null value has none.
fn parts(inputs: &Inputs<'_>) -> Vec<Value> {
    text(inputs).map(|it| it.split(',').map(Value::text).collect()).unwrap_or_default()
}

/// The operators of a stateless chain, as the recording defined them.
fn chained(name: &str) -> Vec<Arc<dyn Operator>> {
    let upper = || Term::Program(native(|it| Ok(text(it).map_or(Value::Null, |it| Value::text(it.to_uppercase())))));
    match name {
        "filter" => vec![Arc::new(Filter { predicate: starts_with_p() })],
        "filterNot" => vec![Arc::new(FilterNot { predicate: starts_with_p() })],
        "mapValues" => vec![Arc::new(MapValues::Plain(upper()))],
        "flatMapValues" => {
            vec![Arc::new(FlatMapValues { items: Term::Program(native(|it| Ok(Value::List(parts(it))))) })]
        }
        "flatMap" => {
            let pairs = native(|it| {
                let pair = |part| Value::record(vec![part, it.key.clone()]);
                Ok(Value::List(parts(it).into_iter().map(pair).collect()))
            });
            // A part that is the key's only one has no value in the recording.
            vec![Arc::new(FlatMap { items: Term::Program(pairs) })]
        }
        "map" => vec![Arc::new(Map::Plain { key: Term::Field { row: 0, at: 0 }, value: Term::Key })],
        "selectKey" => {
            let key = native(|it| Ok(text(it).and_then(|it| it.split(':').next()).map_or(Value::Null, Value::text)));
            vec![Arc::new(SelectKey { key: Term::Program(key) })]
        }
        // Between the two lies a topic; records without a key do not enter it.
        "repartition" => {
            let keyless = Guard::When(native(|it| Ok(Value::Bool(it.key.is_null()))));
            vec![Arc::new(FilterNot { predicate: keyless })]
        }
        "peek" => vec![Arc::new(Peek)],
        other => panic!("unknown operator {other}"),
    }
}

/// The processor of the punctuation cases: passes on, counts, and tells its count at each call.
#[derive(Debug)]
struct Counting(Punctuation);

static COUNTING: OpSpec = OpSpec { name: "counting", doc: "", parents: 1..=1, params: &[], changes_key: true };

fn counter() -> &'static Arc<str> {
    static NAME: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| Arc::from("counter"));
    &NAME
}

impl Operator for Counting {
    fn spec(&self) -> &'static OpSpec {
        &COUNTING
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![counter()]
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let seen = ctx.store(0).and_then(|it| it.get(&Value::Null)).and_then(|it| it.value.as_long()).unwrap_or(0);
        ctx.put(0, &message, Value::Null, Value::Long(seen + 1));
        ctx.forward(message);
        Ok(())
    }

    fn punctuation(&self) -> Option<Punctuation> {
        Some(self.0)
    }

    fn punctuate(&self, ctx: &mut Ctx<'_>, time: Timestamp) -> Result<(), ProgramError> {
        let seen = ctx.store(0).and_then(|it| it.get(&Value::Null)).and_then(|it| it.value.as_long()).unwrap_or(0);
        ctx.forward(Message::new(Value::text("punct"), Value::text(format!("t={} seen={seen}", time.0)), time));
        Ok(())
    }
}

/// Nodes as they are added.
#[derive(Default)]
struct Nodes(Vec<Node>);

impl Nodes {
    fn add(&mut self, operator: Arc<dyn Operator>, parents: &[usize]) -> usize {
        let name = format!("{}-{}", operator.spec().name, self.0.len()).into();
        self.0.push(Node { name, operator, parents: parents.to_vec(), provenance: None });
        self.0.len() - 1
    }

    fn source(&mut self, topic: &str) -> usize {
        self.add(Arc::new(Source { topics: vec![topic.into()], types: Vec::new() }), &[])
    }
}

fn prefix(with: &'static str) -> Arc<dyn Operator> {
    let program: fn(&Inputs<'_>) -> Result<Value, ProgramError> = match with {
        "b-p" => |it| Ok(text(it).map_or(Value::text("b-p:null"), |it| Value::text(format!("b-p:{it}")))),
        "b-long" => |it| Ok(text(it).map_or(Value::text("b-long:null"), |it| Value::text(format!("b-long:{it}")))),
        _ => |it| Ok(text(it).map_or(Value::text("b-rest:null"), |it| Value::text(format!("b-rest:{it}")))),
    };
    Arc::new(MapValues::Plain(Term::Program(native(program))))
}

/// The topology of a case; `None` where its operator is not there yet.
fn topology(spec: &Json) -> Option<Topology> {
    let mut nodes = Nodes::default();
    let mut stores = Vec::new();
    let store = |name: &str| StoreSpec {
        name: name.into(),
        key: Type::Text,
        schema: None,
        changelog: Changelog::Local,
        provenance: None,
    };
    let last = match spec["op"].as_str()? {
        "stateless" => {
            let chain: Vec<&str> = spec["chain"].as_array()?.iter().filter_map(Json::as_str).collect();
            match chain.as_slice() {
                ["merge"] => {
                    let (left, right) = (nodes.source("L"), nodes.source("R"));
                    nodes.add(Arc::new(Merge), &[left, right])
                }
                ["split"] => {
                    let source = nodes.source("L");
                    let long = Guard::When(native(|it| Ok(Value::Bool(text(it).is_some_and(|it| it.len() > 3)))));
                    let predicates = vec![starts_with_p(), long, Guard::Otherwise];
                    let branch = nodes.add(Arc::new(Branch { predicates }), &[source]);
                    let ways = ["b-p", "b-long", "b-rest"].map(|it| nodes.add(prefix(it), &[branch]));
                    nodes.add(Arc::new(Merge), &ways)
                }
                chain => {
                    let mut last = nodes.source("L");
                    for operator in chain.iter().flat_map(|it| chained(it)) {
                        last = nodes.add(operator, &[last]);
                    }
                    last
                }
            }
        }
        "to-table" => {
            stores.push(store("tt"));
            let source = nodes.source("L");
            nodes.add(Arc::new(ToTable { store: "tt".into() }), &[source])
        }
        "punctuate" => {
            stores.push(store("counter"));
            let clock = match spec["type"].as_str()? {
                "stream" => PunctuationType::StreamTime,
                _ => PunctuationType::WallClockTime,
            };
            let interval = Millis(spec["interval"].as_i64()?);
            let source = nodes.source("L");
            nodes.add(Arc::new(Counting(Punctuation { clock, interval })), &[source])
        }
        _ => return None,
    };
    nodes.add(Arc::new(Sink { topic: "OUT".into(), types: Vec::new() }), &[last]);
    Some(Topology { name: "case".into(), nodes: nodes.0, stores })
}

fn plain(value: &Json) -> Value {
    value.as_str().map_or(Value::Null, Value::text)
}

/// Runs a case; tells where it differs.
fn run(case: &Json, topology: Topology) -> Result<(), String> {
    let mut now = Timestamp(0);
    let mut task = Task::new(Arc::new(Plan::new(topology).unwrap()), now);
    let mut dropped = 0;
    for (at, step) in case["steps"].as_array().unwrap().iter().enumerate() {
        let mut effects = Vec::new();
        if let Some(by) = step["wallClock"].as_i64() {
            now = now + Millis(by);
            task.advance(now, &mut Nobody, &mut effects).unwrap();
        } else {
            let time = Timestamp(step["ts"].as_i64().unwrap());
            let message = Message::new(plain(&step["key"]), plain(&step["value"]), time);
            task.process(step["topic"].as_str().unwrap(), &Arc::new(message), now, &mut Nobody, &mut effects).unwrap();
        }
        let mut got = Vec::new();
        for effect in effects {
            match effect {
                StreamEffect::Sent { message, .. } => {
                    got.push((message.key.clone(), message.value.clone(), message.timestamp.0))
                }
                StreamEffect::Dropped { .. } => dropped += 1,
                _ => {}
            }
        }
        let want = step["out"].as_array().unwrap().iter();
        let want: Vec<_> =
            want.map(|it| (plain(&it["key"]), plain(&it["value"]), it["ts"].as_i64().unwrap())).collect();
        if got != want {
            return Err(format!("step {at}: {got:?} instead of {want:?}"));
        }
    }
    let want = case["droppedRecords"].as_i64().unwrap_or(0);
    if dropped == want { Ok(()) } else { Err(format!("{dropped} records dropped instead of {want}")) }
}

#[test]
fn timelines_of_kafka_streams() {
    let (mut ran, mut skipped): (usize, BTreeMap<String, usize>) = (0, BTreeMap::new());
    for case in cases("scenarios.json").iter().chain(&cases("random.json")) {
        match topology(&case["topology"]) {
            Some(topology) => {
                ran += 1;
                assert_eq!(run(case, topology), Ok(()), "{}: {}", case["id"], case["doc"]);
            }
            None => *skipped.entry(case["topology"]["op"].as_str().unwrap().to_owned()).or_default() += 1,
        }
    }
    let waiting: usize = skipped.values().sum();
    println!("{ran} timelines ran, {waiting} wait for their operators: {skipped:?}");
    // Adding an operator must raise the first number: cases that fall out of the run are a defect.
    assert_eq!((ran, waiting), (16, 197));
}

#[test]
fn a_wrong_timeline_is_found() {
    let mut found = 0;
    for case in cases("scenarios.json") {
        let Some(topology) = topology(&case["topology"]) else { continue };
        let mut wrong = case.clone();
        let steps = wrong["steps"].as_array_mut().unwrap();
        let Some(step) = steps.iter_mut().find(|it| !it["out"].as_array().unwrap().is_empty()) else { continue };
        step["out"][0]["ts"] = Json::from(-1);
        assert!(run(&wrong, topology).is_err(), "{}", case["id"]);
        found += 1;
    }
    assert!(found > 10);
}
