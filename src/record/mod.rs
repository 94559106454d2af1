//! Values, schemas and records, and the formats that turn them into bytes.
//!
//! This room knows nothing of boards, topics or expressions; it reads no file and no clock.

#![deny(clippy::disallowed_methods)]

mod schema;
mod value;
mod text;
mod message;
mod id;
pub mod formats;

pub use id::{ParseRecordIdError, RecordId};
pub use message::{CAUSE, CORRELATION, Header, Headers, RawRecord, Record, TYPE};
pub use schema::{EnumSchema, EnumSymbol, FieldSchema, RecordSchema, Type};
pub use text::ParseValueError;
pub use value::{TypeMismatch, Value};
