//! Who handles what, who owns what, and in which context: read from the flow before any text is.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Board, Role};
use crate::flow::{Edge, Flow, Relation};
use crate::kit::Id;
use crate::model::{Assumption, Handler, Owner, derive_id};

use super::pairing;

/// What the flow says about parts, before types.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// Every command's handler.
    pub(super) handlers: BTreeMap<Id, Handler>,
    /// Every event's owner.
    pub(super) owners: BTreeMap<Id, Owner>,
    /// Anonymous aggregates with their commands, from left to right.
    pub(super) anonymous: BTreeMap<Id, Vec<Id>>,
    /// The context of every definition and of what was derived.
    pub(super) contexts: BTreeMap<Id, Id>,
    /// The outcomes of every command in reading order: the event and the arrow that ends at it.
    pub(super) outcomes: BTreeMap<Id, Vec<(Id, Edge)>>,
    /// Implicit policies: what triggers them and the arrow to the command.
    pub(super) implicit: BTreeMap<Id, (Id, Edge)>,
    /// The commands of each aggregate and external system, from left to right.
    pub(super) commands: BTreeMap<Id, Vec<Id>>,
    /// The events of each aggregate, external system and timer, from left to right.
    pub(super) events: BTreeMap<Id, Vec<Id>>,
    /// What was assumed.
    pub(super) assumptions: Vec<Assumption>,
}

/// The context of what lies in no frame.
pub fn default_context() -> Id {
    derive_id("context", &[])
}

impl Structure {
    pub(super) fn read(board: &Board, flow: &Flow) -> Self {
        let mut it = Self::default();
        it.read_outcomes(flow);
        it.read_handlers(flow);
        it.read_owners(flow);
        it.read_implicit(flow);
        it.read_contexts(board, flow);
        it.line_up(flow);
        it
    }

    fn read_outcomes(&mut self, flow: &Flow) {
        for command in flow.with_role(Role::Command) {
            let outcomes: Vec<_> =
                flow.outcomes(command.id).into_iter().map(|it| (it.event, it.edge.clone())).collect();
            let _ = self.outcomes.insert(command.id, outcomes);
        }
        pairing::pair(flow, &mut self.outcomes, &mut self.assumptions);
    }

    fn read_handlers(&mut self, flow: &Flow) {
        let mut orphans: Vec<Id> = Vec::new();
        for command in flow.with_role(Role::Command) {
            let mut ways = flow.handlers(command.id);
            ways.sort_by_key(|it| flow.reading_order(it.edge.from));
            let role = |id: Id| flow.definition(id).map(|it| it.role);
            let drawn = ways.iter().find(|it| role(it.definition) == Some(Role::Aggregate)).or(ways.first());
            let drawn = drawn.map(|it| it.definition).or_else(|| {
                // A command that leads to an event which an aggregate produces is handled by that aggregate.
                flow.outcomes(command.id).iter().find_map(|it| it.handler)
            });
            let handler = match drawn {
                Some(id) if role(id) == Some(Role::External) => Handler::External(id),
                Some(id) => Handler::Aggregate(id),
                None => Handler::Nobody,
            };
            if handler == Handler::Nobody && self.outcomes.get(&command.id).is_some_and(|it| !it.is_empty()) {
                orphans.push(command.id);
            }
            let _ = self.handlers.insert(command.id, handler);
        }
        self.group(flow, orphans);
    }

    /// Commands that lead to events directly: those that share an event share an anonymous aggregate.
    fn group(&mut self, flow: &Flow, mut orphans: Vec<Id>) {
        let left = |id: &Id| flow.definition(*id).map(|it| first_place(flow, &it.placements));
        orphans.sort_by_key(|it| (left(it), *it));
        let mut of_event: BTreeMap<Id, Id> = BTreeMap::new();
        let mut groups: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for command in &orphans {
            let mut leader = *command;
            let events: Vec<Id> = self.outcomes.get(command).into_iter().flatten().map(|(event, _)| *event).collect();
            let others: BTreeSet<Id> = events.iter().filter_map(|it| of_event.get(it)).copied().collect();
            let mut members = BTreeSet::from([*command]);
            for other in others {
                let earlier = orphans.iter().position(|it| *it == other) < orphans.iter().position(|it| *it == leader);
                if earlier {
                    leader = other;
                }
                members.extend(groups.remove(&other).unwrap_or_default());
            }
            for member in &members {
                for (event, _) in self.outcomes.get(member).into_iter().flatten() {
                    let _ = of_event.insert(*event, leader);
                }
            }
            let _ = groups.insert(leader, members);
        }
        for (leader, members) in groups {
            let id = derive_id("handler", &[leader]);
            for member in &members {
                let _ = self.handlers.insert(*member, Handler::Aggregate(id));
            }
            let commands = orphans.iter().filter(|it| members.contains(it)).copied().collect();
            let _ = self.anonymous.insert(id, commands);
        }
    }

    fn read_owners(&mut self, flow: &Flow) {
        for event in flow.with_role(Role::Event) {
            let mut ways = flow.sources(event.id);
            ways.sort_by_key(|it| flow.reading_order(it.edge.from));
            let mut owners: Vec<(u8, Owner)> = Vec::new();
            for way in ways {
                let owner = match (flow.definition(way.definition).map(|it| it.role), way.edge.relation) {
                    (Some(Role::Aggregate), _) => (0, Owner::Aggregate(way.definition)),
                    (Some(Role::External), _) => (1, Owner::External(way.definition)),
                    (Some(Role::Time), _) => (3, Owner::Timer(way.definition)),
                    (Some(Role::Command), Relation::ResultsIn) => match self.handlers.get(&way.definition) {
                        Some(Handler::Aggregate(id)) if self.anonymous.contains_key(id) => (2, Owner::Aggregate(*id)),
                        Some(Handler::Aggregate(id)) => (0, Owner::Aggregate(*id)),
                        Some(Handler::External(id)) => (1, Owner::External(*id)),
                        Some(Handler::Nobody) | None => continue,
                    },
                    _ => continue,
                };
                owners.push(owner);
            }
            owners.sort_by_key(|(rank, _)| *rank);
            let owner = owners.first().map_or(Owner::Nobody, |(_, it)| *it);
            let _ = self.owners.insert(event.id, owner);
        }
    }

    fn read_implicit(&mut self, flow: &Flow) {
        for role in [Role::Event, Role::Time] {
            for trigger in flow.with_role(role) {
                for way in flow.implicit_reactions(trigger.id) {
                    let id = derive_id("policy", &[trigger.id, way.definition]);
                    let _ = self.implicit.insert(id, (trigger.id, way.edge.clone()));
                }
            }
        }
    }

    fn read_contexts(&mut self, board: &Board, flow: &Flow) {
        let drawn = |id: Id| -> Option<Id> {
            let definition = flow.definition(id)?;
            definition.context.or_else(|| definition.placements.iter().find_map(|it| flow.node(*it)?.context))
        };
        for definition in flow.definitions().values() {
            if let Some(context) = drawn(definition.id) {
                let _ = self.contexts.insert(definition.id, context);
            }
        }
        // Aggregates and external systems in no frame belong to where their messages lie, and messages to their handler.
        let mut near: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (command, handler) in &self.handlers {
            if let Handler::Aggregate(id) | Handler::External(id) = handler {
                near.entry(*id).or_default().push(*command);
            }
        }
        for (event, owner) in &self.owners {
            if let Some(id) = owner.id() {
                near.entry(id).or_default().push(*event);
            }
        }
        for (id, mut messages) in near {
            messages.sort_by_key(|it| flow.definition(*it).map(|it| first_place(flow, &it.placements)));
            if !self.contexts.contains_key(&id) {
                let found = messages.iter().find_map(|it| self.contexts.get(it)).copied();
                let _ = self.contexts.insert(id, found.unwrap_or_else(default_context));
            }
        }
        let mut settled: Vec<(Id, Option<Id>, bool)> = Vec::new();
        for (command, handler) in &self.handlers {
            settled.push(match handler {
                Handler::Aggregate(id) => (*command, Some(*id), true),
                Handler::External(id) => (*command, Some(*id), false),
                Handler::Nobody => (*command, None, false),
            });
        }
        for (event, owner) in &self.owners {
            settled.push((*event, owner.id(), matches!(owner, Owner::Aggregate(_))));
        }
        for (message, handler, strong) in settled {
            self.settle(message, handler, strong);
        }
        for (policy, (trigger, edge)) in &self.implicit {
            let command = self.contexts.get(&flow.definition_of(edge.to)).or_else(|| self.contexts.get(trigger));
            let context = command.copied().unwrap_or_else(default_context);
            let _ = self.contexts.insert(*policy, context);
        }
        for definition in flow.definitions().values() {
            let _ = self.contexts.entry(definition.id).or_insert_with(default_context);
        }
        debug_assert!(self.contexts.values().all(|it| *it == default_context() || board.frame(*it).is_some()));
    }

    /// A message is in the context of its aggregate; in that of another handler only if it lies in none itself.
    fn settle(&mut self, message: Id, handler: Option<Id>, strong: bool) {
        let Some(context) = handler.and_then(|it| self.contexts.get(&it)).copied() else { return };
        if strong || !self.contexts.contains_key(&message) {
            let _ = self.contexts.insert(message, context);
        }
    }

    fn line_up(&mut self, flow: &Flow) {
        for (command, handler) in &self.handlers {
            if let Handler::Aggregate(id) | Handler::External(id) = handler {
                self.commands.entry(*id).or_default().push(*command);
            }
        }
        for (event, owner) in &self.owners {
            if let Some(id) = owner.id() {
                self.events.entry(id).or_default().push(*event);
            }
        }
        for list in self.commands.values_mut().chain(self.events.values_mut()) {
            list.sort_by_key(|it| flow.definition(*it).map(|it| first_place(flow, &it.placements)));
        }
    }

    /// The context of a definition.
    pub(super) fn context(&self, id: Id) -> Id {
        self.contexts.get(&id).copied().unwrap_or_else(default_context)
    }
}

/// The leftmost of some placements, as a key to sort by.
pub(super) fn first_place(flow: &Flow, placements: &[Id]) -> (i32, i32, Id) {
    placements.iter().map(|it| flow.reading_order(*it)).min().unwrap_or((0, 0, Id::from_bits(0)))
}
