//! flatMap: makes any number of records of each record.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::record::Value;
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "flatMap",
    doc: "Makes any number of records of each record, keys and values.",
    parents: 1..=1,
    params: &[("items", "a list of pairs of key and value")],
    changes_key: true,
};

/// Makes any number of records of each record.
#[derive(Clone, Debug)]
pub struct FlatMap {
    /// A list whose items are records of two fields, key and value. NULL is the empty list.
    pub items: Term,
}

impl Operator for FlatMap {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let items = ctx.value(&self.items, &message, &[message.row()])?;
        let Value::List(items) = items else { return Ok(()) };
        for item in items {
            let key = item.field(0).cloned().unwrap_or_default();
            let value = item.field(1).cloned().unwrap_or_default();
            ctx.forward(Message { key, value, schema: None, ..Message::clone(&message) });
        }
        Ok(())
    }
}
