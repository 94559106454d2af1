//! Policy: A reaction: whenever this happens, we do that.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "policy",
    name: "Policy",
    role: Role::Policy,
    color: "policy",
    size: Size::new(200, 100),
    shape: Shape::Square,
    shortcut: Some('P'),
    rules: &["when", "map", "select", "create"],
    meaning: "A reaction: whenever this happens, we do that.",
    example: "Whenever an order is placed, authorise the payment",
    runs: "A stream topology: events in, commands out. Rows of the read models that it consults are looked up by key. With an actor it is manual, a task list.",
};
