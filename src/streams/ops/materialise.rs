//! materialise: a read model: events in, one row a key.

use std::sync::Arc;

use super::ctx::empty_row;
use super::{Ctx, OpSpec, Operator};
use crate::record::{RecordSchema, Value};
use crate::streams::{Assignments, Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "materialise",
    doc: "Keeps one row a key, changed by events, and hands each changed row on.",
    parents: 1..=usize::MAX,
    params: &[
        ("store", "the store of the rows"),
        ("row", "the schema of a row"),
        ("rules", "for each event the key of its row, and what it sets there or that it deletes it"),
    ],
    changes_key: true,
};

/// Keeps one row a key.
#[derive(Clone, Debug)]
pub struct Materialise {
    /// The store of the rows.
    pub store: Arc<str>,
    /// The schema of a row.
    pub row: Arc<RecordSchema>,
    /// One rule an event.
    pub rules: Vec<RowRule>,
}

/// What one event does to a row. Rows of programs: 0 is the event, 1 the row.
#[derive(Clone, Debug)]
pub struct RowRule {
    /// The event's full name.
    pub event: Arc<str>,
    /// The key of the row.
    pub key: Term,
    /// Fields of the row and what they become.
    pub sets: Assignments,
    /// The event deletes the row.
    pub deletes: bool,
}

impl Operator for Materialise {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.store]
    }

    fn process(&self, ctx: &mut Ctx<'_>, event: Arc<Message>) -> Result<(), ProgramError> {
        let Some(rule) = self.rules.iter().find(|it| *it.event == *event.type_name()) else {
            return Ok(());
        };
        let key = ctx.value(&rule.key, &event, &[event.row()])?;
        if key.is_null() {
            ctx.dropped("an event without a key has no row");
            return Ok(());
        }
        let value = if rule.deletes {
            if !ctx.delete(0, &event, &key) {
                return Ok(());
            }
            Value::Null
        } else {
            let held = ctx.store(0).and_then(|it| it.get(&key)).map(|it| it.value.clone());
            let held = held.unwrap_or_else(|| Value::record(empty_row(&self.row)));
            let row = ctx.assign(&rule.sets, &event, held.as_record().unwrap_or_default())?;
            ctx.put(0, &event, key.clone(), row.clone());
            row
        };
        ctx.forward(Message { key, value, schema: Some(self.row.clone()), ..Arc::unwrap_or_clone(event) });
        Ok(())
    }
}
