//! Cycles: chains of reactions that come back to where they began.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::graph::Flow;
use crate::board::{Outputs, Role};
use crate::kit::Id;

/// A chain of commands, events and policies that comes back to where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The definitions of one shortest round in causal order, from the leftmost event or else the lowest id.
    pub round: Vec<Id>,
    /// Every definition that lies on the cycle or one interlocked with it, by id.
    pub members: BTreeSet<Id>,
    /// Whether some command on it may also have an outcome that leaves the cycle.
    pub has_exit: bool,
}

impl Flow {
    /// The cycles of reactions: one for each group of definitions that reach each other.
    pub fn cycles(&self) -> Vec<Cycle> {
        let takes_part = |it: Role| matches!(it, Role::Command | Role::Event | Role::Policy | Role::Time);
        let mut graph: DiGraph<Id, ()> = DiGraph::new();
        let mut at = BTreeMap::new();
        for definition in self.definitions.values().filter(|it| takes_part(it.role)) {
            at.insert(definition.id, graph.add_node(definition.id));
        }
        for (id, from) in &at {
            for to in self.reactions_of(*id).iter().filter_map(|it| at.get(it)) {
                graph.add_edge(*from, *to, ());
            }
        }
        // Not Tarjan's, which recurses: a chain may be as long as the board is large.
        let groups = kosaraju_scc(&graph).into_iter().filter(|it| it.len() > 1);
        let mut cycles: Vec<Cycle> = groups
            .filter_map(|group| self.cycle(group.iter().filter_map(|it| graph.node_weight(*it)).copied().collect()))
            .collect();
        cycles.sort_by(|a, b| a.round.cmp(&b.round));
        cycles
    }

    fn cycle(&self, members: BTreeSet<Id>) -> Option<Cycle> {
        let role = |id: &Id| self.definitions.get(id).map(|it| it.role);
        let events = members.iter().filter(|it| role(it) == Some(Role::Event));
        let start = events.min_by_key(|it| self.reading_order(**it)).or(members.first()).copied()?;
        let mut round = self.path(start, start)?;
        round.pop();
        let has_exit = members.iter().filter(|it| role(it) == Some(Role::Command)).any(|it| {
            let outcomes = self.outcomes(*it);
            let decider = outcomes.first().and_then(|it| it.handler).unwrap_or(*it);
            self.outputs(decider) == Outputs::Either && outcomes.iter().any(|it| !members.contains(&it.event))
        });
        Some(Cycle { round, members, has_exit })
    }
}
