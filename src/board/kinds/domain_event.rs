//! Domain event: Something that happened and that the experts care about, in the past tense.

use super::{KindSpec, Role, Shape};
use crate::kit::Size;

pub(super) const SPEC: KindSpec = KindSpec {
    key: "domain_event",
    name: "Domain event",
    role: Role::Event,
    color: "event",
    size: Size::new(100, 100),
    shape: Shape::Square,
    shortcut: Some('E'),
    rules: &["sets"],
    meaning: "Something that happened and that the experts care about, in the past tense.",
    example: "Order Placed",
    runs: "A record on a topic, with an Avro schema of its own.",
};
