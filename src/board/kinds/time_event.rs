//! Time event: Time that passes and so makes something happen.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "time_event",
    name: "Time event",
    role: Role::Time,
    color: "time_event",
    size: Size::new(100, 100),
    shape: Shape::Clock,
    shortcut: Some('T'),
    rules: &["every", "at", "after"],
    meaning: "Time that passes and so makes something happen.",
    example: "Every morning",
    runs: "A timer; one a key where it follows an event.",
};
