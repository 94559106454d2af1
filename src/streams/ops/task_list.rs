//! task_list: what a person does: each message waits on a list until somebody gets round to it.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::kit::{Millis, Timestamp};
use crate::record::{RecordId, RecordSchema, Value};
use crate::streams::{Message, ProgramError, Store, TaskEffect};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "task_list",
    doc: "Keeps each message for a while, as a person's list of tasks does, and then hands it on.",
    parents: 1..=usize::MAX,
    params: &[
        ("tasks", "the store of what is still to be done, by the time at which it will be"),
        ("delay", "the shortest and the longest time that a task waits; the driver chooses between them"),
        ("schemas", "the types of the messages"),
    ],
    changes_key: false,
};

/// The driver chooses one of so many delays between the shortest and the longest.
const CHOICES: i64 = 16;

/// Keeps each message for a while.
#[derive(Clone, Debug)]
pub struct TaskList {
    /// The store of the tasks.
    pub tasks: Arc<str>,
    /// The shortest and the longest time that a task waits.
    pub delay: (Millis, Millis),
    /// The types of the messages; one of another type is dropped.
    pub schemas: Vec<Arc<RecordSchema>>,
}

impl TaskList {
    fn delay(&self, ctx: &mut Ctx<'_>, message: &Message) -> Millis {
        let (low, high) = (self.delay.0.0.max(0), self.delay.1.0);
        let span = high.saturating_sub(low).max(0);
        if span == 0 {
            return Millis(low);
        }
        let names: Vec<Arc<str>> =
            (0..CHOICES).map(|it| Arc::from(Millis(low + span / (CHOICES - 1) * it).to_string())).collect();
        let choice = ctx.choose(message, &names) as i64;
        Millis(low + span / (CHOICES - 1) * choice.min(CHOICES - 1))
    }
}

impl Operator for TaskList {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.tasks]
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Message) -> Result<(), ProgramError> {
        if !self.schemas.iter().any(|it| *it.name == *message.type_name()) {
            ctx.dropped("a task list knows no such type");
            return Ok(());
        }
        let delay = self.delay(ctx, &message);
        let due = ctx.now().max(message.timestamp) + delay;
        let text = |text: Option<String>| text.map_or(Value::Null, Value::text);
        let number = ctx.store(0).map_or(0, Store::len);
        let cause = text(message.cause.as_ref().map(RecordId::to_string));
        let place =
            Value::Record(vec![Value::Timestamp(due), message.key.clone(), cause.clone(), Value::Long(number as i64)]);
        let row = Value::Record(vec![
            message.value.clone(),
            text(Some(message.type_name().to_owned())),
            text(message.correlation.as_deref().map(str::to_owned)),
            cause,
        ]);
        ctx.put_quietly(0, message.timestamp, place, Some(row));
        let node = ctx.node();
        ctx.effect(TaskEffect::TimerSet { node, key: message.key, due });
        Ok(())
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn next_due(&self, stores: &[&Store], _since: Timestamp) -> Option<Timestamp> {
        match stores.first()?.first()?.0.field(0) {
            Some(Value::Timestamp(due)) => Some(*due),
            _ => None,
        }
    }

    fn punctuate(&self, ctx: &mut Ctx<'_>, time: Timestamp) -> Result<(), ProgramError> {
        loop {
            let Some((place, row)) = ctx.store(0).and_then(Store::first) else { return Ok(()) };
            let (Some(Value::Timestamp(due)), Some(key)) = (place.field(0), place.field(1)) else { return Ok(()) };
            if *due > time {
                return Ok(());
            }
            let (place, key) = (place.clone(), key.clone());
            let word = |at: usize| row.value.field(at).and_then(Value::as_text);
            let message = Message {
                key: key.clone(),
                value: row.value.field(0).cloned().unwrap_or_default(),
                schema: self.schemas.iter().find(|it| Some(&*it.name) == word(1)).cloned(),
                timestamp: time,
                correlation: word(2).map(Arc::from),
                cause: word(3).and_then(|it| it.parse().ok()),
                headers: Default::default(),
            };
            ctx.put_quietly(0, time, place, None);
            let node = ctx.node();
            ctx.effect(TaskEffect::TimerFired { node, key });
            ctx.forward(message);
        }
    }
}
