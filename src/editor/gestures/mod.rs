//! What is under way while a button is held: one file each. A gesture is one undo step; Escape undoes it.

mod framing;
mod linking;
mod marquee;
mod moving;
mod panning;
mod resizing;

pub use framing::Framing;
pub use linking::Linking;
pub(super) use linking::sticky_at;
pub use marquee::Marquee;
pub use moving::Moving;
pub use panning::Panning;
pub use resizing::Resizing;

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
    /// Elements are moved or copied.
    Moving(Moving),
    /// A corner is dragged.
    Resizing(Resizing),
    /// A link is drawn.
    Linking(Linking),
    /// A frame is drawn.
    Framing(Framing),
}

impl Gesture {
    /// The state's name, for hints and tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Panning(_) => "panning",
            Self::Marquee(_) => "marquee",
            Self::Moving(_) => "moving",
            Self::Resizing(_) => "resizing",
            Self::Linking(_) => "linking",
            Self::Framing(_) => "framing",
        }
    }

    /// What one can do now, for the status bar.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Idle => None,
            Self::Panning(_) => Some("Drag to move the view"),
            Self::Marquee(_) => Some("Release to select what the rectangle touches; Esc cancels"),
            Self::Moving(_) => {
                Some("Shift keeps to one direction, Alt leaves a copy, Ctrl moves a frame alone, Esc cancels")
            }
            Self::Resizing(_) => Some("Shift keeps the proportions; Esc cancels"),
            Self::Linking(_) => Some("Release on the sticky the arrow shall point to; Esc cancels"),
            Self::Framing(_) => Some("Draw the frame round what belongs to it; Esc cancels"),
        }
    }
}
