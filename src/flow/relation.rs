//! The grammar of Event Storming as data: which kind may lead to which, and what that means.
//!
//! Source: the ddd-crew glossary and cheat sheet, Brandolini's picture that explains (almost) everything,
//! cer/event-storming-model; see [`GRAMMAR`] for the table.

use crate::board::{Level, Role};

/// What an arrow between two stickies means; it follows from the roles at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// An actor decides on a command.
    Decides,
    /// A read model is looked at by an actor.
    Observed,
    /// A read model is looked up by a policy.
    Consulted,
    /// A read model supports a command; the actor was left out.
    Supports,
    /// A read model or screen is shown on a screen.
    Shown,
    /// A screen is used by an actor.
    UsedBy,
    /// An actor uses a screen.
    Uses,
    /// A screen offers a command.
    Offers,
    /// A command is invoked on an aggregate.
    InvokedOn,
    /// A command is sent to an external system.
    SentTo,
    /// An aggregate or external system produces an event.
    Produces,
    /// A command results in an event; beside a handler it tells which outcome is whose.
    ResultsIn,
    /// An event activates a policy.
    Activates,
    /// A policy issues a command.
    Issues,
    /// A policy is carried out by an actor.
    CarriedOut,
    /// An event is shown in a read model.
    Feeds,
    /// Passing time brings about an event.
    Elapses,
    /// An event starts a timer.
    Starts,
    /// An external system calls us with a command.
    Stimulates,
    /// An event follows another; order only.
    Follows,
    /// An event or a time leads straight to a command: an implicit policy.
    ReactsWithoutPolicy,
    /// A remark on something.
    Annotates,
    /// An arrow that the grammar does not know.
    Outside,
}

impl Relation {
    /// What people say between the names at both ends: "`Order Placed` activates `Charge the customer`".
    pub fn verb(self) -> &'static str {
        match self {
            Self::Decides => "decides to",
            Self::Observed => "is observed by",
            Self::Consulted => "is consulted by",
            Self::Supports => "supports the decision to",
            Self::Shown => "is shown on",
            Self::UsedBy => "is used by",
            Self::Uses => "uses",
            Self::Offers => "offers",
            Self::InvokedOn => "is invoked on",
            Self::SentTo => "is sent to",
            Self::Produces => "produces",
            Self::ResultsIn => "results in",
            Self::Activates => "activates",
            Self::Issues => "issues",
            Self::CarriedOut => "is carried out by",
            Self::Feeds => "is shown in",
            Self::Elapses => "brings about",
            Self::Starts => "starts the clock of",
            Self::Stimulates => "calls us with",
            Self::Follows => "is followed by",
            Self::ReactsWithoutPolicy => "leads, without a policy, to",
            Self::Annotates => "annotates",
            Self::Outside => "is drawn to",
        }
    }

    /// Whether what is at the end happens because of what is at the start when the board is run.
    /// Information that is only looked at, order, remarks and arrows outside the grammar cause nothing.
    pub fn causes(self) -> bool {
        match self {
            Self::Decides
            | Self::Offers
            | Self::InvokedOn
            | Self::SentTo
            | Self::Produces
            | Self::ResultsIn
            | Self::Activates
            | Self::Issues
            | Self::CarriedOut
            | Self::Feeds
            | Self::Elapses
            | Self::Starts
            | Self::Stimulates
            | Self::ReactsWithoutPolicy => true,
            Self::Observed
            | Self::Consulted
            | Self::Supports
            | Self::Shown
            | Self::UsedBy
            | Self::Uses
            | Self::Follows
            | Self::Annotates
            | Self::Outside => false,
        }
    }

    /// Whether the arrow says who issues the command at its end.
    pub fn issues(self) -> bool {
        matches!(
            self,
            Self::Decides | Self::Offers | Self::Issues | Self::Stimulates | Self::ReactsWithoutPolicy | Self::Supports
        )
    }

    /// Whether the arrow says what handles the command at its start.
    pub fn handles(self) -> bool {
        matches!(self, Self::InvokedOn | Self::SentTo)
    }

    /// Whether the arrow says where the event at its end comes from.
    pub fn brings(self) -> bool {
        matches!(self, Self::Produces | Self::ResultsIn | Self::Elapses)
    }
}

/// One line of the grammar.
#[derive(Clone, Copy, Debug)]
pub struct Production {
    /// The role at the start.
    pub from: Role,
    /// The role at the end.
    pub to: Role,
    /// What the arrow means.
    pub relation: Relation,
    /// The level from which people draw it.
    pub level: Level,
}

const fn line(from: Role, to: Role, relation: Relation, level: Level) -> Production {
    Production { from, to, relation, level }
}

/// The grammar: every pair of roles that may be joined by an arrow.
pub static GRAMMAR: &[Production] = &[
    line(Role::Actor, Role::Command, Relation::Decides, Level::Process),
    line(Role::ReadModel, Role::Actor, Relation::Observed, Level::Process),
    line(Role::ReadModel, Role::Policy, Relation::Consulted, Level::Process),
    line(Role::ReadModel, Role::Command, Relation::Supports, Level::Process),
    line(Role::ReadModel, Role::Ui, Relation::Shown, Level::Design),
    line(Role::Ui, Role::Ui, Relation::Shown, Level::Design),
    line(Role::Ui, Role::Actor, Relation::UsedBy, Level::Design),
    line(Role::Actor, Role::Ui, Relation::Uses, Level::Design),
    line(Role::Ui, Role::Command, Relation::Offers, Level::Design),
    line(Role::Command, Role::Aggregate, Relation::InvokedOn, Level::Design),
    line(Role::Command, Role::External, Relation::SentTo, Level::Process),
    line(Role::Aggregate, Role::Event, Relation::Produces, Level::Design),
    line(Role::External, Role::Event, Relation::Produces, Level::Process),
    line(Role::Command, Role::Event, Relation::ResultsIn, Level::Process),
    line(Role::Event, Role::Policy, Relation::Activates, Level::Process),
    line(Role::Policy, Role::Command, Relation::Issues, Level::Process),
    line(Role::Policy, Role::Actor, Relation::CarriedOut, Level::Process),
    line(Role::Event, Role::ReadModel, Relation::Feeds, Level::Process),
    line(Role::Time, Role::Event, Relation::Elapses, Level::Process),
    line(Role::Time, Role::Policy, Relation::Activates, Level::Process),
    line(Role::Event, Role::Time, Relation::Starts, Level::Process),
    line(Role::External, Role::Command, Relation::Stimulates, Level::Process),
    line(Role::Event, Role::Event, Relation::Follows, Level::BigPicture),
    line(Role::Event, Role::Command, Relation::ReactsWithoutPolicy, Level::Process),
    line(Role::Time, Role::Command, Relation::ReactsWithoutPolicy, Level::Process),
];

/// What an arrow from one role to the other means; `None` if the grammar does not know it.
pub fn relation(from: Role, to: Role) -> Option<Relation> {
    if !from.flows() || !to.flows() {
        return Some(Relation::Annotates);
    }
    GRAMMAR.iter().find(|it| it.from == from && it.to == to).map(|it| it.relation)
}

/// Why the grammar does not know an arrow, as half a sentence: "a command does not cause a command; an event stands
/// between them". `None` if it knows it.
pub fn outside(from: Role, to: Role) -> Option<String> {
    if relation(from, to).is_some() {
        return None;
    }
    let between = match (from, to) {
        (Role::Command, Role::Command) => "an event and a policy stand between them",
        (Role::Command, Role::Policy) => "an event stands between them",
        (Role::Command, Role::ReadModel) => "an event carries what changed",
        (Role::Command, _) => "a command is handled by an aggregate or an external system",
        (Role::Policy, Role::Policy) => "a command and an event stand between them",
        (Role::Policy, Role::Event | Role::Aggregate | Role::External | Role::ReadModel) => {
            "a policy acts through a command"
        }
        (Role::Policy, _) => "a policy issues commands",
        (Role::Aggregate, Role::Command) => "an event and a policy stand between them",
        (Role::Aggregate, Role::Policy | Role::ReadModel) => "an event stands between them",
        (Role::Aggregate, _) => "an aggregate produces events",
        (Role::Event, Role::Aggregate | Role::External) => "a policy and a command stand between them",
        (Role::Event, Role::Actor) => "a read model or a manual policy stands between them",
        (Role::Event, _) => "an event activates policies and feeds read models",
        (Role::External, Role::Policy | Role::ReadModel) => "an event stands between them",
        (Role::External, Role::Aggregate) => "a command stands between them",
        (Role::External, _) => "an external system takes commands and produces events",
        (Role::ReadModel, _) => "a read model is looked at by an actor, a policy or a screen",
        (Role::Actor, Role::Event | Role::Aggregate | Role::External) => "an actor acts through a command",
        (Role::Actor, _) => "an actor decides on commands",
        (Role::Time, _) => "time brings about events and activates policies",
        (Role::Ui, _) => "a screen is used by an actor and offers commands",
        (Role::Hotspot | Role::Term | Role::Annotation, _) => "a remark causes nothing",
    };
    Some(format!("{} does not lead to {}: {between}", article(from), article(to)))
}

/// The role with its article, for sentences.
pub fn article(role: Role) -> &'static str {
    match role {
        Role::Event => "an event",
        Role::Command => "a command",
        Role::Policy => "a policy",
        Role::External => "an external system",
        Role::Aggregate => "an aggregate",
        Role::ReadModel => "a read model",
        Role::Actor => "an actor",
        Role::Time => "a time event",
        Role::Hotspot => "a hotspot",
        Role::Ui => "a screen",
        Role::Term => "a term",
        Role::Annotation => "a note",
    }
}
