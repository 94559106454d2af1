//! UI mock-up: What the actor sees and uses.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "ui",
    name: "UI mock-up",
    role: Role::Ui,
    color: "ui",
    size: Size::new(200, 150),
    shape: Shape::Square,
    shortcut: None,
    rules: &[],
    meaning: "What the actor sees and uses.",
    example: "Order form",
    runs: "Nothing by itself: it stands between a read model and an actor.",
};
