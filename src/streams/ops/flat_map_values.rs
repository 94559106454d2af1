//! flatMapValues: makes any number of values of each value; the key stays.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::record::Value;
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "flatMapValues",
    doc: "Makes any number of values of each value; the key stays.",
    parents: 1..=1,
    params: &[("items", "a list of values")],
    changes_key: false,
};

/// Makes any number of values of each value.
#[derive(Clone, Debug)]
pub struct FlatMapValues {
    /// A list of values. NULL is the empty list.
    pub items: Term,
}

impl Operator for FlatMapValues {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let items = ctx.value(&self.items, &message, &[message.row()])?;
        let Value::List(items) = items else { return Ok(()) };
        for value in items {
            ctx.forward(Message { value, schema: None, ..Message::clone(&message) });
        }
        Ok(())
    }
}
