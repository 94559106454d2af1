//! The graph: placements as nodes, links, frames and guesses as edges, definitions above the placements.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use super::adjacency;
use super::places::Places;
use super::relation::{Relation, relation};
use crate::board::{Board, FrameKind, Inputs, Level, Outputs, Role};
use crate::kit::{Id, Rect, fold};

/// What to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether stickies that stand side by side are read as linked (ghost links). Never read on a big picture and
    /// while people explore.
    pub ghosts: bool,
}

/// One placement: a sticky, or an aggregate frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The sticky or aggregate frame.
    pub id: Id,
    /// The part it plays: its definition's.
    pub role: Role,
    /// The definition it is a placement of; itself for most.
    pub definition: Id,
    /// The innermost bounded context round its middle.
    pub context: Option<Id>,
    /// The innermost aggregate frame round its middle; `None` for the frame itself.
    pub aggregate: Option<Id>,
    /// The innermost swimlane round its middle.
    pub lane: Option<Id>,
    /// The innermost chapter round its middle.
    pub chapter: Option<Id>,
    /// Where it lies.
    pub rect: Rect,
}

/// What one or more placements stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The defining sticky or aggregate frame.
    pub id: Id,
    /// The part it plays.
    pub role: Role,
    /// Its name in one line; empty if nothing was written.
    pub name: String,
    /// The context of the defining placement.
    pub context: Option<Id>,
    /// Every placement, by id, the defining one included.
    pub placements: Vec<Id>,
}

/// An arrow between two placements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The placement at the start.
    pub from: Id,
    /// The placement at the end.
    pub to: Id,
    /// What it means.
    pub relation: Relation,
    /// Where it comes from.
    pub origin: Origin,
    /// What is written on the link: guard, mapping or prose, one a line.
    pub text: String,
}

impl Edge {
    /// Whether it was guessed from where the stickies lie.
    pub fn is_ghost(&self) -> bool {
        matches!(self.origin, Origin::Ghost { .. })
    }

    /// The link it was drawn as, if it was.
    pub fn link(&self) -> Option<Id> {
        match self.origin {
            Origin::Link(id) => Some(id),
            Origin::Frame(_) | Origin::Ghost { .. } => None,
        }
    }
}

/// Where an edge comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A link that somebody drew.
    Link(Id),
    /// The aggregate frame that holds one of the ends.
    Frame(Id),
    /// A guess from where the stickies lie.
    Ghost {
        /// Why it was guessed, one sentence for people.
        reason: String,
    },
}

/// A board read as a graph of what causes what.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    pub(super) graph: DiGraph<Node, Edge>,
    pub(super) nodes: BTreeMap<Id, NodeIndex>,
    pub(super) definitions: BTreeMap<Id, Definition>,
    pub(super) outputs: BTreeMap<Id, Outputs>,
    pub(super) inputs: BTreeMap<Id, Inputs>,
    pub(super) pivotal: Vec<Id>,
    pub(super) timeline: Vec<Id>,
}

impl Flow {
    /// Reads a board.
    pub fn read(board: &Board, options: Options) -> Self {
        let settings = board.settings();
        let ghosts = options.ghosts && settings.level != Level::BigPicture && !settings.exploring;
        let mut flow = Self::default();
        flow.place(board);
        flow.draw(board);
        flow.frame();
        if ghosts {
            for ghost in adjacency::read(board, &flow) {
                flow.join(ghost);
            }
        }
        flow.line_up(board);
        flow
    }

    /// Every placement, stickies by id, then aggregate frames by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// The placement with that id.
    pub fn node(&self, id: Id) -> Option<&Node> {
        self.graph.node_weight(*self.nodes.get(&id)?)
    }

    /// Every arrow: links by id, then what frames say, then ghost links.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.graph.edge_weights()
    }

    /// The arrows that leave a placement, in the order of [`Self::edges`].
    pub fn edges_from(&self, placement: Id) -> Vec<&Edge> {
        self.edges_at(placement, Direction::Outgoing)
    }

    /// The arrows that enter a placement, in the order of [`Self::edges`].
    pub fn edges_to(&self, placement: Id) -> Vec<&Edge> {
        self.edges_at(placement, Direction::Incoming)
    }

    fn edges_at(&self, placement: Id, direction: Direction) -> Vec<&Edge> {
        let Some(at) = self.nodes.get(&placement) else { return Vec::new() };
        let mut edges: Vec<_> = self.graph.edges_directed(*at, direction).map(|it| (it.id(), it.weight())).collect();
        edges.sort_unstable_by_key(|(at, _)| *at);
        edges.into_iter().map(|(_, it)| it).collect()
    }

    /// The guesses.
    pub fn ghosts(&self) -> impl Iterator<Item = &Edge> {
        self.edges().filter(|it| it.is_ghost())
    }

    /// Every definition by id.
    pub fn definitions(&self) -> &BTreeMap<Id, Definition> {
        &self.definitions
    }

    /// The definitions that play a part, by id.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Definition> {
        self.definitions.values().filter(move |it| it.role == role)
    }

    /// The definition of a placement, or the definition with that id.
    pub fn definition(&self, id: Id) -> Option<&Definition> {
        self.definitions.get(&self.definition_of(id))
    }

    /// The id of the definition of a placement; the id itself if there is none.
    pub fn definition_of(&self, placement: Id) -> Id {
        self.node(placement).map_or(placement, |it| it.definition)
    }

    /// The name of the definition of a placement; empty if there is none.
    pub fn name(&self, id: Id) -> &str {
        self.definition(id).map_or("", |it| it.name.as_str())
    }

    /// Nodes and definitions.
    fn place(&mut self, board: &Board) {
        let places = Places::new(board);
        for sticky in board.stickies().values() {
            let definition = board.definition(sticky.id).unwrap_or(sticky);
            let (rect, role) = (sticky.rect(), definition.kind.role());
            self.add(&places, sticky.id, definition.id, role, rect, None, || board.name(definition.id));
            if let Some(outputs) = sticky.outputs {
                self.outputs.entry(definition.id).or_insert(outputs);
            }
            if let Some(inputs) = sticky.inputs {
                self.inputs.entry(definition.id).or_insert(inputs);
            }
        }
        // The defining placement's fork and join win over those of further placements.
        for sticky in board.stickies().values().filter(|it| it.of.is_none()) {
            self.outputs.extend(sticky.outputs.map(|it| (sticky.id, it)));
            self.inputs.extend(sticky.inputs.map(|it| (sticky.id, it)));
        }
        let aggregates = || board.frames().values().filter(|it| it.kind == FrameKind::Aggregate);
        if aggregates().next().is_none() {
            return;
        }
        // A frame has no `of`: one with the name of an aggregate of the same context stands for that aggregate.
        let mut named: BTreeMap<(Option<Id>, String), Id> = BTreeMap::new();
        for it in self.definitions.values().filter(|it| it.role == Role::Aggregate && !it.name.is_empty()) {
            named.entry((it.context, fold(&it.name))).or_insert(it.id);
        }
        for frame in aggregates() {
            let name = board.name(frame.id);
            let context = places.frame_at(frame.rect().center(), FrameKind::BoundedContext).map(|it| it.id);
            let definition = match name.is_empty() {
                true => frame.id,
                false => *named.entry((context, fold(&name))).or_insert(frame.id),
            };
            self.add(&places, frame.id, definition, Role::Aggregate, frame.rect(), Some(frame.id), || name);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one node")]
    fn add(
        &mut self,
        places: &Places<'_>,
        id: Id,
        definition: Id,
        role: Role,
        rect: Rect,
        frame: Option<Id>,
        name: impl FnOnce() -> String,
    ) {
        let middle = rect.center();
        let find = |kind| places.frame_at(middle, kind).map(|it| it.id);
        let context = find(FrameKind::BoundedContext);
        let node = Node {
            id,
            role,
            definition,
            context,
            aggregate: if frame.is_some() { None } else { find(FrameKind::Aggregate) },
            lane: find(FrameKind::Swimlane),
            chapter: find(FrameKind::Chapter),
            rect,
        };
        self.nodes.insert(id, self.graph.add_node(node));
        let entry = self.definitions.entry(definition).or_insert_with(|| {
            let (name, placements) = (name(), Vec::new());
            Definition { id: definition, role, name, context, placements }
        });
        entry.placements.push(id);
        if id == definition {
            entry.context = context;
        }
    }

    /// Edges of links.
    fn draw(&mut self, board: &Board) {
        for link in board.links().values() {
            let (Some(from), Some(to)) = (self.node(link.from), self.node(link.to)) else { continue };
            let relation = relation(from.role, to.role).unwrap_or(Relation::Outside);
            let origin = Origin::Link(link.id);
            self.join(Edge { from: link.from, to: link.to, relation, origin, text: link.text.clone() });
        }
    }

    /// Edges of aggregate frames: commands in a frame are invoked on it and its events are produced by it, unless a
    /// link names another handler or source.
    fn frame(&mut self) {
        let mut edges = Vec::new();
        for node in self.nodes().filter(|it| it.aggregate.is_some()) {
            let Some(frame) = node.aggregate else { continue };
            let origin = Origin::Frame(frame);
            if node.role == Role::Command && !self.edges_from(node.id).iter().any(|it| it.relation.handles()) {
                let relation = Relation::InvokedOn;
                edges.push(Edge { from: node.id, to: frame, relation, origin, text: String::new() });
            } else if node.role == Role::Event {
                let elsewhere = |it: &&Edge| matches!(it.relation, Relation::Produces | Relation::Elapses);
                if !self.edges_to(node.id).iter().any(elsewhere) {
                    let relation = Relation::Produces;
                    edges.push(Edge { from: frame, to: node.id, relation, origin, text: String::new() });
                }
            }
        }
        for edge in edges {
            self.join(edge);
        }
    }

    fn join(&mut self, edge: Edge) {
        if let (Some(from), Some(to)) = (self.nodes.get(&edge.from), self.nodes.get(&edge.to)) {
            self.graph.add_edge(*from, *to, edge);
        }
    }
}
