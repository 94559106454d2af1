//! toTable: the last value of each key.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "toTable",
    doc: "Keeps the last value of each key; a record without a key is dropped, one without a value deletes.",
    parents: 1..=1,
    params: &[("store", "the store of the rows")],
    changes_key: false,
};

/// Keeps the last value of each key.
#[derive(Clone, Debug)]
pub struct ToTable {
    /// The store of the rows.
    pub store: Arc<str>,
}

impl Operator for ToTable {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.store]
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        if message.key.is_null() {
            ctx.dropped("a record without a key has no row");
            return Ok(());
        }
        if message.value.is_null() {
            ctx.delete(0, &message, &message.key);
        } else {
            ctx.put(0, &message, message.key.clone(), message.value.clone());
        }
        ctx.forward(message);
        Ok(())
    }
}
