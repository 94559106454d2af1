//! Aggregate: The business rules round commands and events; the thing that decides. The cheat sheet calls it constraint.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "aggregate",
    name: "Aggregate",
    role: Role::Aggregate,
    color: "aggregate",
    size: Size::new(200, 100),
    shape: Shape::Square,
    shortcut: Some('A'),
    rules: &["always"],
    meaning: "The business rules round commands and events; the thing that decides. The cheat sheet calls it constraint.",
    example: "Order",
    runs: "An event-sourced state machine with one instance a key.",
};
