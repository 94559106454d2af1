//! leftJoin: rows of global tables beside each record.

use std::sync::Arc;

use super::ctx::empty_row;
use super::{Ctx, OpSpec, Operator};
use crate::record::{RecordSchema, Value};
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "leftJoin",
    doc: "Puts beside each record the rows that global tables hold for keys made of it; NULLs where there is none.",
    parents: 1..=1,
    params: &[
        ("tables", "the stores of the tables, the key to look up in each, and the place of its row in the output"),
        ("output", "the schema of record and rows together"),
    ],
    changes_key: false,
};

/// Puts rows of tables beside each record.
#[derive(Clone, Debug)]
pub struct LeftJoin {
    /// The tables.
    pub tables: Vec<JoinedTable>,
    /// The schema of what comes out: the record's fields, then those of each row.
    pub output: Arc<RecordSchema>,
}

/// A table in which a row is looked up.
#[derive(Clone, Debug)]
pub struct JoinedTable {
    /// Its store.
    pub store: Arc<str>,
    /// The key of the row.
    pub key: Term,
    /// Where its first field goes in the output.
    pub at: usize,
}

impl Operator for LeftJoin {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        self.tables.iter().map(|it| &it.store).collect()
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let mut fields = empty_row(&self.output);
        let own = message.row();
        for (slot, value) in fields.iter_mut().zip(own) {
            *slot = value.clone();
        }
        for (which, table) in self.tables.iter().enumerate() {
            let key = ctx.value(&table.key, &message, &[own])?;
            let row = ctx.store(which).and_then(|it| it.get(&key)).and_then(|it| it.value.as_record());
            for (slot, value) in fields.iter_mut().skip(table.at).zip(row.unwrap_or_default()) {
                *slot = value.clone();
            }
        }
        let value = Value::record(fields);
        ctx.forward(Message { value, schema: Some(self.output.clone()), ..Arc::unwrap_or_clone(message) });
        Ok(())
    }
}
