//! filterNot: drops what a predicate is TRUE for.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator, filter};
use crate::streams::{Guard, Message, ProgramError};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "filterNot",
    doc: "Drops the records for which the predicate is TRUE.",
    parents: 1..=1,
    params: &[("predicate", "the condition; a sentence in prose is decided by the driver")],
    changes_key: false,
};

/// Drops what the predicate is TRUE for.
#[derive(Clone, Debug)]
pub struct FilterNot {
    /// The predicate.
    pub predicate: Guard,
}

impl Operator for FilterNot {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        filter::run(ctx, &self.predicate, false, message)
    }
}
