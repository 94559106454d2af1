//! What is under way while a button or a key is held: one file each. A gesture is one undo step; Escape undoes it.

mod extending;
mod attaching;
mod framing;
mod lasso;
mod linking;
mod marquee;
mod moving;
mod nudging;
mod panning;
mod resizing;
mod spacing;

pub use attaching::Attaching;
pub use extending::Extending;
pub use framing::Framing;
pub use lasso::Lasso;
pub use linking::Linking;
pub(super) use linking::sticky_at;
pub use marquee::Marquee;
pub(super) use moving::Click;
pub use moving::Moving;
pub use nudging::Nudging;
pub use panning::Panning;
pub use resizing::Resizing;
pub use spacing::{Pushed, Spacing};

/// The pointer must move this far, in points, before a press becomes a move.
pub(super) const SLACK: f32 = 4.0;

/// The gesture under way.
#[derive(Clone, Debug, Default)]
pub enum Gesture {
    /// None.
    #[default]
    Idle,
    /// The view is dragged.
    Panning(Panning),
    /// A rectangle selects.
    Marquee(Marquee),
    /// A line drawn by hand selects.
    Lasso(Lasso),
    /// Elements are moved or copied.
    Moving(Moving),
    /// Elements are moved by keys.
    Nudging(Nudging),
    /// A corner is dragged.
    Resizing(Resizing),
    /// A link is drawn.
    Linking(Linking),
    /// A frame is drawn.
    Framing(Framing),
    /// The flow is extended by keys.
    Extending(Extending),
    /// An end of a link is taken elsewhere.
    Attaching(Attaching),
    /// Space is inserted.
    Spacing(Spacing),
}

impl Gesture {
    /// Whether it has a step of the history open.
    pub(super) fn is_in_history(&self) -> bool {
        match self {
            Self::Nudging(_) | Self::Extending(_) => true,
            Self::Moving(it) => it.is_begun(),
            Self::Resizing(it) => it.is_begun(),
            Self::Spacing(it) => it.pushed.is_some(),
            Self::Idle
            | Self::Panning(_)
            | Self::Marquee(_)
            | Self::Lasso(_)
            | Self::Linking(_)
            | Self::Framing(_)
            | Self::Attaching(_) => false,
        }
    }

    /// Whether the pointer drags something that has a step of the history open.
    pub(in crate::editor) fn is_dragged_in_history(&self) -> bool {
        self.is_in_history() && !matches!(self, Self::Nudging(_) | Self::Extending(_))
    }

    /// What one can do now, for the status bar.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Idle | Self::Nudging(_) => None,
            Self::Panning(_) => Some("Drag to move the view"),
            Self::Marquee(_) => {
                Some("Release to select what the rectangle touches, with Ctrl what it encloses; Esc cancels")
            }
            Self::Lasso(_) => Some("Release to select what the line touches or goes round; Esc cancels"),
            Self::Moving(_) => {
                Some("Shift keeps to one direction, Alt leaves a copy, Ctrl moves a frame alone, Esc cancels")
            }
            Self::Resizing(_) => {
                Some("Shift keeps the proportions, Alt the middle, Ctrl switches the grid off; Esc cancels")
            }
            Self::Linking(_) => Some("Release on the sticky the arrow shall point to; Esc cancels"),
            Self::Extending(_) => {
                Some("The same key: next alternative; a key across: one more; let go to write; Esc cancels")
            }
            Self::Attaching(_) => Some("Release on the sticky the link shall join instead; Esc cancels"),
            Self::Spacing(_) => {
                Some("Drag right or down to push what lies there, back to take out empty space; Esc cancels")
            }
            Self::Framing(_) => Some("Draw the frame round what belongs to it; Esc cancels"),
        }
    }
}
