//! Read model: What somebody looks at in order to decide.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "read_model",
    name: "Read model",
    role: Role::ReadModel,
    color: "read_model",
    size: Size::new(100, 100),
    shape: Shape::Square,
    shortcut: Some('R'),
    rules: &["select", "create"],
    meaning: "What somebody looks at in order to decide.",
    example: "Open Orders",
    runs: "A table materialised from events, the query side; policies look rows up in it.",
};
