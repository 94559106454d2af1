//! From what the engine did to what people are told: trace, counters, invariants, instances and rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::kit::{Id, Timestamp, counted};
use crate::lowering::Lowering;
use crate::model::{Handler, System, TopicKind};
use crate::record::{RecordId, Value};
use crate::runtime::{AppSpec, Effect, Message, Origin, Question, StreamEffect, TopicSpec};
use crate::trace::{Choice, Header, RecordNo, Trace, TraceEvent, TracedRecord};

use super::tally::Tally;
use super::watch::{Break, Seen, Watch};

/// A chain of causes is looked at for a loop each time it has grown by this much.
const CHAIN: u32 = 120;
/// A chain that grew so much within this time runs in a loop.
const CHAIN_TIME: i64 = 60_000;

/// What is known of a story.
#[derive(Clone, Copy, Debug, Default)]
struct Story {
    /// Its first record.
    first: Option<RecordNo>,
    /// Who began it.
    by: Option<Id>,
    /// What that record was, and when it was appended.
    began: Option<(Id, Timestamp)>,
}

/// What a type of messages is.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// The definition.
    id: Id,
    /// Whose event it is.
    owner: Option<Id>,
    /// Whether it is an event or a time event, which other things may be waiting for.
    is_event: bool,
    /// Why nothing comes of it.
    unhandled: Option<&'static str>,
}

/// What is known of a topic.
#[derive(Clone, Debug)]
struct Place {
    kind: Option<TopicKind>,
    /// The sticky that it comes from.
    owner: Option<Id>,
    /// The numbers of its records, by partition and offset.
    numbers: Vec<Vec<RecordNo>>,
}

/// Stands for a record that has no number.
const UNKNOWN: RecordNo = RecordNo(u32::MAX);

/// What a run must do because of what happened.
#[derive(Debug)]
pub(super) enum FollowUp {
    /// An external system got a request.
    Ask {
        /// The external system.
        external: Id,
        /// The request.
        number: RecordNo,
        /// Its content.
        message: Arc<Message>,
    },
    /// A person got something to do.
    Task {
        /// The manual policy.
        policy: Id,
        /// The event.
        number: RecordNo,
        /// Its content.
        message: Arc<Message>,
    },
    /// A loop must be stopped: these stickies.
    Stop(Vec<Id>),
    /// An instance of an aggregate changed.
    Instance {
        /// The aggregate.
        of: Id,
        /// Its key.
        key: Value,
    },
    /// A row of a read model changed.
    Row {
        /// The read model.
        of: Id,
        /// Its key.
        key: Value,
    },
}

/// What an application stands for.
#[derive(Clone, Copy, Debug)]
struct AppPart {
    /// The definition.
    part: Option<Id>,
    /// The element that shows it.
    shown: Option<Id>,
    /// The place of the store that holds its states or rows.
    store: Option<usize>,
    keeps: Keeps,
}

/// What lies in the store of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    /// The states of an aggregate.
    States,
    /// The rows of a read model.
    Rows,
    /// Nothing that people look at.
    Nothing,
}

/// What one of the driver's consumer groups stands for.
#[derive(Clone, Copy, Debug)]
enum Group {
    /// Requests to an external system.
    Requests(Id),
    /// The work of a manual policy.
    Tasks(Id),
}

impl Group {
    fn id(self) -> Id {
        match self {
            Self::Requests(id) | Self::Tasks(id) => id,
        }
    }
}

/// The record that an application handles just now.
#[derive(Clone, Copy, Debug)]
struct Current {
    app: usize,
    record: Option<RecordNo>,
    /// The sticky for which it was told that it took the record.
    told: Option<Id>,
}

/// Keeps the books of a run.
#[derive(Debug)]
pub(super) struct Chronicle {
    system: Arc<System>,
    lowering: Arc<Lowering>,
    apps: Vec<AppPart>,
    groups: BTreeMap<Arc<str>, Group>,
    pub(super) trace: Trace,
    pub(super) tally: Tally,
    pub(super) watch: Watch,
    messages: FxHashMap<Arc<str>, Known>,
    places: FxHashMap<Arc<str>, Place>,
    /// Actors, policies and external systems: whose records are counted as theirs.
    doers: FxHashSet<Id>,
    stories: FxHashMap<Arc<str>, Story>,
    depth: Vec<u32>,
    current: Option<Current>,
    instances: FxHashMap<Id, Rows>,
    rows: FxHashMap<Id, Rows>,
}

/// Values by key.
pub(super) type Rows = FxHashMap<Value, Value>;

impl Chronicle {
    pub(super) fn new(system: Arc<System>, lowering: Arc<Lowering>, header: Header, limit: usize) -> Self {
        let parts: BTreeMap<&Arc<str>, Id> = lowering.apps.iter().map(|(id, name)| (name, *id)).collect();
        let app = |it: &AppSpec| {
            let part = parts.get(&it.topology.name).copied();
            let store = part.and_then(|it| lowering.stores.get(&it)).map(|it| &it.1);
            let store = it.topology.stores.iter().position(|it| store == Some(&it.name));
            let keeps = match part {
                Some(it) if system.aggregates.contains_key(&it) => Keeps::States,
                Some(it) if system.read_models.contains_key(&it) => Keeps::Rows,
                Some(_) | None => Keeps::Nothing,
            };
            AppPart { part, shown: part.map(|it| system.shown_on(it)).or(it.provenance), store, keeps }
        };
        let apps = lowering.deployment.apps.iter().map(app).collect();
        let mut groups = BTreeMap::new();
        for (id, group) in &lowering.requests {
            groups.insert(group.clone(), Group::Requests(*id));
        }
        for (id, list) in &lowering.tasks {
            groups.insert(list.group.clone(), Group::Tasks(*id));
        }
        let mut messages = FxHashMap::default();
        let all = (system.commands.values().map(|it| (&it.schema, it.id)))
            .chain(system.events.values().map(|it| (&it.schema, it.id)))
            .chain(system.timers.values().map(|it| (&it.schema, it.id)))
            .chain(system.read_models.values().map(|it| (&it.schema, it.id)));
        for (schema, id) in all {
            messages.entry(schema.name.clone()).or_insert_with(|| known(&system, id));
        }
        let place = |it: &TopicSpec| Place {
            kind: system.topics.get(&it.name).map(|it| it.kind),
            owner: it.provenance,
            numbers: (0..it.partitions).map(|_| Vec::new()).collect(),
        };
        let places = lowering.deployment.topics.iter().map(|it| (it.name.clone(), place(it))).collect();
        let doers = system.actors.keys().chain(system.policies.keys()).chain(system.externals.keys()).copied();
        let doers = doers.collect();
        let watch = Watch::new(&system.invariants);
        Self {
            system,
            lowering,
            apps,
            groups,
            trace: Trace::new(header).with_limit(limit),
            tally: Tally::default(),
            watch,
            messages,
            places,
            doers,
            stories: FxHashMap::default(),
            depth: Vec::new(),
            current: None,
            instances: FxHashMap::default(),
            rows: FxHashMap::default(),
        }
    }

    /// A story begins, told by somebody outside the engine.
    pub(super) fn begin(&mut self, story: Arc<str>, by: Option<Id>) {
        self.stories.insert(story, Story { by, ..Story::default() });
    }

    /// The first record of a story.
    pub(super) fn first_of(&self, story: &str) -> Option<RecordNo> {
        self.stories.get(story)?.first
    }

    /// The number of a record by where it lies.
    pub(super) fn number(&self, record: &RecordId) -> Option<RecordNo> {
        let place = self.places.get(&record.topic)?;
        let numbers = place.numbers.get(usize::try_from(record.partition).ok()?)?;
        numbers.get(usize::try_from(record.offset).ok()?).copied().filter(|it| *it != UNKNOWN)
    }

    /// Notes the number of a record.
    fn place(&mut self, record: &RecordId, number: RecordNo) {
        let Some(place) = self.places.get_mut(&record.topic) else { return };
        let numbers = usize::try_from(record.partition).ok().and_then(|it| place.numbers.get_mut(it));
        let (Some(numbers), Ok(offset)) = (numbers, usize::try_from(record.offset)) else { return };
        // Offsets come one after the other, apart from what a full trace has left out.
        if numbers.len() <= offset {
            numbers.resize(offset, UNKNOWN);
            numbers.push(number);
        }
    }

    /// The instances of an aggregate with their states.
    pub(super) fn instances(&self, aggregate: Id) -> Option<&Rows> {
        self.instances.get(&aggregate)
    }

    /// The rows of a read model.
    pub(super) fn rows(&self, read_model: Id) -> Option<&Rows> {
        self.rows.get(&read_model)
    }

    /// Invariants that broke.
    pub(super) fn broken(&mut self, now: Timestamp, breaks: Vec<Break>) {
        for it in breaks {
            self.trace.push(now, TraceEvent::Broken { invariant: it.invariant, record: it.record, why: it.why });
        }
    }

    /// Takes what the engine did; what is to be done because of it is added to `next`.
    pub(super) fn take(&mut self, now: Timestamp, effects: impl Iterator<Item = Effect>, next: &mut Vec<FollowUp>) {
        for effect in effects {
            match effect {
                Effect::Appended { id, origin, message } => self.appended(now, id, origin, message, next),
                Effect::Handled { app, id, .. } => {
                    let record = self.number(&id);
                    self.current = Some(Current { app, record, told: None });
                }
                Effect::Stream { app, effect, .. } => self.stream(now, app, effect, next),
                Effect::Delivered { consumer, id, message } => {
                    let group = self.lowering.deployment.consumers.get(consumer);
                    let group = group.and_then(|it| self.groups.get(&it.group)).copied();
                    let (Some(group), Some(number)) = (group, self.number(&id)) else { continue };
                    match group {
                        Group::Requests(external) => {
                            self.tally.of(external).handled += 1;
                            next.push(FollowUp::Ask { external, number, message });
                        }
                        Group::Tasks(policy) if self.is_task(policy, &message) => {
                            next.push(FollowUp::Task { policy, number, message });
                        }
                        Group::Tasks(_) => {}
                    }
                }
                Effect::Failed { consumer, id, reason, .. } => {
                    let by = self.provenance(&consumer);
                    let record = id.as_ref().and_then(|it| self.number(it));
                    if let (Some(by), Some(record)) = (by, record) {
                        self.tally.of(by).failed += 1;
                        self.trace.push(now, TraceEvent::Failed { by, record, reason: reason.clone() });
                    }
                    self.tally.stuck(by, reason);
                }
                Effect::Refused { topic, error, records, .. } => {
                    let verb = if records == 1 { "was" } else { "were" };
                    let what = format!("{} for {topic} {verb} refused: {error}", counted(records, "record"));
                    self.tally.stuck(self.owner_of(&topic), what.into());
                }
                Effect::Assigned { .. } | Effect::Broker(_) => {}
            }
        }
    }

    /// Whether a record is work for those who carry out a manual policy.
    fn is_task(&self, policy: Id, message: &Message) -> bool {
        self.lowering.tasks.get(&policy).is_some_and(|it| it.types.iter().any(|it| **it == *message.type_name()))
    }

    /// The sticky of an application or consumer group.
    fn provenance(&self, group: &str) -> Option<Id> {
        let apps = self.lowering.deployment.apps.iter().position(|it| *it.topology.name == *group);
        let app = apps.and_then(|it| self.apps.get(it)).and_then(|it| it.shown);
        app.or_else(|| self.groups.get(group).map(|it| it.id()))
    }

    fn owner_of(&self, topic: &str) -> Option<Id> {
        self.places.get(topic).and_then(|it| it.owner)
    }

    /// The sticky that an application stands for.
    fn sticky(&self, app: usize) -> Option<Id> {
        self.apps.get(app)?.shown
    }

    fn appended(
        &mut self,
        now: Timestamp,
        id: RecordId,
        origin: Origin,
        message: Arc<Message>,
        next: &mut Vec<FollowUp>,
    ) {
        let message = Arc::unwrap_or_clone(message);
        self.tally.records += 1;
        let known = self.messages.get(message.type_name()).copied();
        let definition = known.map(|it| it.id);
        let cause = message.cause.as_ref().and_then(|it| self.number(it));
        let story = message.correlation.as_ref().and_then(|it| self.stories.get(it)).copied().unwrap_or_default();
        let first = story.first;
        // Rows of a read model, tasks and what could not be handled are no messages of their own.
        let kind = self.places.get(&id.topic).and_then(|it| it.kind);
        let from = match origin {
            Origin::Node { app, .. } | Origin::DeadLetter { app } => self.sticky(app),
            // A task that somebody has got round to is no second event: it comes from the policy's list.
            Origin::Outside if kind == Some(TopicKind::Tasks) => self.owner_of(&id.topic),
            Origin::Outside => known.and_then(|it| it.owner).or(story.by),
        };
        let depth = cause.and_then(|it| self.depth.get(it.index())).map_or(0, |it| it + 1);
        let is_message = match kind {
            Some(TopicKind::Events | TopicKind::Commands | TopicKind::Requests) | None => true,
            Some(TopicKind::Table | TopicKind::Tasks | TopicKind::DeadLetters) => false,
        };
        let is_shown = is_message || kind == Some(TopicKind::Table);
        let key = message.key.clone();
        let schema = message.schema;
        let record = TracedRecord {
            id: RecordNo(0),
            at: now,
            message: definition.filter(|_| is_shown),
            from,
            type_name: schema.as_ref().map_or_else(|| Arc::from(""), |it| it.name.clone()),
            topic: id.topic.clone(),
            partition: id.partition,
            offset: id.offset,
            key: message.key,
            value: (!message.value.is_null()).then_some(message.value),
            schema,
            cause,
            correlation: first.unwrap_or(RecordNo(u32::MAX)),
        };
        let shown = record.message;
        let Some(number) = self.trace.append(record) else { return };
        self.depth.push(depth);
        self.place(&id, number);
        if let Some(name) = message.correlation.filter(|_| first.is_none()) {
            let began = shown.map(|it| (it, now));
            self.stories.insert(name, Story { first: Some(number), began, ..story });
        }
        let Some(known) = known.filter(|_| is_message) else { return };
        let definition = known.id;
        self.tally.of(definition).count += 1;
        let part = match origin {
            Origin::Node { app, .. } => self.apps.get(app).and_then(|it| it.part),
            Origin::DeadLetter { .. } | Origin::Outside => from,
        };
        if let Some(part) = part.filter(|it| self.doers.contains(it)) {
            self.tally.of(part).count += 1;
        }
        if known.is_event {
            if let Some((from, at)) = story.began {
                self.tally.reached(from, at, definition, now);
            }
            let story = first.unwrap_or(number);
            self.watch.event(&Seen { event: definition, record: number, key: &key, story, at: now });
        }
        if let Some(reason) = known.unhandled {
            self.unhandled(now, definition, number, reason);
        }
        if depth > 0 && depth.is_multiple_of(CHAIN) {
            self.look_for_loop(now, number, depth, next);
        }
    }

    /// A record that nobody takes.
    pub(super) fn unhandled(&mut self, now: Timestamp, on: Id, record: RecordNo, reason: &str) {
        let reason: Arc<str> = reason.into();
        self.tally.stuck(Some(on), reason.clone());
        self.trace.push(now, TraceEvent::Unhandled { record, reason });
    }

    /// Whether the chain of causes goes round in a circle, and fast.
    fn look_for_loop(&mut self, now: Timestamp, record: RecordNo, depth: u32, next: &mut Vec<FollowUp>) {
        let mut stickies: Vec<Id> = Vec::new();
        let mut at = Some(record);
        let mut since = now;
        for _ in 0..CHAIN {
            let Some(it) = at.and_then(|it| self.trace.record(it)) else { break };
            since = it.at;
            for id in [it.message, it.from].into_iter().flatten() {
                if !stickies.contains(&id) {
                    stickies.push(id);
                }
            }
            at = it.cause;
        }
        if now.since(since).0 > CHAIN_TIME || stickies.len() as u32 >= CHAIN {
            return;
        }
        stickies.reverse();
        self.tally.looped(stickies.clone(), u64::from(depth));
        self.trace.push(now, TraceEvent::Looped { stickies: stickies.clone(), steps: u64::from(depth) });
        next.push(FollowUp::Stop(stickies));
    }

    /// Tells that a sticky took the record at hand, once. What nobody drew is shown on another's sticky and counted by
    /// itself.
    fn took(&mut self, now: Timestamp, by: Id) -> Option<RecordNo> {
        let current = self.current.as_mut()?;
        let record = current.record?;
        if current.told != Some(by) {
            current.told = Some(by);
            let part = self.apps.get(current.app).and_then(|it| it.part).unwrap_or(by);
            self.tally.of(part).handled += 1;
            self.trace.push(now, TraceEvent::Handled { by, record });
        }
        Some(record)
    }

    fn stream(&mut self, now: Timestamp, app: usize, effect: StreamEffect, next: &mut Vec<FollowUp>) {
        if self.current.is_some_and(|it| it.app != app) {
            self.current = None;
        }
        match effect {
            StreamEffect::Sent { .. } | StreamEffect::TimerCancelled { .. } => {}
            StreamEffect::TimerFired { .. } => self.current = None,
            StreamEffect::Filtered { passed, .. } => {
                if let Some(by) = self.sticky(app).filter(|_| passed) {
                    self.took(now, by);
                }
            }
            StreamEffect::Decided { command, .. } => {
                if let Some(by) = self.sticky(app) {
                    self.took(now, by);
                }
                if let Some(command) = self.messages.get(&command) {
                    self.tally.of(command.id).handled += 1;
                }
            }
            StreamEffect::Rejected { message, reason, cause, .. } => {
                let Some(by) = self.sticky(app) else { return };
                let took = self.took(now, by);
                let record = cause.and_then(|it| self.number(&it)).or(took);
                let command = self.messages.get(&message).map(|it| it.id);
                let (Some(record), Some(command)) = (record, command) else { return };
                let reason: Arc<str> = self.reason(command, &reason).into();
                let part = self.apps.get(app).and_then(|it| it.part).unwrap_or(by);
                self.tally.rejected(command, part, reason.clone());
                self.trace.push(now, TraceEvent::Rejected { command, by, record, reason });
            }
            StreamEffect::Chose { question, answer, cause, .. } => {
                let Some(by) = self.sticky(app) else { return };
                let record = cause.and_then(|it| self.number(&it));
                let (among, taken, sentence) = match question {
                    Question::Which(names) => {
                        let names: Arc<[Arc<str>]> = names.iter().map(|it| self.shown(it)).collect();
                        let taken = names.get(answer).cloned().unwrap_or_else(|| Arc::from(""));
                        (names, taken, None)
                    }
                    Question::Whether(sentence, _) => {
                        let taken = if answer == 1 { "yes" } else { "no" };
                        (Arc::from([sentence.clone()]), Arc::from(taken), Some(sentence))
                    }
                };
                self.chose(now, by, record, taken, among, sentence);
            }
            StreamEffect::TimerSet { .. } => {
                if let Some(by) = self.sticky(app) {
                    self.took(now, by);
                }
            }
            StreamEffect::StoreChanged { store, key, value, cause, .. } => {
                let Some(AppPart { part: Some(of), shown: Some(by), store: Some(own), keeps }) =
                    self.apps.get(app).copied()
                else {
                    return;
                };
                if store != own {
                    return;
                }
                let record = cause.and_then(|it| self.number(&it));
                self.took(now, by);
                self.tally.of(of).count += 1;
                if keeps == Keeps::States {
                    let state = value.as_ref().and_then(Value::as_record).unwrap_or_default();
                    let breaks = self.watch.changed(of, &key, state, record, now);
                    set(self.instances.entry(of).or_default(), &key, value);
                    self.trace.push(now, TraceEvent::Changed { of: by, key: key.clone(), record });
                    self.broken(now, breaks);
                    next.push(FollowUp::Instance { of, key });
                } else if keeps == Keeps::Rows {
                    set(self.rows.entry(of).or_default(), &key, value);
                    self.trace.push(now, TraceEvent::Changed { of: by, key: key.clone(), record });
                    next.push(FollowUp::Row { of, key });
                }
            }
            StreamEffect::NoValue { of, reason, cause, .. } => {
                let Some(by) = self.sticky(app) else { return };
                let reason: Arc<str> = format!("{of} is NULL: {reason}").into();
                if let Some(record) = cause.and_then(|it| self.number(&it)) {
                    self.trace.push(now, TraceEvent::Failed { by, record, reason: reason.clone() });
                }
                self.tally.stuck(Some(by), reason);
            }
            StreamEffect::Dropped { reason, .. } => self.tally.stuck(self.sticky(app), reason.into()),
        }
    }

    /// A choice was made that no rule of the board decides.
    pub(super) fn chose(
        &mut self,
        now: Timestamp,
        by: Id,
        record: Option<RecordNo>,
        taken: Arc<str>,
        among: Arc<[Arc<str>]>,
        sentence: Option<Arc<str>>,
    ) {
        let why = if sentence.is_some() { Choice::Prose } else { Choice::Seed };
        self.tally.chose(by, sentence, taken.clone());
        self.trace.push(now, TraceEvent::Chose { by, record, taken, among, why });
    }

    /// A reason in words.
    fn reason(&self, command: Id, reason: &str) -> String {
        let rules = self.system.commands.get(&command).map(|it| it.requires.as_slice()).unwrap_or_default();
        if rules.iter().any(|it| it.text() == reason) { format!("requires {reason}") } else { reason.to_owned() }
    }

    /// The name of a message type, for people.
    fn shown(&self, type_name: &Arc<str>) -> Arc<str> {
        match self.messages.get(type_name) {
            Some(known) => Arc::from(self.system.name(known.id)),
            None => type_name.clone(),
        }
    }
}

/// What a run has to know of a message.
fn known(system: &System, id: Id) -> Known {
    let event = system.events.get(&id);
    let unhandled = system.commands.get(&id).and_then(|it| match it.handler {
        Handler::Nobody => Some("no aggregate or external system takes it"),
        Handler::Aggregate(_) | Handler::External(_) if it.outcomes.is_empty() => {
            Some("no event follows: the path is open")
        }
        Handler::Aggregate(_) | Handler::External(_) => None,
    });
    let is_event = event.is_some() || system.timers.contains_key(&id);
    Known { id, owner: event.and_then(|it| it.owner.id()), is_event, unhandled }
}

fn set(map: &mut Rows, key: &Value, value: Option<Value>) {
    match value {
        Some(value) => map.insert(key.clone(), value),
        None => map.remove(key),
    };
}
