//! Reading: tasks take the records of their partitions one after the other, timers go off.

use std::collections::VecDeque;
use std::sync::Arc;

use super::app::{App, Fetched, Reader};
use super::codec;
use super::io::{Chance, ChoicePoint, Effect, InputError, Origin};
use super::machine::{Instances, PartitionState, Runtime};
use crate::broker::BrokerError;
use crate::kit::Timestamp;
use crate::record::{RecordId, Type, Value};
use crate::streams::{Message, Plan, Sentence, StreamEffect, TaskError, World};

/// The header of a dead letter that says why it is one.
pub const REASON: &str = "reason";

/// How many decoded records of a partition are kept for others that read its end.
const RECENT: usize = 8;

/// What a task asks of the world: chance is the driver's, instances are remembered.
struct Surroundings<'a> {
    name: &'a str,
    plan: &'a Plan,
    chance: &'a mut dyn Chance,
    instances: &'a [Instances],
    numbers: &'a mut u64,
}

impl World for Surroundings<'_> {
    fn choose(&mut self, node: usize, key: &Value, alternatives: &[Arc<str>]) -> usize {
        let provenance = self.plan.topology().nodes.get(node).and_then(|it| it.provenance);
        self.chance.choose(ChoicePoint { app: self.name, provenance, key }, alternatives)
    }

    fn holds(&mut self, node: usize, key: &Value, sentence: &Sentence<'_>) -> bool {
        let provenance = self.plan.topology().nodes.get(node).and_then(|it| it.provenance);
        self.chance.holds(ChoicePoint { app: self.name, provenance, key }, sentence)
    }

    fn instance(&mut self, aggregate: &Arc<str>, correlation: Option<&str>, ty: &Type) -> Value {
        let story = correlation.unwrap_or_default();
        let known = self.instances.iter().find(|it| it.aggregate == *aggregate);
        match known.and_then(|it| it.by_story.get(story)) {
            Some(key) => key.clone(),
            None => codec::instance_key(aggregate, story, ty),
        }
    }

    fn number(&mut self) -> u64 {
        *self.numbers += 1;
        *self.numbers
    }
}

impl Runtime {
    /// Whether a task has an owner that polls.
    pub(super) fn is_awake(&self, app: usize, task: i32) -> bool {
        let Some(app) = self.apps.get(app) else { return false };
        let owner = app.tasks.get(task).and_then(|it| it.owner).and_then(|at| app.members.get(at));
        owner.is_some_and(|it| !it.paused)
    }

    /// Lets the tasks read that have something to read; tells whether any did.
    pub(super) fn run_ready(&mut self, now: Timestamp, chance: &mut dyn Chance) -> bool {
        let ready = std::mem::take(&mut self.ready);
        let mut any = false;
        for (app, task) in ready {
            if self.is_awake(app, task) {
                any |= self.poll(now, app, task, chance);
            }
        }
        any
    }

    fn poll(&mut self, now: Timestamp, app: usize, task: i32, chance: &mut dyn Chance) -> bool {
        self.catch_up(now, app, task, chance);
        let limit = self.deployment.consumer.max_poll_records;
        let mut handled = 0;
        while handled < limit {
            self.fill(now, app, task);
            let Some((input, fetched)) = self.take_earliest(app, task) else { break };
            handled += 1;
            if !fetched.again
                && let Some(input) =
                    self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task)).and_then(|it| it.inputs.get_mut(input))
            {
                input.position = fetched.id.offset + 1;
            }
            self.handle(now, app, task, fetched, chance);
        }
        if handled > 0 {
            self.note_progress(now, app, task);
        }
        if handled == limit {
            self.ready.insert((app, task));
        }
        handled > 0
    }

    fn note_progress(&mut self, now: Timestamp, app: usize, task: i32) {
        let due = now + self.deployment.consumer.commit_interval;
        let Some(app) = self.apps.get_mut(app) else { return };
        let owner = app.tasks.get(task).and_then(|it| it.owner);
        if let Some(member) = owner.and_then(|at| app.members.get_mut(at)) {
            member.next_commit = member.next_commit.min(due);
            self.commit_due = self.commit_due.min(member.next_commit);
        }
    }

    /// Fetches for the inputs that have nothing buffered.
    fn fill(&mut self, now: Timestamp, app: usize, task: i32) {
        let inputs = self.apps.get(app).and_then(|it| it.tasks.get(task)).map_or(0, |it| it.inputs.len());
        for at in 0..inputs {
            let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task));
            let Some(input) = slot.and_then(|it| it.inputs.get_mut(at)) else { return };
            let (topic, partition, from) = (input.topic, input.partition, input.fetched);
            let end = self.topics.get(topic).and_then(|it| part(&it.partitions, partition)).map_or(0, |it| it.end);
            if from >= end || !input.buffered.is_empty() {
                continue;
            }
            let mut buffered = std::mem::take(&mut input.buffered);
            let done = self.read(now, topic, partition, from, &mut buffered);
            if done.is_err() {
                // The partition is damaged: what cannot be read is passed over.
                buffered.clear();
            }
            let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task));
            if let Some(input) = slot.and_then(|it| it.inputs.get_mut(at)) {
                input.fetched = buffered.back().map_or(end, |it| it.id.offset + 1);
                input.buffered = buffered;
            }
        }
    }

    /// The records of a partition from an offset on, as far as one fetch brings them. What retention has deleted
    /// cannot be read any more: it goes on at the start, as with `auto.offset.reset=earliest`.
    fn read(
        &mut self,
        now: Timestamp,
        topic: usize,
        partition: i32,
        offset: i64,
        out: &mut VecDeque<Fetched>,
    ) -> Result<(), BrokerError> {
        let Some(state) = self.topics.get(topic) else { return Ok(()) };
        let recent = part(&state.partitions, partition).map(|it| &it.recent);
        if let Some((recent, first)) = recent.and_then(|it| Some((it, it.front()?.id.offset)))
            && let Some(known) = offset.checked_sub(first).and_then(|it| usize::try_from(it).ok())
            && known < recent.len()
        {
            out.extend(recent.range(known..).cloned());
            return Ok(());
        }
        let name = state.spec.name.clone();
        let mut offset = offset;
        let batches = match self.fetch(now, name.clone(), partition, offset) {
            Err(BrokerError::OffsetOutOfRange) if offset < self.log_bounds(&name, partition).0 => {
                offset = self.log_bounds(&name, partition).0;
                self.fetch(now, name.clone(), partition, offset)?
            }
            other => other?,
        };
        let Some(state) = self.topics.get_mut(topic) else { return Ok(()) };
        let before = out.len();
        for record in batches.iter().flat_map(|it| it.records()) {
            let record = record?;
            if record.offset < offset {
                continue;
            }
            let id = RecordId { topic: name.clone(), partition, offset: record.offset };
            // What follows from this record is caused by it.
            let own = Some(id.clone());
            let message = codec::decode(&record, &state.spec, &self.schemas, &mut self.known_stories, own);
            out.push_back(Fetched { id, message: message.map(Arc::new).map_err(Arc::from), again: false });
        }
        let decoded = usize::try_from(partition).ok().and_then(|at| state.partitions.get_mut(at));
        if let Some(decoded) = decoded.filter(|_| state.readers.len() > 1) {
            decoded.remember(out.range(before..));
        }
        Ok(())
    }

    /// Of the inputs' next records the one with the smallest timestamp.
    fn take_earliest(&mut self, app: usize, task: i32) -> Option<(usize, Fetched)> {
        let slot = self.apps.get_mut(app)?.tasks.get_mut(task)?;
        let time = |it: &Fetched| it.message.as_ref().map_or(Timestamp(i64::MIN), |it| it.timestamp);
        let heads = slot.inputs.iter().enumerate().filter_map(|(at, it)| Some((time(it.buffered.front()?), at)));
        let (_, at) = heads.min()?;
        Some((at, slot.inputs.get_mut(at)?.buffered.pop_front()?))
    }

    fn handle(&mut self, now: Timestamp, app: usize, task: i32, fetched: Fetched, chance: &mut dyn Chance) {
        let Fetched { id, message, .. } = fetched;
        let message = match message {
            Ok(message) => message,
            Err(reason) => return self.fail(now, app, Some(id), &reason),
        };
        if let Some(Reader::Plan(plan)) = self.apps.get(app).map(|it| &it.reader)
            && !plan.wants(&id.topic, message.type_name())
        {
            return;
        }
        if let Some(consumer) = self.as_consumer(app) {
            self.effects.push(Effect::Delivered { consumer, id, message });
            return;
        }
        self.effects.push(Effect::Handled { app, partition: task, id: id.clone() });
        let mut effects = std::mem::take(&mut self.task_effects);
        let result = self.with_task(app, task, chance, |running, world| {
            running.process(&id.topic, &message, now, world, &mut effects)
        });
        self.spread(now, app, task, &mut effects);
        self.task_effects = effects;
        if let Some(Err(error)) = result {
            self.fail(now, app, Some(id), &error.to_string());
        }
    }

    fn with_task<R>(
        &mut self,
        app: usize,
        task: i32,
        chance: &mut dyn Chance,
        action: impl FnOnce(&mut crate::streams::Task, &mut dyn World) -> R,
    ) -> Option<R> {
        let App { name, reader, tasks, timed, .. } = self.apps.get_mut(app)?;
        let Reader::Plan(plan) = reader else { return None };
        let running = tasks.get_mut(task)?.task.as_mut()?;
        let mut world = Surroundings { name, plan, chance, instances: &self.instances, numbers: &mut self.numbers };
        let result = action(running, &mut world);
        if *timed {
            self.note_timer(app, task);
        }
        Some(result)
    }

    /// Notes when the next timer of a task goes off.
    pub(super) fn note_timer(&mut self, app: usize, task: i32) {
        let Some(owner) = self.apps.get_mut(app).filter(|it| it.timed) else { return };
        let Some(slot) = owner.tasks.get_mut(task) else { return };
        let next = slot.task.as_ref().and_then(crate::streams::Task::next_wakeup);
        let known = std::mem::replace(&mut slot.wakeup, next);
        if known != next {
            known.map(|it| self.timers.remove(&(it, app, task)));
            self.timers.extend(next.map(|it| (it, app, task)));
        }
    }

    /// Sends what sinks handed out and tells all else.
    fn spread(&mut self, now: Timestamp, app: usize, task: i32, effects: &mut Vec<StreamEffect>) {
        for effect in effects.drain(..) {
            let StreamEffect::Sent { node, message, .. } = effect else {
                self.effects.push(Effect::Stream { app, partition: task, effect });
                continue;
            };
            let place = self.apps.get(app).and_then(|it| it.sinks.get(node)).copied().flatten();
            let Some(place) = place else { continue };
            let mut message = message;
            if message.correlation.is_none() {
                Arc::make_mut(&mut message).correlation = Some(self.new_story());
            }
            let cause = message.cause.clone();
            if let Err(reason) = self.send(now, place, message, Origin::Node { app, node }, task) {
                self.fail(now, app, cause, &reason);
            }
        }
    }

    /// A record cannot be handled: it goes to the dead letters, bytes as they were, with the reason as a header.
    fn fail(&mut self, now: Timestamp, app: usize, id: Option<RecordId>, reason: &str) {
        let Some(owner) = self.apps.get(app) else { return };
        let (consumer, dead_letters) = (owner.name.clone(), owner.dead_letters.clone());
        let place = dead_letters.as_ref().and_then(|it| self.places.get(it)).copied();
        if let (Some(place), Some(id)) = (place, &id) {
            let message = self.dead_letter(now, id, reason);
            // Bytes always encode, so that this cannot fail in turn.
            let _ = self.send(now, place, Arc::new(message), Origin::DeadLetter { app }, -1);
        }
        let reason = Arc::from(reason);
        self.effects.push(Effect::Failed {
            consumer,
            id,
            reason,
            dead_letters: dead_letters.filter(|_| place.is_some()),
        });
    }

    fn dead_letter(&mut self, now: Timestamp, id: &RecordId, reason: &str) -> Message {
        let mut message = Message { timestamp: now, cause: Some(id.clone()), ..Message::default() };
        message.headers.push(REASON, reason.as_bytes().to_vec());
        let batches = self.fetch(now, id.topic.clone(), id.partition, id.offset).unwrap_or_default();
        let mut records = batches.iter().flat_map(|it| it.records()).filter_map(Result::ok);
        if let Some(record) = records.find(|it| it.offset == id.offset) {
            message.timestamp = record.timestamp;
            message.key = record.key.map_or(Value::Null, |it| Value::Bytes(it.into()));
            message.value = record.value.map_or(Value::Null, |it| Value::Bytes(it.into()));
            let story = record.header(crate::record::CORRELATION).and_then(|it| std::str::from_utf8(it).ok());
            message.correlation = story.map(Arc::from);
            if let Some(type_name) = record.header(crate::record::TYPE) {
                message.headers.push(crate::record::TYPE, type_name.to_vec());
            }
        }
        message
    }

    /// Takes into the stores what others wrote to their logs.
    fn catch_up(&mut self, now: Timestamp, app: usize, task: i32, chance: &mut dyn Chance) {
        let count = self.apps.get(app).and_then(|it| it.tasks.get(task)).map_or(0, |it| it.changelogs.len());
        let mut fetched = VecDeque::new();
        for at in 0..count {
            loop {
                let slot = self.apps.get(app).and_then(|it| it.tasks.get(task));
                let Some(changelog) = slot.and_then(|it| it.changelogs.get(at)) else { break };
                let (store, topic, partition) = (changelog.store, changelog.topic, changelog.partition);
                let position = changelog.position;
                let end = self.topics.get(topic).and_then(|it| part(&it.partitions, partition)).map_or(0, |it| it.end);
                if position >= end {
                    break;
                }
                fetched.clear();
                if self.read(now, topic, partition, position, &mut fetched).is_err() {
                    fetched.clear();
                }
                let next = fetched.back().map_or(end, |it| it.id.offset + 1);
                for one in fetched.drain(..) {
                    self.restore(now, app, task, at, store, one, chance);
                }
                let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task));
                let Some(changelog) = slot.and_then(|it| it.changelogs.get_mut(at)) else { break };
                changelog.position = next;
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call, and a struct of these would be named like this function")]
    fn restore(
        &mut self,
        now: Timestamp,
        app: usize,
        task: i32,
        changelog: usize,
        store: usize,
        fetched: Fetched,
        chance: &mut dyn Chance,
    ) {
        let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task));
        let Some(changelog) = slot.and_then(|it| it.changelogs.get_mut(changelog)) else { return };
        if changelog.own.remove(&fetched.id.offset) {
            return;
        }
        let restored = fetched
            .message
            .map(|message| self.with_task(app, task, chance, |it, world| it.restore(store, &message, now, world)));
        match restored {
            Ok(Some(Ok(Some(effect)))) => self.effects.push(Effect::Stream { app, partition: task, effect }),
            Ok(Some(Err(error))) => self.fail(now, app, Some(fetched.id), &error.to_string()),
            Err(reason) => self.fail(now, app, Some(fetched.id), &reason),
            Ok(Some(Ok(None)) | None) => {}
        }
    }

    /// Lets timers go off that are due; tells whether any did.
    pub(super) fn run_timers(&mut self, now: Timestamp, chance: &mut dyn Chance) -> bool {
        if self.timers.first().is_none_or(|it| it.0 > now) {
            return false;
        }
        let due = self.timers.iter().take_while(|it| it.0 <= now).map(|(_, app, task)| (*app, *task));
        let mut due: Vec<(usize, i32)> = due.filter(|(app, task)| self.is_awake(*app, *task)).collect();
        due.sort_unstable();
        for (app, task) in due.iter().copied() {
            let mut effects = Vec::new();
            let done = self.with_task(app, task, chance, |it, world| it.advance(now, world, &mut effects));
            self.spread(now, app, task, &mut effects);
            if let Some(Err(error)) = done {
                let cause = match &error {
                    TaskError::Timer { cause, .. } => cause.clone(),
                    TaskError::Program { .. } | TaskError::Budget { .. } => None,
                };
                self.fail(now, app, cause, &error.to_string());
            }
        }
        !due.is_empty()
    }

    pub(super) fn next_timer(&self) -> Option<Timestamp> {
        self.timers.iter().find(|(_, app, task)| self.is_awake(*app, *task)).map(|it| it.0)
    }

    /// Moves a group to the end of all that it reads.
    pub(super) fn skip_to_end(&mut self, consumer: &Arc<str>) -> Result<(), InputError> {
        let app = self.app_place(consumer)?;
        let tasks: Vec<i32> =
            self.apps.get(app).map(|it| it.tasks.iter().map(|(task, _)| task).collect()).unwrap_or_default();
        for task in tasks {
            let slot = self.apps.get(app).and_then(|it| it.tasks.get(task));
            let inputs = slot.map(|it| it.inputs.as_slice()).unwrap_or_default();
            let names = inputs.iter().filter_map(|it| Some((&self.topics.get(it.topic)?.spec.name, it.partition)));
            let ends: Vec<i64> = names.map(|(name, partition)| self.log_bounds(name, partition).1).collect();
            let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(task));
            for (input, end) in slot.into_iter().flat_map(|it| &mut it.inputs).zip(ends) {
                input.position = end;
                input.fetched = end;
                input.buffered.clear();
            }
        }
        Ok(())
    }

    /// Puts a record before all that the task has still to read.
    pub(super) fn redeliver(&mut self, consumer: &Arc<str>, record: &RecordId) -> Result<(), InputError> {
        let app = self.app_place(consumer)?;
        let wrong = || InputError::Record(record.clone(), consumer.clone());
        let topic = self.places.get(&record.topic).copied().ok_or_else(wrong)?;
        let mut fetched = VecDeque::new();
        self.read(Timestamp::EPOCH, topic, record.partition, record.offset, &mut fetched).map_err(|_| wrong())?;
        let first = fetched.pop_front().filter(|it| it.id == *record).ok_or_else(wrong)?;
        let slot = self.apps.get_mut(app).and_then(|it| it.tasks.get_mut(record.partition)).ok_or_else(wrong)?;
        let input = slot.inputs.iter_mut().find(|it| it.topic == topic).ok_or_else(wrong)?;
        input.buffered.push_front(Fetched { again: true, ..first });
        self.ready.insert((app, record.partition));
        Ok(())
    }
}

/// What is known of a partition.
fn part(partitions: &[PartitionState], partition: i32) -> Option<&PartitionState> {
    partitions.get(usize::try_from(partition).ok()?)
}

impl PartitionState {
    /// Keeps records that were decoded just now, if they go on where those end that are kept.
    fn remember<'a>(&mut self, decoded: impl ExactSizeIterator<Item = &'a Fetched>) {
        let count = decoded.len();
        for one in decoded.skip(count.saturating_sub(RECENT)) {
            match self.recent.back().map(|it| it.id.offset) {
                Some(last) if one.id.offset <= last => continue,
                Some(last) if one.id.offset > last + 1 => self.recent.clear(),
                Some(_) | None => {}
            }
            if self.recent.len() == RECENT {
                self.recent.pop_front();
            }
            self.recent.push_back(one.clone());
        }
    }
}
