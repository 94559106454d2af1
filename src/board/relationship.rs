//! What two bounded contexts have agreed on: the patterns and directions of a context map.
//!
//! Names and signs are those of the ddd-crew's context mapping cheat sheet.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kit::Id;

/// What was said of two bounded contexts, beyond what the flow shows to cross between them.
///
/// The contexts are frames. They need not exist: a relationship outlives the frame that was deleted, so that taking
/// the deletion back loses nothing; a check names those that are left over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relationship {
    /// Its id.
    pub id: Id,
    /// One context.
    pub from: Id,
    /// The other context.
    pub to: Id,
    /// Which of the two is upstream.
    #[serde(default, skip_serializing_if = "is_default")]
    pub upstream: Upstream,
    /// How the two work together.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub patterns: BTreeSet<Pattern>,
    /// A remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Relationship {
    /// A relationship of which nothing was said yet.
    pub fn new(id: Id, from: Id, to: Id) -> Self {
        Self { id, from, to, upstream: Upstream::default(), patterns: BTreeSet::new(), text: String::new() }
    }

    /// Whether it is about these two, in either order.
    pub fn joins(&self, a: Id, b: Id) -> bool {
        (self.from, self.to) == (a, b) || (self.from, self.to) == (b, a)
    }
}

/// Which side of a relationship is upstream: what is done there changes the other side, not the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upstream {
    /// As the messages that cross say.
    #[default]
    AsRead,
    /// The context named first.
    From,
    /// The context named second.
    To,
    /// Neither: both depend on one another, or on nothing.
    Neither,
}

/// How two contexts work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Both succeed or fail together.
    Partnership,
    /// Both share a part of their model.
    SharedKernel,
    /// The downstream team has a say in what the upstream team does.
    CustomerSupplier,
    /// The downstream team takes the upstream model as it is.
    Conformist,
    /// The downstream team translates.
    AnticorruptionLayer,
    /// The upstream team offers one service for all.
    OpenHostService,
    /// A documented language for what is exchanged.
    PublishedLanguage,
    /// Nothing is integrated, on purpose.
    SeparateWays,
}

/// The side of a relationship that a pattern is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternSide {
    /// What the upstream context does.
    Upstream,
    /// What the downstream context does.
    Downstream,
    /// A word for both.
    Both,
}

impl Pattern {
    /// Every pattern, in menu order.
    pub const ALL: [Self; 8] = [
        Self::Partnership,
        Self::SharedKernel,
        Self::CustomerSupplier,
        Self::Conformist,
        Self::AnticorruptionLayer,
        Self::OpenHostService,
        Self::PublishedLanguage,
        Self::SeparateWays,
    ];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Partnership => "Partnership",
            Self::SharedKernel => "Shared kernel",
            Self::CustomerSupplier => "Customer/supplier",
            Self::Conformist => "Conformist",
            Self::AnticorruptionLayer => "Anticorruption layer",
            Self::OpenHostService => "Open host service",
            Self::PublishedLanguage => "Published language",
            Self::SeparateWays => "Separate ways",
        }
    }

    /// The sign on a map, at the end of the line that it is said of: upstream, downstream.
    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Partnership => ("P", "P"),
            Self::SharedKernel => ("SK", "SK"),
            Self::CustomerSupplier => ("SUP", "CUS"),
            Self::Conformist => ("", "CF"),
            Self::AnticorruptionLayer => ("", "ACL"),
            Self::OpenHostService => ("OHS", ""),
            Self::PublishedLanguage => ("PL", ""),
            Self::SeparateWays => ("", ""),
        }
    }

    /// Whom it is said of.
    pub fn side(self) -> PatternSide {
        match self {
            Self::OpenHostService | Self::PublishedLanguage => PatternSide::Upstream,
            Self::Conformist | Self::AnticorruptionLayer => PatternSide::Downstream,
            Self::Partnership | Self::SharedKernel | Self::CustomerSupplier | Self::SeparateWays => PatternSide::Both,
        }
    }

    /// Whether neither side is upstream where it holds.
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::Partnership | Self::SharedKernel | Self::SeparateWays)
    }

    /// What it means, one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Partnership => "Both teams succeed or fail together and plan what crosses together.",
            Self::SharedKernel => "Both teams share a small part of model and code, and change it only together.",
            Self::CustomerSupplier => "The downstream team is a customer whose needs the upstream team plans for.",
            Self::Conformist => "The downstream team takes the upstream model as it is, without translation.",
            Self::AnticorruptionLayer => "The downstream team translates, so that the foreign model stays outside.",
            Self::OpenHostService => "The upstream team offers one well-defined service to everybody who needs it.",
            Self::PublishedLanguage => "What is exchanged is written in a documented language that both sides know.",
            Self::SeparateWays => "The two are not integrated, on purpose: it would cost more than it brings.",
        }
    }
}

fn is_default<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}
