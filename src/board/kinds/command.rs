//! Command: A decision or an intention, in the imperative.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "command",
    name: "Command",
    role: Role::Command,
    color: "command",
    size: Size::new(100, 100),
    shape: Shape::Square,
    shortcut: Some('C'),
    rules: &["requires"],
    meaning: "A decision or an intention, in the imperative.",
    example: "Place Order",
    runs: "A request to the aggregate or external system that handles it.",
};
