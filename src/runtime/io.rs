//! What goes into the step machine and what comes out of it.

use std::sync::Arc;

use crate::broker::{BrokerError, BrokerEvent};
use crate::kit::{Id, Timestamp};
use crate::record::{RecordId, Value};
use crate::streams::{Message, Sentence, StreamEffect};

/// Something that the driver does.
#[derive(Clone, Debug)]
pub enum Input {
    /// A record from outside.
    Produce(Produce),
    /// Time passes.
    Tick,
    /// An instance of an application or consumer stops polling; all of them without an instance.
    Pause {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// Which instance, from 0.
        instance: Option<usize>,
    },
    /// It polls again.
    Resume {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// Which instance, from 0.
        instance: Option<usize>,
    },
    /// An instance dies without a word: what it did not commit is read again, its stores are rebuilt.
    Kill {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// Which instance, from 0.
        instance: Option<usize>,
    },
    /// A dead instance starts as a new member.
    Restart {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// Which instance, from 0.
        instance: Option<usize>,
    },
    /// What the group has not read yet is passed over: it goes on with what comes from now on.
    SkipToEnd {
        /// The application or consumer group.
        consumer: Arc<str>,
    },
    /// A record is delivered once more, as after a crash between handling and committing.
    Redeliver {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// The record.
        record: RecordId,
    },
}

/// A record from outside.
#[derive(Clone, Debug)]
pub struct Produce {
    /// The topic.
    pub topic: Arc<str>,
    /// The key, the value and their story. Without a correlation a new story begins.
    pub message: Message,
}

/// An input that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// No such topic.
    #[error("there is no topic {0}")]
    Topic(Arc<str>),
    /// No such application or consumer group.
    #[error("there is no application or consumer group {0}")]
    Consumer(Arc<str>),
    /// No such instance.
    #[error("{0} has no instance {1}")]
    Instance(Arc<str>, usize),
    /// No such record, or one that the consumer does not read.
    #[error("{0} is no record that {1} reads")]
    Record(RecordId, Arc<str>),
    /// The value is not one of its type.
    #[error("the record does not fit its type: {0}")]
    Value(String),
}

/// Who produced a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The driver.
    Outside,
    /// A node of an application.
    Node {
        /// The application's place in the deployment.
        app: usize,
        /// The sink's place in its topology.
        node: usize,
    },
    /// An application's place for records that could not be handled.
    DeadLetter {
        /// The application's place in the deployment.
        app: usize,
    },
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A record lies in its topic.
    Appended {
        /// Its id.
        id: RecordId,
        /// Who produced it.
        origin: Origin,
        /// The record; its `cause` is the record that it follows from.
        message: Arc<Message>,
    },
    /// A batch was refused and its records are lost.
    Refused {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
        /// How many records.
        records: usize,
        /// Why.
        error: BrokerError,
    },
    /// An application handled a record; the effects of that follow, up to the next one of these. Records of a type
    /// that it does not want are passed over without a word.
    Handled {
        /// The application's place in the deployment.
        app: usize,
        /// The task.
        partition: i32,
        /// The record.
        id: RecordId,
    },
    /// What a stream task did.
    Stream {
        /// The application's place in the deployment.
        app: usize,
        /// The task.
        partition: i32,
        /// What it did. Messages that a sink sends are not shown here but as [`Self::Appended`].
        effect: StreamEffect,
    },
    /// A consumer of the driver's got a record.
    Delivered {
        /// The consumer's place in the deployment.
        consumer: usize,
        /// The record.
        id: RecordId,
        /// Its content; `cause` is its own id.
        message: Arc<Message>,
    },
    /// A record could not be handled. It is in the topic of dead letters if there is one, else it is skipped.
    Failed {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// The record; none where a timer failed.
        id: Option<RecordId>,
        /// Why.
        reason: Arc<str>,
        /// Where it went.
        dead_letters: Option<Arc<str>>,
    },
    /// An instance got its partitions.
    Assigned {
        /// The application or consumer group.
        consumer: Arc<str>,
        /// Which instance.
        instance: usize,
        /// Topics and partitions.
        partitions: Vec<(Arc<str>, i32)>,
    },
    /// What the broker did on its own.
    Broker(BrokerEvent),
}

/// A choice that a board leaves open.
#[derive(Clone, Copy, Debug)]
pub struct ChoicePoint<'a> {
    /// The application.
    pub app: &'a str,
    /// The sticky of the node.
    pub provenance: Option<Id>,
    /// The key of the message.
    pub key: &'a Value,
}

/// Chance, handed in by the driver: the same answers give the same run.
pub trait Chance {
    /// The place of one of the alternatives.
    fn choose(&mut self, at: ChoicePoint<'_>, alternatives: &[Arc<str>]) -> usize;

    /// Whether a sentence in prose holds.
    fn holds(&mut self, at: ChoicePoint<'_>, sentence: &Sentence<'_>) -> bool;
}

/// No chance at all: the first alternative, and what is at least as likely as not.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirstChoice;

impl Chance for FirstChoice {
    fn choose(&mut self, _at: ChoicePoint<'_>, _alternatives: &[Arc<str>]) -> usize {
        0
    }

    fn holds(&mut self, _at: ChoicePoint<'_>, sentence: &Sentence<'_>) -> bool {
        sentence.weight >= 0.5
    }
}

/// One partition of a topic, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionView {
    /// The first offset that can be read.
    pub start_offset: i64,
    /// The offset that the next record gets.
    pub end_offset: i64,
    /// Bytes of its batches.
    pub size_bytes: i64,
    /// The first offset of each segment.
    pub segments: Vec<i64>,
}

/// A topic, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicView {
    /// Its name.
    pub name: Arc<str>,
    /// The sticky that it comes from.
    pub provenance: Option<Id>,
    /// Its settings, by Kafka's names.
    pub config: Vec<(&'static str, String)>,
    /// Its partitions.
    pub partitions: Vec<PartitionView>,
}

/// How far a group is behind in a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LagView {
    /// The group.
    pub group: Arc<str>,
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// The next offset to process, as far as it is committed.
    pub committed: Option<i64>,
    /// The next offset that the group will process.
    pub position: i64,
    /// The offset that the next record gets.
    pub end_offset: i64,
    /// How many records wait to be processed.
    pub lag: i64,
}

/// A record read back from a topic, for showing.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// Its id.
    pub id: RecordId,
    /// Its content; `cause` is the record that it follows from.
    pub message: Message,
}

/// A row of a store, for showing.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreRow {
    /// The task that holds it.
    pub partition: i32,
    /// Its key.
    pub key: Value,
    /// Its value.
    pub value: Value,
    /// The time of the record that set it.
    pub timestamp: Timestamp,
}
