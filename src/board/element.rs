//! What lies on a board.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{FrameKind, Kind, Photo, Relationship, Shape};
use crate::kit::{Id, Millis, OrderKey, Point, Rect, Size};

/// A sticky note: one placement of a definition.
///
/// Where `of` names another sticky this one is a further placement of that definition: its text is empty
/// and name, fields and rules are the definition's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sticky {
    /// Its id.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width; 0 is the kind's own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub w: i32,
    /// Height; 0 is the kind's own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub h: i32,
    /// Name, fields, rules and notes, as they were written. Empty on a further placement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The sticky that defines this one, if it is not this one itself.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "plain")]
    pub of: Option<Id>,
    /// Where it lies in the pile.
    #[serde(default, skip_serializing_if = "is_default")]
    pub z: OrderKey,
    /// Whether the pointer passes through it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub locked: bool,
    /// Whether tidying leaves it where it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pinned: bool,
    /// What was said of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<Mark>,
    /// Whether one or all of several outputs happen, where it is not the kind's default.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "plain")]
    pub outputs: Option<Outputs>,
    /// Whether one or all of several inputs are waited for, where it is not the kind's default.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "plain")]
    pub inputs: Option<Inputs>,
    /// A topic of its own, for an event.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "plain")]
    pub topic: Option<String>,
}

impl Sticky {
    /// A new sticky of its kind's size.
    pub fn new(id: Id, kind: Kind, at: Point, text: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            x: at.x,
            y: at.y,
            w: 0,
            h: 0,
            text: text.into(),
            of: None,
            z: OrderKey::default(),
            locked: false,
            pinned: false,
            marks: BTreeSet::new(),
            outputs: None,
            inputs: None,
            topic: None,
        }
    }

    /// Its rectangle, unrotated.
    pub fn rect(&self) -> Rect {
        let own = self.kind.spec().size;
        let size = Size::new(if self.w > 0 { self.w } else { own.w }, if self.h > 0 { self.h } else { own.h });
        Rect::new(Point::new(self.x, self.y), size)
    }

    /// Whether that was said of it.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// How it is drawn.
    pub fn shape(&self) -> Shape {
        self.kind.spec().shape
    }
}

/// A frame: what lies in it belongs to it. Membership is read from geometry, see [`super::Board::frame_of`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Its id.
    pub id: Id,
    /// What it stands for.
    pub kind: FrameKind,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
    /// Name, and for an aggregate fields and rules.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where it lies in the pile of frames.
    #[serde(default, skip_serializing_if = "is_default")]
    pub z: OrderKey,
    /// Whether the pointer passes through it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub locked: bool,
    /// Whether it is shown as a card that hides what lies in it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collapsed: bool,
    /// What was said of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<Mark>,
    /// Where a bounded context lies on the context map; laid out by itself where nobody moved it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "plain")]
    pub map: Option<Point>,
}

impl Frame {
    /// A new frame.
    pub fn new(id: Id, kind: FrameKind, rect: Rect, text: impl Into<String>) -> Self {
        let Rect { x, y, w, h } = rect;
        Self {
            id,
            kind,
            x,
            y,
            w,
            h,
            text: text.into(),
            z: OrderKey::default(),
            locked: false,
            collapsed: false,
            marks: BTreeSet::new(),
            map: None,
        }
    }

    /// Its rectangle.
    pub fn rect(&self) -> Rect {
        Rect { x: self.x, y: self.y, w: self.w, h: self.h }
    }

    /// Whether that was said of it.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// An arrow between two stickies. What it means follows from the kinds at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its id.
    pub id: Id,
    /// Where it starts.
    pub from: Id,
    /// Where it ends.
    pub to: Id,
    /// A guard (`when total > credit`, `otherwise`), a mapping (`order = order_id`) or prose; one a line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Link {
    /// A new link without a label.
    pub fn new(id: Id, from: Id, to: Id) -> Self {
        Self { id, from, to, text: String::new() }
    }
}

/// An example or an invariant, runnable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its id.
    pub id: Id,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width; 0 is the default.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub w: i32,
    /// Height; 0 is the default.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub h: i32,
    /// Title, then `given`, `when`, `then` lines; or one line `always ...` or `every ... leads to ...`.
    pub text: String,
}

impl Scenario {
    /// The size of a new scenario.
    pub const SIZE: Size = Size::new(260, 140);

    /// A new scenario.
    pub fn new(id: Id, at: Point, text: impl Into<String>) -> Self {
        Self { id, x: at.x, y: at.y, w: 0, h: 0, text: text.into() }
    }

    /// Its rectangle.
    pub fn rect(&self) -> Rect {
        let size =
            Size::new(if self.w > 0 { self.w } else { Self::SIZE.w }, if self.h > 0 { self.h } else { Self::SIZE.h });
        Rect::new(Point::new(self.x, self.y), size)
    }

    /// The first line.
    pub fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default().trim()
    }
}

/// A finding that the group decided to live with, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Its id.
    pub id: Id,
    /// The rule's code, as `S5`.
    pub rule: String,
    /// The element it is waived for.
    pub on: Id,
    /// Why.
    pub reason: String,
}

/// A ghost link that was refused once for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Its id.
    pub id: Id,
    /// Where the ghost link started.
    pub from: Id,
    /// Where it ended.
    pub to: Id,
}

/// Something said of a sticky or frame by a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A pivotal event: a line runs through the board here.
    Pivotal,
    /// A path ends here on purpose.
    Final,
    /// An actor's command that opens a new instance.
    Starts,
    /// An event that comes from another context or board.
    Incoming,
    /// An event that is a contract with other contexts.
    Integration,
    /// A read model whose information comes from outside (a price list, the law).
    Outside,
    /// A policy that a person carries out.
    Manual,
    /// A hotspot that was answered.
    Closed,
    /// A context that is plain create, read, update, delete, on purpose.
    Crud,
    /// A note that belongs to the legend or the parking lot.
    Parked,
}

/// What happens where several outputs leave a sticky.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outputs {
    /// One of them. Default for an aggregate, an external system and a command without a handler.
    Either,
    /// All of them. Default for a policy.
    All,
}

/// What is waited for where several events enter a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inputs {
    /// Any of them (the default).
    Any,
    /// All of them, with the same key, within this time (milliseconds) of the first.
    All {
        /// The time within which all must have come.
        within: Millis,
    },
}

/// Any element of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// A sticky.
    Sticky(Sticky),
    /// A frame.
    Frame(Frame),
    /// A link.
    Link(Link),
    /// A scenario or invariant.
    Scenario(Scenario),
    /// A waiver.
    Waiver(Waiver),
    /// A refused ghost link.
    Refusal(Refusal),
    /// What was said of two bounded contexts.
    Relationship(Relationship),
    /// A photo.
    Photo(Photo),
}

impl Element {
    /// Its id.
    pub fn id(&self) -> Id {
        match self {
            Self::Sticky(it) => it.id,
            Self::Frame(it) => it.id,
            Self::Link(it) => it.id,
            Self::Scenario(it) => it.id,
            Self::Waiver(it) => it.id,
            Self::Refusal(it) => it.id,
            Self::Relationship(it) => it.id,
            Self::Photo(it) => it.id,
        }
    }

    /// The elements that must exist for this one to make sense.
    pub fn refers_to(&self) -> Vec<Id> {
        match self {
            Self::Sticky(it) => it.of.into_iter().collect(),
            Self::Frame(_) | Self::Scenario(_) | Self::Relationship(_) | Self::Photo(_) => Vec::new(),
            Self::Link(it) => vec![it.from, it.to],
            Self::Waiver(it) => vec![it.on],
            Self::Refusal(it) => vec![it.from, it.to],
        }
    }
}

fn is_zero(it: &i32) -> bool {
    *it == 0
}

fn is_default<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}

/// An optional field written as its content, or not at all.
mod plain {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(it: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        match it {
            Some(it) => it.serialize(to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        T::deserialize(from).map(Some)
    }
}
