//! Value: Money or another value won or lost at this point.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "value",
    name: "Value",
    role: Role::Annotation,
    color: "value",
    size: Size::new(100, 50),
    shape: Shape::Square,
    shortcut: None,
    rules: &[],
    meaning: "Money or another value won or lost at this point.",
    example: "Customer trust",
    runs: "Nothing: it annotates.",
};
