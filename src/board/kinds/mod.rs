//! The kinds of stickies: one file each, data and capabilities.
//!
//! Source: the ddd-crew Event Storming glossary and cheat sheet. Other rooms ask a kind for its
//! [`Role`] and its capabilities, never which kind it is by name.

mod domain_event;
mod command;
mod policy;
mod external_system;
mod aggregate;
mod read_model;
mod actor;
mod time_event;
mod hotspot;
mod opportunity;
mod value;
mod ui;
mod note;
mod term;
mod follow; // shared

pub use follow::{followers, forerunners};

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::kit::Size;

/// Every kind, in palette order.
pub static ALL: &[&KindSpec] = &[
    &domain_event::SPEC,
    &command::SPEC,
    &policy::SPEC,
    &external_system::SPEC,
    &aggregate::SPEC,
    &read_model::SPEC,
    &actor::SPEC,
    &time_event::SPEC,
    &hotspot::SPEC,
    &opportunity::SPEC,
    &value::SPEC,
    &ui::SPEC,
    &note::SPEC,
    &term::SPEC,
];

/// What a kind is and can do.
#[derive(Debug)]
pub struct KindSpec {
    /// The word in files and messages, `snake_case`.
    pub key: &'static str,
    /// The name that people read.
    pub name: &'static str,
    /// The part it plays in the flow.
    pub role: Role,
    /// The colour token of the theme.
    pub color: &'static str,
    /// The size of a new sticky, in board units.
    pub size: Size,
    /// How it is drawn.
    pub shape: Shape,
    /// The key that makes one.
    pub shortcut: Option<char>,
    /// The words that open a rule line in its text.
    pub rules: &'static [&'static str],
    /// What it stands for, one sentence.
    pub meaning: &'static str,
    /// A typical text.
    pub example: &'static str,
    /// What it does when the board is run, one sentence.
    pub runs: &'static str,
}

/// The part that a sticky plays in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Something that happened.
    Event,
    /// A decision.
    Command,
    /// A reaction.
    Policy,
    /// A party outside.
    External,
    /// Rules that decide.
    Aggregate,
    /// Information to decide by.
    ReadModel,
    /// A person.
    Actor,
    /// Passing time.
    Time,
    /// An open question.
    Hotspot,
    /// A screen.
    Ui,
    /// An agreed word, with fields a record type.
    Term,
    /// Any other remark.
    Annotation,
}

impl Role {
    /// Whether a sticky of this role takes part in the flow (and not only annotates it).
    pub fn flows(self) -> bool {
        match self {
            Self::Event
            | Self::Command
            | Self::Policy
            | Self::External
            | Self::Aggregate
            | Self::ReadModel
            | Self::Actor
            | Self::Time
            | Self::Ui => true,
            Self::Hotspot | Self::Term | Self::Annotation => false,
        }
    }
}

/// The outline of a sticky.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An upright rectangle.
    Square,
    /// A square standing on its corner (tilted by 45 degrees).
    Diamond,
    /// An upright rectangle with a clock in its corner.
    Clock,
}

/// A kind of sticky.
#[derive(Clone, Copy)]
pub struct Kind(&'static KindSpec);

impl Kind {
    /// Domain event.
    pub const DOMAIN_EVENT: Self = Self(&domain_event::SPEC);
    /// Command.
    pub const COMMAND: Self = Self(&command::SPEC);
    /// Policy.
    pub const POLICY: Self = Self(&policy::SPEC);
    /// External system.
    pub const EXTERNAL_SYSTEM: Self = Self(&external_system::SPEC);
    /// Aggregate.
    pub const AGGREGATE: Self = Self(&aggregate::SPEC);
    /// Read model.
    pub const READ_MODEL: Self = Self(&read_model::SPEC);
    /// Actor.
    pub const ACTOR: Self = Self(&actor::SPEC);
    /// Time event.
    pub const TIME_EVENT: Self = Self(&time_event::SPEC);
    /// Hotspot.
    pub const HOTSPOT: Self = Self(&hotspot::SPEC);
    /// Opportunity.
    pub const OPPORTUNITY: Self = Self(&opportunity::SPEC);
    /// Value.
    pub const VALUE: Self = Self(&value::SPEC);
    /// UI mock-up.
    pub const UI: Self = Self(&ui::SPEC);
    /// Note.
    pub const NOTE: Self = Self(&note::SPEC);
    /// Glossary term.
    pub const TERM: Self = Self(&term::SPEC);

    /// The kind with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        ALL.iter().find(|it| it.key == key).map(|it| Self(it))
    }

    /// Every kind, in palette order.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|it| Self(it))
    }

    /// What it is and can do.
    pub fn spec(self) -> &'static KindSpec {
        self.0
    }

    /// The part it plays in the flow.
    pub fn role(self) -> Role {
        self.0.role
    }

    /// The word in files and messages.
    pub fn key(self) -> &'static str {
        self.0.key
    }

    /// The name that people read.
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(other.key())
    }
}

impl std::hash::Hash for Kind {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| {
            let known: Vec<&str> = ALL.iter().map(|it| it.key).collect();
            let key: String = key.chars().take(40).collect();
            D::Error::custom(format!("`{key}` is not a kind of sticky; the kinds are {}", known.join(", ")))
        })
    }
}
