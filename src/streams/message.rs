//! What flows through a topology.

use std::sync::Arc;

use crate::kit::Timestamp;
use crate::record::{Headers, RecordId, RecordSchema, Value};

/// A record within a topology: decoded, with what it needs to know about its story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The key; [`Value::Null`] is none.
    pub key: Value,
    /// The value; [`Value::Null`] is a tombstone.
    pub value: Value,
    /// The schema of the value, if it is a record of a known type.
    pub schema: Option<Arc<RecordSchema>>,
    /// Its time.
    pub timestamp: Timestamp,
    /// The story that it belongs to.
    pub correlation: Option<Arc<str>>,
    /// The record that causes what becomes of this message.
    pub cause: Option<RecordId>,
    /// Further headers, passed on as they came.
    pub headers: Headers,
}

impl Message {
    /// A message without schema and story.
    pub fn new(key: Value, value: Value, timestamp: Timestamp) -> Self {
        Self { key, value, timestamp, ..Self::default() }
    }

    /// The full name of the value's schema; empty if it has none.
    pub fn type_name(&self) -> &str {
        self.schema.as_ref().map_or("", |it| &it.name)
    }

    /// The value's fields as a row: a record's fields, any other value as a single column.
    pub fn row(&self) -> &[Value] {
        match &self.value {
            Value::Record(fields) => fields,
            other => std::slice::from_ref(other),
        }
    }
}
