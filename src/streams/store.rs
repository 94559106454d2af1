//! Key-value stores of a task.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

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

/// Rows by key. Changes since [`Store::begin`] can be taken back.
///
/// Rows are found by hash, so that a store of a million keys is as fast as one of ten. Only a store that is asked for
/// its first row keeps its keys in order beside that.
#[derive(Clone, Debug, Default)]
pub struct Store {
    rows: FxHashMap<Value, Row>,
    order: Option<BTreeSet<Value>>,
    undo: Vec<(Value, Option<Row>)>,
}

impl Store {
    /// An empty store that can tell its first row.
    pub(super) fn ordered() -> Self {
        Self { order: Some(BTreeSet::new()), ..Self::default() }
    }

    /// The row of a key.
    pub fn get(&self, key: &Value) -> Option<&Row> {
        self.rows.get(key)
    }

    /// Sets the row of a key.
    pub fn put(&mut self, key: Value, value: Value, timestamp: Timestamp) {
        let old = self.insert(key.clone(), Row { value, timestamp });
        self.undo.push((key, old));
    }

    /// Removes the row of a key; tells whether there was one.
    pub fn delete(&mut self, key: &Value) -> bool {
        let old = self.remove(key);
        let had = old.is_some();
        if had {
            self.undo.push((key.clone(), old));
        }
        had
    }

    fn insert(&mut self, key: Value, row: Row) -> Option<Row> {
        if let Some(order) = &mut self.order {
            order.insert(key.clone());
        }
        self.rows.insert(key, row)
    }

    fn remove(&mut self, key: &Value) -> Option<Row> {
        if let Some(order) = &mut self.order {
            order.remove(key);
        }
        self.rows.remove(key)
    }

    /// The rows in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Value, &Row)> {
        let mut rows: Vec<(&Value, &Row)> = self.rows.iter().collect();
        rows.sort_unstable_by_key(|it| it.0);
        rows.into_iter()
    }

    /// The first row, of a store that keeps its keys in order.
    pub fn first(&self) -> Option<(&Value, &Row)> {
        self.rows.get_key_value(self.order.as_ref()?.first()?)
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
        self.rows.clear();
        self.undo.clear();
        if let Some(order) = &mut self.order {
            order.clear();
        }
    }

    /// From here on changes can be taken back.
    pub(super) fn begin(&mut self) {
        self.undo.clear();
    }

    /// Takes the changes since [`Self::begin`] back.
    pub(super) fn roll_back(&mut self) {
        while let Some((key, old)) = self.undo.pop() {
            match old {
                Some(row) => self.insert(key, row),
                None => self.remove(&key),
            };
        }
    }
}
