//! What lies over a board without being part of it: plain data handed in by whoever knows.

use crate::kit::Id;

/// One thing to show over the board. Overlays on elements that are not there draw nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// A link that was read from geometry, dashed.
    GhostLink {
        /// Where it starts.
        from: Id,
        /// Where it ends.
        to: Id,
    },
    /// A badge at the upper right corner of an element, such as the number of its findings.
    Badge {
        /// The element.
        on: Id,
        /// What it says by its colour and its sign.
        tone: Tone,
        /// A few characters; may be empty.
        text: String,
    },
    /// A short text below an element: "waits for stock", "3 in queue".
    Caption {
        /// The element.
        on: Id,
        /// What it says by its colour.
        tone: Tone,
        /// One line.
        text: String,
    },
    /// A ring round an element that fades: something has just happened here.
    Pulse {
        /// The element.
        on: Id,
        /// What it says by its colour.
        tone: Tone,
        /// 0: it has just happened; 1: gone.
        age: f32,
    },
    /// An element is hatched: it takes no part, for a reason.
    Hatch {
        /// The element.
        on: Id,
        /// Why, one line.
        reason: String,
    },
    /// A ring round an element: it is what somebody speaks of.
    Ring {
        /// The element.
        on: Id,
        /// What it says by its colour.
        tone: Tone,
    },
}

/// What an overlay says by its colour. Badges say it by a sign as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Must be mended; failed.
    Error,
    /// To look at.
    Warning,
    /// May be of use.
    Hint,
    /// Went well.
    Success,
    /// A message on its way.
    Pulse,
    /// None of these.
    Neutral,
}
