//! Rust types: `OrderPlaced`.

use crate::kit::pascal;

use super::{Output, OutputSpec};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::RustType,
    key: "rust_type",
    title: "Rust type",
    doc: "The struct of a message, record, state or row in the generated crate of its context.",
    board_wide: false,
    joiner: "",
    form: pascal,
    reserved: |name| RESERVED.contains(&name),
};

/// The prelude, primitive-like names, and what generated modules call their own types.
const RESERVED: &[&str] = &[
    "Aggregate", "Arc", "AsMut", "AsRef", "BTreeMap", "Box", "Clone", "Command", "Commands", "Copy", "Date", "DateTime",
    "Debug", "Decimal", "Default", "Deserialize", "Display", "DoubleEndedIterator", "Drop", "Eq", "Err", "Error",
    "Event", "Events", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "HashMap",
    "Hash", "Into", "IntoIterator", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result",
    "Self", "Send", "Serialize", "Sized", "Some", "State", "String", "Sync", "Time", "Timestamp", "ToOwned",
    "ToString", "TryFrom", "TryInto", "Unpin", "Uuid", "Vec",
];
