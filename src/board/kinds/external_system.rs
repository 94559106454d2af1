//! External system: Something outside that we use or blame: a department, a provider, a piece of software.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "external_system",
    name: "External system",
    role: Role::External,
    color: "external_system",
    size: Size::new(200, 100),
    shape: Shape::Square,
    shortcut: Some('X'),
    rules: &["latency", "fails", "answers"],
    meaning: "Something outside that we use or blame: a department, a provider, a piece of software.",
    example: "Payment Provider",
    runs: "A party that takes commands and answers with an event after a latency, and may fail.",
};
