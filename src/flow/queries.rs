//! Questions about definitions: who causes what, whatever placement it was drawn at.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Edge, Flow};
use super::relation::Relation;
use crate::board::{Inputs, Outputs, Role};
use crate::kit::Id;

/// A way from one definition to another, with the arrow that says so.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The definition at the other end.
    pub definition: Id,
    /// The arrow.
    pub edge: &'a Edge,
}

/// An event that a command may have as its outcome.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The event's definition.
    pub event: Id,
    /// The definition that decides: an aggregate or external system; `None` where no handler was named.
    pub handler: Option<Id>,
    /// The arrow that ends at the event; its text holds the guard.
    pub edge: &'a Edge,
}

impl Flow {
    /// The arrows that leave any placement of a definition, by placement.
    pub fn outgoing(&self, definition: Id) -> Vec<Way<'_>> {
        let placements = self.definitions.get(&definition).map(|it| it.placements.as_slice()).unwrap_or_default();
        let edges = placements.iter().flat_map(|it| self.edges_from(*it));
        edges.map(|edge| Way { definition: self.definition_of(edge.to), edge }).collect()
    }

    /// The arrows that enter any placement of a definition, by placement.
    pub fn incoming(&self, definition: Id) -> Vec<Way<'_>> {
        let placements = self.definitions.get(&definition).map(|it| it.placements.as_slice()).unwrap_or_default();
        let edges = placements.iter().flat_map(|it| self.edges_to(*it));
        edges.map(|edge| Way { definition: self.definition_of(edge.from), edge }).collect()
    }

    /// What happens because of this, one step on: the ways out that cause.
    pub fn effects_of(&self, definition: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(definition), Relation::causes)
    }

    /// Who issues a command: actors, policies, external systems, screens, read models that support it, and events
    /// that lead to it without a policy.
    pub fn issuers(&self, command: Id) -> Vec<Way<'_>> {
        distinct(self.incoming(command), Relation::issues)
    }

    /// The aggregates and external systems that handle a command.
    pub fn handlers(&self, command: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(command), Relation::handles)
    }

    /// Where an event comes from: aggregates, external systems, commands, time.
    pub fn sources(&self, event: Id) -> Vec<Way<'_>> {
        distinct(self.incoming(event), Relation::brings)
    }

    /// What activates a policy: events and times.
    pub fn triggers(&self, policy: Id) -> Vec<Way<'_>> {
        distinct(self.incoming(policy), |it| it == Relation::Activates)
    }

    /// The commands that a policy issues.
    pub fn reactions(&self, policy: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(policy), |it| it == Relation::Issues)
    }

    /// The actors that carry out a policy; not empty for a manual one.
    pub fn carried_out_by(&self, policy: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(policy), |it| it == Relation::CarriedOut)
    }

    /// The policies that an event or time activates.
    pub fn policies_of(&self, event: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(event), |it| it == Relation::Activates)
    }

    /// The commands that an event or time leads to without a policy: implicit policies.
    pub fn implicit_reactions(&self, event: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(event), |it| it == Relation::ReactsWithoutPolicy)
    }

    /// The events that a read model shows.
    pub fn feeds(&self, read_model: Id) -> Vec<Way<'_>> {
        distinct(self.incoming(read_model), |it| it == Relation::Feeds)
    }

    /// Who looks at a read model: actors, policies, screens, commands.
    pub fn readers(&self, read_model: Id) -> Vec<Way<'_>> {
        let looks = |it| matches!(it, Relation::Observed | Relation::Consulted | Relation::Supports | Relation::Shown);
        distinct(self.outgoing(read_model), looks)
    }

    /// The read models and screens that an actor, policy, command or screen looks at.
    pub fn consulted(&self, reader: Id) -> Vec<Way<'_>> {
        let looks = |it| {
            matches!(
                it,
                Relation::Observed | Relation::Consulted | Relation::Supports | Relation::Shown | Relation::UsedBy
            )
        };
        distinct(self.incoming(reader), looks)
    }

    /// The commands that are invoked on an aggregate or sent to an external system.
    pub fn commands_of(&self, handler: Id) -> Vec<Way<'_>> {
        distinct(self.incoming(handler), Relation::handles)
    }

    /// The events that an aggregate or external system produces.
    pub fn events_of(&self, source: Id) -> Vec<Way<'_>> {
        distinct(self.outgoing(source), |it| it == Relation::Produces)
    }

    /// The events that a command may result in, in reading order (left to right, then downwards).
    ///
    /// An arrow from the command to an event says it outright. Where there is none, they are the events that the
    /// handler's placement produces, without those that an arrow gives to another command of the same placement.
    pub fn outcomes(&self, command: Id) -> Vec<Outcome<'_>> {
        let mut outcomes: BTreeMap<Id, Outcome<'_>> = BTreeMap::new();
        let placements = self.definitions.get(&command).map(|it| it.placements.as_slice()).unwrap_or_default();
        for placement in placements {
            let out = self.edges_from(*placement);
            let handler = out.iter().find(|it| it.relation.handles()).map(|it| self.definition_of(it.to));
            let said: Vec<&Edge> = out.iter().copied().filter(|it| it.relation == Relation::ResultsIn).collect();
            for edge in &said {
                let event = self.definition_of(edge.to);
                let handler = handler.or_else(|| self.producer(edge.to));
                outcomes.entry(event).or_insert(Outcome { event, handler, edge });
            }
            if !said.is_empty() {
                continue;
            }
            for edge in out.iter().filter(|it| it.relation.handles()) {
                for produced in self.edges_from(edge.to) {
                    if produced.relation == Relation::Produces && !self.is_given_elsewhere(produced.to, edge.to) {
                        let (event, handler) = (self.definition_of(produced.to), Some(self.definition_of(edge.to)));
                        outcomes.entry(event).or_insert(Outcome { event, handler, edge: produced });
                    }
                }
            }
        }
        let mut outcomes: Vec<Outcome<'_>> = outcomes.into_values().collect();
        outcomes.sort_by_key(|it| self.reading_order(it.edge.to));
        outcomes
    }

    /// The aggregate or external system that produces the event at a placement.
    fn producer(&self, event: Id) -> Option<Id> {
        let edges = self.edges_to(event);
        edges.iter().find(|it| it.relation == Relation::Produces).map(|it| self.definition_of(it.from))
    }

    /// Whether an arrow gives the event at a placement to a command of that handler's placement.
    fn is_given_elsewhere(&self, event: Id, handler: Id) -> bool {
        let mut givers = self.edges_to(event).into_iter().filter(|it| it.relation == Relation::ResultsIn);
        givers.any(|it| self.edges_from(it.from).iter().any(|it| it.relation.handles() && it.to == handler))
    }

    /// Left to right, then downwards, then by id.
    pub fn reading_order(&self, placement: Id) -> (i32, i32, Id) {
        self.node(placement).map_or((0, 0, placement), |it| (it.rect.x, it.rect.y, placement))
    }

    /// Whether one or all outputs happen: what was clicked, else the default of the role.
    pub fn outputs(&self, definition: Id) -> Outputs {
        let default = match self.definitions.get(&definition).map(|it| it.role) {
            Some(Role::Aggregate | Role::External | Role::Command) => Outputs::Either,
            Some(_) | None => Outputs::All,
        };
        self.outputs.get(&definition).copied().unwrap_or(default)
    }

    /// Whether any or all of the inputs are waited for.
    pub fn inputs(&self, definition: Id) -> Inputs {
        self.inputs.get(&definition).copied().unwrap_or(Inputs::Any)
    }

    /// The next commands, events, policies, times and read models that follow from a definition when the board is
    /// run. A command leads straight to its outcomes here, so that two commands of one aggregate stay apart.
    pub fn reactions_of(&self, definition: Id) -> Vec<Id> {
        let Some(role) = self.definitions.get(&definition).map(|it| it.role) else { return Vec::new() };
        let next: BTreeSet<Id> = match role {
            Role::Command => self.outcomes(definition).into_iter().map(|it| it.event).collect(),
            Role::Aggregate => self.events_of(definition).into_iter().map(|it| it.definition).collect(),
            Role::Policy => {
                let own = self.reactions(definition).into_iter().map(|it| it.definition);
                let by_hand = self.carried_out_by(definition).into_iter().flat_map(|it| self.effects_of(it.definition));
                own.chain(by_hand.map(|it| it.definition)).collect()
            }
            Role::Event
            | Role::Time
            | Role::External
            | Role::Actor
            | Role::ReadModel
            | Role::Ui
            | Role::Hotspot
            | Role::Term
            | Role::Annotation => self.effects_of(definition).into_iter().map(|it| it.definition).collect(),
        };
        next.into_iter().collect()
    }

    /// Everything that may follow from a definition, itself only if it is on a cycle.
    pub fn downstream(&self, definition: Id) -> BTreeSet<Id> {
        let (mut seen, mut open) = (BTreeSet::new(), self.reactions_of(definition));
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(self.reactions_of(next));
            }
        }
        seen
    }

    /// The shortest way from one definition to another along [`Self::reactions_of`], both ends included.
    pub fn path(&self, from: Id, to: Id) -> Option<Vec<Id>> {
        let mut before: BTreeMap<Id, Id> = BTreeMap::new();
        let mut open = std::collections::VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            for next in self.reactions_of(at) {
                if next != from && !before.contains_key(&next) {
                    before.insert(next, at);
                    open.push_back(next);
                }
                if next == to {
                    let (mut path, mut at) = (vec![to], at);
                    while at != from {
                        path.push(at);
                        at = *before.get(&at)?;
                    }
                    path.push(from);
                    path.reverse();
                    return Some(path);
                }
            }
        }
        None
    }

    /// Where paths end: commands, events, policies and times from which nothing follows.
    pub fn ends(&self) -> Vec<Id> {
        let message = |it: &Role| matches!(it, Role::Command | Role::Event | Role::Policy | Role::Time);
        let known = self.definitions.values().filter(|it| message(&it.role));
        known.map(|it| it.id).filter(|it| self.reactions_of(*it).is_empty()).collect()
    }
}

/// The ways whose relation qualifies, one for each definition at the other end (the first).
fn distinct(ways: Vec<Way<'_>>, qualifies: impl Fn(Relation) -> bool) -> Vec<Way<'_>> {
    let mut seen = BTreeSet::new();
    ways.into_iter().filter(|it| qualifies(it.edge.relation) && seen.insert(it.definition)).collect()
}
