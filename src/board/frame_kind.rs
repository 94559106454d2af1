//! What a frame stands for.

use serde::{Deserialize, Serialize};

/// What a frame stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameKind {
    /// A bounded context: one language, one owner.
    BoundedContext,
    /// An aggregate round its commands and events; the same as an aggregate sticky with links.
    Aggregate,
    /// A lane of one actor, department or system.
    Swimlane,
    /// A stretch of the timeline.
    Chapter,
}

impl FrameKind {
    /// Every kind, in menu order.
    pub const ALL: [Self; 4] = [Self::BoundedContext, Self::Aggregate, Self::Swimlane, Self::Chapter];

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::BoundedContext => "Bounded context",
            Self::Aggregate => "Aggregate",
            Self::Swimlane => "Swimlane",
            Self::Chapter => "Chapter",
        }
    }

    /// What it means, one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::BoundedContext => "A part with a language and an owner of its own; it becomes a crate.",
            Self::Aggregate => "Commands and events decided by one thing; the same as an aggregate sticky.",
            Self::Swimlane => "A lane for one actor, department or system; it orders, it means nothing to a run.",
            Self::Chapter => "A titled stretch of the timeline; it orders, it means nothing to a run.",
        }
    }

    /// The colour token of the theme.
    pub fn color(self) -> &'static str {
        match self {
            Self::BoundedContext => "bounded_context",
            Self::Aggregate => "aggregate_frame",
            Self::Swimlane => "swimlane",
            Self::Chapter => "chapter",
        }
    }
}
