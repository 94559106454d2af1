//! The context map: what crosses between bounded contexts, and which side depends on which.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Edge, Flow};
use super::relation::Relation;
use crate::board::{Board, FrameKind, Relationship, Role, Upstream};
use crate::kit::Id;

/// The bounded contexts of a board and how they relate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextMap {
    /// Every bounded context, by id.
    pub contexts: Vec<MappedContext>,
    /// What is between two of them, where something crosses or something was said, by their ids.
    pub relations: Vec<ContextRelation>,
    /// Relationships of which a context is no longer there.
    pub lost: Vec<Id>,
}

/// A bounded context as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedContext {
    /// Its frame.
    pub id: Id,
    /// Its name; empty if nothing was written.
    pub name: String,
    /// How many events are at home in it.
    pub events: usize,
    /// How many commands are at home in it.
    pub commands: usize,
    /// The names of its aggregates, by name.
    pub aggregates: Vec<String>,
}

/// What is between two contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextRelation {
    /// The contexts; the one with the lower id first.
    pub ends: (Id, Id),
    /// What crosses, in the order of the story.
    pub crossings: Vec<Crossing>,
    /// The side that is upstream, as was said, else as what crosses says; `None` if neither is.
    pub upstream: Option<Id>,
    /// What was said of the two.
    pub relationship: Option<Id>,
}

impl ContextRelation {
    /// The side that is downstream; `None` if neither is.
    pub fn downstream(&self) -> Option<Id> {
        self.upstream.map(|it| if it == self.ends.0 { self.ends.1 } else { self.ends.0 })
    }
}

/// What a message that crosses is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CrossingKind {
    /// An event that another context reacts to.
    Event,
    /// A command that another context gives.
    Command,
    /// A read model that another context looks at.
    Query,
}

/// A message that crosses from one context to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The definition of the event, command or read model.
    pub message: Id,
    /// What it is.
    pub kind: CrossingKind,
    /// The context that it comes from.
    pub from: Id,
    /// The context that it goes to.
    pub to: Id,
    /// The placements by which it crosses; the first is the one to show.
    pub by: Vec<Id>,
    /// Whether every arrow that says so was guessed from where stickies lie.
    pub guessed: bool,
}

impl Crossing {
    /// The side that the other depends on: who publishes an event, shows a read model, or takes a command.
    pub fn upstream(&self) -> Id {
        match self.kind {
            CrossingKind::Event | CrossingKind::Query => self.from,
            CrossingKind::Command => self.to,
        }
    }
}

impl Flow {
    /// Reads the context map.
    pub fn context_map(&self, board: &Board) -> ContextMap {
        let is_context = |id: Id| board.frame(id).is_some_and(|it| it.kind == FrameKind::BoundedContext);
        let homes = self.homes();
        let mut pairs: BTreeMap<(Id, Id), ContextRelation> = BTreeMap::new();
        let mut open = |a: Id, b: Id| {
            let ends = (a.min(b), a.max(b));
            let fresh = ContextRelation { ends, crossings: Vec::new(), upstream: None, relationship: None };
            pairs.entry(ends).or_insert(fresh).ends
        };
        let mut lost = Vec::new();
        let mut said = Vec::new();
        for it in board.relationships().values() {
            if is_context(it.from) && is_context(it.to) {
                said.push((open(it.from, it.to), it));
            } else {
                lost.push(it.id);
            }
        }
        let crossings = self.crossings(&homes);
        for it in &crossings {
            open(it.from, it.to);
        }
        for it in crossings {
            if let Some(pair) = pairs.get_mut(&(it.from.min(it.to), it.from.max(it.to))) {
                pair.crossings.push(it);
            }
        }
        for (ends, it) in said {
            if let Some(pair) = pairs.get_mut(&ends) {
                pair.relationship.get_or_insert(it.id);
            }
        }
        for pair in pairs.values_mut() {
            let said = pair.relationship.and_then(|id| board.relationships().get(&id));
            pair.upstream = upstream(said, &pair.crossings);
        }
        ContextMap { contexts: self.mapped(board, &homes), relations: pairs.into_values().collect(), lost }
    }

    /// The context that each message is at home in: that of the aggregate that decides, else its own.
    fn homes(&self) -> BTreeMap<Id, Id> {
        let own = |id: Id| {
            let definition = self.definition(id)?;
            let elsewhere = || definition.placements.iter().find_map(|it| self.node(*it)?.context);
            definition.context.or_else(elsewhere)
        };
        let of_aggregate = |it: &super::Way<'_>| {
            let aggregate = self.definition(it.definition).is_some_and(|it| it.role == Role::Aggregate);
            aggregate.then(|| own(it.definition)).flatten()
        };
        let mut homes = BTreeMap::new();
        for it in self.definitions().values() {
            let decided = match it.role {
                Role::Command => self.handlers(it.id).iter().find_map(of_aggregate),
                Role::Event => self.sources(it.id).iter().find_map(of_aggregate),
                _ => None,
            };
            if let Some(home) = decided.or_else(|| own(it.id)) {
                homes.insert(it.id, home);
            }
        }
        homes
    }

    fn crossings(&self, homes: &BTreeMap<Id, Id>) -> Vec<Crossing> {
        let mut found: BTreeMap<(Id, Id, Id, CrossingKind), Crossing> = BTreeMap::new();
        let mut followed = Vec::new();
        for edge in self.edges() {
            let Some((kind, message, from, to)) = self.crossing(edge, homes) else { continue };
            if edge.relation == Relation::Follows {
                followed.push((kind, message, from, to, edge));
                continue;
            }
            note(&mut found, kind, message, (from, to), edge);
        }
        // That one event comes before another says the least: it counts where nothing else crosses between the two.
        let busy: BTreeSet<(Id, Id)> = found.keys().map(|(_, from, to, _)| (*from, *to)).collect();
        for (kind, message, from, to, edge) in followed {
            if !busy.contains(&(from, to)) {
                note(&mut found, kind, message, (from, to), edge);
            }
        }
        let mut crossings: Vec<Crossing> = found.into_values().collect();
        crossings.sort_by_key(|it| self.reading_order(it.by.first().copied().unwrap_or(it.message)));
        crossings
    }

    /// What crosses along an arrow: the sort of message, its definition, where it comes from and where it goes.
    fn crossing(&self, edge: &Edge, homes: &BTreeMap<Id, Id>) -> Option<(CrossingKind, Id, Id, Id)> {
        let (start, end) = (self.node(edge.from)?, self.node(edge.to)?);
        let home = |definition: Id| homes.get(&definition).copied();
        let (kind, message, from, to) = match edge.relation {
            Relation::Activates if start.role == Role::Event => {
                (CrossingKind::Event, start.definition, home(start.definition)?, end.context?)
            }
            Relation::Feeds | Relation::Starts => {
                (CrossingKind::Event, start.definition, home(start.definition)?, end.context?)
            }
            Relation::ReactsWithoutPolicy | Relation::Follows if start.role == Role::Event => {
                (CrossingKind::Event, start.definition, home(start.definition)?, home(end.definition)?)
            }
            Relation::Issues | Relation::Offers | Relation::Stimulates => {
                (CrossingKind::Command, end.definition, start.context?, home(end.definition)?)
            }
            Relation::Consulted | Relation::Shown => {
                (CrossingKind::Query, start.definition, home(start.definition)?, end.context?)
            }
            Relation::Supports => {
                (CrossingKind::Query, start.definition, home(start.definition)?, home(end.definition)?)
            }
            _ => return None,
        };
        (from != to).then_some((kind, message, from, to))
    }

    fn mapped(&self, board: &Board, homes: &BTreeMap<Id, Id>) -> Vec<MappedContext> {
        let frames = board.frames().values().filter(|it| it.kind == FrameKind::BoundedContext);
        let mapped = |id: Id| {
            let at_home = |role: Role| {
                self.with_role(role).filter(move |it| homes.get(&it.id) == Some(&id)).map(|it| it.name.clone())
            };
            let mut aggregates: Vec<String> = at_home(Role::Aggregate).filter(|it| !it.is_empty()).collect();
            aggregates.sort();
            let (events, commands) = (at_home(Role::Event).count(), at_home(Role::Command).count());
            MappedContext { id, name: board.name(id), events, commands, aggregates }
        };
        frames.map(|it| mapped(it.id)).collect()
    }
}

fn note(
    found: &mut BTreeMap<(Id, Id, Id, CrossingKind), Crossing>,
    kind: CrossingKind,
    message: Id,
    (from, to): (Id, Id),
    edge: &Edge,
) {
    let fresh = Crossing { message, kind, from, to, by: Vec::new(), guessed: true };
    let it = found.entry((message, from, to, kind)).or_insert(fresh);
    it.guessed &= edge.is_ghost();
    let by = if kind == CrossingKind::Command { edge.to } else { edge.from };
    if !it.by.contains(&by) {
        it.by.push(by);
    }
}

/// The side that is upstream, as was said, else as all that crosses agrees on.
fn upstream(said: Option<&Relationship>, crossings: &[Crossing]) -> Option<Id> {
    let read = || {
        let mut sides = crossings.iter().map(Crossing::upstream);
        let first = sides.next()?;
        sides.all(|it| it == first).then_some(first)
    };
    match said {
        None => read(),
        Some(it) => match it.upstream {
            Upstream::From => Some(it.from),
            Upstream::To => Some(it.to),
            Upstream::Neither => None,
            Upstream::AsRead if it.patterns.iter().any(|it| it.is_mutual()) => None,
            Upstream::AsRead => read(),
        },
    }
}
