//! Topologies as data, and the plan that a task runs.

use std::sync::Arc;

use super::ops::{Evolution, Operator, Sink, Source};
use crate::kit::Id;
use crate::record::{RecordSchema, Type};

/// A stream application: sources, operators and sinks, and the stores that they use.
#[derive(Clone, Debug)]
pub struct Topology {
    /// The application's id, which is its consumer group's name.
    pub name: Arc<str>,
    /// The nodes; every parent comes before its children.
    pub nodes: Vec<Node>,
    /// The stores.
    pub stores: Vec<StoreSpec>,
}

/// One step of a topology.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name, unique in the topology.
    pub name: Arc<str>,
    /// What it does.
    pub operator: Arc<dyn Operator>,
    /// The nodes whose messages it gets, by place in the list.
    pub parents: Vec<usize>,
    /// The sticky that it comes from.
    pub provenance: Option<Id>,
}

/// A key-value store.
#[derive(Clone, Debug)]
pub struct StoreSpec {
    /// Its name, unique in the topology.
    pub name: Arc<str>,
    /// The type of its keys.
    pub key: Type,
    /// The schema of its rows, if they have one.
    pub schema: Option<Arc<RecordSchema>>,
    /// From what it is rebuilt.
    pub changelog: Changelog,
    /// The sticky whose rows it holds.
    pub provenance: Option<Id>,
}

/// From what a store is rebuilt after its task was lost.
#[derive(Clone, Debug)]
pub enum Changelog {
    /// From the disk of the task; nothing is lost as long as that is there.
    Local,
    /// From a compacted topic that holds its rows.
    Table {
        /// The topic.
        topic: Arc<str>,
    },
    /// From all partitions of a compacted topic that others write: every task holds every row, for looking up.
    Global {
        /// The topic.
        topic: Arc<str>,
    },
    /// From the events that changed it: event sourcing.
    Events {
        /// The topics of the events.
        topics: Vec<Arc<str>>,
        /// What each event changes.
        evolution: Arc<Evolution>,
    },
}

/// A topology that cannot run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A node's parent does not come before it.
    #[error("topology {topology}: the parents of node {node} must come before it")]
    Parent {
        /// The topology.
        topology: Arc<str>,
        /// The node.
        node: Arc<str>,
    },
    /// A node has too few or too many parents.
    #[error("topology {topology}: node {node} has the wrong number of parents")]
    Arity {
        /// The topology.
        topology: Arc<str>,
        /// The node.
        node: Arc<str>,
    },
    /// A node uses a store that is not there.
    #[error("topology {topology}: node {node} uses the store {store}, which is not declared")]
    Store {
        /// The topology.
        topology: Arc<str>,
        /// The node.
        node: Arc<str>,
        /// The store.
        store: Arc<str>,
    },
    /// Two nodes or stores of one name.
    #[error("topology {topology}: there are two parts named {name}")]
    Name {
        /// The topology.
        topology: Arc<str>,
        /// The name.
        name: Arc<str>,
    },
}

/// A topology that was checked and resolved, shared by its tasks.
#[derive(Debug)]
pub struct Plan {
    pub(super) topology: Topology,
    /// For each node its children in order.
    pub(super) children: Vec<Vec<usize>>,
    /// For each node the places of its stores, in the order in which its operator names them.
    pub(super) stores: Vec<Vec<usize>>,
    /// For each store whether its first row is asked for.
    pub(super) ordered: Vec<bool>,
    /// For each topic read the sources of it, the last one first.
    pub(super) sources: Vec<(Arc<str>, Vec<usize>)>,
    /// For each node the full names of the only types that it takes; empty is all.
    types: Vec<Vec<Arc<str>>>,
    source_topics: Vec<Arc<str>>,
    sink_topics: Vec<Arc<str>>,
}

impl Plan {
    /// Checks and resolves a topology.
    ///
    /// # Errors
    /// See [`PlanError`].
    pub fn new(topology: Topology) -> Result<Self, PlanError> {
        let name = &topology.name;
        let mut children = vec![Vec::new(); topology.nodes.len()];
        let mut stores = Vec::with_capacity(topology.nodes.len());
        let (mut source_topics, mut sink_topics) = (Vec::new(), Vec::new());
        let mut types = Vec::with_capacity(topology.nodes.len());
        unique(name, topology.nodes.iter().map(|it| &it.name))?;
        unique(name, topology.stores.iter().map(|it| &it.name))?;
        for (at, node) in topology.nodes.iter().enumerate() {
            if !node.operator.spec().parents.contains(&node.parents.len()) {
                return Err(PlanError::Arity { topology: name.clone(), node: node.name.clone() });
            }
            for parent in &node.parents {
                match children.get_mut(*parent) {
                    Some(siblings) if *parent < at => siblings.push(at),
                    _ => return Err(PlanError::Parent { topology: name.clone(), node: node.name.clone() }),
                }
            }
            let mut used = Vec::new();
            for store in node.operator.stores() {
                let place = topology.stores.iter().position(|it| it.name == *store);
                used.push(place.ok_or_else(|| PlanError::Store {
                    topology: name.clone(),
                    node: node.name.clone(),
                    store: store.clone(),
                })?);
            }
            stores.push(used);
            let operator: &dyn std::any::Any = node.operator.as_ref();
            if let Some(source) = operator.downcast_ref::<Source>() {
                source_topics.extend(source.topics.iter().cloned());
                types.push(source.types.clone());
            } else if let Some(sink) = operator.downcast_ref::<Sink>() {
                sink_topics.push(sink.topic.clone());
                types.push(sink.types.clone());
            } else {
                types.push(Vec::new());
            }
        }
        for topics in [&mut source_topics, &mut sink_topics] {
            topics.sort();
            topics.dedup();
        }
        let sources = source_topics.iter().map(|topic| (topic.clone(), sources_of(&topology, topic))).collect();
        let asked: Vec<&Arc<str>> = topology.nodes.iter().flat_map(|it| it.operator.ordered_stores()).collect();
        let ordered = topology.stores.iter().map(|it| asked.contains(&&it.name)).collect();
        Ok(Self { topology, children, stores, ordered, sources, types, source_topics, sink_topics })
    }

    /// Whether a node takes records of that type.
    pub(super) fn takes(&self, node: usize, type_name: &str) -> bool {
        self.types.get(node).is_none_or(|it| it.is_empty() || it.iter().any(|it| **it == *type_name))
    }

    /// The sources that read a topic, the last one first.
    pub(super) fn sources_of(&self, topic: &str) -> &[usize] {
        let found = self.sources.iter().find(|it| *it.0 == *topic);
        found.map(|it| it.1.as_slice()).unwrap_or_default()
    }

    /// Whether a record of that type in that topic is for this application; others are passed over.
    pub fn wants(&self, topic: &str, type_name: &str) -> bool {
        self.sources_of(topic).iter().any(|it| self.takes(*it, type_name))
    }

    /// The topology that it was made from.
    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// The topics that its sources read, by name, each once.
    pub fn source_topics(&self) -> &[Arc<str>] {
        &self.source_topics
    }

    /// The topic that a node writes, if it is a sink.
    pub fn sink_topic(&self, node: usize) -> Option<&Arc<str>> {
        let operator: &dyn std::any::Any = self.topology.nodes.get(node)?.operator.as_ref();
        operator.downcast_ref::<Sink>().map(|it| &it.topic)
    }

    /// The topics that its sinks write, by name, each once.
    pub fn sink_topics(&self) -> &[Arc<str>] {
        &self.sink_topics
    }
}

fn sources_of(topology: &Topology, topic: &Arc<str>) -> Vec<usize> {
    let reads = |node: &Node| {
        let operator: &dyn std::any::Any = node.operator.as_ref();
        operator.downcast_ref::<Source>().is_some_and(|it| it.topics.contains(topic))
    };
    let nodes = topology.nodes.iter().enumerate();
    nodes.filter(|(_, it)| reads(it)).map(|(at, _)| at).rev().collect()
}

fn unique<'a>(topology: &Arc<str>, names: impl Iterator<Item = &'a Arc<str>>) -> Result<(), PlanError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(PlanError::Name { topology: topology.clone(), name: name.clone() });
        }
    }
    Ok(())
}
