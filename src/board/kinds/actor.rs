//! Actor: A person in a role who takes decisions.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "actor",
    name: "Actor",
    role: Role::Actor,
    color: "actor",
    size: Size::new(100, 50),
    shape: Shape::Square,
    shortcut: Some('U'),
    rules: &["rate", "values"],
    meaning: "A person in a role who takes decisions.",
    example: "Customer",
    runs: "A source of commands, at a rate and with data.",
};
