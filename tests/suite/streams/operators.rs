//! Operators one by one, plans, and what a task does with what fails.

use std::sync::Arc;

use stormglass::expr::{self, Scope};
use stormglass::kit::{Millis, Timestamp};
use stormglass::record::{FieldSchema, RecordSchema, Type, Value};
use stormglass::streams::ops::{
    self, AwaitAll, AwaitedInput, Decide, Filter, FlatMapValues, Materialise, Operator, React, RowRule, Schedule, Sink,
    Source, TimerRule, ToTable,
};
use stormglass::streams::ops::{CommandRule, EventRule, Evolution};
use stormglass::streams::{
    Alternative, Changelog, Guard, Mapping, Message, Mode, Native, Node, Outcomes, Plan, PlanError, ProgramError,
    Question, Sentence, StoreSpec, StreamEffect, Task, TaskError, Term, Topology, World,
};

/// Takes the last alternative, believes sentences that are likely, and makes keys of names.
struct Last;

impl World for Last {
    fn choose(&mut self, _: usize, _: &Value, alternatives: &[Arc<str>]) -> usize {
        alternatives.len() - 1
    }

    fn holds(&mut self, _: usize, _: &Value, sentence: &Sentence<'_>) -> bool {
        sentence.weight > 0.5
    }

    fn instance(&mut self, aggregate: &Arc<str>, correlation: Option<&str>, _: &Type) -> Value {
        Value::text(format!("{aggregate} of {}", correlation.unwrap_or("nobody")))
    }

    fn number(&mut self) -> u64 {
        0
    }
}

fn schema(name: &str) -> Arc<RecordSchema> {
    let fields = vec![FieldSchema::new("n", Type::Long), FieldSchema::new("word", Type::optional(Type::Text))];
    Arc::new(RecordSchema::new(name, fields))
}

fn message(name: &str, key: &str, n: i64, at: i64) -> Message {
    let value = Value::record(vec![Value::Long(n), Value::Null]);
    let correlation = Some(Arc::from("s1"));
    Message { schema: Some(schema(name)), correlation, ..Message::new(Value::text(key), value, Timestamp(at)) }
}

fn mapping(name: &str) -> Mapping {
    let fields = vec![Term::Field { row: 0, at: 0 }, Term::Field { row: 1, at: 1 }];
    Mapping { schema: schema(name), key: Term::Key, fields }
}

fn when(text: &str) -> Guard {
    let scope = Scope::new().with("COMMAND", schema("C")).with("STATE", schema("S"));
    Guard::When(Arc::new(expr::check(&expr::parse(text).unwrap(), &scope).unwrap()))
}

fn prose(weight: f64) -> Guard {
    Guard::Prose { sentence: "if VIP".into(), weight }
}

fn names(names: &[&str]) -> Vec<Arc<str>> {
    names.iter().map(|it| Arc::from(*it)).collect()
}

fn topology(operator: impl Operator) -> Topology {
    let stores = operator.stores().into_iter().map(|name| StoreSpec {
        name: name.clone(),
        key: Type::Text,
        schema: None,
        changelog: Changelog::Local,
        provenance: None,
    });
    let stores = stores.collect();
    let node = |name: &str, operator: Arc<dyn Operator>, parents: &[usize]| Node {
        name: name.into(),
        operator,
        parents: parents.to_vec(),
        provenance: None,
    };
    Topology {
        name: "test".into(),
        nodes: vec![
            node("in", Arc::new(Source { topics: names(&["IN"]), types: Vec::new() }), &[]),
            node("op", Arc::new(operator), &[0]),
            node("out", Arc::new(Sink { topic: "OUT".into(), types: Vec::new() }), &[1]),
        ],
        stores,
    }
}

/// A task of one operator, and what it did.
struct Bench {
    task: Task,
    now: Timestamp,
}

impl Bench {
    fn new(operator: impl Operator) -> Self {
        let plan = Plan::new(topology(operator)).unwrap();
        Self { task: Task::new(Arc::new(plan), Timestamp(0)), now: Timestamp(0) }
    }

    fn put(&mut self, message: Message) -> Result<Vec<StreamEffect>, TaskError> {
        let mut effects = Vec::new();
        self.task.process("IN", &Arc::new(message), self.now, &mut Last, &mut effects).map(|()| effects)
    }

    /// What leaves, as `type key (fields)`.
    fn out(&mut self, message: Message) -> Vec<String> {
        sent(&self.put(message).unwrap())
    }

    fn until(&mut self, now: i64) -> Vec<String> {
        self.now = Timestamp(now);
        let mut effects = Vec::new();
        self.task.advance(self.now, &mut Last, &mut effects).unwrap();
        sent(&effects)
    }
}

fn sent(effects: &[StreamEffect]) -> Vec<String> {
    let text = |it: &Message| format!("{} {} {}", it.type_name(), it.key, it.value);
    let sent = effects.iter().filter_map(|it| match it {
        StreamEffect::Sent { message, .. } => Some(text(message).trim_start().to_owned()),
        _ => None,
    });
    sent.collect()
}

#[test]
fn every_operator_says_what_it_is() {
    for spec in ops::ALL {
        assert!(!spec.doc.is_empty() && spec.doc.ends_with('.'), "{}", spec.name);
        assert!(spec.parents.start() <= spec.parents.end(), "{}", spec.name);
    }
}

/// Guards of alternatives `E0`, `E1` ... and what is taken of either and of all, for n = 1.
#[test]
fn forks() {
    let yes = || when("n = 1");
    let no = || when("n = 2");
    let fails = || when("1 / (n - 1) = 1");
    let cases: Vec<(Vec<Guard>, &[usize], &[usize])> = vec![
        (vec![Guard::Always], &[0], &[0]),
        (vec![no(), yes(), yes()], &[1], &[1, 2]),
        (vec![no(), Guard::Otherwise], &[1], &[1]),
        (vec![Guard::Otherwise, yes()], &[1], &[1]),
        (vec![Guard::Always, Guard::Otherwise], &[0], &[0]),
        (vec![no(), Guard::Always, Guard::Always], &[2], &[1, 2]),
        (vec![Guard::Always, yes()], &[1], &[0, 1]),
        (vec![no(), no()], &[], &[]),
        (vec![prose(0.1), prose(0.9)], &[1], &[1]),
        (vec![fails(), Guard::Otherwise], &[1], &[1]),
        (vec![when("word = 'x'"), Guard::Otherwise], &[1], &[1]),
    ];
    for (at, (guards, either, all)) in cases.into_iter().enumerate() {
        for (mode, want) in [(Mode::Either, either), (Mode::All, all)] {
            let alternatives = guards
                .iter()
                .enumerate()
                .map(|(at, guard)| Alternative {
                    guard: guard.clone(),
                    mapping: mapping(&format!("E{at}")),
                    provenance: None,
                })
                .collect();
            let outcomes = Outcomes { mode, alternatives };
            let mut bench = Bench::new(React { guard: Guard::Always, outcomes });
            let want: Vec<String> = want.iter().map(|it| format!("E{it} k (1, NULL)")).collect();
            assert_eq!(bench.out(message("C", "k", 1, 0)), want, "case {at}, {mode:?}");
        }
    }
}

#[test]
fn open_choices_are_told() {
    let alternative = |guard, name| Alternative { guard, mapping: mapping(name), provenance: None };
    let alternatives = vec![alternative(Guard::Always, "E0"), alternative(Guard::Always, "E1")];
    let outcomes = Outcomes { mode: Mode::Either, alternatives };
    let effects = Bench::new(React { guard: prose(0.7), outcomes }).put(message("C", "k", 1, 0)).unwrap();
    let told: Vec<_> = effects
        .into_iter()
        .filter_map(|it| match it {
            StreamEffect::Chose { question, answer, .. } => Some((question, answer)),
            _ => None,
        })
        .collect();
    assert_eq!(told, [(Question::Whether("if VIP".into(), 0.7), 1), (Question::Which(names(&["E0", "E1"])), 1)]);
}

fn counter(requires: Vec<(Guard, Arc<str>)>, refused: Option<Mapping>) -> Decide {
    let scope = Scope::new().with("EVENT", schema("E")).with("STATE", schema("S"));
    let sum = expr::check(&expr::parse("event.n + IFNULL(state.n, 0)").unwrap(), &scope).unwrap();
    let alternatives = vec![Alternative { guard: Guard::Always, mapping: mapping("E"), provenance: None }];
    Decide {
        store: "states".into(),
        commands: vec![CommandRule {
            command: "C".into(),
            provenance: None,
            requires,
            outcomes: Outcomes { mode: Mode::Either, alternatives },
            refused,
        }],
        evolution: Arc::new(Evolution {
            state: schema("S"),
            events: vec![EventRule {
                event: "E".into(),
                sets: vec![(0, Term::Program(Arc::new(sum))), (1, Term::Literal(Value::text("seen")))],
            }],
        }),
    }
}

#[test]
fn decide_evolves_the_state_of_the_key() {
    let mut bench = Bench::new(counter(Vec::new(), None));
    assert_eq!(bench.out(message("C", "a", 2, 0)), ["E a (2, NULL)"]);
    assert_eq!(bench.out(message("C", "a", 3, 1)), ["E a (3, 'seen')"]);
    assert_eq!(bench.out(message("C", "b", 4, 2)), ["E b (4, NULL)"]);
    assert_eq!(bench.out(message("Unknown", "b", 4, 2)), Vec::<String>::new());
    let rows: Vec<String> =
        bench.task.store("states").unwrap().iter().map(|(key, row)| format!("{key} {}", row.value)).collect();
    assert_eq!(rows, ["a (5, 'seen')", "b (4, 'seen')"]);
}

#[test]
fn what_is_required_and_does_not_hold_rejects_or_is_refused() {
    let requires = || vec![(when("n < 10"), Arc::from("n < 10")), (when("word IS NULL"), Arc::from("word IS NULL"))];
    let mut bench = Bench::new(counter(requires(), None));
    let effects = bench.put(message("C", "a", 11, 0)).unwrap();
    assert!(matches!(effects.as_slice(), [StreamEffect::Rejected { reason, .. }] if **reason == *"n < 10"));
    assert!(bench.task.store("states").unwrap().is_empty(), "a rejected command makes no instance");
    let mut bench = Bench::new(counter(requires(), Some(mapping("Refused"))));
    assert_eq!(bench.out(message("C", "a", 11, 0)), ["Refused a (11, NULL)"]);
}

#[test]
fn what_fails_is_taken_back() {
    // The second of three values fails, after the first was handed on.
    let items = Native(|_| Ok(Value::List(vec![Value::Long(1), Value::Long(0), Value::Long(2)])));
    let fails = Native(|it| match it.rows[0][0].as_long() {
        Some(0) => Err(ProgramError("zero".to_owned())),
        _ => Ok(Value::Bool(true)),
    });
    let mut topology = topology(FlatMapValues { items: Term::Program(Arc::new(items)) });
    let add = |topology: &mut Topology, name: &str, operator: Arc<dyn Operator>, parent: usize| {
        let name = name.into();
        topology.nodes.push(Node { name, operator, parents: vec![parent], provenance: None });
    };
    topology.stores.push(StoreSpec {
        name: "table".into(),
        key: Type::Text,
        schema: None,
        changelog: Changelog::Local,
        provenance: None,
    });
    add(&mut topology, "table", Arc::new(ToTable { store: "table".into() }), 1);
    add(&mut topology, "check", Arc::new(Filter { predicate: Guard::When(Arc::new(fails)) }), 3);
    let mut task = Task::new(Arc::new(Plan::new(topology).unwrap()), Timestamp(0));
    let mut effects = Vec::new();
    let failed = task.process("IN", &Arc::new(message("C", "k", 1, 9)), Timestamp(0), &mut Last, &mut effects);
    assert_eq!(failed.unwrap_err().to_string(), "check: zero");
    assert!(effects.is_empty() && task.store("table").unwrap().is_empty());
    assert_eq!(task.stream_time(), Timestamp(i64::MIN));
}

#[test]
fn a_list_that_explodes_is_stopped() {
    let items = Native(|_| Ok(Value::List(vec![Value::Null; 200_000])));
    let mut bench = Bench::new(FlatMapValues { items: Term::Program(Arc::new(items)) });
    let failed = bench.put(message("C", "k", 1, 0));
    assert!(matches!(failed, Err(TaskError::Budget { .. })), "{failed:?}");
}

fn await_both() -> AwaitAll {
    let input = |event: &str, to| AwaitedInput { event: event.into(), fields: vec![(0, to)] };
    AwaitAll {
        store: "seen".into(),
        inputs: vec![input("A", 0), input("B", 1)],
        within: Millis(100),
        output: schema("Both"),
    }
}

#[test]
fn all_of_several_events_within_a_time() {
    let mut bench = Bench::new(await_both());
    assert!(bench.out(message("A", "k", 1, 0)).is_empty());
    assert!(bench.out(message("B", "other", 2, 0)).is_empty());
    assert!(bench.out(message("A", "k", 3, 10)).is_empty(), "the later one of a kind counts");
    assert_eq!(bench.out(message("B", "k", 4, 110)), ["Both k (3, 4)"]);
    assert!(bench.out(message("B", "k", 5, 111)).is_empty(), "what was used is used up");
    assert!(bench.out(message("A", "k", 6, 212)).is_empty(), "too far apart");
    assert_eq!(bench.out(message("B", "k", 7, 112)), ["Both k (6, 7)"], "late, but close");
}

#[test]
fn a_timer_for_each_key() {
    let rule = TimerRule::After {
        delay: stormglass::streams::Delay::For(Millis(100)),
        starts: names(&["A"]),
        unless: names(&["B"]),
    };
    let (by_key, by_due) = ("by_key".into(), "by_due".into());
    let mut bench = Bench::new(Schedule { rule, output: mapping("Overdue"), by_key, by_due });
    assert_eq!(bench.task.next_wakeup(), None);
    bench.out(message("A", "k", 1, 0));
    bench.out(message("A", "l", 2, 10));
    bench.out(message("A", "m", 3, 20));
    bench.out(message("B", "l", 0, 30));
    bench.out(message("A", "k", 4, 50));
    assert_eq!(bench.task.next_wakeup(), Some(Timestamp(120)), "a later start counts anew");
    assert!(bench.until(119).is_empty());
    assert_eq!(bench.until(120), ["Overdue m (3, NULL)"]);
    assert_eq!(bench.until(1_000), ["Overdue k (4, NULL)"]);
    assert!(bench.until(2_000).is_empty());
    assert_eq!(bench.task.next_wakeup(), None);
}

#[test]
fn a_timer_that_cannot_be_made_goes_and_the_others_go_off() {
    let rule = TimerRule::After {
        delay: stormglass::streams::Delay::For(Millis(100)),
        starts: names(&["A"]),
        unless: Vec::new(),
    };
    let refuses = Native(|it| match it.rows[0][0].as_long() {
        Some(0) => Err(ProgramError("zero".to_owned())),
        n => Ok(Value::Long(n.unwrap_or_default())),
    });
    let fields = vec![Term::Program(Arc::new(refuses)), Term::Literal(Value::Null)];
    let output = Mapping { fields, ..mapping("Overdue") };
    let mut bench = Bench::new(Schedule { rule, output, by_key: "by_key".into(), by_due: "by_due".into() });
    for (at, n) in [1, 0, 2, 0, 3].into_iter().enumerate() {
        let cause = Some(format!("IN/0/{at}").parse().unwrap());
        bench.put(Message { cause, ..message("A", &format!("k{at}"), n, 0) }).unwrap();
    }
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    while let Some(at) = bench.task.next_wakeup() {
        assert!(failed.len() < 9, "it ends");
        let mut effects = Vec::new();
        let done = bench.task.advance(at, &mut Last, &mut effects);
        failed.extend(done.err().map(|it| match it {
            TaskError::Timer { cause, error } => format!("{} {error}", cause.unwrap()),
            other => panic!("{other}"),
        }));
        made.extend(sent(&effects));
    }
    assert_eq!(made, ["Overdue k0 (1, NULL)", "Overdue k2 (2, NULL)", "Overdue k4 (3, NULL)"]);
    assert_eq!(failed, ["IN/0/1 op: zero", "IN/0/3 op: zero"]);
    assert!(bench.task.stores().iter().all(|it| it.is_empty()));
}

#[test]
fn every_so_often() {
    let rule = TimerRule::Every { interval: Millis(100), offset: Millis(30) };
    let output = Mapping { fields: vec![Term::Literal(Value::Long(7)), Term::Time], ..mapping("Tick") };
    let mut bench = Bench::new(Schedule { rule, output, by_key: "by_key".into(), by_due: "by_due".into() });
    assert_eq!(bench.task.next_wakeup(), Some(Timestamp(30)));
    assert!(bench.until(29).is_empty());
    assert_eq!(bench.until(30).len(), 1);
    assert!(bench.until(31).is_empty());
    assert_eq!(bench.until(1_000).len(), 1, "missed ones fire once");
    assert_eq!(bench.task.next_wakeup(), Some(Timestamp(1_030)));
}

#[test]
fn rows_change_by_events_and_go() {
    let rule = |event: &str, deletes| RowRule {
        event: event.into(),
        key: Term::Key,
        sets: vec![(0, Term::Field { row: 0, at: 0 })],
        deletes,
    };
    let rules = vec![rule("A", false), rule("B", true)];
    let mut bench = Bench::new(Materialise { store: "rows".into(), row: schema("Row"), rules });
    assert_eq!(bench.out(message("A", "k", 1, 0)), ["Row k (1, NULL)"]);
    assert_eq!(bench.out(message("C", "k", 2, 0)), Vec::<String>::new());
    assert_eq!(bench.out(message("B", "k", 3, 0)), ["Row k NULL"]);
    assert_eq!(bench.out(message("B", "k", 3, 0)), Vec::<String>::new(), "there is nothing left to delete");
    let keyless = Message { key: Value::Null, ..message("A", "", 1, 0) };
    let effects = bench.put(keyless).unwrap();
    assert!(matches!(effects.as_slice(), [StreamEffect::Dropped { .. }]));
}

#[test]
fn keys_of_other_instances_come_from_the_story() {
    let key = Term::Instance { aggregate: "Ticket".into(), ty: Type::Text };
    let alternatives =
        vec![Alternative { guard: Guard::Always, mapping: Mapping { key, ..mapping("E") }, provenance: None }];
    let outcomes = Outcomes { mode: Mode::All, alternatives };
    let mut bench = Bench::new(React { guard: Guard::Always, outcomes });
    assert_eq!(bench.out(message("C", "k", 1, 0)), ["E Ticket of s1 (1, NULL)"]);
}

#[test]
fn plans_that_do_not_fit_are_refused() {
    let good = topology(await_both());
    let spoil = |change: &dyn Fn(&mut Topology)| {
        let mut topology = good.clone();
        change(&mut topology);
        Plan::new(topology).map(|_| ()).unwrap_err()
    };
    assert!(matches!(spoil(&|it| it.stores.clear()), PlanError::Store { .. }));
    assert!(matches!(spoil(&|it| it.nodes[1].parents = vec![2]), PlanError::Parent { .. }));
    assert!(matches!(spoil(&|it| it.nodes[1].parents = vec![1]), PlanError::Parent { .. }));
    assert!(matches!(spoil(&|it| it.nodes[1].parents = vec![99]), PlanError::Parent { .. }));
    assert!(matches!(spoil(&|it| it.nodes[1].parents = Vec::new()), PlanError::Arity { .. }));
    assert!(matches!(spoil(&|it| it.nodes[0].parents = vec![0]), PlanError::Arity { .. }));
    assert!(matches!(spoil(&|it| it.nodes[1].name = "in".into()), PlanError::Name { .. }));
}
