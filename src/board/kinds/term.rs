//! Glossary term: A word that the group agreed on. With fields it names a record type that other stickies can use.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "term",
    name: "Glossary term",
    role: Role::Term,
    color: "term",
    size: Size::new(100, 100),
    shape: Shape::Square,
    shortcut: Some('G'),
    rules: &[],
    meaning: "A word that the group agreed on. With fields it names a record type that other stickies can use.",
    example: "Order line",
    runs: "Nothing by itself: its fields are a type.",
};
