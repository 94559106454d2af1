//! sink: where records leave for a topic.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::streams::{Message, ProgramError, StreamEffect};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "sink",
    doc: "Writes a topic; of a mixed stream only the records of the named types.",
    parents: 1..=usize::MAX,
    params: &[("topic", "the topic written"), ("types", "the full names of the records written; none is all")],
    changes_key: false,
};

/// Writes a topic.
#[derive(Clone, Debug)]
pub struct Sink {
    /// The topic.
    pub topic: Arc<str>,
    /// The full names of the records written; empty is all.
    pub types: Vec<Arc<str>>,
}

impl Operator for Sink {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        if self.types.is_empty() || self.types.iter().any(|it| **it == *message.type_name()) {
            let node = ctx.node();
            ctx.effect(StreamEffect::Sent { node, topic: self.topic.clone(), message });
        }
        Ok(())
    }
}
