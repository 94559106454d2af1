//! The step machine: what it holds, and in which order things happen at one instant.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::app::{App, Fetched, Reader};
use super::codec::{Scratch, Stories};
use super::io::{Chance, Effect, Input, InputError, Origin};
use super::producer::Buffer;
use super::{Deployment, SchemaSet, TopicSpec};
use crate::broker::{Broker, BrokerError, CreateTopicsRequest, NewTopic, ProducerStamp, Request, Response, Ticket};
use crate::kit::{Millis, Timestamp};
use crate::record::Value;
use crate::streams::{PlanError, StreamEffect};

/// How often records may go round within one instant before the rest waits for the next one.
const ROUNDS: usize = 64;

/// A deployment that cannot run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeployError {
    /// A topology does not fit together.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The broker refuses a topic.
    #[error("topic {topic}: {error}")]
    Topic {
        /// The topic.
        topic: Arc<str>,
        /// Why.
        error: BrokerError,
    },
    /// Something reads or writes a topic that is not declared.
    #[error("{user} uses the topic {topic}, which is not declared")]
    Unknown {
        /// The application or consumer group.
        user: Arc<str>,
        /// The topic.
        topic: Arc<str>,
    },
    /// The broker would take no member with this session timeout.
    #[error("session.timeout.ms = {0}: a session timeout is 6 s to 30 min")]
    SessionTimeout(i64),
    /// Two applications or groups of one name.
    #[error("there are two applications or consumer groups named {0}")]
    Name(Arc<str>),
}

/// A topic and what producers hold back for it.
#[derive(Debug)]
pub(super) struct TopicState {
    pub(super) spec: TopicSpec,
    pub(super) buffers: Vec<Buffer>,
    /// Records without a key: the partition that they go to at the moment, and bytes sent there.
    pub(super) sticky: (i32, usize),
    /// Which applications and consumers read it or rebuild a store from it.
    pub(super) readers: Vec<usize>,
    /// The instances that its records make or touch, by place.
    pub(super) instances: Option<usize>,
    pub(super) partitions: Vec<PartitionState>,
}

/// What the clients know of a partition.
#[derive(Debug, Default)]
pub(super) struct PartitionState {
    /// The offset after the last record that was appended.
    pub(super) end: i64,
    /// Records decoded lately, without gaps: those who read the end of a log decode each record once between them.
    pub(super) recent: VecDeque<Fetched>,
}

/// Which instance of an aggregate each story has made or touched first.
#[derive(Debug)]
pub(super) struct Instances {
    pub(super) aggregate: Arc<str>,
    pub(super) by_story: FxHashMap<Arc<str>, Value>,
}

/// Brokers, producers, consumers and stream tasks as one step machine: inputs and the time in, effects out.
#[derive(Debug)]
pub struct Runtime {
    pub(super) broker: Broker,
    pub(super) topics: Vec<TopicState>,
    pub(super) places: FxHashMap<Arc<str>, usize>,
    pub(super) apps: Vec<App>,
    pub(super) schemas: SchemaSet,
    pub(super) deployment: Deployment,
    /// Buffers with records, by the time at which they are sent.
    pub(super) due: BTreeSet<(Timestamp, usize, i32)>,
    /// Tasks that may have something to read: application and task. Nobody else is looked at.
    pub(super) ready: BTreeSet<(usize, i32)>,
    /// Tasks with timers, by the time at which the next one goes off: time, application and task.
    pub(super) timers: BTreeSet<(Timestamp, usize, i32)>,
    pub(super) tickets: BTreeMap<Ticket, (usize, usize)>,
    pub(super) next_ticket: Ticket,
    pub(super) instances: Vec<Instances>,
    pub(super) scratch: Scratch,
    pub(super) known_stories: Stories,
    pub(super) task_effects: Vec<StreamEffect>,
    pub(super) effects: Vec<Effect>,
    pub(super) produced: u64,
    pub(super) producer: ProducerStamp,
    /// All groups are settled. Until that changes heartbeats change nothing, so that they are made up for only when
    /// the coordinator looks.
    pub(super) calm: bool,
    /// No commit is due before.
    pub(super) commit_due: Timestamp,
    stories: u64,
    /// How many numbers tasks asked for.
    pub(super) numbers: u64,
}

impl Runtime {
    /// Deploys everything; nothing runs before the first step.
    ///
    /// # Errors
    /// See [`DeployError`].
    pub fn new(deployment: Deployment) -> Result<Self, DeployError> {
        let session = deployment.consumer.session_timeout.0;
        if !(6_000..=1_800_000).contains(&session) {
            return Err(DeployError::SessionTimeout(session));
        }
        let mut broker = Broker::new(deployment.broker.clone());
        // As Kafka's producers do by default, ours are idempotent: a repeated batch would be noticed.
        let producer = match broker.handle(Timestamp::EPOCH, 0, Request::InitProducerId) {
            Some(Response::InitProducerId(it)) => ProducerStamp { id: it.producer_id, epoch: it.epoch, sequence: 0 },
            _ => ProducerStamp::NONE,
        };
        let mut places = FxHashMap::default();
        let mut topics = Vec::new();
        let mut instances: Vec<Instances> = Vec::new();
        for spec in &deployment.topics {
            let new = NewTopic { name: spec.name.clone(), partitions: spec.partitions, config: spec.config.clone() };
            let request = Request::CreateTopics(CreateTopicsRequest { topics: vec![new] });
            if let Some(Response::CreateTopics(results)) = broker.handle(Timestamp::EPOCH, 0, request) {
                for result in results {
                    result.map_err(|error| DeployError::Topic { topic: spec.name.clone(), error })?;
                }
            }
            places.insert(spec.name.clone(), topics.len());
            let buffers = (0..spec.partitions).map(|_| Buffer::default()).collect();
            let partitions = (0..spec.partitions).map(|_| PartitionState::default()).collect();
            let known = spec.instance_of.as_ref().map(|aggregate| {
                let place = instances.iter().position(|it| it.aggregate == *aggregate);
                place.unwrap_or_else(|| {
                    instances.push(Instances { aggregate: aggregate.clone(), by_story: FxHashMap::default() });
                    instances.len() - 1
                })
            });
            let spec = spec.clone();
            let readers = Vec::new();
            topics.push(TopicState { spec, buffers, sticky: (0, 0), readers, instances: known, partitions });
        }
        let mut apps: Vec<App> = Vec::new();
        for spec in &deployment.apps {
            apps.push(App::of_topology(spec, &deployment, &places)?);
        }
        for spec in &deployment.consumers {
            apps.push(App::of_consumer(spec, &deployment, &places)?);
        }
        let mut names = BTreeSet::new();
        for (at, app) in apps.iter().enumerate() {
            if !names.insert(app.name.clone()) {
                return Err(DeployError::Name(app.name.clone()));
            }
            for topic in app.topics.iter().chain(app.changelogs.iter().map(|(_, topic, _)| topic)) {
                if let Some(state) = topics.get_mut(*topic)
                    && !state.readers.contains(&at)
                {
                    state.readers.push(at);
                }
            }
        }
        Ok(Self {
            broker,
            topics,
            places,
            apps,
            schemas: deployment.schemas.clone(),
            deployment,
            due: BTreeSet::new(),
            ready: BTreeSet::new(),
            timers: BTreeSet::new(),
            tickets: BTreeMap::new(),
            next_ticket: 0,
            instances,
            scratch: Scratch::default(),
            known_stories: Stories::default(),
            task_effects: Vec::new(),
            effects: Vec::new(),
            produced: 0,
            producer,
            calm: false,
            commit_due: Timestamp(i64::MAX),
            stories: 0,
            numbers: 0,
        })
    }

    /// What is deployed.
    pub fn deployment(&self) -> &Deployment {
        &self.deployment
    }

    /// Takes an input and lets everything that is due happen.
    ///
    /// # Errors
    /// See [`InputError`]; nothing has happened then.
    pub fn step(&mut self, now: Timestamp, input: Input, chance: &mut dyn Chance) -> Result<Vec<Effect>, InputError> {
        self.accept(now, input)?;
        Ok(self.run(now, chance))
    }

    /// Takes an input without letting anything happen yet: for several at one instant.
    ///
    /// # Errors
    /// See [`InputError`]; nothing has changed then.
    pub fn accept(&mut self, now: Timestamp, input: Input) -> Result<(), InputError> {
        match input {
            Input::Tick => Ok(()),
            Input::Produce(produce) => {
                let place = self.places.get(&produce.topic).copied();
                let topic = place.ok_or_else(|| InputError::Topic(produce.topic.clone()))?;
                let mut message = produce.message;
                if message.correlation.is_none() {
                    message.correlation = Some(self.new_story());
                }
                self.send(now, topic, Arc::new(message), Origin::Outside, 0).map_err(InputError::Value)
            }
            Input::Pause { consumer, instance } => {
                self.each_member(&consumer, instance, |runtime, app, at| runtime.set_paused(app, at, true))
            }
            Input::Resume { consumer, instance } => {
                self.each_member(&consumer, instance, |runtime, app, at| runtime.set_paused(app, at, false))
            }
            Input::Kill { consumer, instance } => {
                self.each_member(&consumer, instance, |runtime, app, at| runtime.kill(now, app, at))
            }
            Input::Restart { consumer, instance } => {
                self.each_member(&consumer, instance, |runtime, app, at| runtime.restart(now, app, at))
            }
            Input::SkipToEnd { consumer } => self.skip_to_end(&consumer),
            Input::Redeliver { consumer, record } => self.redeliver(&consumer, &record),
        }
    }

    /// The correlation of a story that begins now: `1`, `2` ... in the order of beginning.
    pub fn new_story(&mut self) -> Arc<str> {
        self.stories += 1;
        Arc::from(self.stories.to_string())
    }

    fn each_member(
        &mut self,
        consumer: &Arc<str>,
        instance: Option<usize>,
        action: impl Fn(&mut Self, usize, usize),
    ) -> Result<(), InputError> {
        let app = self.app_place(consumer)?;
        let count = self.apps.get(app).map_or(0, |it| it.members.len());
        match instance {
            Some(at) if at >= count => return Err(InputError::Instance(consumer.clone(), at)),
            Some(at) => action(self, app, at),
            None => (0..count).for_each(|at| action(self, app, at)),
        }
        Ok(())
    }

    pub(super) fn app_place(&self, name: &Arc<str>) -> Result<usize, InputError> {
        self.apps.iter().position(|it| it.name == *name).ok_or_else(|| InputError::Consumer(name.clone()))
    }

    /// Lets everything happen that is due at `now`: groups, batches, records, timers, and what follows from them.
    /// Where records go round in a circle without taking time, the rest waits for the next millisecond.
    pub fn run(&mut self, now: Timestamp, chance: &mut dyn Chance) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.run_into(now, chance, &mut effects);
        effects
    }

    /// As [`Self::run`]; the effects are added to a list that is used again and again.
    pub fn run_into(&mut self, now: Timestamp, chance: &mut dyn Chance, effects: &mut Vec<Effect>) {
        for _ in 0..ROUNDS {
            let groups = self.run_groups(now);
            let sent = self.flush_due(now);
            let timed = self.run_timers(now, chance);
            let read = self.run_ready(now, chance);
            if !(groups || sent || timed || read) {
                break;
            }
        }
        self.run_commits(now);
        if effects.is_empty() {
            std::mem::swap(effects, &mut self.effects);
        } else {
            effects.append(&mut self.effects);
        }
        let events = self.broker.take_events();
        if !events.is_empty() {
            // Retention or the cleaner may have removed what is remembered of the logs.
            for partition in self.topics.iter_mut().flat_map(|it| &mut it.partitions) {
                partition.recent.clear();
            }
            effects.extend(events.into_iter().map(Effect::Broker));
        }
    }

    /// When [`Self::run`] has something to do next, if nothing is put in before.
    pub fn next_wakeup(&self, now: Timestamp) -> Option<Timestamp> {
        let soon = now + Millis(1);
        let batches = self.due.first().map(|it| it.0.max(soon));
        let reads = self.ready.iter().any(|(app, task)| self.is_awake(*app, *task)).then_some(soon);
        let timers = self.next_timer().map(|it| it.max(soon));
        let groups = self.next_group_event(now).map(|it| it.max(soon));
        let commits = (self.commit_due.0 < i64::MAX).then(|| self.commit_due.max(soon));
        [batches, reads, timers, groups, commits].into_iter().flatten().min()
    }

    pub(super) fn ask_broker(&mut self, now: Timestamp, request: Request) -> Option<Response> {
        self.next_ticket += 1;
        self.broker.handle(now, self.next_ticket, request)
    }

    /// Whether the application is one of the driver's consumers, and which.
    pub(super) fn as_consumer(&self, app: usize) -> Option<usize> {
        match self.apps.get(app)?.reader {
            Reader::Driver => app.checked_sub(self.deployment.apps.len()),
            Reader::Plan(_) => None,
        }
    }
}
