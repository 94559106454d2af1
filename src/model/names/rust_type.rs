//! Rust types: `OrderPlaced`.

use crate::kit::pascal;

use super::{Output, OutputSpec, reserved};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::RustType,
    key: "rust_type",
    title: "Rust type",
    doc: "The struct of a message, record, state or row in the generated crate of its context.",
    board_wide: false,
    joiner: "",
    form: pascal,
    reserved: |name| reserved::TYPES.contains(&name),
};
