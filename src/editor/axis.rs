//! Left to right, or top to bottom: what is done along one of the two is written once.

use crate::kit::Rect;

/// One of the two directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// Left to right.
    Across,
    /// Top to bottom.
    Down,
}

impl Axis {
    /// The other one.
    pub(super) fn other(self) -> Self {
        if self == Self::Across { Self::Down } else { Self::Across }
    }

    /// The left edge, or the top.
    pub(super) fn low(self, it: Rect) -> i32 {
        if self == Self::Across { it.x } else { it.y }
    }

    /// The width, or the height.
    pub(super) fn size(self, it: Rect) -> i32 {
        if self == Self::Across { it.w } else { it.h }
    }

    /// The right edge, or the bottom.
    pub(super) fn high(self, it: Rect) -> i32 {
        self.low(it).saturating_add(self.size(it))
    }

    /// The rectangle with its left edge, or its top, at `low`.
    pub(super) fn moved_to(self, it: Rect, low: i32) -> Rect {
        if self == Self::Across { Rect { x: low, ..it } } else { Rect { y: low, ..it } }
    }
}
