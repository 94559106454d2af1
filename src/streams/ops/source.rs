//! source: where records of topics come in.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "source",
    doc: "Reads topics; over a shared topic only records of the named types.",
    parents: 0..=0,
    params: &[("topics", "the topics read"), ("types", "the full names of the records wanted; none is all")],
    changes_key: false,
};

/// Reads topics.
#[derive(Clone, Debug)]
pub struct Source {
    /// The topics.
    pub topics: Vec<Arc<str>>,
    /// The full names of the records wanted; empty is all.
    pub types: Vec<Arc<str>>,
}

impl Operator for Source {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        if self.types.is_empty() || self.types.iter().any(|it| **it == *message.type_name()) {
            ctx.forward(message);
        }
        Ok(())
    }
}
