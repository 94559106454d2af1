//! Edits: every change to a board, as a value.

use serde::{Deserialize, Serialize};

use super::{Element, FrameKind, Inputs, Kind, Level, Mark, Outputs, Pattern, Upstream};
use crate::kit::{Id, OrderKey, Point, Rect, Size};

/// One change to a board. It applies or is refused alone; [`super::apply`] returns its inverse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Puts a new element on the board.
    Add(Box<Element>),
    /// Takes an element off the board; nothing may refer to it any more.
    Remove(Box<Element>),
    /// Changes one field of one element.
    Set {
        /// The element.
        id: Id,
        /// What the field holds now.
        old: Field,
        /// What it shall hold: the same field as `old`.
        new: Field,
    },
    /// Changes one setting of the board.
    Settings {
        /// What the setting is now.
        old: Setting,
        /// What it shall be: the same setting as `old`.
        new: Setting,
    },
}

/// One field of an element with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Left top corner of a sticky, frame, scenario or photo.
    At(Point),
    /// Size of a sticky (0 x 0: its kind's), frame, scenario or photo.
    Size(Size),
    /// Text of a sticky, frame, link, scenario, relationship or photo.
    Text(String),
    /// Kind of a sticky.
    Kind(Kind),
    /// Kind of a frame.
    FrameKind(FrameKind),
    /// The definition a sticky is a placement of.
    Of(Option<Id>),
    /// Place in the pile of a sticky, frame or photo.
    Z(OrderKey),
    /// Whether the pointer passes through a sticky, frame or photo.
    Locked(bool),
    /// Whether tidying leaves a sticky where it is.
    Pinned(bool),
    /// Whether a frame is shown as a card.
    Collapsed(bool),
    /// Whether that was said of a sticky or frame.
    Mark(Mark, bool),
    /// Fork of a sticky.
    Outputs(Option<Outputs>),
    /// Join of a sticky.
    Inputs(Option<Inputs>),
    /// Own topic of an event.
    Topic(Option<String>),
    /// Start of a link.
    From(Id),
    /// End of a link.
    To(Id),
    /// Reason of a waiver.
    Reason(String),
    /// Place of a bounded context on the context map.
    Map(Option<Point>),
    /// Whether a relationship follows that pattern.
    Pattern(Pattern, bool),
    /// Which side of a relationship is upstream.
    Upstream(Upstream),
}

impl Edit {
    /// The rectangle of the sticky, frame, scenario or photo that it adds.
    pub fn added_rect(&self) -> Option<Rect> {
        let Self::Add(element) = self else { return None };
        match element.as_ref() {
            Element::Sticky(it) => Some(it.rect()),
            Element::Frame(it) => Some(it.rect()),
            Element::Scenario(it) => Some(it.rect()),
            Element::Photo(it) => Some(it.rect()),
            Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => None,
        }
    }

    /// Moves the sticky, frame, scenario or photo that it adds.
    pub fn move_added(&mut self, dx: i32, dy: i32) {
        let Self::Add(element) = self else { return };
        let (x, y) = match element.as_mut() {
            Element::Sticky(it) => (&mut it.x, &mut it.y),
            Element::Frame(it) => (&mut it.x, &mut it.y),
            Element::Scenario(it) => (&mut it.x, &mut it.y),
            Element::Photo(it) => (&mut it.x, &mut it.y),
            Element::Link(_) | Element::Waiver(_) | Element::Refusal(_) | Element::Relationship(_) => return,
        };
        let to = Point::new(*x, *y).moved(dx, dy);
        (*x, *y) = (to.x, to.y);
    }
}

impl Field {
    /// Whether both are the same field, whatever they hold.
    pub fn same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Mark(a, _), Self::Mark(b, _)) => a == b,
            (Self::Pattern(a, _), Self::Pattern(b, _)) => a == b,
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }

    /// The field's name, for messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::At(_) => "position",
            Self::Size(_) => "size",
            Self::Text(_) => "text",
            Self::Kind(_) | Self::FrameKind(_) => "kind",
            Self::Of(_) => "definition",
            Self::Z(_) => "order",
            Self::Locked(_) => "locked",
            Self::Pinned(_) => "pinned",
            Self::Collapsed(_) => "collapsed",
            Self::Mark(..) => "mark",
            Self::Outputs(_) => "outputs",
            Self::Inputs(_) => "inputs",
            Self::Topic(_) => "topic",
            Self::From(_) => "start",
            Self::To(_) => "end",
            Self::Reason(_) => "reason",
            Self::Map(_) => "place on the context map",
            Self::Pattern(..) => "pattern",
            Self::Upstream(_) => "direction",
        }
    }
}

/// One setting of the board with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// What the board is called.
    Title(String),
    /// How deep it means to go.
    Level(Level),
    /// The language of its words.
    Language(String),
    /// What the reader should know.
    Notes(String),
    /// Whether a group is still exploring.
    Exploring(bool),
}

/// Why an edit was refused. The board is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The id is taken.
    #[error("there is already an element {0}")]
    Taken(Id),
    /// The element does not exist.
    #[error("there is no element {0}")]
    Missing(Id),
    /// The element is not what the edit says it is.
    #[error("element {id} has changed in the meantime: its {field} is not what the edit expects")]
    Stale {
        /// The element.
        id: Id,
        /// The field that differs.
        field: &'static str,
    },
    /// A setting is not what the edit says it is.
    #[error("the board's settings have changed in the meantime")]
    StaleSetting,
    /// The element has no such field.
    #[error("element {id} has no {field}")]
    NoSuchField {
        /// The element.
        id: Id,
        /// The field.
        field: &'static str,
    },
    /// `old` and `new` are different fields.
    #[error("an edit of {id} changes one field into another")]
    MixedFields {
        /// The element.
        id: Id,
    },
    /// Something still refers to the element.
    #[error("element {by} still refers to {id}")]
    Referred {
        /// The element that was to go.
        id: Id,
        /// What refers to it.
        by: Id,
    },
    /// The value breaks an invariant of boards.
    #[error("element {id}: {why}")]
    Invalid {
        /// The element.
        id: Id,
        /// What is wrong with the value.
        why: String,
    },
}
