//! Avro names: `OrderPlaced` in the namespace of its context.

use crate::kit::{pascal, snake};

use super::{Output, OutputSpec};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::Avro,
    key: "avro",
    title: "Avro record",
    doc: "The record's name in its schema, subject and `type` header, after the namespace of its context.",
    board_wide: false,
    joiner: "_",
    form: pascal,
    reserved: |name| RESERVED.contains(&name.to_ascii_lowercase().as_str()),
};

/// Avro's words for types: its specification forbids them as names of records, its readers do not all say so.
const RESERVED: &[&str] = &[
    "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum", "array", "map", "union",
    "fixed", "error",
];

/// The namespace of a context, from its name in the table.
pub(in crate::model) fn namespace(name: &str) -> String {
    snake(name)
}
