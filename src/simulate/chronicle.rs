//! From what the engine did to what people are told: trace, counters, invariants, instances and rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::kit::{Id, Timestamp};
use crate::lowering::Lowering;
use crate::model::{Handler, Owner, System, TopicKind};
use crate::record::{RecordId, Value};
use crate::runtime::{AppSpec, Effect, Message, Origin, Question, TaskEffect};
use crate::trace::{Choice, Header, RecordNo, Trace, TraceEvent, TracedRecord};

use super::tally::Tally;
use super::watch::{Break, Seen, Watch};

/// A chain of causes is looked at for a loop each time it has grown by this much.
const CHAIN: u32 = 120;
/// A chain that grew so much within this time runs in a loop.
const CHAIN_TIME: i64 = 60_000;

/// What is known of a story.
#[derive(Clone, Debug)]
struct Story {
    /// Its first record.
    first: Option<RecordNo>,
    /// Who began it.
    by: Option<Id>,
}

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
        message: Message,
    },
    /// A person got something to do.
    Task {
        /// The manual policy.
        policy: Id,
        /// The event.
        number: RecordNo,
        /// Its content.
        message: Message,
    },
    /// An application handled a record for the first time.
    Handled {
        /// The application.
        app: usize,
        /// The record.
        record: RecordId,
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

/// The element that shows a definition.
pub(super) fn shown_on(system: &System, id: Id) -> Id {
    let aggregate = system.aggregates.get(&id).map(|it| it.shown_on);
    aggregate.or_else(|| system.policies.get(&id).map(|it| it.shown_on)).unwrap_or(id)
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
    messages: BTreeMap<Arc<str>, Id>,
    places: HashMap<RecordId, RecordNo>,
    stories: HashMap<Arc<str>, Story>,
    depth: Vec<u32>,
    current: Option<Current>,
    instances: BTreeMap<Id, BTreeMap<Value, Value>>,
    rows: BTreeMap<Id, BTreeMap<Value, Value>>,
}

impl Chronicle {
    pub(super) fn new(system: Arc<System>, lowering: Arc<Lowering>, header: Header, limit: usize) -> Self {
        let parts: BTreeMap<&Arc<str>, Id> = lowering.apps.iter().map(|(id, name)| (name, *id)).collect();
        let app = |it: &AppSpec| {
            let part = parts.get(&it.topology.name).copied();
            let store = part.and_then(|it| lowering.stores.get(&it)).map(|it| &it.1);
            let store = it.topology.stores.iter().position(|it| store == Some(&it.name));
            AppPart { part, shown: part.map(|it| shown_on(&system, it)).or(it.provenance), store }
        };
        let apps = lowering.deployment.apps.iter().map(app).collect();
        let mut groups = BTreeMap::new();
        for (id, group) in &lowering.requests {
            groups.insert(group.clone(), Group::Requests(*id));
        }
        for (id, list) in &lowering.tasks {
            groups.insert(list.group.clone(), Group::Tasks(*id));
        }
        let mut messages = BTreeMap::new();
        let all = (system.commands.values().map(|it| (&it.schema, it.id)))
            .chain(system.events.values().map(|it| (&it.schema, it.id)))
            .chain(system.timers.values().map(|it| (&it.schema, it.id)))
            .chain(system.read_models.values().map(|it| (&it.schema, it.id)));
        for (schema, id) in all {
            messages.entry(schema.name.clone()).or_insert(id);
        }
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
            places: HashMap::new(),
            stories: HashMap::new(),
            depth: Vec::new(),
            current: None,
            instances: BTreeMap::new(),
            rows: BTreeMap::new(),
        }
    }

    /// A story begins, told by somebody outside the engine.
    pub(super) fn begin(&mut self, story: Arc<str>, by: Option<Id>) {
        self.stories.insert(story, Story { first: None, by });
    }

    /// The first record of a story.
    pub(super) fn first_of(&self, story: &str) -> Option<RecordNo> {
        self.stories.get(story)?.first
    }

    /// The number of a record by where it lies.
    pub(super) fn number(&self, record: &RecordId) -> Option<RecordNo> {
        self.places.get(record).copied()
    }

    /// The instances of an aggregate with their states.
    pub(super) fn instances(&self, aggregate: Id) -> Option<&BTreeMap<Value, Value>> {
        self.instances.get(&aggregate)
    }

    /// The rows of a read model.
    pub(super) fn rows(&self, read_model: Id) -> Option<&BTreeMap<Value, Value>> {
        self.rows.get(&read_model)
    }

    /// Invariants that broke.
    pub(super) fn broken(&mut self, now: Timestamp, breaks: Vec<Break>) {
        for it in breaks {
            self.trace.push(now, TraceEvent::Broken { invariant: it.invariant, record: it.record, why: it.why });
        }
    }

    /// Takes what the engine did.
    pub(super) fn take(&mut self, now: Timestamp, effects: Vec<Effect>) -> Vec<FollowUp> {
        let mut next = Vec::new();
        for effect in effects {
            match effect {
                Effect::Appended { id, origin, message } => self.appended(now, id, origin, message, &mut next),
                Effect::Handled { app, id, again, .. } => {
                    let record = self.number(&id);
                    self.current = Some(Current { app, record, told: None });
                    if !again {
                        next.push(FollowUp::Handled { app, record: id });
                    }
                }
                Effect::Task { app, effect, .. } => self.task(now, app, effect, &mut next),
                Effect::Delivered { consumer, id, message, .. } => {
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
                    let what = format!("{records} records for {topic} were refused: {error}");
                    self.tally.stuck(self.owner_of(&topic), what.into());
                }
                Effect::Committed { .. } | Effect::Assigned { .. } | Effect::Broker(_) => {}
            }
        }
        next
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
        self.lowering.deployment.topics.iter().find(|it| *it.name == *topic).and_then(|it| it.provenance)
    }

    /// The sticky that an application stands for.
    fn sticky(&self, app: usize) -> Option<Id> {
        self.apps.get(app)?.shown
    }

    fn appended(&mut self, now: Timestamp, id: RecordId, origin: Origin, message: Message, next: &mut Vec<FollowUp>) {
        self.tally.records += 1;
        let definition = self.messages.get(message.type_name()).copied();
        let story = message.correlation.clone();
        let cause = message.cause.as_ref().and_then(|it| self.number(it));
        let (first, began_by) = match story.as_ref().and_then(|it| self.stories.get(it)) {
            Some(story) => (story.first, story.by),
            None => (None, None),
        };
        // Rows of a read model, tasks and what could not be handled are no messages of their own.
        let kind = self.system.topics.get(&id.topic).map(|it| it.kind);
        let from = match origin {
            Origin::Node { app, .. } | Origin::DeadLetter { app } => self.sticky(app),
            // A task that somebody has got round to is no second event: it comes from the policy's list.
            Origin::Outside if kind == Some(TopicKind::Tasks) => self.owner_of(&id.topic),
            Origin::Outside => {
                let owner = definition.and_then(|it| self.system.events.get(&it)).map(|it| it.owner);
                owner.and_then(Owner::id).or(began_by)
            }
        };
        let depth = cause.and_then(|it| self.depth.get(it.index())).map_or(0, |it| it + 1);
        let is_message = match kind {
            Some(TopicKind::Events | TopicKind::Commands | TopicKind::Requests) | None => true,
            Some(TopicKind::Table | TopicKind::Tasks | TopicKind::DeadLetters) => false,
        };
        let is_shown = is_message || kind == Some(TopicKind::Table);
        let key = message.key.clone();
        let schema = message.schema.clone();
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
        let Some(number) = self.trace.append(record) else { return };
        self.depth.push(depth);
        self.places.insert(id, number);
        if let Some(story) = story {
            self.stories.entry(story).or_insert(Story { first: None, by: None }).first.get_or_insert(number);
        }
        let Some(definition) = definition.filter(|_| is_message) else { return };
        self.tally.of(definition).count += 1;
        let counts = |it: &Id| {
            let system = &self.system;
            system.actors.contains_key(it) || system.policies.contains_key(it) || system.externals.contains_key(it)
        };
        let part = match origin {
            Origin::Node { app, .. } => self.apps.get(app).and_then(|it| it.part),
            Origin::DeadLetter { .. } | Origin::Outside => from,
        };
        if let Some(part) = part.filter(counts) {
            self.tally.of(part).count += 1;
        }
        let first = first.unwrap_or(number);
        if self.system.events.contains_key(&definition) || self.system.timers.contains_key(&definition) {
            let began = self.trace.record(first).map(|it| (it.message, it.at));
            if let Some((Some(from), at)) = began.filter(|_| first != number) {
                self.tally.reached(from, at, definition, now);
            }
            self.watch.event(&Seen { event: definition, record: number, key: &key, story: first, at: now });
        }
        if let Some(command) = self.system.commands.get(&definition) {
            let reason = match command.handler {
                Handler::Nobody => Some("no aggregate or external system takes it"),
                Handler::Aggregate(_) | Handler::External(_) if command.outcomes.is_empty() => {
                    Some("no event follows: the path is open")
                }
                Handler::Aggregate(_) | Handler::External(_) => None,
            };
            if let Some(reason) = reason {
                self.unhandled(now, definition, number, reason);
            }
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

    fn task(&mut self, now: Timestamp, app: usize, effect: TaskEffect, next: &mut Vec<FollowUp>) {
        if self.current.is_some_and(|it| it.app != app) {
            self.current = None;
        }
        match effect {
            TaskEffect::Sent { .. } | TaskEffect::TimerCancelled { .. } => {}
            TaskEffect::TimerFired { .. } => self.current = None,
            TaskEffect::Filtered { passed, .. } => {
                if let Some(by) = self.sticky(app).filter(|_| passed) {
                    self.took(now, by);
                }
            }
            TaskEffect::Decided { command, .. } => {
                if let Some(by) = self.sticky(app) {
                    self.took(now, by);
                }
                if let Some(command) = self.messages.get(&command).copied() {
                    self.tally.of(command).handled += 1;
                }
            }
            TaskEffect::Rejected { message, reason, cause, .. } => {
                let Some(by) = self.sticky(app) else { return };
                let took = self.took(now, by);
                let record = cause.and_then(|it| self.number(&it)).or(took);
                let (Some(record), Some(command)) = (record, self.messages.get(&message).copied()) else { return };
                let reason: Arc<str> = self.reason(command, &reason).into();
                let part = self.apps.get(app).and_then(|it| it.part).unwrap_or(by);
                self.tally.rejected(command, part, reason.clone());
                self.trace.push(now, TraceEvent::Rejected { command, by, record, reason });
            }
            TaskEffect::Chose { question, answer, cause, .. } => {
                let Some(by) = self.sticky(app) else { return };
                let record = cause.and_then(|it| self.number(&it));
                let (among, taken, sentence) = match question {
                    Question::Which(names) => {
                        let names: Vec<Arc<str>> = names.iter().map(|it| self.shown(it)).collect();
                        let taken = names.get(answer).cloned().unwrap_or_else(|| Arc::from(""));
                        (names, taken, None)
                    }
                    Question::Whether(sentence, _) => {
                        let taken = if answer == 1 { "yes" } else { "no" };
                        (vec![sentence.clone()], Arc::from(taken), Some(sentence))
                    }
                };
                self.chose(now, by, record, taken, among, sentence);
            }
            TaskEffect::TimerSet { .. } => {
                if let Some(by) = self.sticky(app) {
                    self.took(now, by);
                }
            }
            TaskEffect::StoreChanged { store, key, value, cause, .. } => {
                let Some(AppPart { part: Some(of), shown: Some(by), store: Some(own) }) = self.apps.get(app).copied()
                else {
                    return;
                };
                if store != own {
                    return;
                }
                let record = cause.and_then(|it| self.number(&it));
                self.took(now, by);
                self.tally.of(of).count += 1;
                if self.system.aggregates.contains_key(&of) {
                    let state = value.as_ref().and_then(Value::as_record).unwrap_or_default();
                    let breaks = self.watch.changed(of, &key, state, record, now);
                    set(self.instances.entry(of).or_default(), &key, value);
                    self.trace.push(now, TraceEvent::Changed { of: by, key: key.clone(), record });
                    self.broken(now, breaks);
                    next.push(FollowUp::Instance { of, key });
                } else if self.system.read_models.contains_key(&of) {
                    set(self.rows.entry(of).or_default(), &key, value);
                    self.trace.push(now, TraceEvent::Changed { of: by, key: key.clone(), record });
                    next.push(FollowUp::Row { of, key });
                }
            }
            TaskEffect::Dropped { reason, .. } => self.tally.stuck(self.sticky(app), reason.into()),
        }
    }

    /// A choice was made that no rule of the board decides.
    pub(super) fn chose(
        &mut self,
        now: Timestamp,
        by: Id,
        record: Option<RecordNo>,
        taken: Arc<str>,
        among: Vec<Arc<str>>,
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
            Some(id) => Arc::from(self.system.name(*id)),
            None => type_name.clone(),
        }
    }
}

fn set(map: &mut BTreeMap<Value, Value>, key: &Value, value: Option<Value>) {
    match value {
        Some(value) => map.insert(key.clone(), value),
        None => map.remove(key),
    };
}
