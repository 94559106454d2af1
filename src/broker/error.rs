//! What a broker refuses, by Kafka's names and numbers.

/// An error that a broker answers with. Names and numbers are Kafka's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum BrokerError {
    /// The offset lies outside the log: below its start or beyond its end.
    #[error("OFFSET_OUT_OF_RANGE: the log does not hold that offset; read from its start or its end")]
    OffsetOutOfRange,
    /// The bytes are not a whole record batch, or its checksum is wrong.
    #[error("CORRUPT_MESSAGE: the record batch is damaged; nothing was appended")]
    CorruptMessage,
    /// No such topic or partition.
    #[error("UNKNOWN_TOPIC_OR_PARTITION: create the topic or look at its partition count")]
    UnknownTopicOrPartition,
    /// The batch is larger than `max.message.bytes`.
    #[error("MESSAGE_TOO_LARGE: the batch exceeds max.message.bytes of the topic")]
    MessageTooLarge,
    /// The name cannot be a topic's.
    #[error("INVALID_TOPIC_EXCEPTION: a topic's name is 1 to 249 characters of a-z A-Z 0-9 . _ -")]
    InvalidTopic,
    /// The generation is not the group's current one.
    #[error("ILLEGAL_GENERATION: the group has moved on to another generation; join again")]
    IllegalGeneration,
    /// The member's protocol does not fit the group's.
    #[error("INCONSISTENT_GROUP_PROTOCOL: name at least one topic to subscribe to")]
    InconsistentGroupProtocol,
    /// No such member in the group.
    #[error("UNKNOWN_MEMBER_ID: the member left or its session expired; join again")]
    UnknownMemberId,
    /// The session timeout is outside of what the broker allows.
    #[error("INVALID_SESSION_TIMEOUT: a session timeout is 6 s to 30 min")]
    InvalidSessionTimeout,
    /// The group is being rebalanced.
    #[error("REBALANCE_IN_PROGRESS: the group is being rebalanced; join again")]
    RebalanceInProgress,
    /// The topic is there already.
    #[error("TOPIC_ALREADY_EXISTS")]
    TopicAlreadyExists,
    /// A partition count below one or above the limit.
    #[error("INVALID_PARTITIONS: a topic has 1 to 10000 partitions")]
    InvalidPartitions,
    /// A setting that Kafka does not know, or a value that it refuses.
    #[error("INVALID_CONFIG: a setting of the topic is not valid")]
    InvalidConfig,
    /// A record's timestamp is too far ahead of the broker's time.
    #[error("INVALID_TIMESTAMP: the record's timestamp is too far ahead of the broker's time")]
    InvalidTimestamp,
    /// A gap in the sequence of an idempotent producer.
    #[error("OUT_OF_ORDER_SEQUENCE_NUMBER: a batch of this producer is missing in between")]
    OutOfOrderSequenceNumber,
    /// An older epoch of the producer.
    #[error("INVALID_PRODUCER_EPOCH: a newer instance of this producer has taken over")]
    InvalidProducerEpoch,
    /// A record that the topic cannot hold, as one without a key in a compacted topic.
    #[error("INVALID_RECORD: the topic refuses the record (a compacted topic needs keys; offsets count from 0)")]
    InvalidRecord,
}

impl BrokerError {
    /// Kafka's number of the error.
    pub const fn code(self) -> i16 {
        match self {
            Self::OffsetOutOfRange => 1,
            Self::CorruptMessage => 2,
            Self::UnknownTopicOrPartition => 3,
            Self::MessageTooLarge => 10,
            Self::InvalidTopic => 17,
            Self::IllegalGeneration => 22,
            Self::InconsistentGroupProtocol => 23,
            Self::UnknownMemberId => 25,
            Self::InvalidSessionTimeout => 26,
            Self::RebalanceInProgress => 27,
            Self::InvalidTimestamp => 32,
            Self::TopicAlreadyExists => 36,
            Self::InvalidPartitions => 37,
            Self::InvalidConfig => 40,
            Self::OutOfOrderSequenceNumber => 45,
            Self::InvalidProducerEpoch => 47,
            Self::InvalidRecord => 87,
        }
    }
}
