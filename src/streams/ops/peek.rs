//! peek: shows each record to the driver and lets it pass.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError, StreamEffect};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "peek",
    doc: "Reports each record and lets it pass unchanged.",
    parents: 1..=1,
    params: &[],
    changes_key: false,
};

/// Reports each record.
#[derive(Clone, Copy, Debug)]
pub struct Peek;

impl Operator for Peek {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        if let Some(schema) = &message.schema {
            let node = ctx.node();
            ctx.effect(StreamEffect::Filtered { node, message: schema.name.clone(), passed: true });
        }
        ctx.forward(message);
        Ok(())
    }
}
