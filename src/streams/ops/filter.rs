//! filter: keeps what a predicate is TRUE for.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Guard, Message, ProgramError, StreamEffect, outcome};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "filter",
    doc: "Keeps the records for which the predicate is TRUE.",
    parents: 1..=1,
    params: &[("predicate", "the condition; a sentence in prose is decided by the driver")],
    changes_key: false,
};

/// Keeps what the predicate is TRUE for.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The predicate.
    pub predicate: Guard,
}

/// What [`Filter`] and its opposite share.
pub(super) fn run(ctx: &mut Ctx<'_>, guard: &Guard, keep: bool, message: Arc<Message>) -> Result<(), ProgramError> {
    let passed = outcome::holds(ctx, guard, &message, &[message.row()], outcome::Fork::Alone)? == keep;
    if let Some(schema) = &message.schema {
        let node = ctx.node();
        ctx.effect(StreamEffect::Filtered { node, message: schema.name.clone(), passed });
    }
    if passed {
        ctx.forward(message);
    }
    Ok(())
}

impl Operator for Filter {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        run(ctx, &self.predicate, true, message)
    }
}
