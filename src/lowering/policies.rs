//! Policies: events topics -> filter by type and guard -> `react` -> commands topics.

use std::sync::Arc;

use crate::kit::Id;
use crate::model::{Handler, Issue, KeyRule, Policy, Reaction, Rule, Trigger};
use crate::record::{FieldSchema, RecordSchema, Type};
use crate::runtime::ConsumerSpec;
use crate::streams::{Alternative, Changelog, Guard, Mapping, Outcomes, StoreSpec, Term};
use crate::streams::{AwaitAll, AwaitedInput, Filter, JoinedTable, LeftJoin, React};

use super::aggregates::mode;
use super::build::Builder;
use super::terms::{Shape, Terms};
use super::{Lowerer, TaskList, key_type};

pub(super) fn lower(lowerer: &mut Lowerer<'_>) {
    for policy in lowerer.system.policies.values() {
        if !lowerer.runs(policy.id) {
            continue;
        }
        if policy.query.is_some() {
            lowerer.cannot(policy.id, "it is a whole KSQL query, which is generated as a script but not run here");
        } else if policy.reactions.is_empty() {
            lowerer.cannot(policy.id, "nothing triggers it: draw an arrow from an event or a time");
        } else if policy.reactions.iter().all(|it| it.issues.is_empty()) {
            lowerer.cannot(policy.id, "it issues no command: draw an arrow from it to one");
        } else {
            one(lowerer, policy);
        }
    }
}

fn one(lowerer: &mut Lowerer<'_>, policy: &Policy) {
    let shown = Some(policy.shown_on);
    let name = lowerer.app_name(policy.id);
    let mut builder = Builder::new(name.clone());
    let mut reacts = Vec::new();
    let mut written: Vec<(Arc<str>, Arc<str>, Id)> = Vec::new();
    for reaction in &policy.reactions {
        let records: Vec<Incoming> = reaction.on.iter().filter_map(|it| incoming(lowerer, *it)).collect();
        if records.len() != reaction.on.len() || reaction.issues.is_empty() {
            continue;
        }
        for command in reaction.issues.iter().filter_map(|it| lowerer.system.commands.get(&it.command)) {
            written.push((command.topic.clone(), command.schema.name.clone(), command.id));
        }
        let topics = match &policy.tasks_topic {
            Some(topic) => vec![topic.clone()],
            None => records.iter().map(|it| it.topic.clone()).collect(),
        };
        let types = records.iter().map(|it| it.schema.name.clone()).collect();
        let from = reaction.on.first().map(|it| it.id());
        let mut last = builder.source(topics, types, from);
        let mut shape = Shape::default();
        if records.len() > 1 {
            shape.joined = records.iter().map(|it| it.schema.fields.len()).collect();
            last = join(&mut builder, policy, &name, &records, last);
        }
        if !reaction.lookups.is_empty() {
            (last, shape) = look_up(lowerer, &mut builder, policy, &name, reaction, &records, last, shape);
        }
        // Prose is asked for one sentence at a time, after what can be checked.
        let key = Term::Key;
        let terms = Terms { key: &key, shape: &shape };
        let (prose, exact): (Vec<&Rule>, Vec<&Rule>) = reaction.guard.iter().partition(|it| it.is_prose());
        let mut guards: Vec<Guard> = exact.into_iter().chain(prose).map(|it| terms.guard(it)).collect();
        let guard = guards.pop().unwrap_or(Guard::Always);
        for predicate in guards {
            last = builder.node("filter", Filter { predicate }, &[last], shown);
        }
        let alternatives = reaction.issues.iter().filter_map(|it| alternative(lowerer, it, &shape));
        let outcomes = Outcomes { mode: mode(policy.outputs), alternatives: alternatives.collect() };
        reacts.push(builder.node("react", React { guard, outcomes }, &[last], shown));
    }
    if reacts.is_empty() {
        return;
    }
    builder.sinks(written, &reacts);
    tasks(lowerer, policy);
    lowerer.deploy(policy.id, builder);
}

/// A manual policy's work goes through a person.
fn tasks(lowerer: &mut Lowerer<'_>, policy: &Policy) {
    let Some(topic) = &policy.tasks_topic else { return };
    let triggers = policy.reactions.iter().flat_map(|it| &it.on);
    let records: Vec<Incoming> = triggers.filter_map(|it| incoming(lowerer, *it)).collect();
    let group: Arc<str> = format!("{}.people", lowerer.app_name(policy.id)).into();
    let mut topics: Vec<Arc<str>> = records.iter().map(|it| it.topic.clone()).collect();
    let mut types: Vec<Arc<str>> = records.iter().map(|it| it.schema.name.clone()).collect();
    for list in [&mut topics, &mut types] {
        list.sort();
        list.dedup();
    }
    let provenance = Some(policy.actor.unwrap_or(policy.shown_on));
    lowerer.lowering.deployment.consumers.push(ConsumerSpec { group: group.clone(), topics, provenance });
    let _ = lowerer.lowering.tasks.insert(policy.id, TaskList { group, types, topic: topic.clone() });
}

/// A trigger's record.
struct Incoming {
    topic: Arc<str>,
    schema: Arc<RecordSchema>,
    key: usize,
}

fn incoming(lowerer: &Lowerer<'_>, trigger: Trigger) -> Option<Incoming> {
    match trigger {
        Trigger::Event(id) => {
            let it = lowerer.system.events.get(&id)?;
            Some(Incoming { topic: it.topic.clone(), schema: it.schema.clone(), key: it.key })
        }
        Trigger::Timer(id) => {
            let it = lowerer.system.timers.get(&id)?;
            Some(Incoming { topic: it.topic.clone(), schema: it.schema.clone(), key: it.key })
        }
    }
}

/// Waits until all have come: one record with the fields of all of them, in order.
fn join(builder: &mut Builder, policy: &Policy, app: &str, records: &[Incoming], parent: usize) -> usize {
    let mut fields = Vec::new();
    let mut inputs = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let start = fields.len();
        for field in &record.schema.fields {
            let name: Arc<str> = format!("r{number}_{}", field.name).into();
            let column = name.to_ascii_uppercase().into();
            let ty = Type::optional(field.ty.clone());
            fields.push(FieldSchema { id: name.clone(), name, column, ty, key: false, ..field.clone() });
        }
        let places = (0..record.schema.fields.len()).map(|at| (at, start + at)).collect();
        inputs.push(AwaitedInput { event: record.schema.name.clone(), fields: places });
    }
    let output = Arc::new(RecordSchema::new(format!("{}.Joined", app.replace(['-', '.'], "_")), fields));
    let store: Arc<str> = "seen".into();
    builder.store(StoreSpec {
        name: store.clone(),
        key: records.first().map_or(Type::Uuid, |it| key_type(&it.schema, it.key)),
        schema: None,
        changelog: Changelog::Local,
        provenance: Some(policy.shown_on),
    });
    let within = policy.join.unwrap_or_default();
    builder.node("await", AwaitAll { store, inputs, within, output }, &[parent], Some(policy.shown_on))
}

/// Puts the rows that are looked up behind the fields of the triggers.
#[expect(clippy::too_many_arguments, reason = "the parts of one join")]
fn look_up(
    lowerer: &Lowerer<'_>,
    builder: &mut Builder,
    policy: &Policy,
    app: &str,
    reaction: &Reaction,
    records: &[Incoming],
    parent: usize,
    shape: Shape,
) -> (usize, Shape) {
    let key = Term::Key;
    let terms = Terms { key: &key, shape: &shape };
    let mut counts: Vec<usize> = records.iter().map(|it| it.schema.fields.len()).collect();
    let mut fields = Vec::new();
    let mut add = |prefix: String, schema: &RecordSchema| {
        for field in &schema.fields {
            let name: Arc<str> = format!("{prefix}_{}", field.name).into();
            let column = name.to_ascii_uppercase().into();
            let ty = Type::optional(field.ty.clone());
            fields.push(FieldSchema { id: name.clone(), name, column, ty, key: false, ..field.clone() });
        }
    };
    for (number, record) in records.iter().enumerate() {
        add(format!("r{number}"), &record.schema);
    }
    let mut tables = Vec::new();
    for (number, lookup) in reaction.lookups.iter().enumerate() {
        let Some(read_model) = lowerer.system.read_models.get(&lookup.read_model) else { continue };
        let ty = key_type(&read_model.schema, read_model.key);
        let key = terms.term(&lookup.key, &ty, &read_model.schema.name);
        tables.push(JoinedTable { store: read_model.topic.clone(), key, at: counts.iter().sum() });
        add(format!("l{number}"), &read_model.schema);
        counts.push(read_model.schema.fields.len());
        builder.store(StoreSpec {
            name: read_model.topic.clone(),
            key: ty,
            schema: Some(read_model.schema.clone()),
            changelog: Changelog::Global { topic: read_model.topic.clone() },
            provenance: Some(read_model.id),
        });
    }
    let output = Arc::new(RecordSchema::new(format!("{}.LookedUp", app.replace(['-', '.'], "_")), fields));
    let node = builder.node("leftJoin", LeftJoin { tables, output }, &[parent], Some(policy.shown_on));
    (node, Shape { joined: counts })
}

fn alternative(lowerer: &Lowerer<'_>, issue: &Issue, shape: &Shape) -> Option<Alternative> {
    let command = lowerer.system.commands.get(&issue.command)?;
    let ty = key_type(&command.schema, command.key);
    let cause = Term::Key;
    let plain = Terms { key: &cause, shape };
    let key = match &issue.key {
        KeyRule::Field(source) => plain.term(source, &ty, &command.schema.name),
        KeyRule::Cause => Term::Key,
        // Nobody looks at a read model here: the story's own instance is meant.
        KeyRule::Correlation | KeyRule::New | KeyRule::Row { .. } | KeyRule::Living { .. } => {
            let aggregate = match command.handler {
                Handler::Aggregate(id) => lowerer.system.aggregates.get(&id).map(|it| it.state.name.clone()),
                Handler::External(_) | Handler::Nobody => None,
            };
            Term::Instance { aggregate: aggregate.unwrap_or_else(|| command.schema.name.clone()), ty }
        }
    };
    let terms = Terms { key: &key, shape };
    let fields = terms.record(&command.schema, &issue.fill);
    let guard = terms.alternative(issue.when.as_ref(), issue.otherwise);
    let mapping = Mapping { schema: command.schema.clone(), key, fields };
    Some(Alternative { guard, mapping, provenance: Some(command.id) })
}
