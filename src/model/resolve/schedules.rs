//! When time events fire, with the events they follow looked up.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Mark, Role};
use crate::flow::Relation;
use crate::kit::Id;
use crate::model::text::schedule;
use crate::model::{Cadence, Handler};

use super::Resolver;

/// A schedule with its events.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) cadence: Cadence,
    pub(super) follows: Option<Id>,
    pub(super) unless: Vec<Id>,
    pub(super) assumed: bool,
}

pub(super) fn read(resolver: &mut Resolver<'_>) -> BTreeMap<Id, Resolved> {
    let timers = resolver.with_role(Role::Time);
    timers.into_iter().map(|it| (it, one(resolver, it))).collect()
}

fn one(resolver: &mut Resolver<'_>, timer: Id) -> Resolved {
    let near = Some(resolver.structure.context(timer));
    let mut lines: Vec<String> = Vec::new();
    for rule in resolver.contents.get(&timer).into_iter().flat_map(crate::board::Content::rules) {
        lines.push(format!("{} {}", rule.word, rule.body));
    }
    lines.extend(resolver.notes(timer));
    lines.extend(resolver.board.text(timer).lines().map(|it| it.trim().to_owned()));
    let said = schedule(lines.iter().map(String::as_str), resolver.name(timer));
    let what = format!("the time of {}", resolver.shown(timer));
    let mut lookup = |name: &String| resolver.named_or_told(name, &[Role::Event], near, timer, &what);
    let follows = said.follows.as_ref().and_then(&mut lookup);
    let unless: Vec<Id> = said.unless.iter().filter_map(lookup).collect();
    let drawn = resolver.flow.incoming(timer).into_iter().find(|it| it.edge.relation == Relation::Starts);
    let mut resolved = Resolved {
        cadence: said.cadence,
        follows: follows.or(drawn.map(|it| it.definition)),
        unless,
        assumed: said.assumed,
    };
    let mut from_target = false;
    if resolved.follows.is_none() && said.follows.is_none() {
        // What it leads to says whose time passes: each living instance of the target has its own clock.
        if let Some((first, ends)) = target(resolver, timer) {
            resolved.follows = Some(first);
            from_target = true;
            if resolved.unless.is_empty() {
                resolved.unless = ends;
            }
        }
    }
    if said.assumed || from_target {
        let shown = resolver.shown(timer);
        let when = describe(resolver, &resolved);
        let text = match said.assumed {
            true => format!("{shown} does not say when: {when} is assumed"),
            false => format!("{shown} does not say for whom: {when} is assumed"),
        };
        resolver.assume(timer, text);
    }
    resolved
}

/// The schedule in words.
fn describe(resolver: &Resolver<'_>, it: &Resolved) -> String {
    let when = match it.cadence {
        Cadence::Every(span) => format!("every {span}"),
        Cadence::Daily(at) => format!("every day at {:02}:{:02}", at.0 / 3_600_000, at.0 / 60_000 % 60),
        Cadence::After(span) => format!("after {span}"),
    };
    match it.follows {
        Some(event) => format!("{when}, counted from {}", resolver.shown(event)),
        None => when,
    }
}

/// The first event in the life of the instance that a timer's commands go to, and the events that end that life.
/// Nothing if one of the commands starts an instance: then one clock for all is meant.
fn target(resolver: &Resolver<'_>, timer: Id) -> Option<(Id, Vec<Id>)> {
    let flow = resolver.flow;
    let direct = flow.implicit_reactions(timer).into_iter().map(|it| it.definition);
    let through = flow.policies_of(timer).into_iter().flat_map(|it| flow.reactions(it.definition));
    let commands: BTreeSet<Id> = direct.chain(through.map(|it| it.definition)).collect();
    let aggregate = commands.iter().find_map(|it| match resolver.structure.handlers.get(it) {
        Some(Handler::Aggregate(id)) => Some(*id),
        Some(Handler::External(_) | Handler::Nobody) | None => None,
    })?;
    let starting = resolver.starting(aggregate);
    if commands.iter().any(|it| starting.contains(it)) {
        return None;
    }
    let first = starting.first()?;
    let event = resolver.structure.outcomes.get(first)?.first().map(|(event, _)| *event)?;
    let ends = resolver.events_of(aggregate).into_iter().filter(|it| resolver.marked(*it, Mark::Final));
    Some((event, ends.filter(|it| *it != event).collect()))
}

impl Resolver<'_> {
    /// The commands that open a new instance: marked ones, else the leftmost.
    pub(super) fn starting(&self, aggregate: Id) -> Vec<Id> {
        let commands = self.commands_of(aggregate);
        let marked: Vec<Id> = commands.iter().copied().filter(|it| self.marked(*it, Mark::Starts)).collect();
        if marked.is_empty() { commands.into_iter().take(1).collect() } else { marked }
    }
}
