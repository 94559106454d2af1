//! External systems, actors and timers.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::Role;
use crate::expr::Scope;
use crate::flow::{Edge, Relation};
use crate::kit::{Id, Millis, Severity};
use crate::model::text::{failure_rate, latency, rate};
use crate::model::{Actor, External, Handler, Issue, KeyRule, Timer, TopicKind};

use super::Resolver;
use super::compile::Place;
use super::decisions::read_outcome;
use super::fill::Filling;

/// The time to an answer where nothing is written.
const LATENCY: (Millis, Millis) = (Millis(50), Millis(500));

pub(super) fn read(resolver: &mut Resolver<'_>) {
    for id in resolver.with_role(Role::Time) {
        read_timer(resolver, id);
    }
    for id in resolver.with_role(Role::External) {
        read_external(resolver, id);
    }
    let mut carried_out: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for policy in resolver.system.policies.keys() {
        for way in resolver.flow.carried_out_by(*policy) {
            carried_out.entry(way.definition).or_default().push(*policy);
        }
    }
    for id in resolver.with_role(Role::Actor) {
        read_actor(resolver, id, carried_out.remove(&id).unwrap_or_default());
    }
}

fn read_timer(resolver: &mut Resolver<'_>, id: Id) {
    let (Some((schema, key)), Some(said)) =
        (resolver.messages.timers.get(&id).cloned(), resolver.schedules.get(&id).cloned())
    else {
        return;
    };
    let place = Place { elements: vec![id], what: format!("the record of {}", resolver.shown(id)) };
    let followed = said.follows.and_then(|it| resolver.messages.events.get(&it).cloned());
    let scope = match &followed {
        Some((event, _)) => Scope::new().with("event", event.clone()),
        None => Scope::new(),
    };
    let key_fill = followed.is_some().then_some(key);
    let filling = Filling {
        target: &schema,
        key: key_fill,
        scope: &scope,
        state: None,
        looked_up: None,
        unset: &BTreeSet::new(),
        made: true,
    };
    let (fill, _) = resolver.fill(&filling, BTreeMap::new(), &place);
    let own = Scope::new().with("event", schema.clone()).also(schema.short_name());
    let elapses: Vec<(Id, Edge)> = resolver
        .flow
        .outgoing(id)
        .into_iter()
        .filter(|it| it.edge.relation == Relation::Elapses)
        .map(|it| (it.definition, it.edge.clone()))
        .collect();
    let mut outcomes = Vec::new();
    let mut seen = BTreeSet::new();
    for (event, edge) in elapses.into_iter().filter(|(it, _)| seen.insert(*it)) {
        outcomes.push(read_outcome(resolver, id, event, &edge, &own, false));
    }
    let topic = resolver.topic_name(id, TopicKind::Events);
    resolver.put_on(&topic, id);
    let timer = Timer {
        id,
        name: resolver.name(id).to_owned(),
        context: resolver.structure.context(id),
        schema,
        key,
        cadence: said.cadence,
        follows: said.follows,
        unless: said.unless,
        fill,
        outcomes,
        topic,
        assumed: said.assumed,
        notes: resolver.notes(id),
    };
    let _ = resolver.system.timers.insert(id, timer);
}

fn read_external(resolver: &mut Resolver<'_>, id: Id) {
    let shown = resolver.shown(id);
    let mut times = LATENCY;
    for body in resolver.rules(id, "latency") {
        match latency(&body) {
            Some(it) => times = it,
            None => odd(resolver, id, format!("{shown}: `latency {body}` is no time"), "write `latency 200ms..2s`"),
        }
    }
    let mut fails = 0.0;
    for body in resolver.rules(id, "fails") {
        match failure_rate(&body) {
            Some(it) => fails = it,
            None => odd(resolver, id, format!("{shown}: `fails {body}` is no share"), "write `fails 5%`"),
        }
    }
    let commands = resolver.commands_of(id);
    let produced = resolver.flow.events_of(id).into_iter().map(|it| it.definition);
    let mut events: Vec<Id> = produced.chain(resolver.events_of(id)).collect();
    events.sort();
    events.dedup();
    let events = resolver.sorted(events);
    let answers: BTreeSet<Id> = commands
        .iter()
        .filter_map(|it| resolver.system.commands.get(it))
        .flat_map(|it| it.outcomes.iter().map(|it| it.event))
        .collect();
    let sends = events.iter().copied().filter(|it| !answers.contains(it)).collect();
    let calls: Vec<(Id, Edge)> = resolver
        .flow
        .outgoing(id)
        .into_iter()
        .filter(|it| it.edge.relation == Relation::Stimulates)
        .map(|it| (it.definition, it.edge.clone()))
        .collect();
    let calls = calls.iter().map(|(command, edge)| issue(resolver, id, *command, edge, &[])).collect();
    let external = External {
        id,
        name: resolver.name(id).to_owned(),
        context: resolver.structure.context(id),
        commands,
        events,
        sends,
        calls,
        latency: times,
        failure_rate: fails,
        requests_topic: resolver.topic_name(id, TopicKind::Requests),
        events_topic: resolver.topic_name(id, TopicKind::Events),
        notes: resolver.notes(id),
    };
    let _ = resolver.system.externals.insert(id, external);
}

fn read_actor(resolver: &mut Resolver<'_>, id: Id, carries_out: Vec<Id>) {
    let flow = resolver.flow;
    let near = Some(resolver.structure.context(id));
    let shown = resolver.shown(id);
    let is_read_model = |it: &Id| flow.definition(*it).is_some_and(|it| it.role == Role::ReadModel);
    let mut consults: Vec<Id> = flow.consulted(id).into_iter().map(|it| it.definition).filter(is_read_model).collect();
    let mut issued: Vec<(Id, Edge)> = Vec::new();
    for way in flow.outgoing(id) {
        match way.edge.relation {
            Relation::Decides => issued.push((way.definition, way.edge.clone())),
            Relation::Uses => {
                consults
                    .extend(flow.consulted(way.definition).into_iter().map(|it| it.definition).filter(is_read_model));
                let offers = flow.outgoing(way.definition).into_iter();
                let offers = offers.filter(|it| it.edge.relation == Relation::Offers);
                issued.extend(offers.map(|it| (it.definition, it.edge.clone())));
            }
            _ => {}
        }
    }
    // A screen that is used by the actor offers its commands to him, too.
    for way in flow.incoming(id).into_iter().filter(|it| it.edge.relation == Relation::UsedBy) {
        let offers = flow.outgoing(way.definition).into_iter().filter(|it| it.edge.relation == Relation::Offers);
        issued.extend(offers.map(|it| (it.definition, it.edge.clone())));
    }
    consults.sort();
    consults.dedup();
    issued.sort_by_key(|(it, _)| resolver.place(*it));
    issued.dedup_by_key(|(it, _)| *it);
    let mut issues = Vec::new();
    for (command, edge) in &issued {
        let supporting = flow.consulted(*command).into_iter().map(|it| it.definition).filter(is_read_model);
        let looked_at: Vec<Id> = looks_at(resolver, id, edge).into_iter().chain(supporting).collect();
        let looked_at = if looked_at.is_empty() { consults.clone() } else { looked_at };
        issues.push(issue(resolver, id, *command, edge, &looked_at));
    }
    let (mut common, mut rates) = (None, BTreeMap::new());
    for body in resolver.rules(id, "rate") {
        match rate(&body) {
            Some((None, it)) => common = Some(it),
            Some((Some(name), it)) => {
                let what = format!("the rate of {shown}");
                if let Some(command) = resolver.named_or_told(&name, &[Role::Command], near, id, &what) {
                    let _ = rates.insert(command, it);
                }
            }
            None => odd(resolver, id, format!("{shown}: `rate {body}` is no rate"), "write `rate 5 per hour`"),
        }
    }
    let actor = Actor {
        id,
        name: resolver.name(id).to_owned(),
        context: resolver.structure.context(id),
        issues,
        consults,
        carries_out,
        rate: common,
        rates,
        notes: resolver.notes(id),
    };
    let _ = resolver.system.actors.insert(id, actor);
}

/// The read models that stand at the placement of the actor from which an arrow leaves.
fn looks_at(resolver: &Resolver<'_>, actor: Id, edge: &Edge) -> Vec<Id> {
    let at = resolver.flow.edges_to(edge.from).into_iter().filter(|it| it.relation == Relation::Observed);
    let found: Vec<Id> = at.map(|it| resolver.flow.definition_of(it.from)).collect();
    if resolver.flow.definition_of(edge.from) == actor { found } else { Vec::new() }
}

/// A command that somebody issues on his own accord: what he looks at gives the instance and known values.
fn issue(resolver: &mut Resolver<'_>, from: Id, command: Id, edge: &Edge, looks_at: &[Id]) -> Issue {
    let what = format!("the way from {} to {}", resolver.shown(from), resolver.shown(command));
    let place = Place { elements: vec![from, command], what };
    let link = edge.link();
    let Some((schema, key)) = resolver.messages.commands.get(&command).cloned() else {
        return Issue { command, when: None, otherwise: false, fill: Vec::new(), key: KeyRule::New, link };
    };
    let field = schema.field(key).cloned();
    let starts = resolver.system.commands.get(&command).is_some_and(|it| it.starts);
    let rows = &resolver.messages.rows;
    let holding = looks_at.iter().find_map(|id| {
        let (row, _) = rows.get(id)?;
        let column = row.by_id(&field.as_ref()?.id)?;
        (row.field(column)?.ty.required() == field.as_ref()?.ty.required()).then(|| (*id, row.clone(), column))
    });
    let (rule, scope) = match (starts, holding, resolver.structure.handlers.get(&command)) {
        (true, ..) => (KeyRule::New, Scope::new()),
        (false, Some((read_model, row, column)), _) => {
            (KeyRule::Row { read_model, column }, Scope::new().with("row", row))
        }
        (false, None, Some(Handler::Aggregate(_))) => (KeyRule::Living { read_model: None }, Scope::new()),
        (false, None, Some(Handler::External(_) | Handler::Nobody) | None) => (KeyRule::New, Scope::new()),
    };
    let mut written = resolver.written(&edge.text, Some(&schema), &scope, &place);
    for body in resolver.rules(from, "values") {
        let Ok(list) = crate::expr::parse_assignments(&body) else {
            let message = format!("{}: `values {body}` is not a list of `field = value`", resolver.shown(from));
            odd(resolver, from, message, "write `values total = 12.50`");
            continue;
        };
        for assignment in list {
            if let Some(at) = super::fill::field_of(&schema, &assignment.name)
                && let Some(ty) = schema.field(at).map(|it| it.ty.clone())
            {
                let source = resolver.value(&assignment.value, &ty, &scope, &place);
                let _ = written.mapping.entry(at).or_insert(source);
            }
        }
    }
    let rule = match written.mapping.remove(&key) {
        Some(source) => KeyRule::Field(source),
        None => rule,
    };
    let filling = Filling {
        target: &schema,
        key: Some(key),
        scope: &scope,
        state: None,
        looked_up: None,
        unset: &BTreeSet::new(),
        made: false,
    };
    let (fill, _) = resolver.fill(&filling, written.mapping, &place);
    Issue { command, when: written.when, otherwise: written.otherwise, fill, key: rule, link }
}

fn odd(resolver: &mut Resolver<'_>, id: Id, message: String, help: &str) {
    resolver.problem(Severity::Warning, "M-rule", vec![id], message, help);
}
