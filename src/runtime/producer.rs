//! Producers: records are encoded into a batch for each partition, batches are sent when they are full or have
//! lingered.

use std::sync::Arc;

use super::Sabotage;
use super::io::{Effect, Origin};
use super::machine::Runtime;
use crate::broker::{BatchBuilder, ProduceRequest, ProducerStamp, Request, Response, partition_for};
use crate::kit::Timestamp;
use crate::record::RecordId;
use crate::streams::Message;

/// A batch that is being filled.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    batch: BatchBuilder,
    messages: Vec<Sent>,
    due: Timestamp,
    /// The sequence number of the next record.
    sequence: i32,
}

/// A record in a batch, for telling where it went.
#[derive(Debug)]
struct Sent {
    message: Arc<Message>,
    origin: Origin,
    task: i32,
    life: u32,
}

impl Runtime {
    /// Puts a record into the batch of its partition. `task` is the task that sends it, if one does.
    pub(super) fn send(
        &mut self,
        now: Timestamp,
        topic: usize,
        message: Arc<Message>,
        origin: Origin,
        task: i32,
    ) -> Result<(), String> {
        let Some(state) = self.topics.get_mut(topic) else { return Ok(()) };
        self.scratch.encode(&message, state.spec.key_of(message.type_name()))?;
        let count = self.produced;
        self.produced += 1;
        let times = match self.deployment.sabotage {
            Some(Sabotage::Lose(at)) if at == count => 0,
            Some(Sabotage::Repeat(at)) if at == count => 2,
            _ => 1,
        };
        let partition = if message.key.is_null() {
            if state.sticky.1 >= self.deployment.producer.batch_size {
                state.sticky = ((state.sticky.0 + 1).checked_rem(state.spec.partitions).unwrap_or(0), 0);
            }
            state.sticky.0
        } else {
            partition_for(&self.scratch.key, state.spec.partitions)
        };
        if let (Some(known), Some(story)) = (state.instances, &message.correlation)
            && let Some(known) = self.instances.get_mut(known)
            && !message.key.is_null()
            && !known.by_story.contains_key(story)
        {
            known.by_story.insert(story.clone(), message.key.clone());
        }
        let life = match origin {
            Origin::Node { app, .. } => self.apps.get(app).and_then(|it| it.tasks.get(task)).map_or(0, |it| it.life),
            Origin::Outside | Origin::DeadLetter { .. } => 0,
        };
        let mut left = Some(message);
        for time in 0..times {
            let last = time + 1 == times;
            let message = if last { left.take() } else { left.clone() };
            let Some(message) = message else { break };
            let Some(state) = self.topics.get_mut(topic) else { break };
            let Some(buffer) = usize::try_from(partition).ok().and_then(|at| state.buffers.get_mut(at)) else { break };
            let batch = &mut buffer.batch;
            let fresh = batch.is_empty();
            let before = batch.len_bytes();
            self.scratch.push(batch, &message);
            let size = batch.len_bytes();
            if message.key.is_null() {
                state.sticky.1 += size - before;
            }
            if fresh {
                buffer.due = now + self.deployment.producer.linger;
                self.due.insert((buffer.due, topic, partition));
            }
            buffer.messages.push(Sent { message, origin, task, life });
            if size >= self.deployment.producer.batch_size {
                self.flush(now, topic, partition);
            }
        }
        Ok(())
    }

    /// Sends the batches whose time has come; tells whether there were any.
    pub(super) fn flush_due(&mut self, now: Timestamp) -> bool {
        let mut any = false;
        while let Some((due, topic, partition)) = self.due.first().copied() {
            if due > now {
                break;
            }
            self.flush(now, topic, partition);
            any = true;
        }
        any
    }

    fn flush(&mut self, now: Timestamp, topic: usize, partition: i32) {
        let Some(state) = self.topics.get_mut(topic) else { return };
        let Some(buffer) = usize::try_from(partition).ok().and_then(|at| state.buffers.get_mut(at)) else { return };
        self.due.remove(&(buffer.due, topic, partition));
        let mut messages = std::mem::take(&mut buffer.messages);
        let stamp = ProducerStamp { sequence: buffer.sequence, ..self.producer };
        let name = state.spec.name.clone();
        let Some(batch) = buffer.batch.finish(stamp) else { return };
        let request = ProduceRequest { topic: name.clone(), partition, batch };
        let base = match self.ask_broker(now, Request::Produce(request)) {
            Some(Response::Produce(Ok(appended))) => appended.base_offset,
            Some(Response::Produce(Err(error))) => {
                self.effects.push(Effect::Refused { topic: name, partition, records: messages.len(), error });
                return;
            }
            _ => return,
        };
        let count = messages.len();
        for (offset, sent) in (base..).zip(messages.drain(..)) {
            self.note_own(topic, partition, offset, &sent);
            let id = RecordId { topic: name.clone(), partition, offset };
            self.effects.push(Effect::Appended { id, origin: sent.origin, message: sent.message });
        }
        let Some(state) = self.topics.get_mut(topic) else { return };
        self.ready.extend(state.readers.iter().map(|app| (*app, partition)));
        let Ok(at) = usize::try_from(partition) else { return };
        if let Some(buffer) = state.buffers.get_mut(at) {
            // After the largest number comes 0.
            buffer.sequence = buffer.sequence.wrapping_add(count as i32) & i32::MAX;
            buffer.messages = messages;
        }
        if let Some(known) = state.partitions.get_mut(at) {
            known.end = known.end.max(base.saturating_add(count as i64));
        }
    }

    /// A task need not read back what it wrote to the log of its own store.
    fn note_own(&mut self, topic: usize, partition: i32, offset: i64, sent: &Sent) {
        let Origin::Node { app, .. } = sent.origin else { return };
        if sent.task != partition {
            return;
        }
        let Some(slot) = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(partition)) else { return };
        if slot.life != sent.life {
            return;
        }
        for changelog in slot.changelogs.iter_mut().filter(|it| it.topic == topic && it.partition == partition) {
            if changelog.position == offset {
                changelog.position = offset + 1;
            } else {
                changelog.own.insert(offset);
            }
        }
    }
}
