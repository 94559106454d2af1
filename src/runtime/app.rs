//! An application or consumer group: its members, and its tasks with their places in the partitions.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::machine::DeployError;
use super::{AppSpec, ConsumerSpec, Deployment};
use crate::kit::Timestamp;
use crate::record::RecordId;
use crate::streams::{Changelog, Message, Plan, Task};

/// Who handles the records of a group.
#[derive(Clone, Debug)]
pub(super) enum Reader {
    /// Stream tasks.
    Plan(Arc<Plan>),
    /// The driver.
    Driver,
}

/// An application or a consumer group.
#[derive(Debug)]
pub(super) struct App {
    pub(super) name: Arc<str>,
    pub(super) reader: Reader,
    /// The topics read, by place.
    pub(super) topics: Vec<usize>,
    /// Stores and the topics from which they are rebuilt, by place; whether every task reads all partitions.
    pub(super) changelogs: Vec<(usize, usize, bool)>,
    pub(super) dead_letters: Option<Arc<str>>,
    pub(super) members: Vec<Member>,
    pub(super) tasks: Tasks,
    /// The topics written, by place, for each node that is a sink.
    pub(super) sinks: Vec<Option<usize>>,
    /// Whether a node of it sets its own times.
    pub(super) timed: bool,
    /// How many tasks it has.
    pub(super) task_count: i32,
}

/// What a member is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberState {
    /// It does not run.
    Dead,
    /// It runs but is not in the group.
    Outside,
    /// It waits for the group.
    Joining,
    /// It has its partitions.
    Stable,
}

/// One instance.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) state: MemberState,
    pub(super) paused: bool,
    pub(super) id: String,
    pub(super) generation: i32,
    pub(super) last_heartbeat: Timestamp,
    pub(super) next_commit: Timestamp,
}

/// The records of one partition that a task reads.
#[derive(Debug)]
pub(super) struct InputState {
    pub(super) topic: usize,
    pub(super) partition: i32,
    /// The next offset to process.
    pub(super) position: i64,
    /// The next offset to fetch.
    pub(super) fetched: i64,
    pub(super) committed: i64,
    pub(super) buffered: VecDeque<Fetched>,
}

/// A record that was fetched. Those who read it share what was decoded.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub(super) id: RecordId,
    /// The message, or why the bytes are none.
    pub(super) message: Result<Arc<Message>, Arc<str>>,
    /// It is delivered once more: the position does not move.
    pub(super) again: bool,
}

/// A place in a topic from which a store is rebuilt.
#[derive(Debug)]
pub(super) struct ChangelogState {
    pub(super) store: usize,
    pub(super) topic: usize,
    pub(super) partition: i32,
    /// Up to here everything is in the store.
    pub(super) position: i64,
    /// Offsets beyond that which this task wrote itself.
    pub(super) own: BTreeSet<i64>,
}

/// The tasks of an application by number, which is that of the partition they read.
#[derive(Debug, Default)]
pub(super) struct Tasks(Vec<TaskSlot>);

impl Tasks {
    pub(super) fn get(&self, task: i32) -> Option<&TaskSlot> {
        self.0.get(usize::try_from(task).ok()?)
    }

    pub(super) fn get_mut(&mut self, task: i32) -> Option<&mut TaskSlot> {
        self.0.get_mut(usize::try_from(task).ok()?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (i32, &TaskSlot)> {
        (0..).zip(&self.0)
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, TaskSlot> {
        self.0.iter_mut()
    }
}

/// One task: a partition of each topic, and the stores.
#[derive(Debug)]
pub(super) struct TaskSlot {
    pub(super) task: Option<Task>,
    pub(super) inputs: Vec<InputState>,
    pub(super) changelogs: Vec<ChangelogState>,
    pub(super) owner: Option<usize>,
    /// How often it was lost: what an earlier life sent is not its own.
    pub(super) life: u32,
    /// When its next timer goes off, as the machine has noted it.
    pub(super) wakeup: Option<Timestamp>,
}

impl Member {
    fn new() -> Self {
        Self {
            state: MemberState::Outside,
            paused: false,
            id: String::new(),
            generation: -1,
            last_heartbeat: Timestamp::EPOCH,
            next_commit: Timestamp(i64::MAX),
        }
    }
}

impl App {
    pub(super) fn of_topology(
        spec: &AppSpec,
        deployment: &Deployment,
        places: &FxHashMap<Arc<str>, usize>,
    ) -> Result<Self, DeployError> {
        let plan = Arc::new(Plan::new(spec.topology.clone())?);
        let name = spec.topology.name.clone();
        let find = |topic: &Arc<str>| place(&name, topic, places);
        for topic in plan.sink_topics().iter().chain(&spec.dead_letters) {
            find(topic)?;
        }
        let mut changelogs = Vec::new();
        for (store, spec) in spec.topology.stores.iter().enumerate() {
            match &spec.changelog {
                Changelog::Local => {}
                Changelog::Table { topic } => changelogs.push((store, find(topic)?, false)),
                Changelog::Global { topic } => changelogs.push((store, find(topic)?, true)),
                Changelog::Events { topics, .. } => {
                    for topic in topics {
                        changelogs.push((store, find(topic)?, false));
                    }
                }
            }
        }
        let topics = plan.source_topics().iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let sink = |at: usize| plan.sink_topic(at).and_then(|it| places.get(it)).copied();
        let sinks = (0..plan.topology().nodes.len()).map(sink).collect();
        Ok(Self {
            topics,
            sinks,
            changelogs,
            dead_letters: spec.dead_letters.clone(),
            timed: plan.topology().nodes.iter().any(|it| it.operator.is_timed() || it.operator.punctuation().is_some()),
            ..Self::empty(name, Reader::Plan(plan), spec.instances)
        }
        .with_tasks(deployment))
    }

    pub(super) fn of_consumer(
        spec: &ConsumerSpec,
        deployment: &Deployment,
        places: &FxHashMap<Arc<str>, usize>,
    ) -> Result<Self, DeployError> {
        let topics = spec.topics.iter().map(|it| place(&spec.group, it, places)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { topics, ..Self::empty(spec.group.clone(), Reader::Driver, 1) }.with_tasks(deployment))
    }

    fn empty(name: Arc<str>, reader: Reader, instances: usize) -> Self {
        Self {
            name,
            reader,
            topics: Vec::new(),
            changelogs: Vec::new(),
            dead_letters: None,
            members: (0..instances.max(1)).map(|_| Member::new()).collect(),
            tasks: Tasks::default(),
            sinks: Vec::new(),
            timed: false,
            task_count: 1,
        }
    }

    /// As many tasks as the topic with the most partitions has; one without any topic.
    fn with_tasks(mut self, deployment: &Deployment) -> Self {
        let partitions = |topic: &usize| deployment.topics.get(*topic).map_or(0, |it| it.partitions);
        self.task_count = self.topics.iter().map(partitions).max().unwrap_or(1);
        for number in 0..self.task_count {
            let reads = self.topics.iter().filter(|it| partitions(it) > number);
            let inputs = reads.map(|topic| InputState {
                topic: *topic,
                partition: number,
                position: 0,
                fetched: 0,
                committed: 0,
                buffered: VecDeque::new(),
            });
            let rebuilt = self.changelogs.iter().flat_map(|(store, topic, global)| {
                let read = if *global { 0..partitions(topic) } else { number..(number + 1).min(partitions(topic)) };
                let state = |partition| (*store, *topic, partition);
                read.map(state).collect::<Vec<_>>()
            });
            let changelogs = rebuilt.map(|(store, topic, partition)| ChangelogState {
                store,
                topic,
                partition,
                position: 0,
                own: BTreeSet::new(),
            });
            let slot = TaskSlot {
                task: None,
                inputs: inputs.collect(),
                changelogs: changelogs.collect(),
                owner: None,
                life: 0,
                wakeup: None,
            };
            self.tasks.0.push(slot);
        }
        self
    }
}

fn place(user: &Arc<str>, topic: &Arc<str>, places: &FxHashMap<Arc<str>, usize>) -> Result<usize, DeployError> {
    let unknown = || DeployError::Unknown { user: user.clone(), topic: topic.clone() };
    places.get(topic).copied().ok_or_else(unknown)
}
