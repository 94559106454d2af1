//! Aggregates, their commands and events: guards, outcomes, evolution.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::board::{Mark, Outputs, Role};
use crate::expr::{self, Scope};
use crate::flow::Edge;
use crate::kit::{Id, Severity};
use crate::model::text::{answers, label};
use crate::model::{Aggregate, Assignment, Command, Event, Handler, Invariant, Law, Outcome, Owner, Source, TopicKind};
use crate::record::{FieldSchema, RecordSchema, Type};

use super::Resolver;
use super::compile::{Place, rows};
use super::fields::{new_field, push};
use super::fill::{Filling, field_of};
use super::messages::Keyed;

pub(super) fn read(resolver: &mut Resolver<'_>) {
    for aggregate in resolver.aggregates() {
        grow_state(resolver, aggregate);
    }
    for aggregate in resolver.aggregates() {
        read_aggregate(resolver, aggregate);
    }
    for (event, owner) in resolver.structure.owners.clone() {
        read_event(resolver, event, owner);
    }
    for (command, handler) in resolver.structure.handlers.clone() {
        read_command(resolver, command, handler);
    }
}

/// Adds the fields that only `sets` rules name, in the type of what they are set to.
fn grow_state(resolver: &mut Resolver<'_>, aggregate: Id) {
    let Some((state, key)) = resolver.messages.states.get(&aggregate).cloned() else { return };
    let mut fields = state.fields.clone();
    for event in resolver.events_of(aggregate) {
        let Some((schema, _)) = resolver.messages.events.get(&event).cloned() else { continue };
        for body in resolver.rules(event, "sets") {
            // What does not parse is told where the rule is read.
            let Ok(list) = crate::expr::parse_assignments(&body) else { continue };
            for assignment in list {
                let so_far = RecordSchema { fields: fields.clone(), ..(*state).clone() };
                if field_of(&so_far, &assignment.name).is_some() {
                    continue;
                }
                let scope = rows("event", &schema, Some(("state", &Arc::new(so_far))));
                let ty = expr::check(&assignment.value, &scope).ok().and_then(|it| it.ty().cloned());
                if let Some(ty) = ty {
                    let label = assignment.name.0.to_lowercase();
                    push(&mut fields, new_field(&label, Type::optional(ty)));
                }
            }
        }
    }
    let grown = Arc::new(RecordSchema { fields, ..(*state).clone() });
    let _ = resolver.messages.states.insert(aggregate, (grown, key));
}

fn read_aggregate(resolver: &mut Resolver<'_>, id: Id) {
    let Some((state, key)) = resolver.messages.states.get(&id).cloned() else { return };
    let anonymous = resolver.structure.anonymous.contains_key(&id);
    let name = if anonymous { resolver.anonymous_name(id) } else { resolver.name(id).to_owned() };
    let scope = Scope::new().with("state", state.clone()).also(state.short_name());
    let place = Place { elements: vec![id], what: format!("what always holds of {}", resolver.shown(id)) };
    let mut always = Vec::new();
    for body in resolver.rules(id, "always") {
        let rule = resolver.condition(&body, &scope, &place);
        let text = format!("always {body}");
        let law = Law::Always { aggregate: id, rule: rule.clone() };
        resolver.system.invariants.push(Invariant { id, text, law });
        always.push(rule);
    }
    let aggregate = Aggregate {
        id,
        name,
        shown_on: resolver.element(id),
        anonymous,
        context: resolver.structure.context(id),
        state,
        key,
        commands: resolver.commands_of(id),
        events: resolver.events_of(id),
        always,
        commands_topic: resolver.topic_name(id, TopicKind::Commands),
        events_topic: resolver.topic_name(id, TopicKind::Events),
        notes: resolver.notes(id),
    };
    let _ = resolver.system.aggregates.insert(id, aggregate);
}

fn read_event(resolver: &mut Resolver<'_>, id: Id, owner: Owner) {
    let Some((schema, key)) = resolver.messages.events.get(&id).cloned() else { return };
    let state = match owner {
        Owner::Aggregate(aggregate) => resolver.messages.states.get(&aggregate).cloned(),
        Owner::External(_) | Owner::Timer(_) | Owner::Nobody => None,
    };
    let sets = match &state {
        Some(state) => sets(resolver, id, &schema, state),
        None => {
            if !resolver.rules(id, "sets").is_empty() {
                let text = format!("{} belongs to no aggregate, so what it sets has no effect", resolver.shown(id));
                let help = "draw an arrow from the aggregate to the event";
                resolver.problem(Severity::Warning, "M-rule", vec![id], text, help);
            }
            Vec::new()
        }
    };
    let topic = resolver.event_topic(id, owner);
    resolver.put_on(&topic, id);
    let event = Event {
        id,
        name: resolver.name(id).to_owned(),
        context: resolver.structure.context(id),
        schema,
        key,
        owner,
        sets,
        topic,
        incoming: resolver.marked(id, Mark::Incoming),
        pivotal: resolver.marked(id, Mark::Pivotal),
        integration: resolver.marked(id, Mark::Integration),
        notes: resolver.notes(id),
    };
    let _ = resolver.system.events.insert(id, event);
}

/// How an event changes the state: its `sets` rules, else same-named fields.
fn sets(resolver: &mut Resolver<'_>, event: Id, schema: &Arc<RecordSchema>, (state, key): &Keyed) -> Vec<Assignment> {
    let scope = rows("event", schema, Some(("state", state)));
    let place = Place { elements: vec![event], what: format!("what {} sets", resolver.shown(event)) };
    let mut all: BTreeMap<usize, Source> = BTreeMap::new();
    for (at, field) in state.fields.iter().enumerate().filter(|(at, _)| at != key) {
        let own = FieldSchema { ty: field.ty.required().clone(), ..field.clone() };
        // Only the event's row: a state field stays as it is by itself. A clash of types was told with the state.
        let told = resolver.system.problems.len();
        if let Some(source) = resolver.copy(&Scope::new().with("event", schema.clone()), 0, &own, &place) {
            let _ = all.insert(at, source);
        }
        resolver.system.problems.truncate(told);
    }
    for body in resolver.rules(event, "sets") {
        all.extend(resolver.mapping(&body, state, &scope, &place));
    }
    all.into_iter().map(|(field, source)| Assignment { field, source }).collect()
}

fn read_command(resolver: &mut Resolver<'_>, id: Id, handler: Handler) {
    let Some((schema, key)) = resolver.messages.commands.get(&id).cloned() else { return };
    let state = match handler {
        Handler::Aggregate(aggregate) => resolver.messages.states.get(&aggregate).map(|(it, _)| it.clone()),
        Handler::External(_) | Handler::Nobody => None,
    };
    let scope = rows("command", &schema, state.as_ref().map(|it| ("state", it)));
    let shown = resolver.shown(id);
    let place = Place { elements: vec![id], what: format!("what {shown} requires") };
    let mut requires = Vec::new();
    for body in resolver.rules(id, "requires") {
        requires.push(resolver.condition(&body, &scope, &place));
    }
    // A guard on the way to the handler is required, too.
    let guards: Vec<String> = resolver
        .flow
        .handlers(id)
        .iter()
        .flat_map(|it| {
            let it = label(&it.edge.text);
            it.when.into_iter().chain(it.lines)
        })
        .collect();
    for guard in guards {
        requires.push(resolver.condition(&guard, &scope, &place));
    }
    let weights = weights(resolver, handler);
    let mut outcomes = Vec::new();
    for (event, edge) in resolver.structure.outcomes.get(&id).cloned().unwrap_or_default() {
        let owner = resolver.structure.owners.get(&event).copied().unwrap_or(Owner::Nobody);
        let same = match (handler, owner) {
            (Handler::Aggregate(a), Owner::Aggregate(b)) | (Handler::External(a), Owner::External(b)) => a == b,
            _ => false,
        };
        let mut outcome = read_outcome(resolver, id, event, &edge, &scope, same);
        outcome.weight = weights.get(&event).copied().unwrap_or(1);
        outcomes.push(outcome);
    }
    let (topic, starts) = match handler {
        Handler::Aggregate(aggregate) => {
            let starting = resolver.starting(aggregate);
            (resolver.topic_name(aggregate, TopicKind::Commands), starting.contains(&id))
        }
        Handler::External(external) => (resolver.topic_name(external, TopicKind::Requests), false),
        Handler::Nobody => (resolver.topic_name(id, TopicKind::Commands), true),
    };
    if handler == Handler::Nobody {
        let context = resolver.structure.context(id);
        let fresh = crate::model::Topic {
            name: topic.clone(),
            kind: TopicKind::Commands,
            owner: id,
            context,
            messages: Vec::new(),
        };
        let _ = resolver.system.topics.insert(topic.clone(), fresh);
    }
    resolver.put_on(&topic, id);
    let all = |it: Option<Id>| it.is_some_and(|it| resolver.flow.outputs(it) == Outputs::All);
    let handled_by = match handler {
        Handler::Aggregate(it) if resolver.structure.anonymous.contains_key(&it) => None,
        Handler::Aggregate(it) | Handler::External(it) => Some(it),
        Handler::Nobody => None,
    };
    let outputs = if all(Some(id)) || all(handled_by) { Outputs::All } else { Outputs::Either };
    let command = Command {
        id,
        name: resolver.name(id).to_owned(),
        context: resolver.structure.context(id),
        schema,
        key,
        handler,
        requires,
        outcomes,
        outputs,
        starts,
        topic,
        notes: resolver.notes(id),
    };
    let _ = resolver.system.commands.insert(id, command);
}

/// One event that a command or timer leads to. `scope` is its rows; the second, if any, is the state.
pub(super) fn read_outcome(
    resolver: &mut Resolver<'_>,
    from: Id,
    event: Id,
    edge: &Edge,
    scope: &Scope,
    same_instance: bool,
) -> Outcome {
    let what = format!("the way from {} to {}", resolver.shown(from), resolver.shown(event));
    let place = Place { elements: vec![from, event], what };
    let Some((schema, key)) = resolver.messages.events.get(&event).cloned() else {
        let when = None;
        return Outcome { event, when, otherwise: false, weight: 1, fill: Vec::new(), link: edge.link() };
    };
    let written = resolver.written(&edge.text, Some(&schema), scope, &place);
    // The key of another party's event is its own field if the rows have one of that name.
    let named =
        schema.field(key).is_some_and(|field| scope.records().iter().any(|it| it.schema.by_id(&field.id).is_some()));
    let key = (same_instance || !named).then_some(key);
    let state = (scope.records().len() > 1).then_some(1);
    let unset = unset(resolver, event);
    let filling = Filling { target: &schema, key, scope, state, looked_up: None, unset: &unset, made: true };
    let (fill, missing) = resolver.fill(&filling, written.mapping, &place);
    if !missing.is_empty() {
        let (from, to) = (resolver.shown(from), resolver.shown(event));
        let text =
            format!("{} of {to} come from nowhere when {from} is handled: empty values are taken", list(&missing));
        resolver.assume(event, text);
    }
    Outcome { event, when: written.when, otherwise: written.otherwise, weight: 1, fill, link: edge.link() }
}

/// The fields of an event that no other event of its aggregate sets: the state cannot know them before.
fn unset(resolver: &Resolver<'_>, event: Id) -> BTreeSet<Arc<str>> {
    let Some((schema, _)) = resolver.messages.events.get(&event) else { return BTreeSet::new() };
    let mut unset: BTreeSet<Arc<str>> = schema.fields.iter().map(|it| it.id.clone()).collect();
    let Some(Owner::Aggregate(aggregate)) = resolver.structure.owners.get(&event) else { return unset };
    let Some((state, _)) = resolver.messages.states.get(aggregate) else { return unset };
    for other in resolver.events_of(*aggregate) {
        for body in resolver.rules(other, "sets") {
            for assignment in crate::expr::parse_assignments(&body).unwrap_or_default() {
                if let Some(field) = field_of(state, &assignment.name).and_then(|it| state.field(it)) {
                    let _ = unset.remove(&field.id);
                }
            }
        }
        if other != event
            && let Some((other, _)) = resolver.messages.events.get(&other)
        {
            for field in &other.fields {
                let _ = unset.remove(&field.id);
            }
        }
    }
    unset
}

/// What an external system's `answers` lines say.
fn weights(resolver: &mut Resolver<'_>, handler: Handler) -> BTreeMap<Id, u32> {
    let mut weights = BTreeMap::new();
    let Handler::External(external) = handler else { return weights };
    let near = Some(resolver.structure.context(external));
    let what = format!("the answers of {}", resolver.shown(external));
    for body in resolver.rules(external, "answers") {
        for (name, weight) in answers(&body) {
            if let Some(event) = resolver.named_or_told(&name, &[Role::Event], near, external, &what) {
                let _ = weights.insert(event, weight);
            }
        }
    }
    weights
}

/// `a`, `b` and `c`
pub(super) fn list(labels: &[String]) -> String {
    let quoted: Vec<String> = labels.iter().map(|it| format!("`{}`", super::fields::shown(it))).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
