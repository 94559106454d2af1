//! The broker as a step function: a request and the time in, an answer out, now or later.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::api::{self, Request, Response};
use super::group::Group;
use super::log::Log;
use super::{BrokerConfig, BrokerError, Timestamp, TopicConfig};

/// The sender's mark of a request; the answer carries it.
pub type Ticket = u64;

/// Things by name: found by hash, told in the order in which they came.
pub type Named<T> = IndexMap<Arc<str>, T, FxBuildHasher>;

/// A topic: its settings and its partitions.
#[derive(Clone, Debug)]
pub struct Topic {
    pub(super) config: TopicConfig,
    pub(super) partitions: Vec<Log>,
}

impl Topic {
    /// The settings.
    pub fn config(&self) -> &TopicConfig {
        &self.config
    }

    /// The partitions' logs, in order.
    pub fn partitions(&self) -> &[Log] {
        &self.partitions
    }
}

/// What a broker did on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrokerEvent {
    /// Retention deleted whole segments.
    SegmentsDeleted {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
        /// The log's start offset from now on.
        start_offset: i64,
    },
    /// The cleaner removed records that have a successor.
    Compacted {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
        /// How many.
        removed: usize,
    },
    /// A new generation of a group began.
    GroupRebalanced {
        /// The group.
        group: Arc<str>,
        /// Its generation.
        generation: i32,
        /// Its members.
        members: Vec<String>,
    },
    /// A member was silent for longer than its session timeout.
    MemberExpired {
        /// The group.
        group: Arc<str>,
        /// The member.
        member: String,
    },
}

/// One broker.
#[derive(Clone, Debug)]
pub struct Broker {
    pub(super) config: BrokerConfig,
    pub(super) topics: Named<Topic>,
    pub(super) groups: Named<Group>,
    pub(super) ready: Vec<(Ticket, Response)>,
    pub(super) next_producer_id: i64,
    events: Vec<BrokerEvent>,
    next_check: Option<Timestamp>,
    /// Whether a log may hold anything that could be removed one day.
    holds_mortal: bool,
}

impl Broker {
    /// A broker without topics.
    pub fn new(config: BrokerConfig) -> Self {
        Self {
            config,
            topics: Named::default(),
            groups: Named::default(),
            ready: Vec::new(),
            next_producer_id: 0,
            events: Vec::new(),
            next_check: None,
            holds_mortal: false,
        }
    }

    /// Handles a request. `None` is an answer that comes later, through [`Self::tick`] or a later request's doing:
    /// collect it with [`Self::take_ready`].
    pub fn handle(&mut self, now: Timestamp, ticket: Ticket, request: Request) -> Option<Response> {
        api::handle(self, now, ticket, request)
    }

    /// The answers that had to wait, in the order in which they became ready.
    pub fn take_ready(&mut self) -> Vec<(Ticket, Response)> {
        std::mem::take(&mut self.ready)
    }

    /// What the broker did on its own since the last call.
    pub fn take_events(&mut self) -> Vec<BrokerEvent> {
        std::mem::take(&mut self.events)
    }

    /// Lets time pass: sessions expire, gatherings end, retention and the cleaner run when they are due.
    pub fn tick(&mut self, now: Timestamp) {
        for (name, group) in &mut self.groups {
            group.tick(name, now, self.config.offsets_retention, &mut self.ready, &mut self.events);
        }
        let due = *self.next_check.get_or_insert(now + self.config.log_retention_check_interval);
        if due <= now {
            self.next_check = Some(now + self.config.log_retention_check_interval);
            self.maintain(now);
        }
    }

    /// One run of retention and the cleaner over all partitions.
    pub fn maintain(&mut self, now: Timestamp) {
        for (name, topic) in &mut self.topics {
            for (partition, log) in (0..).zip(&mut topic.partitions) {
                if log.retain(now, &topic.config) > 0 {
                    let start_offset = log.start_offset();
                    self.events.push(BrokerEvent::SegmentsDeleted { topic: name.clone(), partition, start_offset });
                }
                let removed = log.clean(now, &topic.config);
                if removed > 0 {
                    self.events.push(BrokerEvent::Compacted { topic: name.clone(), partition, removed });
                }
            }
        }
        self.look_for_mortals();
    }

    /// When retention and the cleaner run next. It counts only where a log holds anything that could be removed one
    /// day.
    pub fn next_maintenance(&self) -> Option<Timestamp> {
        self.next_check.filter(|_| self.holds_mortal)
    }

    /// A batch was appended to a topic with these settings.
    pub(super) fn note_append(&mut self, is_mortal: bool) {
        self.holds_mortal |= is_mortal;
    }

    /// Looks up anew whether there is anything that could be removed one day.
    pub(super) fn look_for_mortals(&mut self) {
        let holds = |it: &Topic| it.partitions.iter().any(|it| it.end_offset() > it.start_offset());
        self.holds_mortal = self.topics.values().any(|it| it.config.is_mortal() && holds(it));
    }

    /// The topics by name, in the order of creation.
    pub fn topics(&self) -> &Named<Topic> {
        &self.topics
    }

    /// The groups by name, in the order of creation.
    pub fn groups(&self) -> &Named<Group> {
        &self.groups
    }

    pub(super) fn log(&self, topic: &str, partition: i32) -> Result<&Log, BrokerError> {
        let at = usize::try_from(partition).map_err(|_| BrokerError::UnknownTopicOrPartition)?;
        self.topics.get(topic).and_then(|it| it.partitions.get(at)).ok_or(BrokerError::UnknownTopicOrPartition)
    }

    pub(super) fn log_mut(&mut self, topic: &str, partition: i32) -> Result<(&mut Log, &TopicConfig), BrokerError> {
        let at = usize::try_from(partition).map_err(|_| BrokerError::UnknownTopicOrPartition)?;
        let topic = self.topics.get_mut(topic).ok_or(BrokerError::UnknownTopicOrPartition)?;
        let log = topic.partitions.get_mut(at).ok_or(BrokerError::UnknownTopicOrPartition)?;
        Ok((log, &topic.config))
    }
}
