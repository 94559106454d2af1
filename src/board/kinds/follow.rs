//! What people put behind and before a sticky: the grammar as a hand needs it, the usual kind first.

use super::{Kind, Role};

/// The kinds that an arrow from this kind usually leads to, the most usual first; none for remarks.
pub fn followers(kind: Kind) -> &'static [Kind] {
    match kind.role() {
        Role::Command => &[Kind::AGGREGATE, Kind::EXTERNAL_SYSTEM, Kind::DOMAIN_EVENT],
        Role::Aggregate => &[Kind::DOMAIN_EVENT],
        Role::Event => &[Kind::POLICY, Kind::READ_MODEL, Kind::DOMAIN_EVENT, Kind::COMMAND, Kind::TIME_EVENT],
        Role::Policy => &[Kind::COMMAND, Kind::ACTOR],
        Role::External => &[Kind::DOMAIN_EVENT, Kind::COMMAND],
        Role::ReadModel => &[Kind::ACTOR, Kind::POLICY, Kind::UI, Kind::COMMAND],
        Role::Actor => &[Kind::COMMAND, Kind::UI],
        Role::Ui => &[Kind::COMMAND, Kind::ACTOR, Kind::UI],
        Role::Time => &[Kind::POLICY, Kind::DOMAIN_EVENT, Kind::COMMAND],
        Role::Hotspot | Role::Term | Role::Annotation => &[],
    }
}

/// The kinds from which an arrow usually leads to this kind, the most usual first; none for remarks.
pub fn forerunners(kind: Kind) -> &'static [Kind] {
    match kind.role() {
        Role::Command => &[
            Kind::ACTOR,
            Kind::POLICY,
            Kind::UI,
            Kind::READ_MODEL,
            Kind::EXTERNAL_SYSTEM,
            Kind::DOMAIN_EVENT,
            Kind::TIME_EVENT,
        ],
        Role::Aggregate | Role::External => &[Kind::COMMAND],
        Role::Event => &[Kind::AGGREGATE, Kind::EXTERNAL_SYSTEM, Kind::COMMAND, Kind::DOMAIN_EVENT, Kind::TIME_EVENT],
        Role::Policy => &[Kind::DOMAIN_EVENT, Kind::TIME_EVENT, Kind::READ_MODEL],
        Role::ReadModel | Role::Time => &[Kind::DOMAIN_EVENT],
        Role::Actor => &[Kind::READ_MODEL, Kind::POLICY, Kind::UI],
        Role::Ui => &[Kind::READ_MODEL, Kind::ACTOR, Kind::UI],
        Role::Hotspot | Role::Term | Role::Annotation => &[],
    }
}
