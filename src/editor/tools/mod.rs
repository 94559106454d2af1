//! The tools: what pressing the button on the canvas does. One file each, in the order of the palette.

mod frame;
mod hand;
mod link;
mod scenario;
mod space;
mod select;
mod sticky;

use super::gestures::Gesture;
use super::input::Mods;
use super::{Cx, Editor};
use crate::board::{FrameKind, Kind};
use crate::kit::PointF;

/// The tool in the hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects, moves, resizes.
    #[default]
    Select,
    /// Moves the view.
    Hand,
    /// Puts a sticky where one clicks.
    Sticky(Kind),
    /// Draws a frame.
    Frame(FrameKind),
    /// Draws a link.
    Link,
    /// Puts a scenario where one clicks.
    Scenario,
    /// Pushes what lies behind a line.
    Space,
}

/// A press of the button with a tool in the hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Press {
    /// Where, in the view.
    pub(super) at: PointF,
    /// Where, on the board.
    pub(super) on: PointF,
    /// What was held.
    pub(super) mods: Mods,
    /// 1, or 2 for the second press of a double click.
    pub(super) clicks: u8,
}

/// What a tool is and does.
pub struct ToolSpec {
    /// The word for it in tests and settings.
    pub key: &'static str,
    /// The name on its button.
    pub name: &'static str,
    /// The key that takes it into the hand; stickies have the key of their kind.
    pub shortcut: Option<char>,
    /// What it does, one sentence.
    pub help: &'static str,
    /// What the pointer looks like.
    pub cursor: Cursor,
    /// What a press begins.
    press: fn(&mut Editor, &mut Cx<'_>, Press) -> Gesture,
}

/// What the pointer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// An arrow.
    Arrow,
    /// An open hand.
    Hand,
    /// A closed hand.
    Grabbing,
    /// A cross.
    Cross,
    /// Four arrows.
    Move,
    /// A double arrow from top left to bottom right.
    ResizeFalling,
    /// A double arrow from bottom left to top right.
    ResizeRising,
}

/// Every tool, in palette order.
pub static ALL: &[&ToolSpec] =
    &[&select::SPEC, &hand::SPEC, &sticky::SPEC, &link::SPEC, &frame::SPEC, &scenario::SPEC, &space::SPEC];

impl Tool {
    /// The tool with that key; `kind` is what the tool for stickies puts.
    pub fn from_key(key: &str, kind: Kind) -> Option<Self> {
        let all = [
            Self::Select,
            Self::Hand,
            Self::Sticky(kind),
            Self::Frame(FrameKind::BoundedContext),
            Self::Link,
            Self::Scenario,
            Self::Space,
        ];
        all.into_iter().find(|it| it.spec().key == key)
    }

    /// What it is and does.
    pub fn spec(self) -> &'static ToolSpec {
        match self {
            Self::Select => &select::SPEC,
            Self::Hand => &hand::SPEC,
            Self::Sticky(_) => &sticky::SPEC,
            Self::Frame(_) => &frame::SPEC,
            Self::Link => &link::SPEC,
            Self::Scenario => &scenario::SPEC,
            Self::Space => &space::SPEC,
        }
    }

    /// The name for people: the kind's where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sticky(kind) => kind.name(),
            Self::Frame(kind) => kind.name(),
            Self::Select | Self::Hand | Self::Link | Self::Scenario | Self::Space => self.spec().name,
        }
    }

    pub(super) fn press(self, editor: &mut Editor, cx: &mut Cx<'_>, press: Press) -> Gesture {
        (self.spec().press)(editor, cx, press)
    }
}
