//! Formats: values to bytes and back, by type.

pub(in crate::record) mod avro;
mod json;

pub use json::{from_json, to_json};

use super::Type;
use super::Value;

/// How values become bytes.
pub trait Format: Sync {
    /// Its name, as in a serializer's configuration.
    fn name(&self) -> &'static str;

    /// What it is, in one sentence.
    fn doc(&self) -> &'static str;

    /// Writes the value at the end of `out`. On an error `out` holds what was written until then.
    fn encode(&self, value: &Value, ty: &Type, out: &mut Vec<u8>) -> Result<(), FormatError>;

    /// Reads one value, which must be all of the bytes. Never allocates more than the bytes and the type justify.
    fn decode(&self, bytes: &[u8], ty: &Type) -> Result<Value, FormatError>;
}

/// Every format.
pub static ALL: &[&dyn Format] = &[&avro::Avro, &json::Json];

/// The format that topics of a board use.
pub static AVRO: &dyn Format = &avro::Avro;

/// JSON, for people and logs.
pub static JSON: &dyn Format = &json::Json;

/// Bytes that are no value of the type, or a value that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The bytes ended within a value.
    #[error("byte {at}: the data ends within a {wanted}")]
    Short {
        /// Where the value starts.
        at: usize,
        /// What was being read.
        wanted: &'static str,
    },
    /// The bytes are no such value.
    #[error("byte {at}: {what}")]
    Bad {
        /// Where.
        at: usize,
        /// What is wrong.
        what: String,
    },
    /// There are bytes after the value.
    #[error("{count} bytes are left after the value; was it written with another schema?")]
    Left {
        /// How many.
        count: usize,
    },
    /// The value does not fit its type.
    #[error("{found} cannot be written as {wanted}")]
    Mismatch {
        /// What there was.
        found: String,
        /// The type that was wanted.
        wanted: String,
    },
    /// Nested deeper than any board needs.
    #[error("byte {at}: values are nested too deep")]
    Depth {
        /// Where.
        at: usize,
    },
}

impl FormatError {
    fn mismatch(value: &Value, ty: &Type) -> Self {
        let text: String = value.to_string().chars().take(40).collect();
        let found = if value.is_null() { "NULL".to_owned() } else { format!("{} `{text}`", value.kind()) };
        Self::Mismatch { found, wanted: ty.to_string() }
    }
}
