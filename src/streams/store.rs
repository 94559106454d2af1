//! Key-value stores of a task.

use std::collections::BTreeMap;

use crate::kit::Timestamp;
use crate::record::Value;

/// What a store holds for a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The value.
    pub value: Value,
    /// The time of the record that set it.
    pub timestamp: Timestamp,
}

/// Rows by key, in the order of the keys. Changes since [`Store::begin`] can be taken back.
#[derive(Clone, Debug, Default)]
pub struct Store {
    rows: BTreeMap<Value, Row>,
    undo: Vec<(Value, Option<Row>)>,
}

impl Store {
    /// The row of a key.
    pub fn get(&self, key: &Value) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Sets the row of a key.
    pub fn put(&mut self, key: Value, value: Value, timestamp: Timestamp) {
        let old = self.rows.insert(key.clone(), Row { value, timestamp });
        self.undo.push((key, old));
    }

    /// Removes the row of a key; tells whether there was one.
    pub fn delete(&mut self, key: &Value) -> bool {
        let old = self.rows.remove(key);
        let had = old.is_some();
        if had {
            self.undo.push((key.clone(), old));
        }
        had
    }

    /// The rows in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Value, &Row)> {
        self.rows.iter()
    }

    /// The first row.
    pub fn first(&self) -> Option<(&Value, &Row)> {
        self.rows.first_key_value()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// From here on changes can be taken back.
    pub(super) fn begin(&mut self) {
        self.undo.clear();
    }

    /// Takes the changes since [`Self::begin`] back.
    pub(super) fn roll_back(&mut self) {
        while let Some((key, old)) = self.undo.pop() {
            match old {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
    }
}
