//! merge: brings streams together.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "merge",
    doc: "Brings streams together, in the order in which the records arrive.",
    parents: 1..=usize::MAX,
    params: &[],
    changes_key: false,
};

/// Brings streams together.
#[derive(Clone, Copy, Debug)]
pub struct Merge;

impl Operator for Merge {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        ctx.forward(message);
        Ok(())
    }
}
