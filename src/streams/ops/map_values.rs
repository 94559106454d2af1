//! mapValues: makes another value; the key stays.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::record::RecordSchema;
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "mapValues",
    doc: "Makes another value of each value; the key stays, so the partition does.",
    parents: 1..=1,
    params: &[("fields", "a term for each field of the new value")],
    changes_key: false,
};

/// Makes another value of each value.
#[derive(Clone, Debug)]
pub enum MapValues {
    /// A record with a schema, a term for each field.
    Record(Arc<RecordSchema>, Vec<Term>),
    /// Any value, without a schema.
    Plain(Term),
}

impl Operator for MapValues {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let rows = [message.row()];
        let (value, schema) = match self {
            Self::Record(schema, terms) => (ctx.record(terms, &message, &rows)?, Some(schema.clone())),
            Self::Plain(term) => (ctx.value(term, &message, &rows)?, None),
        };
        ctx.forward(Message { value, schema, ..Arc::unwrap_or_clone(message) });
        Ok(())
    }
}
