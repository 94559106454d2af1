//! react: a policy: one record in, the commands that follow from it out.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Guard, Message, Outcomes, ProgramError, StreamEffect, outcome};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "react",
    doc: "Makes the records that follow from each record: all of them, or one of several.",
    parents: 1..=usize::MAX,
    params: &[
        ("guard", "whether to react at all"),
        ("outcomes", "what follows, each with its condition, key and fields; one of them or all"),
    ],
    changes_key: true,
};

/// Makes the records that follow from each record.
#[derive(Clone, Debug)]
pub struct React {
    /// Whether to react at all.
    pub guard: Guard,
    /// What follows.
    pub outcomes: Outcomes,
}

impl Operator for React {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let rows = [message.row()];
        let reacts = outcome::holds(ctx, &self.guard, &message, &rows, outcome::Fork::Alone)?;
        let taken = if reacts { outcome::taken(ctx, &self.outcomes, &message, &rows)? } else { Vec::new() };
        if let Some(schema) = &message.schema {
            let (node, passed) = (ctx.node(), !taken.is_empty());
            ctx.effect(StreamEffect::Filtered { node, message: schema.name.clone(), passed });
        }
        for alternative in taken {
            let made = ctx.map(&alternative.mapping, &message, &rows)?;
            ctx.forward(made);
        }
        Ok(())
    }
}
