//! Aggregates: commands topic -> `decide` -> events topics.

use std::sync::Arc;

use crate::kit::Id;
use crate::model::{Aggregate, Command, Outcome, Outputs};
use crate::record::RecordSchema;
use crate::streams::{Alternative, Changelog, Mapping, Mode, Outcomes, StoreSpec, Term};
use crate::streams::{CommandRule, Decide, EventRule, Evolution};

use super::build::Builder;
use super::terms::{Shape, Terms};
use super::{Lowerer, key_type};

pub(super) fn lower(lowerer: &mut Lowerer<'_>) {
    for aggregate in lowerer.system.aggregates.values() {
        if !lowerer.runs(aggregate.id) {
            let reason = format!("its aggregate \u{201c}{}\u{201d} cannot run", aggregate.name);
            for message in &aggregate.commands {
                lowerer.cannot(*message, reason.clone());
            }
            continue;
        }
        if !aggregate.commands.is_empty() {
            one(lowerer, aggregate);
        }
    }
}

fn one(lowerer: &mut Lowerer<'_>, aggregate: &Aggregate) {
    let system = lowerer.system;
    let key = Term::Key;
    let shape = Shape::default();
    let terms = Terms { key: &key, shape: &shape };
    let owned = aggregate.events.iter().filter_map(|it| system.events.get(it));
    let events = owned.clone().map(|it| EventRule {
        event: it.schema.name.clone(),
        sets: key_first(aggregate, terms.assignments(&aggregate.state, &it.sets)),
    });
    let evolution = Arc::new(Evolution { state: aggregate.state.clone(), events: events.collect() });
    let mut written: Vec<(Arc<str>, Arc<str>, Id)> = Vec::new();
    let mut commands = Vec::new();
    for command in aggregate.commands.iter().filter_map(|it| system.commands.get(it)) {
        if !lowerer.runs(command.id) {
            continue;
        }
        for event in command.outcomes.iter().filter_map(|it| system.events.get(&it.event)) {
            written.push((event.topic.clone(), event.schema.name.clone(), event.id));
        }
        commands.push(rule(lowerer, &terms, command));
    }
    let name = lowerer.app_name(aggregate.id);
    let mut builder = Builder::new(name.clone());
    let store: Arc<str> = "state".into();
    let mut topics: Vec<Arc<str>> = owned.map(|it| it.topic.clone()).collect();
    topics.sort();
    topics.dedup();
    builder.store(StoreSpec {
        name: store.clone(),
        key: key_type(&aggregate.state, aggregate.key),
        schema: Some(aggregate.state.clone()),
        changelog: Changelog::Events { topics, evolution: evolution.clone() },
        provenance: Some(aggregate.shown_on),
    });
    let shown = Some(aggregate.shown_on);
    let source = builder.source(vec![aggregate.commands_topic.clone()], Vec::new(), shown);
    let decide = builder.node("decide", Decide { store: store.clone(), commands, evolution }, &[source], shown);
    builder.sinks(written, &[decide]);
    let _ = lowerer.lowering.stores.insert(aggregate.id, (name, store));
    lowerer.deploy(aggregate.id, builder);
}

/// Every event also says whose state it is.
fn key_first(aggregate: &Aggregate, mut sets: crate::streams::Assignments) -> crate::streams::Assignments {
    sets.insert(0, (aggregate.key, Term::Key));
    sets
}

fn rule(lowerer: &Lowerer<'_>, terms: &Terms<'_>, command: &Command) -> CommandRule {
    let requires = command.requires.iter().map(|it| (terms.guard(it), Arc::from(it.text()))).collect();
    let alternatives: Vec<Alternative> =
        command.outcomes.iter().filter_map(|it| alternative(lowerer, terms, it)).collect();
    let refused = command.outcomes.iter().find(|it| it.otherwise && it.when.is_none());
    let refused = refused.and_then(|it| alternative(lowerer, terms, it)).map(|it| it.mapping);
    CommandRule {
        command: command.schema.name.clone(),
        provenance: Some(command.id),
        requires,
        outcomes: Outcomes { mode: mode(command.outputs), alternatives },
        refused,
    }
}

/// One event that may come of a command or a time.
pub(super) fn alternative(lowerer: &Lowerer<'_>, terms: &Terms<'_>, outcome: &Outcome) -> Option<Alternative> {
    let event = lowerer.system.events.get(&outcome.event)?;
    let schema: &Arc<RecordSchema> = &event.schema;
    let fields = terms.record(schema, &outcome.fill);
    let key = fields.get(event.key).cloned().unwrap_or(Term::Key);
    Some(Alternative {
        guard: terms.alternative(outcome.when.as_ref(), outcome.otherwise),
        mapping: Mapping { schema: schema.clone(), key, fields },
        provenance: Some(event.id),
    })
}

pub(super) fn mode(outputs: Outputs) -> Mode {
    match outputs {
        Outputs::Either => Mode::Either,
        Outputs::All => Mode::All,
    }
}
