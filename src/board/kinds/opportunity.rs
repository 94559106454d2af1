//! Opportunity: An idea that came up on the way.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "opportunity",
    name: "Opportunity",
    role: Role::Annotation,
    color: "opportunity",
    size: Size::new(100, 100),
    shape: Shape::Diamond,
    shortcut: Some('O'),
    rules: &[],
    meaning: "An idea that came up on the way.",
    example: "Live location of the courier",
    runs: "Nothing: it annotates.",
};
