//! A task: one partition's share of a topology, with its stores and its times.

use std::sync::Arc;

use super::ops::{Ctx, Operator, Punctuation, PunctuationType};
use super::{Changelog, Message, Plan, Store, StreamEffect, TaskError, World};
use crate::kit::{Millis, Timestamp};

/// How many messages one message may become within a task.
const BUDGET: usize = 100_000;

#[derive(Clone, Copy, Debug)]
struct Due {
    node: usize,
    punctuation: Punctuation,
    next: Timestamp,
}

/// One partition's share of a topology. It is handed messages and the time, and hands effects back.
#[derive(Debug)]
pub struct Task {
    plan: Arc<Plan>,
    stores: Vec<Store>,
    stream_time: Timestamp,
    punctuations: Vec<Due>,
    /// Up to when each node that sets its own times has been called.
    called: Vec<(usize, Timestamp)>,
    stack: Vec<(usize, Arc<Message>)>,
    outputs: Vec<(usize, Arc<Message>)>,
}

impl Task {
    /// A task that starts at `now` with empty stores.
    pub fn new(plan: Arc<Plan>, now: Timestamp) -> Self {
        let nodes = plan.topology.nodes.iter().enumerate();
        let punctuations = nodes
            .clone()
            .filter_map(|(node, it)| it.operator.punctuation().map(|punctuation| (node, punctuation)))
            .map(|(node, punctuation)| Due {
                node,
                punctuation,
                next: match punctuation.clock {
                    PunctuationType::StreamTime => Timestamp(0),
                    PunctuationType::WallClockTime => now + punctuation.interval,
                },
            })
            .collect();
        let called = nodes.filter(|(_, it)| it.operator.is_timed()).map(|(node, _)| (node, now)).collect();
        let store = |ordered: &bool| if *ordered { Store::ordered() } else { Store::default() };
        let stores = plan.ordered.iter().map(store).collect();
        Self {
            plan,
            stores,
            stream_time: Timestamp(i64::MIN),
            punctuations,
            called,
            stack: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// The topology that it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The largest timestamp seen; it never goes back.
    pub fn stream_time(&self) -> Timestamp {
        self.stream_time
    }

    /// The stores, in the order of the topology.
    pub fn stores(&self) -> &[Store] {
        &self.stores
    }

    /// The store of that name.
    pub fn store(&self, name: &str) -> Option<&Store> {
        self.stores.get(self.plan.topology.stores.iter().position(|it| *it.name == *name)?)
    }

    /// Handles a record of a topic, and the punctuations by stream time that become due through it.
    ///
    /// # Errors
    /// Where an expression gave no value. The stores and `effects` are then as before.
    pub fn process(
        &mut self,
        topic: &str,
        message: &Arc<Message>,
        now: Timestamp,
        world: &mut dyn World,
        effects: &mut Vec<StreamEffect>,
    ) -> Result<(), TaskError> {
        let before = effects.len();
        self.stores.iter_mut().for_each(Store::begin);
        let timestamp = message.timestamp;
        for source in self.plan.sources_of(topic) {
            if self.plan.takes(*source, message.type_name()) {
                self.stack.push((*source, message.clone()));
            }
        }
        let stream_time = self.stream_time;
        self.stream_time = self.stream_time.max(timestamp);
        let done = self.run(now, world, effects).and_then(|()| self.punctuate_stream(now, world, effects));
        self.settle(done, before, stream_time, effects)
    }

    fn settle(
        &mut self,
        done: Result<(), TaskError>,
        before: usize,
        stream_time: Timestamp,
        effects: &mut Vec<StreamEffect>,
    ) -> Result<(), TaskError> {
        if done.is_err() {
            effects.truncate(before);
            self.stores.iter_mut().for_each(Store::roll_back);
            self.stack.clear();
            self.outputs.clear();
            self.stream_time = stream_time;
        }
        done
    }

    /// Calls one operator, then puts what it forwarded on the stack, first one on top.
    fn call(
        &mut self,
        node: usize,
        now: Timestamp,
        world: &mut dyn World,
        effects: &mut Vec<StreamEffect>,
        action: impl FnOnce(&dyn Operator, &mut Ctx<'_>) -> Result<(), super::ProgramError>,
    ) -> Result<(), TaskError> {
        let plan = &self.plan;
        let Some(place) = plan.topology.nodes.get(node) else { return Ok(()) };
        let mut ctx = Ctx {
            node,
            plan,
            stores: &mut self.stores,
            world,
            effects,
            outputs: &mut self.outputs,
            now,
            stream_time: self.stream_time,
        };
        action(place.operator.as_ref(), &mut ctx)
            .map_err(|error| TaskError::Program { node: place.name.clone(), reason: error.0 })?;
        self.stack.extend(self.outputs.drain(..).rev());
        Ok(())
    }

    fn run(&mut self, now: Timestamp, world: &mut dyn World, effects: &mut Vec<StreamEffect>) -> Result<(), TaskError> {
        let mut budget = BUDGET;
        while let Some((node, message)) = self.stack.pop() {
            if budget == 0 {
                let name = self.plan.topology.nodes.get(node).map(|it| it.name.clone());
                return Err(TaskError::Budget { node: name.unwrap_or_else(|| Arc::from("?")), limit: BUDGET });
            }
            budget -= 1;
            self.call(node, now, world, effects, |operator, ctx| operator.process(ctx, message))?;
        }
        Ok(())
    }

    fn punctuate_stream(
        &mut self,
        now: Timestamp,
        world: &mut dyn World,
        effects: &mut Vec<StreamEffect>,
    ) -> Result<(), TaskError> {
        for at in 0..self.punctuations.len() {
            let Some(due) = self.punctuations.get_mut(at) else { break };
            let time = self.stream_time;
            if due.punctuation.clock != PunctuationType::StreamTime || due.next > time {
                continue;
            }
            // Missed calls are not made up for: the next one is the next multiple after now.
            let interval = due.punctuation.interval.0.max(1);
            due.next = Timestamp(time.0.div_euclid(interval).saturating_add(1).saturating_mul(interval));
            let node = due.node;
            self.call(node, now, world, effects, |operator, ctx| operator.punctuate(ctx, time))?;
            self.run(now, world, effects)?;
        }
        Ok(())
    }

    /// When [`Self::advance`] has something to do next.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        let wall = |it: &&Due| it.punctuation.clock == PunctuationType::WallClockTime;
        let intervals = self.punctuations.iter().filter(wall).map(|it| it.next);
        let own = self.called.iter().filter_map(|(node, since)| self.next_due(*node, *since));
        intervals.chain(own).min()
    }

    fn next_due(&self, node: usize, since: Timestamp) -> Option<Timestamp> {
        let used = self.plan.stores.get(node)?;
        let stores: Vec<&Store> = used.iter().filter_map(|it| self.stores.get(*it)).collect();
        self.plan.topology.nodes.get(node)?.operator.next_due(&stores, since)
    }

    /// Lets the driver's time pass: punctuations and timers that are due go off, missed ones once. Each is handled by
    /// itself; after one that could not be, the others go off with the next call.
    ///
    /// # Errors
    /// Where an expression gave no value.
    pub fn advance(
        &mut self,
        now: Timestamp,
        world: &mut dyn World,
        effects: &mut Vec<StreamEffect>,
    ) -> Result<(), TaskError> {
        for at in 0..self.punctuations.len() {
            let Some(due) = self.punctuations.get_mut(at) else { break };
            if due.punctuation.clock != PunctuationType::WallClockTime || due.next > now {
                continue;
            }
            let interval = due.punctuation.interval.0.max(1);
            let passed = now.since(due.next).0 / interval;
            due.next = due.next + Millis(passed.saturating_add(1).saturating_mul(interval));
            let node = due.node;
            self.punctuate(node, now, world, effects)?;
        }
        for at in 0..self.called.len() {
            let Some((node, since)) = self.called.get(at).copied() else { break };
            let mut since = since;
            // Bounded, so that an operator whose time never passes cannot hold the run up.
            for _ in 0..BUDGET {
                if self.next_due(node, since).is_none_or(|it| it > now) {
                    break;
                }
                since = now;
                if let Some(entry) = self.called.get_mut(at) {
                    entry.1 = now;
                }
                self.punctuate(node, now, world, effects)?;
            }
        }
        Ok(())
    }

    fn punctuate(
        &mut self,
        node: usize,
        now: Timestamp,
        world: &mut dyn World,
        effects: &mut Vec<StreamEffect>,
    ) -> Result<(), TaskError> {
        let before = effects.len();
        self.stores.iter_mut().for_each(Store::begin);
        let stream_time = self.stream_time;
        let called = self.call(node, now, world, effects, |operator, ctx| operator.punctuate(ctx, now));
        let done = called.and_then(|()| self.run(now, world, effects));
        let done = self.settle(done, before, stream_time, effects);
        done.map_err(|error| {
            let mut cause = None;
            let forgotten = self.call(node, now, world, effects, |operator, ctx| {
                cause = operator.skip(ctx, now);
                Ok(())
            });
            debug_assert!(forgotten.is_ok(), "to forget cannot fail");
            TaskError::Timer { error: Box::new(error), cause }
        })
    }

    /// Takes a record of a store's changelog in: a row of a table, or an event that evolves a state.
    ///
    /// # Errors
    /// Where an expression of the evolution gave no value.
    pub fn restore(
        &mut self,
        store: usize,
        message: &Message,
        now: Timestamp,
        world: &mut dyn World,
    ) -> Result<Option<StreamEffect>, TaskError> {
        let plan = self.plan.clone();
        let Some(spec) = plan.topology.stores.get(store) else { return Ok(None) };
        let value = match &spec.changelog {
            Changelog::Local => return Ok(None),
            Changelog::Table { .. } | Changelog::Global { .. } => message.value.clone(),
            Changelog::Events { evolution, .. } => {
                if !evolution.events.iter().any(|it| *it.event == *message.type_name()) {
                    return Ok(None);
                }
                let held = self.stores.get(store).and_then(|it| it.get(&message.key)).map(|it| it.value.clone());
                let state = held.unwrap_or_else(|| evolution.initial());
                let mut effects = Vec::new();
                let mut ctx = Ctx {
                    node: usize::MAX,
                    plan: &plan,
                    stores: &mut [],
                    world,
                    effects: &mut effects,
                    outputs: &mut self.outputs,
                    now,
                    stream_time: self.stream_time,
                };
                let after = evolution.evolve(&mut ctx, message, &state);
                let error = |it: super::ProgramError| TaskError::Program { node: spec.name.clone(), reason: it.0 };
                after.map_err(error)?
            }
        };
        let Some(rows) = self.stores.get_mut(store) else { return Ok(None) };
        let value = (!value.is_null()).then_some(value);
        match &value {
            Some(value) => rows.put(message.key.clone(), value.clone(), message.timestamp),
            None => {
                rows.delete(&message.key);
            }
        }
        rows.begin();
        let (key, cause) = (message.key.clone(), message.cause.clone());
        Ok(Some(StreamEffect::StoreChanged { node: None, store, key, value, cause }))
    }

    /// Forgets the stores that can be rebuilt from topics, as when the machine is lost; their places in the topology
    /// are returned.
    pub fn forget(&mut self) -> Vec<usize> {
        let specs = self.plan.topology.stores.iter().enumerate();
        let rebuilt: Vec<usize> =
            specs.filter(|(_, it)| !matches!(it.changelog, Changelog::Local)).map(|(at, _)| at).collect();
        for at in &rebuilt {
            if let Some(store) = self.stores.get_mut(*at) {
                store.clear();
            }
        }
        rebuilt
    }
}
