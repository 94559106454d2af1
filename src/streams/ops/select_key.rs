//! selectKey: gives each record another key.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError, Term};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "selectKey",
    doc: "Gives each record another key; the value stays.",
    parents: 1..=1,
    params: &[("key", "the new key")],
    changes_key: true,
};

/// Gives each record another key.
#[derive(Clone, Debug)]
pub struct SelectKey {
    /// The new key.
    pub key: Term,
}

impl Operator for SelectKey {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let key = ctx.value(&self.key, &message, &[message.row()])?;
        ctx.forward(Message { key, ..Arc::unwrap_or_clone(message) });
        Ok(())
    }
}
