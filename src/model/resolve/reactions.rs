//! Policies, drawn and implicit.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Inputs, Mark, Outputs, Role};
use crate::expr::Scope;
use crate::flow::{Edge, Relation};
use crate::kit::Id;
use crate::model::{Handler, Issue, KeyRule, Owner, Policy, Reaction, Source, TopicKind, Trigger};

use super::Resolver;
use super::compile::Place;
use super::decisions::list;
use super::fill::Filling;
use super::lookups;
use super::messages::Keyed;

pub(super) fn read(resolver: &mut Resolver<'_>) {
    for policy in resolver.with_role(Role::Policy) {
        read_policy(resolver, policy);
    }
    for (id, (trigger, edge)) in resolver.structure.implicit.clone() {
        read_implicit(resolver, id, trigger, &edge);
    }
}

fn read_policy(resolver: &mut Resolver<'_>, id: Id) {
    let flow = resolver.flow;
    let mut triggers: Vec<(Trigger, Edge)> = Vec::new();
    for way in flow.triggers(id) {
        if let Some(trigger) = resolver.trigger(way.definition) {
            triggers.push((trigger, way.edge.clone()));
        }
    }
    triggers.sort_by_key(|(it, _)| resolver.place(it.id()));
    let issued: Vec<(Id, Edge)> = flow.reactions(id).into_iter().map(|it| (it.definition, it.edge.clone())).collect();
    let issued = sorted(resolver, issued);
    let guards = resolver.rules(id, "when");
    let maps = resolver.rules(id, "map");
    let join = match flow.inputs(id) {
        Inputs::Any => None,
        Inputs::All { within } => (triggers.len() > 1).then_some(within),
    };
    let groups: Vec<Vec<(Trigger, Edge)>> = match join {
        Some(_) => vec![triggers],
        None => triggers.into_iter().map(|it| vec![it]).collect(),
    };
    let reactions = groups.iter().map(|it| reaction(resolver, id, it, &issued, &guards, &maps)).collect();
    let carriers = flow.carried_out_by(id);
    let manual = resolver.is_manual(id);
    let consults = flow.consulted(id).into_iter().map(|it| it.definition);
    let consults = consults.filter(|it| flow.definition(*it).is_some_and(|it| it.role == Role::ReadModel)).collect();
    let policy = Policy {
        id,
        name: resolver.name(id).to_owned(),
        shown_on: id,
        implicit: false,
        context: resolver.structure.context(id),
        reactions,
        join,
        outputs: flow.outputs(id),
        manual,
        tasks_topic: manual.then(|| resolver.topic_name(id, TopicKind::Tasks)),
        actor: carriers.first().map(|it| it.definition),
        consults,
        query: resolver.query(id),
        notes: resolver.notes(id),
    };
    let _ = resolver.system.policies.insert(id, policy);
}

fn read_implicit(resolver: &mut Resolver<'_>, id: Id, trigger: Id, edge: &Edge) {
    let Some(on) = resolver.trigger(trigger) else { return };
    let command = resolver.flow.definition_of(edge.to);
    let blank = Edge { text: String::new(), ..edge.clone() };
    let issued = vec![(command, edge.clone())];
    let reactions = vec![reaction(resolver, id, &[(on, blank)], &issued, &[], &[])];
    let policy = Policy {
        id,
        name: resolver.implicit_name(trigger, command),
        shown_on: command,
        implicit: true,
        context: resolver.structure.context(id),
        reactions,
        join: None,
        outputs: Outputs::All,
        manual: false,
        tasks_topic: None,
        actor: None,
        consults: Vec::new(),
        query: None,
        notes: Vec::new(),
    };
    let _ = resolver.system.policies.insert(id, policy);
}

fn reaction(
    resolver: &mut Resolver<'_>,
    policy: Id,
    on: &[(Trigger, Edge)],
    issued: &[(Id, Edge)],
    guards: &[String],
    maps: &[String],
) -> Reaction {
    let on_ids: Vec<Trigger> = on.iter().map(|(it, _)| *it).collect();
    let scope = resolver.trigger_scope(&on_ids);
    let triggers = scope.records().len();
    let (mut lookups, scope) = lookups::read(resolver, policy, &on_ids, scope);
    let shown = resolver.shown_part(policy);
    let mut guard = Vec::new();
    for (trigger, edge) in on {
        let what = format!("the guard from {} to {shown}", resolver.shown(trigger.id()));
        let place = Place { elements: vec![resolver.element(policy), trigger.id()], what };
        // A guard on one of several triggers speaks of that trigger.
        guard.extend(resolver.written(&edge.text, None, &scope, &place).when);
    }
    let place = Place { elements: vec![resolver.element(policy)], what: format!("the guard of {shown}") };
    for text in guards {
        guard.push(resolver.condition(text, &scope, &place));
    }
    let mut issues = Vec::new();
    for (command, edge) in issued {
        let place = (&scope, triggers);
        issues.push(issue(resolver, policy, &on_ids, place, *command, edge, maps));
    }
    if !lookups::are_read(&guard, &issues, triggers) {
        lookups.clear();
    }
    Reaction { on: on_ids, lookups, guard, issues, links: on.iter().map(|(_, edge)| edge.link()).collect() }
}

#[allow(clippy::too_many_arguments, reason = "the parts of one arrow")]
fn issue(
    resolver: &mut Resolver<'_>,
    policy: Id,
    on: &[Trigger],
    (scope, triggers): (&Scope, usize),
    command: Id,
    edge: &Edge,
    maps: &[String],
) -> Issue {
    let what = format!("the way from {} to {}", resolver.shown_part(policy), resolver.shown(command));
    let place = Place { elements: vec![resolver.element(policy), command], what };
    let Some((schema, key)) = resolver.messages.commands.get(&command).cloned() else {
        let link = edge.link();
        return Issue { command, when: None, otherwise: false, fill: Vec::new(), key: KeyRule::New, link };
    };
    let mut mapping = BTreeMap::new();
    for body in maps {
        // A policy's mapping serves all of its commands: each takes the fields that it has.
        let all = resolver.several(policy, body, command, scope, &place);
        mapping.extend(all);
    }
    let written = resolver.written(&edge.text, Some(&schema), scope, &place);
    mapping.extend(written.mapping);
    let rule = match mapping.remove(&key) {
        Some(source) => KeyRule::Field(source),
        None => resolver.key_rule(on, scope, command, &(schema.clone(), key), &place),
    };
    let unset = BTreeSet::new();
    let looked_up = Some(triggers);
    let filling = Filling { target: &schema, key: Some(key), scope, state: None, looked_up, unset: &unset, made: true };
    let (fill, missing) = resolver.fill(&filling, mapping, &place);
    if !missing.is_empty() && !resolver.is_manual(policy) {
        let text = format!(
            "{} of {} come from nowhere when {} issues it: empty values are taken",
            list(&missing),
            resolver.shown(command),
            resolver.shown_part(policy)
        );
        resolver.assume(command, text);
    }
    Issue { command, when: written.when, otherwise: written.otherwise, fill, key: rule, link: edge.link() }
}

fn sorted(resolver: &Resolver<'_>, mut issued: Vec<(Id, Edge)>) -> Vec<(Id, Edge)> {
    issued.sort_by_key(|(it, _)| resolver.place(*it));
    issued
}

impl Resolver<'_> {
    /// What a definition is as a trigger.
    pub(super) fn trigger(&self, id: Id) -> Option<Trigger> {
        match self.flow.definition(id)?.role {
            Role::Event => Some(Trigger::Event(id)),
            Role::Time => Some(Trigger::Timer(id)),
            Role::External
            | Role::Command
            | Role::Policy
            | Role::Aggregate
            | Role::ReadModel
            | Role::Actor
            | Role::Hotspot
            | Role::Ui
            | Role::Term
            | Role::Annotation => None,
        }
    }

    /// The triggers' records: the first is also `event`.
    fn trigger_scope(&self, on: &[Trigger]) -> Scope {
        let mut scope = Scope::new();
        for trigger in on {
            let Some((schema, _)) = self.trigger_record(*trigger) else { continue };
            let name = schema.short_name().to_owned();
            scope = if scope.records().is_empty() {
                scope.with("event", schema).also(&name)
            } else {
                scope.beside(&name, schema)
            };
        }
        scope
    }

    fn trigger_record(&self, trigger: Trigger) -> Option<Keyed> {
        match trigger {
            Trigger::Event(id) => self.messages.events.get(&id).cloned(),
            Trigger::Timer(id) => self.messages.timers.get(&id).cloned(),
        }
    }

    /// The aggregate whose instance a trigger speaks of, under the record's key.
    fn trigger_aggregate(&self, trigger: Trigger) -> Option<Id> {
        let event = match trigger {
            Trigger::Event(id) => id,
            Trigger::Timer(id) => self.schedules.get(&id)?.follows?,
        };
        match self.structure.owners.get(&event)? {
            Owner::Aggregate(id) => Some(*id),
            Owner::External(_) | Owner::Timer(_) | Owner::Nobody => None,
        }
    }

    /// How the instance is found that a command without a mapping for its key goes to.
    fn key_rule(
        &mut self,
        on: &[Trigger],
        scope: &Scope,
        command: Id,
        (schema, key): &Keyed,
        place: &Place,
    ) -> KeyRule {
        let target = match self.structure.handlers.get(&command) {
            Some(Handler::Aggregate(id)) => Some(*id),
            Some(Handler::External(_) | Handler::Nobody) | None => None,
        };
        if let Some(field) = schema.field(*key).cloned() {
            for at in 0..scope.records().len() {
                if let Some(source) = self.copy(scope, at, &field, place) {
                    return KeyRule::Field(source);
                }
            }
        }
        let same = |it: &Trigger| target.is_some() && self.trigger_aggregate(*it) == target;
        if on.first().is_some_and(same) {
            return KeyRule::Cause;
        }
        // A request to an outside party is about what caused it.
        let first = on.first().and_then(|it| self.trigger_record(*it));
        let alike = first.is_some_and(|(cause, at)| {
            cause.field(at).map(|it| it.ty.clone()) == schema.field(*key).map(|it| it.ty.clone())
        });
        match target {
            Some(_) => KeyRule::Correlation,
            None if alike => KeyRule::Cause,
            None => KeyRule::New,
        }
    }

    /// A `map` rule for one of a policy's commands; a field that none of them has is a problem, told once.
    fn several(
        &mut self,
        policy: Id,
        body: &str,
        command: Id,
        scope: &Scope,
        place: &Place,
    ) -> BTreeMap<usize, Source> {
        let Some((schema, _)) = self.messages.commands.get(&command).cloned() else { return BTreeMap::new() };
        let all: Vec<Id> = self.flow.reactions(policy).into_iter().map(|it| it.definition).collect();
        let mut mapping = BTreeMap::new();
        for assignment in self.assignments(body, place) {
            if let Some(at) = super::fill::field_of(&schema, &assignment.name) {
                if let Some(ty) = schema.field(at).map(|it| it.ty.clone()) {
                    let _ = mapping.insert(at, self.value(&assignment.value, &ty, scope, place));
                }
                continue;
            }
            let known = all.iter().any(|it| {
                let schema = self.messages.commands.get(it);
                schema.is_some_and(|(it, _)| super::fill::field_of(it, &assignment.name).is_some())
            });
            if !known && all.first() == Some(&command) {
                self.no_field(&assignment.name, &schema, place);
            }
        }
        mapping
    }

    pub(super) fn is_manual(&self, policy: Id) -> bool {
        self.marked(policy, Mark::Manual)
            || self.flow.outgoing(policy).iter().any(|it| it.edge.relation == Relation::CarriedOut)
    }

    /// The name of a policy for messages, drawn or not.
    fn shown_part(&self, id: Id) -> String {
        match self.structure.implicit.get(&id) {
            Some((trigger, _)) => self.shown(*trigger),
            None => self.shown(id),
        }
    }
}
