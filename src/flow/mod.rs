//! What causes what: a board read as a typed graph, from links, frames and geometry.
//!
//! A node is a placement (a sticky, or an aggregate frame), an edge is an arrow with its [`Relation`]. Questions about
//! definitions ([`Flow::issuers`], [`Flow::outcomes`] ...) merge the placements of one thing. Where stickies lie side
//! by side and nobody drew an arrow, ghost links are read from their places, each with its reason.
//!
//! This room knows neither fields nor types, draws nothing and changes nothing: accepted and refused guesses are edits
//! for somebody else to apply.

#![deny(clippy::disallowed_methods)]

mod relation;
mod graph;
mod places;
mod adjacency;
mod queries;
mod cycles;
mod timeline;
mod glossary;
mod contexts;
mod answer;
mod communities;
mod boundaries;

pub use answer::{accept, refuse};
pub use boundaries::{Boundaries, CrossingLink, Grain, Member, Proposal};
pub use contexts::{ContextMap, ContextRelation, Crossing, CrossingKind, MappedContext};
pub use cycles::Cycle;
pub use glossary::Entry;
pub use graph::{Definition, Edge, Flow, Node, Options, Origin};
pub use queries::{Outcome, Way};
pub use relation::{GRAMMAR, Production, Relation, article, outside, relation};
pub use timeline::Stretch;
