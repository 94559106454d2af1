//! A run: the engine, the clock, everybody outside, and the books.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::kit::{Clock as _, Id, Millis, Streams, Timestamp, VirtualClock};
use crate::lowering::Lowering;
use crate::model::System;
use crate::record::{RecordSchema, Value};
use crate::runtime::{Effect, Input, LagView, Message, Produce, Runtime, TopicView};
use crate::trace::{Header, RecordNo, Trace, TraceEvent};

use super::chance::Seeded;
use super::chronicle::{Chronicle, FollowUp, Rows};
use super::crowd::{Act, Crowd};
use super::plausible;
use super::report::ORDER_ONLY;
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
pub(super) enum Due {
    /// Somebody acts.
    Act(usize),
    /// An external system answers, or fails to.
    Answer { external: Id, number: RecordNo, message: Arc<Message>, fails: bool },
    /// A person gets round to a task.
    Task { policy: Id, message: Arc<Message> },
    /// The next event of a timeline that is only played.
    Play(usize),
}

/// A run of a board in virtual time. It goes on as long as it is asked to.
#[derive(Debug)]
pub struct Simulation {
    pub(super) system: Arc<System>,
    pub(super) lowering: Arc<Lowering>,
    pub(super) runtime: Runtime,
    pub(super) clock: VirtualClock,
    pub(super) options: Options,
    pub(super) chance: Seeded,
    pub(super) chronicle: Chronicle,
    pub(super) crowd: Crowd,
    pub(super) world: World,
    pub(super) schedule: Schedule<Due>,
    pub(super) streams: Streams,
    pub(super) stopped: BTreeSet<Id>,
    pub(super) faults: Vec<String>,
    effects: Vec<Effect>,
    follow_ups: Vec<FollowUp>,
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
            stopped: BTreeSet::new(),
            faults: Vec::new(),
            effects: Vec::new(),
            follow_ups: Vec::new(),
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
            self.runtime.run_into(now, &mut self.chance, &mut self.effects);
            self.took();
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
        self.runtime.run_into(now, &mut self.chance, &mut self.effects);
        self.took();
    }

    /// Books what the engine did, and does what follows outside of it.
    fn took(&mut self) {
        let now = self.now();
        let mut follow_ups = std::mem::take(&mut self.follow_ups);
        self.chronicle.take(now, self.effects.drain(..), &mut follow_ups);
        for next in follow_ups.drain(..) {
            match next {
                FollowUp::Ask { external, number, message } => self.ask(external, number, message),
                FollowUp::Task { policy, number, message } => {
                    let due = now + self.world.delay(policy, TASK_DELAY);
                    let actor = self.system.policies.get(&policy).and_then(|it| it.actor);
                    let opened = TraceEvent::TaskOpened { policy, actor, record: number, due };
                    self.chronicle.trace.push(now, opened);
                    self.schedule.put(due, Due::Task { policy, message });
                }
                FollowUp::Stop(stickies) => self.stop_loop(&stickies),
                FollowUp::Instance { of, key } => self.crowd.instance_changed(of, &key, &self.chronicle, now),
                FollowUp::Row { of, key } => self.crowd.row_changed(of, &key, &self.chronicle, now),
            }
        }
        self.follow_ups = follow_ups;
    }

    fn ask(&mut self, external: Id, number: RecordNo, message: Arc<Message>) {
        let now = self.now();
        let Some(party) = self.system.externals.get(&external) else { return };
        let latency = self.world.delay(external, party.latency);
        let fails = self.world.fails(external);
        self.chronicle.trace.push(now, TraceEvent::Asked { external, record: number, latency });
        self.schedule.put(now + latency, Due::Answer { external, number, message, fails });
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
            Due::Task { policy, message } => {
                let topic = self.lowering.tasks.get(&policy).map(|it| it.topic.clone());
                let Some(topic) = topic else { return };
                let mut message = Arc::unwrap_or_clone(message);
                message.timestamp = now;
                let _ = self.runtime.accept(now, Input::Produce(Produce { topic, message }));
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
                if let Err(error) = self.produce(message, Value::record(values), key, by) {
                    self.chronicle.tally.stuck(by, error.to_string().into());
                }
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
                value: Value::record(answer.values),
                schema: Some(event.schema.clone()),
                timestamp: now,
                correlation: request.correlation.clone(),
                cause: request.cause.clone(),
                headers: Default::default(),
            };
            let produce = Input::Produce(Produce { topic: event.topic.clone(), message });
            if let Err(error) = self.runtime.accept(now, produce) {
                self.chronicle.tally.stuck(Some(external), error.to_string().into());
            }
        }
    }

    /// Puts a record of a new story into its topic; tells the story.
    fn produce(&mut self, definition: Id, value: Value, key: Value, by: Option<Id>) -> Result<Arc<str>, RunError> {
        let (schema, topic) = self.message(definition)?;
        let (schema, topic) = (schema.clone(), topic.clone());
        let story = self.runtime.new_story();
        self.chronicle.begin(story.clone(), by);
        let message = Message {
            key,
            value,
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
        let found = self.system.message(definition).zip(self.system.topic_of(definition));
        found.ok_or_else(|| RunError::Message(self.shown(definition)))
    }

    fn key_place(&self, definition: Id) -> usize {
        self.system.key_place(definition).unwrap_or(0)
    }

    pub(super) fn shown(&self, id: Id) -> String {
        let name = self.system.name(id);
        if name.is_empty() { format!("the element {id}") } else { format!("\"{name}\"") }
    }

    /// Sends something by hand, as a new story; tells the story. Let time pass to see what comes of it.
    ///
    /// # Errors
    /// Where the definition is no message, or the values are not those of its type.
    pub fn send(&mut self, send: Send) -> Result<Arc<str>, RunError> {
        let (schema, _) = self.message(send.definition)?;
        let value = Value::record(send.values);
        value.fits(&crate::record::Type::Record(schema.clone())).map_err(|it| RunError::Values(it.to_string()))?;
        let key = value.field(self.key_place(send.definition)).cloned().unwrap_or_default();
        self.produce(send.definition, value, key, None)
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
                let mut keys: Vec<&Value> = living.map(|it| it.keys().collect()).unwrap_or_default();
                keys.sort_unstable();
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
        self.chronicle.instances(aggregate).map(in_order).unwrap_or_default()
    }

    /// The rows of a read model: key and row.
    pub fn rows(&self, read_model: Id) -> Vec<(Value, Value)> {
        self.chronicle.rows(read_model).map(in_order).unwrap_or_default()
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
}

/// Values by key, in the order of the keys.
fn in_order(rows: &Rows) -> Vec<(Value, Value)> {
    let mut rows: Vec<(Value, Value)> = rows.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    rows
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
