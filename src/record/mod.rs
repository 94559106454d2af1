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
mod avro_schema;

pub use avro_schema::{AvroSchemaError, avro_schema, parse_avro_schema};
pub use formats::{ALL as ALL_FORMATS, AVRO, Format, FormatError, JSON, from_json, to_json};
pub use id::{ParseRecordIdError, RecordId};
pub use message::{CAUSE, CORRELATION, Header, Headers, RawRecord, Record, TYPE};
pub use schema::{EnumSchema, EnumSymbol, FieldSchema, RecordSchema, Type};
pub use text::ParseValueError;
pub use value::{TypeMismatch, Value};
