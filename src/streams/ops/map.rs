//! map: makes another record, key and value.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::Mapping;
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "map",
    doc: "Makes another record of each record, key and value.",
    parents: 1..=1,
    params: &[("output", "the new key and the new value")],
    changes_key: true,
};

/// Makes another record of each record.
#[derive(Clone, Debug)]
pub enum Map {
    /// A record with a schema.
    Record(Mapping),
    /// Any key and value, without a schema.
    Plain {
        /// The new key.
        key: Term,
        /// The new value.
        value: Term,
    },
}

impl Operator for Map {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let mapped = match self {
            Self::Record(mapping) => ctx.map(mapping, &message, &[message.row()])?,
            Self::Plain { key, value } => {
                let rows = [message.row()];
                let key = ctx.value(key, &message, &rows)?;
                let value = ctx.value(value, &message, &rows)?;
                Message { key, value, schema: None, ..Arc::unwrap_or_clone(message) }
            }
        };
        ctx.forward(mapped);
        Ok(())
    }
}
