//! A topology under construction.

use std::sync::Arc;

use crate::kit::Id;
use crate::streams::{Node, StoreSpec, Topology};
use crate::streams::{Operator, Sink, Source};

/// Nodes and stores in order; names are numbered where two would be alike.
pub(super) struct Builder {
    topology: Topology,
}

impl Builder {
    pub(super) fn new(name: Arc<str>) -> Self {
        Self { topology: Topology { name, nodes: Vec::new(), stores: Vec::new() } }
    }

    /// Adds a node; gives its place.
    pub(super) fn node(
        &mut self,
        name: &str,
        operator: impl Operator,
        parents: &[usize],
        provenance: Option<Id>,
    ) -> usize {
        let taken = |it: &str| self.topology.nodes.iter().any(|node| *node.name == *it);
        let mut unique = name.to_owned();
        let mut count = 1;
        while taken(&unique) {
            count += 1;
            unique = format!("{name}-{count}");
        }
        let node = Node { name: unique.into(), operator: Arc::new(operator), parents: parents.to_vec(), provenance };
        self.topology.nodes.push(node);
        self.topology.nodes.len() - 1
    }

    pub(super) fn source(&mut self, mut topics: Vec<Arc<str>>, types: Vec<Arc<str>>, provenance: Option<Id>) -> usize {
        topics.sort();
        topics.dedup();
        self.node("source", Source { topics, types }, &[], provenance)
    }

    /// A sink for each topic, for the types that belong there.
    pub(super) fn sinks(&mut self, mut written: Vec<(Arc<str>, Arc<str>, Id)>, parents: &[usize]) {
        written.sort();
        written.dedup();
        let mut topics: Vec<Arc<str>> = written.iter().map(|(topic, ..)| topic.clone()).collect();
        topics.dedup();
        for topic in topics {
            let here = written.iter().filter(|(it, ..)| *it == topic);
            let types = here.clone().map(|(_, name, _)| name.clone()).collect();
            let provenance = here.clone().next().map(|(.., id)| *id);
            let _ = self.node("sink", Sink { topic, types }, parents, provenance);
        }
    }

    /// Adds a store; one that is there already is shared.
    pub(super) fn store(&mut self, store: StoreSpec) {
        if self.topology.stores.iter().all(|it| it.name != store.name) {
            self.topology.stores.push(store);
        }
    }

    pub(super) fn finish(self) -> Topology {
        self.topology
    }
}
