//! Note: Text that belongs to the board and means nothing to the machine.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "note",
    name: "Note",
    role: Role::Annotation,
    color: "note",
    size: Size::new(100, 100),
    shape: Shape::Square,
    shortcut: Some('N'),
    rules: &[],
    meaning: "Text that belongs to the board and means nothing to the machine.",
    example: "Parking lot",
    runs: "Nothing: it annotates.",
};
