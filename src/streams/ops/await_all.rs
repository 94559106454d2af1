//! awaitAll: waits until all of several events of one key have happened within a time.

use std::sync::Arc;

use super::ctx::empty_row;
use super::{Ctx, OpSpec, Operator};
use crate::kit::Millis;
use crate::record::{RecordSchema, Value};
use crate::streams::{Message, ProgramError};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "awaitAll",
    doc: "Waits until all of several events of one key have happened within a time, then makes one record of them.",
    parents: 1..=usize::MAX,
    params: &[
        ("inputs", "the events that are waited for, and where their fields go"),
        ("within", "how far apart the first and the last may be"),
        ("store", "the store that holds what has happened so far"),
    ],
    changes_key: false,
};

/// Waits for all of several events of one key.
#[derive(Clone, Debug)]
pub struct AwaitAll {
    /// The store of what has happened so far.
    pub store: Arc<str>,
    /// The events.
    pub inputs: Vec<AwaitedInput>,
    /// How far apart they may be.
    pub within: Millis,
    /// The schema of the record that is made of them.
    pub output: Arc<RecordSchema>,
}

/// One of the events that are waited for.
#[derive(Clone, Debug)]
pub struct AwaitedInput {
    /// Its full name.
    pub event: Arc<str>,
    /// Fields of the event and where they go in the output.
    pub fields: Vec<(usize, usize)>,
}

impl AwaitAll {
    /// What a key's row holds for an input: nothing, or time and value.
    fn seen(&self, row: &Value, at: usize, message: &Message) -> Option<Value> {
        let seen = row.field(at)?;
        let Some(Value::Timestamp(time)) = seen.field(0) else { return None };
        let apart = time.since(message.timestamp).max(message.timestamp.since(*time));
        (apart <= self.within).then(|| seen.clone())
    }
}

impl Operator for AwaitAll {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.store]
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let Some(at) = self.inputs.iter().position(|it| *it.event == *message.type_name()) else {
            return Ok(());
        };
        if message.key.is_null() {
            ctx.dropped("an event without a key cannot be joined");
            return Ok(());
        }
        let row = ctx.store(0).and_then(|it| it.get(&message.key)).map_or(Value::Null, |it| it.value.clone());
        let mut seen: Vec<Option<Value>> =
            (0..self.inputs.len()).map(|other| self.seen(&row, other, &message)).collect();
        if let Some(slot) = seen.get_mut(at) {
            *slot = Some(Value::record(vec![Value::Timestamp(message.timestamp), message.value.clone()]));
        }
        if seen.iter().any(Option::is_none) {
            let row: Vec<Value> = seen.into_iter().map(Option::unwrap_or_default).collect();
            ctx.put(0, &message, message.key.clone(), Value::record(row));
            return Ok(());
        }
        let mut fields = empty_row(&self.output);
        let mut timestamp = message.timestamp;
        for (input, seen) in self.inputs.iter().zip(seen.into_iter().flatten()) {
            if let Some(Value::Timestamp(time)) = seen.field(0) {
                timestamp = timestamp.max(*time);
            }
            for (from, to) in &input.fields {
                let value = seen.field(1).and_then(|it| it.field(*from)).cloned().unwrap_or_default();
                if let Some(slot) = fields.get_mut(*to) {
                    *slot = value;
                }
            }
        }
        ctx.delete(0, &message, &message.key);
        let value = Value::record(fields);
        ctx.forward(Message { value, schema: Some(self.output.clone()), timestamp, ..Arc::unwrap_or_clone(message) });
        Ok(())
    }
}
