//! What is to be run, as plain data.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::broker::{BrokerConfig, TopicConfig};
use crate::kit::{Id, Millis};
use crate::record::{RecordSchema, Type};
use crate::streams::Topology;

/// A whole system: topics, stream applications, consumers outside of it, and the types of its records.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    /// The broker's settings.
    pub broker: BrokerConfig,
    /// The topics.
    pub topics: Vec<TopicSpec>,
    /// The stream applications.
    pub apps: Vec<AppSpec>,
    /// Groups whose records go to the driver, as those of an external system.
    pub consumers: Vec<ConsumerSpec>,
    /// The types of records.
    pub schemas: SchemaSet,
    /// The settings of all producers.
    pub producer: ProducerConfig,
    /// The settings of all consumers.
    pub consumer: ConsumerConfig,
    /// A bug planted on purpose, to prove that a checker finds it.
    pub sabotage: Option<Sabotage>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct TopicSpec {
    /// Its name.
    pub name: Arc<str>,
    /// How many partitions.
    pub partitions: i32,
    /// Its settings.
    pub config: TopicConfig,
    /// The type of its keys.
    pub key: Type,
    /// The types of records whose keys are of another type, by full name.
    pub other_keys: Vec<(Arc<str>, Type)>,
    /// A record here makes or touches an instance of this aggregate, by its key: stories remember which.
    pub instance_of: Option<Arc<str>>,
    /// The sticky that it comes from.
    pub provenance: Option<Id>,
}

impl TopicSpec {
    /// A topic with one partition and Kafka's defaults.
    pub fn new(name: impl Into<Arc<str>>, key: Type) -> Self {
        Self {
            name: name.into(),
            partitions: 1,
            config: TopicConfig::default(),
            key,
            other_keys: Vec::new(),
            instance_of: None,
            provenance: None,
        }
    }

    /// The type of the key of a record of that type.
    pub fn key_of(&self, type_name: &str) -> &Type {
        self.other_keys.iter().find(|it| *it.0 == *type_name).map_or(&self.key, |it| &it.1)
    }
}

/// A stream application. Its name is its topology's.
#[derive(Clone, Debug)]
pub struct AppSpec {
    /// What it does.
    pub topology: Topology,
    /// How many instances share its tasks.
    pub instances: usize,
    /// The topic for records that could not be handled.
    pub dead_letters: Option<Arc<str>>,
    /// The sticky that it comes from.
    pub provenance: Option<Id>,
}

/// A consumer group that the driver stands for.
#[derive(Clone, Debug)]
pub struct ConsumerSpec {
    /// The group.
    pub group: Arc<str>,
    /// The topics that it reads.
    pub topics: Vec<Arc<str>>,
    /// The sticky that it comes from.
    pub provenance: Option<Id>,
}

/// The types of records by full name.
#[derive(Clone, Debug, Default)]
pub struct SchemaSet(FxHashMap<Arc<str>, Arc<RecordSchema>>);

impl SchemaSet {
    /// Adds a type; one of the same name is replaced.
    pub fn insert(&mut self, schema: Arc<RecordSchema>) {
        self.0.insert(schema.name.clone(), schema);
    }

    /// The type of that full name.
    pub fn get(&self, name: &str) -> Option<&Arc<RecordSchema>> {
        self.0.get(name)
    }
}

impl FromIterator<Arc<RecordSchema>> for SchemaSet {
    fn from_iter<I: IntoIterator<Item = Arc<RecordSchema>>>(schemas: I) -> Self {
        let mut set = Self::default();
        schemas.into_iter().for_each(|it| set.insert(it));
        set
    }
}

/// Settings of producers, with Kafka's names and defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerConfig {
    /// `linger.ms`: how long a batch waits for more records.
    pub linger: Millis,
    /// `batch.size`: a batch of this many bytes is sent at once.
    pub batch_size: usize,
}

impl Default for ProducerConfig {
    fn default() -> Self {
        Self { linger: Millis(5), batch_size: 16_384 }
    }
}

/// Settings of consumers, with Kafka's names and defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumerConfig {
    /// `session.timeout.ms`
    pub session_timeout: Millis,
    /// `heartbeat.interval.ms`
    pub heartbeat_interval: Millis,
    /// `max.poll.interval.ms`, for which a rebalance waits for a member.
    pub max_poll_interval: Millis,
    /// `max.poll.records`
    pub max_poll_records: usize,
    /// `max.partition.fetch.bytes`
    pub max_partition_fetch_bytes: usize,
    /// `auto.commit.interval.ms` of consumers and `commit.interval.ms` of stream applications
    pub commit_interval: Millis,
}

impl Default for ConsumerConfig {
    fn default() -> Self {
        Self {
            session_timeout: Millis(45_000),
            heartbeat_interval: Millis(3_000),
            max_poll_interval: Millis(300_000),
            max_poll_records: 500,
            max_partition_fetch_bytes: 1_048_576,
            commit_interval: Millis(5_000),
        }
    }
}

/// A bug planted on purpose. Records are counted from 0 as they are produced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// This record is lost on its way to the broker.
    Lose(u64),
    /// This record is appended twice.
    Repeat(u64),
}
