//! Hotspot: A question, a conflict or a risk. It blocks nothing and is counted until it is closed.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "hotspot",
    name: "Hotspot",
    role: Role::Hotspot,
    color: "hotspot",
    size: Size::new(100, 100),
    shape: Shape::Diamond,
    shortcut: Some('Q'),
    rules: &[],
    meaning: "A question, a conflict or a risk. It blocks nothing and is counted until it is closed.",
    example: "What if the payment fails?",
    runs: "Nothing: it annotates.",
};
