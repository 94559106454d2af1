//! A run: the engine, the clock, everybody outside, and the books.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::kit::{Clock as _, Id, Millis, Streams, Timestamp, VirtualClock};
use crate::lowering::Lowering;
use crate::model::System;
use crate::record::{RecordId, RecordSchema, Value};
use crate::runtime::{Effect, Input, LagView, Message, Produce, Runtime, TopicView};
use crate::trace::{Header, RecordNo, Trace, TraceEvent};

use super::chance::Seeded;
use super::chronicle::{Chronicle, FollowUp};
use super::crowd::{Act, Crowd};
use super::plausible;
use super::report::{LagLine, NotRunLine, ORDER_ONLY, Report, StickyLine, StuckLine};
use super::schedule::Schedule;
use super::world::{TASK_DELAY, World};

/// How a run is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The seed: the same board and seed are the same run.
    pub seed: u64,
    /// The time on the run's clock at its start.
    pub start: Timestamp,
    /// Whether actors and external systems act on their own; else only what is sent happens.
    pub actors: bool,
    /// How many entries the trace holds; when it is full the run stops.
    pub trace_limit: usize,
}

impl Default for Options {
    /// Seed 7, 1 January 2026 at 08:00 UTC, with actors.
    fn default() -> Self {
        Self { seed: 7, start: Timestamp(1_767_254_400_000), actors: true, trace_limit: Trace::LIMIT }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The time on its clock.
    pub now: Timestamp,
    /// When it began.
    pub from: Timestamp,
    /// Where it goes.
    pub until: Timestamp,
    /// Records so far.
    pub records: u64,
}

/// Why a run came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The time is over.
    Over,
    /// Nothing is left that could happen.
    Quiet,
    /// It was told to stop.
    Cancelled,
    /// The trace is full.
    Full,
}

/// Something sent by hand. What [`Simulation::plausible`] gives can be sent as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// The command, or event of an external system or from elsewhere, or time event.
    pub definition: Id,
    /// Its fields, in the order of its schema.
    pub values: Vec<Value>,
}

/// Why something cannot be sent or broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// The definition is no message that could be sent.
    #[error("{0} cannot be sent: send a command, an event of an external system or a time event")]
    Message(String),
    /// The values do not fit.
    #[error("{0}")]
    Values(String),
    /// The sticky does not take part in the run.
    #[error("{0} takes no part in this run, so nothing can be done to it")]
    Sticky(String),
    /// The board cannot be run.
    #[error("the board cannot run: {0}")]
    Deploy(String),
}

/// What is due on the run's clock.
#[derive(Debug)]
enum Due {
    /// Somebody acts.
    Act(usize),
    /// An external system answers, or fails to.
    Answer { external: Id, number: RecordNo, message: Message, fails: bool },
    /// A person gets round to a task.
    Task { policy: Id, message: Message },
    /// A record comes again.
    Again { consumer: Arc<str>, record: RecordId },
    /// The next event of a timeline that is only played.
    Play(usize),
}

/// A run of a board in virtual time. It goes on as long as it is asked to.
#[derive(Debug)]
pub struct Simulation {
    system: Arc<System>,
    lowering: Arc<Lowering>,
    runtime: Runtime,
    clock: VirtualClock,
    options: Options,
    pub(super) chance: Seeded,
    pub(super) chronicle: Chronicle,
    crowd: Crowd,
    world: World,
    schedule: Schedule<Due>,
    streams: Streams,
    duplicates: BTreeMap<Id, f64>,
    stopped: BTreeSet<Id>,
    faults: Vec<String>,
}

/// How long before the start of a run its consumer groups begin to form.
const WARM_UP: Millis = Millis(10_000);

/// Records on a timeline that is only played lie this far apart.
const BEAT: Millis = Millis(60_000);

impl Simulation {
    /// Deploys a board; nothing has happened yet.
    ///
    /// # Errors
    /// [`RunError::Deploy`] if the topologies do not fit together.
    pub fn new(system: Arc<System>, lowering: Arc<Lowering>, options: Options) -> Result<Self, RunError> {
        let runtime = Runtime::new(lowering.deployment.clone()).map_err(|it| RunError::Deploy(it.to_string()))?;
        let streams = Streams::new(options.seed);
        let header =
            Header { board: system.title.clone(), seed: options.seed, start: options.start, names: names(&system) };
        let chronicle = Chronicle::new(system.clone(), lowering.clone(), header, options.trace_limit);
        let mut simulation = Self {
            runtime,
            clock: VirtualClock::at(options.start),
            chance: Seeded::new(&streams),
            chronicle,
            crowd: Crowd::new(&system, &streams),
            world: World::new(&system, &streams),
            schedule: Schedule::default(),
            duplicates: BTreeMap::new(),
            stopped: BTreeSet::new(),
            faults: Vec::new(),
            system,
            lowering,
            options,
            streams,
        };
        if simulation.is_order_only() {
            let text = Arc::from(ORDER_ONLY);
            simulation.chronicle.trace.push(simulation.now(), TraceEvent::Said { text });
            if !simulation.system.timeline.is_empty() {
                simulation.schedule.put(simulation.now(), Due::Play(0));
            }
        } else if simulation.options.actors {
            for (at, source) in simulation.crowd.first_times(simulation.options.start) {
                simulation.schedule.put(at, Due::Act(source));
            }
        }
        simulation.warm_up();
        Ok(simulation)
    }

    /// Lets the consumer groups form before the run's clock starts, so that nothing waits for them.
    fn warm_up(&mut self) {
        let mut now = self.options.start - WARM_UP;
        for _ in 0..WARM_UP.0 {
            let effects = self.runtime.run(now, &mut self.chance);
            self.took(effects);
            match self.runtime.next_wakeup(now).filter(|it| *it < self.options.start) {
                Some(next) => now = next,
                None => break,
            }
        }
        self.run_engine();
    }

    /// Whether there is nothing to run but a timeline to play.
    pub fn is_order_only(&self) -> bool {
        !self.system.has_causes()
    }

    /// The board's meaning.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// How the run was made.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The time on the run's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Everything that happened so far.
    pub fn trace(&self) -> &Trace {
        &self.chronicle.trace
    }

    /// When something happens next, if nothing is sent before.
    fn next_at(&self) -> Option<Timestamp> {
        let engine = self.runtime.next_wakeup(self.now());
        [self.schedule.next_at(), engine, self.chronicle.watch.next_at()].into_iter().flatten().min()
    }

    /// Lets time pass on the run's clock. `watch` is called now and then and may stop the run; what was done until
    /// then stays, and a later call goes on.
    pub fn run_for(&mut self, time: Millis, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Stop {
        let from = self.now();
        let until = from + Millis(time.0.max(0));
        let mut rounds = 0u32;
        loop {
            let Some(next) = self.next_at() else {
                self.clock.advance_to(until);
                return Stop::Quiet;
            };
            if next > until {
                self.clock.advance_to(until);
                return Stop::Over;
            }
            if self.chronicle.trace.is_full() {
                return Stop::Full;
            }
            self.advance_to(next);
            rounds = rounds.wrapping_add(1);
            if rounds.is_multiple_of(64) {
                let progress = Progress { now: self.now(), from, until, records: self.chronicle.tally.records };
                if watch(progress).is_break() {
                    return Stop::Cancelled;
                }
            }
        }
    }

    /// Goes on until something is to be seen: the next entry of the trace. Tells whether there was one.
    pub fn step(&mut self) -> bool {
        let before = self.chronicle.trace.entries().len();
        for _ in 0..100_000 {
            let Some(next) = self.next_at() else { break };
            self.advance_to(next);
            if self.chronicle.trace.entries().len() > before {
                return true;
            }
        }
        false
    }

    /// Everything that is due at a time.
    fn advance_to(&mut self, time: Timestamp) {
        self.clock.advance_to(time);
        let now = self.now();
        let overdue = self.chronicle.watch.overdue(now);
        self.chronicle.broken(now, overdue);
        while let Some(due) = self.schedule.take(now) {
            self.happen(due);
        }
        self.run_engine();
    }

    fn run_engine(&mut self) {
        let now = self.now();
        let effects = self.runtime.run(now, &mut self.chance);
        self.took(effects);
    }

    /// Books what the engine did, and does what follows outside of it.
    fn took(&mut self, effects: Vec<Effect>) {
        let now = self.now();
        for next in self.chronicle.take(now, effects) {
            match next {
                FollowUp::Ask { external, number, message } => self.ask(external, number, message),
                FollowUp::Task { policy, number, message } => {
                    let due = now + self.world.delay(policy, TASK_DELAY);
                    let actor = self.system.policies.get(&policy).and_then(|it| it.actor);
                    let opened = TraceEvent::TaskOpened { policy, actor, record: number, due };
                    self.chronicle.trace.push(now, opened);
                    self.schedule.put(due, Due::Task { policy, message });
                }
                FollowUp::Handled { app, record } => self.perhaps_again(app, record),
                FollowUp::Stop(stickies) => self.stop_loop(&stickies),
                FollowUp::Instance { of, key } => self.crowd.instance_changed(of, &key, &self.chronicle, now),
                FollowUp::Row { of, key } => self.crowd.row_changed(of, &key, &self.chronicle, now),
            }
        }
    }

    fn ask(&mut self, external: Id, number: RecordNo, message: Message) {
        let now = self.now();
        let Some(party) = self.system.externals.get(&external) else { return };
        let latency = self.world.delay(external, party.latency);
        let fails = self.world.fails(external);
        self.chronicle.trace.push(now, TraceEvent::Asked { external, record: number, latency });
        self.schedule.put(now + latency, Due::Answer { external, number, message, fails });
    }

    fn perhaps_again(&mut self, app: usize, record: RecordId) {
        let Some(app) = self.lowering.deployment.apps.get(app) else { return };
        let Some(rate) = app.provenance.and_then(|it| self.duplicates.get(&it)).copied() else { return };
        let mut rng = self.streams.stream(&format!("again/{record}"));
        if rng.chance(rate) {
            let consumer = app.topology.name.clone();
            self.schedule.put(self.now() + Millis(1), Due::Again { consumer, record });
        }
    }

    fn stop_loop(&mut self, stickies: &[Id]) {
        let policy = stickies.iter().copied().find(|it| self.system.policies.contains_key(it));
        let Some(breaker) = policy.or_else(|| stickies.first().copied()) else { return };
        for consumer in self.consumers_of(breaker) {
            let _ = self.runtime.accept(self.now(), Input::Pause { consumer, instance: None });
        }
        let what = format!("{} was stopped because it runs in a loop", self.system.name(breaker));
        self.chronicle.tally.stuck(Some(breaker), what.into());
    }

    fn happen(&mut self, due: Due) {
        let now = self.now();
        match due {
            Due::Act(source) => self.act(source),
            Due::Answer { external, number, message, fails } => self.answer(external, number, &message, fails),
            Due::Task { policy, mut message } => {
                let topic = self.lowering.tasks.get(&policy).map(|it| it.topic.clone());
                let Some(topic) = topic else { return };
                message.timestamp = now;
                let _ = self.runtime.accept(now, Input::Produce(Produce { topic, message }));
            }
            Due::Again { consumer, record } => {
                let _ = self.runtime.accept(now, Input::Redeliver { consumer, record });
            }
            Due::Play(at) => {
                let Some(event) = self.system.timeline.get(at).copied() else { return };
                let after = at.checked_sub(1).and_then(|it| self.system.timeline.get(it)).copied();
                self.chronicle.tally.of(event).count += 1;
                self.chronicle.trace.push(now, TraceEvent::Played { event, after });
                if at + 1 < self.system.timeline.len() {
                    self.schedule.put(now + BEAT, Due::Play(at + 1));
                }
            }
        }
    }

    fn act(&mut self, at: usize) {
        let now = self.now();
        if let Some(pause) = self.crowd.pause(at) {
            self.schedule.put(now + pause, Due::Act(at));
        }
        let Some(source) = self.crowd.source(at) else { return };
        let (by, command) = (source.by, source.message);
        if by.is_some_and(|it| self.stopped.contains(&it)) {
            return;
        }
        match self.crowd.act(at, &self.chronicle, now) {
            Some(Act::Send { message, values, key }) => {
                let _ = self.produce(message, values, key, by);
            }
            Some(Act::Wait { again: false, reason }) => {
                if let Some(actor) = by {
                    let reason = Arc::from(reason);
                    self.chronicle.trace.push(now, TraceEvent::Waited { actor, command, reason });
                }
            }
            Some(Act::Wait { again: true, .. }) | None => {}
        }
    }

    fn answer(&mut self, external: Id, number: RecordNo, request: &Message, fails: bool) {
        let now = self.now();
        if fails {
            let reason: Arc<str> = Arc::from("no answer");
            self.chronicle.tally.of(external).failed += 1;
            self.chronicle.tally.stuck(Some(external), reason.clone());
            self.chronicle.trace.push(now, TraceEvent::Failed { by: external, record: number, reason });
            return;
        }
        let system = self.system.clone();
        let Some(party) = system.externals.get(&external) else { return };
        let (answers, told) = self.world.answers(party, request, now, &mut self.chance);
        for it in told {
            self.chronicle.chose(now, external, Some(number), it.taken, it.among, it.sentence);
        }
        if answers.is_empty() {
            self.chronicle.unhandled(now, external, number, "none of its answers applies");
        }
        for answer in answers {
            let Some(event) = system.events.get(&answer.event) else { continue };
            let message = Message {
                key: answer.key,
                value: Value::Record(answer.values),
                schema: Some(event.schema.clone()),
                timestamp: now,
                correlation: request.correlation.clone(),
                cause: request.cause.clone(),
                headers: Default::default(),
            };
            let _ = self.runtime.accept(now, Input::Produce(Produce { topic: event.topic.clone(), message }));
        }
    }

    /// Puts a record of a new story into its topic; tells the story.
    fn produce(
        &mut self,
        definition: Id,
        values: Vec<Value>,
        key: Value,
        by: Option<Id>,
    ) -> Result<Arc<str>, RunError> {
        let (schema, topic) = self.message(definition)?;
        let (schema, topic) = (schema.clone(), topic.clone());
        let story = self.runtime.new_story();
        self.chronicle.begin(story.clone(), by);
        let message = Message {
            key,
            value: Value::Record(values),
            schema: Some(schema),
            timestamp: self.now(),
            correlation: Some(story.clone()),
            cause: None,
            headers: Default::default(),
        };
        let produce = Input::Produce(Produce { topic, message });
        self.runtime.accept(self.now(), produce).map_err(|it| RunError::Values(it.to_string()))?;
        Ok(story)
    }

    /// The schema and topic of a message.
    fn message(&self, definition: Id) -> Result<(&Arc<RecordSchema>, &Arc<str>), RunError> {
        let found = (self.system.commands.get(&definition).map(|it| (&it.schema, &it.topic)))
            .or_else(|| self.system.events.get(&definition).map(|it| (&it.schema, &it.topic)))
            .or_else(|| self.system.timers.get(&definition).map(|it| (&it.schema, &it.topic)));
        found.ok_or_else(|| RunError::Message(self.shown(definition)))
    }

    fn key_place(&self, definition: Id) -> usize {
        (self.system.commands.get(&definition).map(|it| it.key))
            .or_else(|| self.system.events.get(&definition).map(|it| it.key))
            .or_else(|| self.system.timers.get(&definition).map(|it| it.key))
            .unwrap_or(0)
    }

    fn shown(&self, id: Id) -> String {
        let name = self.system.name(id);
        if name.is_empty() { format!("the element {id}") } else { format!("\"{name}\"") }
    }

    /// Sends something by hand, as a new story; tells the story. Let time pass to see what comes of it.
    ///
    /// # Errors
    /// Where the definition is no message, or the values are not those of its type.
    pub fn send(&mut self, send: Send) -> Result<Arc<str>, RunError> {
        let (schema, _) = self.message(send.definition)?;
        let value = Value::Record(send.values);
        value.fits(&crate::record::Type::Record(schema.clone())).map_err(|it| RunError::Values(it.to_string()))?;
        let Value::Record(values) = value else { return Err(RunError::Values(String::new())) };
        let key = values.get(self.key_place(send.definition)).cloned().unwrap_or_default();
        self.produce(send.definition, values, key, None)
    }

    /// What a form for sending is prefilled with: the schema and a plausible value for every field. A command that
    /// needs an instance gets the key of one on which it is possible now, if there is one. Changes nothing.
    ///
    /// # Errors
    /// Where the definition is no message.
    pub fn plausible(&self, definition: Id) -> Result<(Arc<RecordSchema>, Vec<Value>), RunError> {
        let (schema, _) = self.message(definition)?;
        let salt = format!("form/{definition}/{}", self.chronicle.trace.entries().len());
        let mut rng = self.streams.stream(&salt);
        let mut values = plausible::record(schema, &mut rng, self.now());
        let place = self.key_place(definition);
        let starts = self.system.commands.get(&definition).is_some_and(|it| it.starts);
        let candidates = self.crowd.candidates(definition);
        let living = self.system.commands.get(&definition).and_then(|it| match it.handler {
            crate::model::Handler::Aggregate(id) => self.chronicle.instances(id),
            crate::model::Handler::External(_) | crate::model::Handler::Nobody => None,
        });
        let key = match rng.pick(candidates) {
            Some(key) => Some(key.clone()),
            None if starts => None,
            None => {
                let keys: Vec<&Value> = living.map(|it| it.keys().collect()).unwrap_or_default();
                rng.pick(&keys).map(|it| (*it).clone())
            }
        };
        if let (Some(key), Some(slot)) = (key, values.get_mut(place)) {
            *slot = key;
        }
        Ok((schema.clone(), values))
    }

    /// The instances of an aggregate: key and state.
    pub fn instances(&self, aggregate: Id) -> Vec<(Value, Value)> {
        let instances = self.chronicle.instances(aggregate).into_iter().flatten();
        instances.map(|(key, state)| (key.clone(), state.clone())).collect()
    }

    /// The rows of a read model: key and row.
    pub fn rows(&self, read_model: Id) -> Vec<(Value, Value)> {
        let rows = self.chronicle.rows(read_model).into_iter().flatten();
        rows.map(|(key, row)| (key.clone(), row.clone())).collect()
    }

    /// The topics with their partitions.
    pub fn topics(&self) -> Vec<TopicView> {
        self.runtime.topics()
    }

    /// How far every consumer is behind.
    pub fn lag(&self) -> Vec<LagView> {
        self.runtime.lag()
    }

    /// The engine, for looking at.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The applications and consumer groups that a sticky runs as.
    fn consumers_of(&self, id: Id) -> Vec<Arc<str>> {
        let (deployment, lowering) = (&self.lowering.deployment, &self.lowering);
        let apps = deployment.apps.iter().filter(|it| it.provenance == Some(id)).map(|it| it.topology.name.clone());
        let groups = deployment.consumers.iter().filter(|it| it.provenance == Some(id)).map(|it| it.group.clone());
        let own = lowering.apps.get(&id).into_iter().chain(lowering.tasks.get(&id).map(|it| &it.group)).cloned();
        let mut all: Vec<Arc<str>> = apps.chain(groups).chain(own).collect();
        all.sort();
        all.dedup();
        all
    }

    /// From now on an external system gives no answer to this share of its requests (0 to 1).
    ///
    /// # Errors
    /// Where the sticky is no external system of this run.
    pub fn set_failure_rate(&mut self, external: Id, rate: f64) -> Result<(), RunError> {
        if !self.world.set_failure_rate(external, rate) {
            return Err(RunError::Sticky(self.shown(external)));
        }
        let percent = (self.world.failure_rate(external) * 100.0).round();
        self.fault(external, format!("fails {percent}% of the time"));
        Ok(())
    }

    /// How often an external system gives no answer.
    pub fn failure_rate(&self, external: Id) -> f64 {
        self.world.failure_rate(external)
    }

    /// A sticky stops: it takes no more records, or, if it is an actor, no longer acts. Others go on.
    ///
    /// # Errors
    /// Where the sticky takes no part in the run.
    pub fn stop(&mut self, id: Id) -> Result<(), RunError> {
        self.set_stopped(id, true)
    }

    /// A stopped sticky goes on with what has piled up.
    ///
    /// # Errors
    /// Where the sticky takes no part in the run.
    pub fn resume(&mut self, id: Id) -> Result<(), RunError> {
        self.set_stopped(id, false)
    }

    /// Whether a sticky was stopped by hand.
    pub fn is_stopped(&self, id: Id) -> bool {
        self.stopped.contains(&id)
    }

    fn set_stopped(&mut self, id: Id, stop: bool) -> Result<(), RunError> {
        let consumers = self.consumers_of(id);
        if consumers.is_empty() && !self.system.actors.contains_key(&id) {
            return Err(RunError::Sticky(self.shown(id)));
        }
        for consumer in consumers {
            let input = if stop {
                Input::Pause { consumer, instance: None }
            } else {
                Input::Resume { consumer, instance: None }
            };
            self.runtime.accept(self.now(), input).map_err(|it| RunError::Deploy(it.to_string()))?;
        }
        if stop {
            self.stopped.insert(id)
        } else {
            self.stopped.remove(&id)
        };
        self.fault(id, if stop { "stopped" } else { "goes on" }.to_owned());
        Ok(())
    }

    /// From now on this share of the records that a sticky takes is delivered to it once more.
    ///
    /// # Errors
    /// Where the sticky takes no records.
    pub fn set_duplicates(&mut self, id: Id, rate: f64) -> Result<(), RunError> {
        if self.consumers_of(id).is_empty() || !rate.is_finite() {
            return Err(RunError::Sticky(self.shown(id)));
        }
        let rate = rate.clamp(0.0, 1.0);
        self.duplicates.insert(id, rate);
        self.fault(id, format!("gets {}% of its records twice", (rate * 100.0).round()));
        Ok(())
    }

    /// Delivers a record once more to every sticky that took it, as after a crash between handling and committing.
    ///
    /// # Errors
    /// Where nobody takes the record.
    pub fn redeliver(&mut self, record: RecordNo) -> Result<(), RunError> {
        let Some(it) = self.chronicle.trace.record(record) else {
            return Err(RunError::Sticky(record.to_string()));
        };
        let place = RecordId { topic: it.topic.clone(), partition: it.partition, offset: it.offset };
        let on = it.message;
        let deployment = &self.lowering.deployment;
        let all = deployment.apps.iter().map(|it| it.topology.name.clone());
        let all: Vec<Arc<str>> = all.chain(deployment.consumers.iter().map(|it| it.group.clone())).collect();
        let now = self.now();
        let mut any = false;
        for consumer in all {
            any |= self.runtime.accept(now, Input::Redeliver { consumer, record: place.clone() }).is_ok();
        }
        if !any {
            return Err(RunError::Sticky(record.to_string()));
        }
        if let Some(on) = on {
            self.fault(on, format!("{record} is delivered once more"));
        }
        Ok(())
    }

    fn fault(&mut self, on: Id, what: String) {
        let now = self.now();
        self.faults.push(format!("{now} {}: {what}", self.system.name(on)));
        self.chronicle.trace.push(now, TraceEvent::Fault { on, what: what.into() });
    }

    /// All applications and groups but those that only keep states and rows.
    fn all_but_state(&self) -> Vec<Arc<str>> {
        let keeps = |id: &Id| self.system.aggregates.contains_key(id) || self.system.read_models.contains_key(id);
        let kept: BTreeSet<&Arc<str>> =
            self.lowering.apps.iter().filter(|(id, _)| keeps(id)).map(|(_, name)| name).collect();
        let deployment = &self.lowering.deployment;
        let apps = deployment.apps.iter().map(|it| &it.topology.name);
        let all = apps.chain(deployment.consumers.iter().map(|it| &it.group));
        all.filter(|it| !kept.contains(it)).cloned().collect()
    }

    /// Lets nobody but aggregates and read models read, until [`Self::forget_unread`].
    pub(super) fn hold_all_but_state(&mut self) {
        for consumer in self.all_but_state() {
            let _ = self.runtime.accept(self.now(), Input::Pause { consumer, instance: None });
        }
    }

    /// What all others have not read is history: they go on with what comes from now on.
    pub(super) fn forget_unread(&mut self) {
        for consumer in self.all_but_state() {
            let _ = self.runtime.accept(self.now(), Input::SkipToEnd { consumer: consumer.clone() });
            let _ = self.runtime.accept(self.now(), Input::Resume { consumer, instance: None });
        }
    }

    /// No external system fails from now on.
    pub(super) fn nothing_fails(&mut self) {
        let system = self.system.clone();
        for id in system.externals.keys() {
            self.world.set_failure_rate(*id, 0.0);
        }
    }

    /// The report so far.
    pub fn report(&self) -> Report {
        let name = |id: Id| self.system.name(id).to_owned();
        let tally = &self.chronicle.tally;
        let mut stuck = tally.stuck_lines(&name);
        for (actor, command) in self.crowd.waiting() {
            let what = format!("waits for something on which it can {}", name(command));
            stuck.push(StuckLine { on: Some(actor), name: name(actor), what, count: 1 });
        }
        let mut lags: BTreeMap<(String, String), i64> = BTreeMap::new();
        for it in self.runtime.lag().into_iter().filter(|it| it.lag > 0) {
            *lags.entry((it.group.to_string(), it.topic.to_string())).or_default() += it.lag;
        }
        let lags = lags.into_iter().map(|((consumer, topic), lag)| LagLine { consumer, topic, lag }).collect();
        let not_run = self.lowering.unrunnable.iter().map(|it| NotRunLine {
            id: it.id,
            name: name(it.id),
            reason: it.reason.clone(),
        });
        Report {
            board: self.system.title.clone(),
            seed: self.options.seed,
            started: self.options.start,
            ended: self.now(),
            virtual_ms: self.now().since(self.options.start),
            records: tally.records,
            order_only: self.is_order_only().then(|| ORDER_ONLY.to_owned()),
            stickies: self.sticky_lines(),
            latencies: tally.latency_lines(&name),
            lags,
            stuck,
            rejections: tally.rejection_lines(&name),
            choices: tally.choice_lines(&name),
            invariants: self.chronicle.watch.lines(),
            loops: tally.loop_lines(&name),
            ghost_links: self.system.relies_on_ghosts,
            not_run: not_run.collect(),
            faults: self.faults.clone(),
            trace_left_out: self.chronicle.trace.left_out(),
        }
    }

    fn sticky_lines(&self) -> Vec<StickyLine> {
        let system = &self.system;
        let mut ids: Vec<(Id, &'static str)> = system.timeline.iter().map(|it| (*it, "event")).collect();
        ids.iter_mut().filter(|(id, _)| system.timers.contains_key(id)).for_each(|it| it.1 = "time event");
        let mut rest: Vec<(Id, &'static str)> = Vec::new();
        rest.extend(system.commands.keys().map(|it| (*it, "command")));
        rest.extend(system.aggregates.keys().map(|it| (*it, "aggregate")));
        rest.extend(system.policies.keys().map(|it| (*it, "policy")));
        rest.extend(system.read_models.keys().map(|it| (*it, "read model")));
        rest.extend(system.externals.keys().map(|it| (*it, "external system")));
        rest.extend(system.actors.keys().map(|it| (*it, "actor")));
        rest.sort_by_key(|(id, kind)| (*kind, system.name(*id), *id));
        ids.extend(rest);
        let line = |(id, kind): (Id, &'static str)| {
            let counts = self.chronicle.tally.get(id);
            StickyLine {
                id,
                name: system.name(id).to_owned(),
                kind,
                count: counts.count,
                handled: counts.handled,
                rejected: counts.rejected,
                failed: counts.failed,
            }
        };
        ids.into_iter().map(line).collect()
    }
}

/// The names of everything that may occur in a trace.
fn names(system: &System) -> BTreeMap<Id, Arc<str>> {
    let mut ids: BTreeSet<Id> = BTreeSet::new();
    ids.extend(system.commands.keys().chain(system.events.keys()).chain(system.timers.keys()));
    ids.extend(system.aggregates.keys().chain(system.policies.keys()).chain(system.read_models.keys()));
    ids.extend(system.externals.keys().chain(system.actors.keys()));
    let mut names: BTreeMap<Id, Arc<str>> = ids.into_iter().map(|it| (it, Arc::from(system.name(it)))).collect();
    names.extend(system.invariants.iter().map(|it| (it.id, Arc::from(it.text.as_str()))));
    names.extend(system.scenarios.values().map(|it| (it.id, Arc::from(it.title.as_str()))));
    names
}
