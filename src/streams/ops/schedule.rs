//! schedule: time events: every so often, or some time after an event unless another came first.

use std::sync::Arc;

use super::{Ctx, OpSpec, Operator};
use crate::kit::{Millis, Timestamp};
use crate::record::{RecordId, Value};
use crate::streams::{Mapping, Message, ProgramError, Store, StreamEffect};

pub(super) const SPEC: OpSpec = OpSpec {
    name: "schedule",
    doc: "Makes time events: every so often, or one a key some time after an event unless another came first.",
    parents: 0..=usize::MAX,
    params: &[
        ("rule", "when it goes off"),
        ("output", "the time event; row 0 is the event that set the timer"),
        ("by_key", "the store of the timers by key"),
        ("by_due", "the store of the timers by the time at which they are due"),
    ],
    changes_key: true,
};

/// Makes time events by the driver's clock.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// When.
    pub rule: TimerRule,
    /// What is made. For [`TimerRule::Every`] there is no event: its terms see an empty row and a NULL key.
    pub output: Mapping,
    /// Timers by key.
    pub by_key: Arc<str>,
    /// Timers by due time.
    pub by_due: Arc<str>,
}

/// When a timer goes off.
#[derive(Clone, Debug)]
pub enum TimerRule {
    /// At every multiple of the interval since 1970 (UTC), so much later: `at 08:00` is every day plus 8 hours.
    Every {
        /// The interval.
        interval: Millis,
        /// How much later.
        offset: Millis,
    },
    /// Some time after an event of a key, once for each such event; a later one starts the time anew.
    After {
        /// How long after.
        delay: Delay,
        /// The full names of the events that start the time.
        starts: Vec<Arc<str>>,
        /// The full names of the events that call it off.
        unless: Vec<Arc<str>>,
    },
}

/// How long after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// So long.
    For(Millis),
    /// Until the clock next shows that time of day, counted from midnight UTC.
    TimeOfDay(Millis),
}

impl Delay {
    fn after(self, time: Timestamp) -> Timestamp {
        match self {
            Self::For(delay) => time + delay,
            Self::TimeOfDay(offset) => next_multiple(Millis::DAY, offset, time).unwrap_or(time),
        }
    }
}

/// The next multiple of `interval` plus `offset` after `since`.
fn next_multiple(interval: Millis, offset: Millis, since: Timestamp) -> Option<Timestamp> {
    let interval = interval.0.max(1);
    let passed = since.0.checked_sub(offset.0)?.div_euclid(interval);
    Some(Timestamp(passed.checked_add(1)?.checked_mul(interval)?.checked_add(offset.0)?))
}

impl Schedule {
    fn set(&self, ctx: &mut Ctx<'_>, delay: Delay, message: &Message) {
        self.cancel(ctx, message, false);
        // A timer counts from the event, but one that is long past goes off now rather than in the past.
        let due = delay.after(message.timestamp);
        let story = |text: Option<String>| text.map_or(Value::Null, Value::text);
        let row = Value::record(vec![
            message.value.clone(),
            Value::Timestamp(message.timestamp),
            story(message.correlation.as_deref().map(str::to_owned)),
            story(message.cause.as_ref().map(RecordId::to_string)),
        ]);
        let place = Value::record(vec![Value::Timestamp(due), message.key.clone()]);
        ctx.put_quietly(0, message.timestamp, message.key.clone(), Some(Value::Timestamp(due)));
        ctx.put_quietly(1, message.timestamp, place, Some(row));
        let node = ctx.node();
        ctx.effect(StreamEffect::TimerSet { node, key: message.key.clone(), due });
    }

    fn cancel(&self, ctx: &mut Ctx<'_>, message: &Message, tell: bool) {
        let Some(due) = ctx.store(0).and_then(|it| it.get(&message.key)).map(|it| it.value.clone()) else { return };
        ctx.put_quietly(0, message.timestamp, message.key.clone(), None);
        ctx.put_quietly(1, message.timestamp, Value::record(vec![due, message.key.clone()]), None);
        if tell {
            let node = ctx.node();
            ctx.effect(StreamEffect::TimerCancelled { node, key: message.key.clone() });
        }
    }

    /// The first timer that is due, which is then set no longer: what its event was.
    fn take_first(&self, ctx: &mut Ctx<'_>, time: Timestamp) -> Option<Message> {
        let (place, row) = ctx.store(1).and_then(Store::first)?;
        let (Some(Value::Timestamp(due)), Some(key)) = (place.field(0), place.field(1)) else { return None };
        if *due > time {
            return None;
        }
        let (place, key) = (place.clone(), key.clone());
        let origin = Message {
            key: key.clone(),
            value: row.value.field(0).cloned().unwrap_or_default(),
            schema: None,
            timestamp: row.timestamp,
            correlation: row.value.field(2).and_then(Value::as_text).map(Arc::from),
            cause: row.value.field(3).and_then(Value::as_text).and_then(|it| it.parse().ok()),
            headers: Default::default(),
        };
        ctx.put_quietly(0, time, key, None);
        ctx.put_quietly(1, time, place, None);
        Some(origin)
    }

    fn fire(&self, ctx: &mut Ctx<'_>, origin: &Message, time: Timestamp) -> Result<(), ProgramError> {
        let node = ctx.node();
        ctx.effect(StreamEffect::TimerFired { node, key: origin.key.clone() });
        let mut made = ctx.map(&self.output, origin, &[origin.row()])?;
        made.timestamp = time;
        ctx.forward(made);
        Ok(())
    }
}

impl Operator for Schedule {
    fn spec(&self) -> &'static OpSpec {
        &SPEC
    }

    fn stores(&self) -> Vec<&Arc<str>> {
        vec![&self.by_key, &self.by_due]
    }

    fn ordered_stores(&self) -> Vec<&Arc<str>> {
        vec![&self.by_due]
    }

    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError> {
        let TimerRule::After { delay, starts, unless } = &self.rule else { return Ok(()) };
        let named = |names: &[Arc<str>]| names.iter().any(|it| **it == *message.type_name());
        if named(unless) {
            self.cancel(ctx, &message, true);
        } else if named(starts) {
            self.set(ctx, *delay, &message);
        }
        Ok(())
    }

    fn is_timed(&self) -> bool {
        true
    }

    fn next_due(&self, stores: &[&Store], since: Timestamp) -> Option<Timestamp> {
        match &self.rule {
            TimerRule::Every { interval, offset } => next_multiple(*interval, *offset, since),
            TimerRule::After { .. } => match stores.get(1)?.first()?.0.field(0) {
                Some(Value::Timestamp(due)) => Some(*due),
                _ => None,
            },
        }
    }

    fn punctuate(&self, ctx: &mut Ctx<'_>, time: Timestamp) -> Result<(), ProgramError> {
        if let TimerRule::Every { .. } = &self.rule {
            return self.fire(ctx, &Message { timestamp: time, ..Message::default() }, time);
        }
        match self.take_first(ctx, time) {
            Some(origin) => self.fire(ctx, &origin, time),
            None => Ok(()),
        }
    }

    fn skip(&self, ctx: &mut Ctx<'_>, time: Timestamp) -> Option<RecordId> {
        self.take_first(ctx, time)?.cause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_morning_at_eight() {
        let at = |since: i64| next_multiple(Millis::DAY, Millis(8 * Millis::HOUR.0), Timestamp(since)).map(|it| it.0);
        let eight = 8 * Millis::HOUR.0;
        assert_eq!(at(0), Some(eight));
        assert_eq!(at(eight - 1), Some(eight));
        assert_eq!(at(eight), Some(eight + Millis::DAY.0));
        assert_eq!(at(i64::MAX), None);
        assert_eq!(Delay::TimeOfDay(Millis(eight)).after(Timestamp(eight + 1)), Timestamp(eight + Millis::DAY.0));
        assert_eq!(next_multiple(Millis(0), Millis(0), Timestamp(5)), Some(Timestamp(6)));
    }
}
