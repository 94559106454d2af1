//! branch: sends each record one way.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Guard, Message, ProgramError, outcome};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "branch",
    doc: "Sends each record to the child whose predicate is the first that is TRUE.",
    parents: 1..=1,
    params: &[("predicates", "one for each child in order; `otherwise` takes what is left, else it is dropped")],
    changes_key: false,
};

/// Sends each record one way.
#[derive(Clone, Debug)]
pub struct Branch {
    /// One for each child, in order. [`Guard::Otherwise`] takes what no other took, wherever it stands.
    pub predicates: Vec<Guard>,
}

impl Operator for Branch {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        for (child, guard) in self.predicates.iter().enumerate() {
            if outcome::holds(ctx, guard, &message, &[message.row()], outcome::Fork::Alone)? {
                ctx.forward_to(child, message);
                return Ok(());
            }
        }
        if let Some(child) = self.predicates.iter().position(|it| matches!(it, Guard::Otherwise)) {
            ctx.forward_to(child, message);
        }
        Ok(())
    }
}
