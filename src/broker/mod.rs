//! The broker: logs of record batches, topics, partitions, groups and offsets, as a step function.
//!
//! This room has no clock, thread, socket or file: the time is handed in, effects are handed out. Requests are typed
//! values, not frames; record batches are Kafka's v2 bytes, built by the client and served as they came.

#![deny(clippy::disallowed_methods)]

pub mod api;
mod assignor;
mod batch;
mod compaction;
mod config;
mod error;
mod group;
mod log;
mod node;
mod partitioner;
mod producer_state;
mod varint;

use crate::kit::{Millis, Timestamp};

pub use api::{
    ApiSpec, CreateTopicsRequest, DeleteRecordsRequest, FetchRequest, FetchResponse, HeartbeatRequest,
    InitProducerIdResponse, JoinGroupRequest, JoinGroupResponse, LeaveGroupRequest, ListOffsetsRequest,
    MetadataResponse, NewTopic, OffsetCommitRequest, OffsetFetchRequest, OffsetSpec, ProduceRequest, Request, Response,
    SyncGroupRequest, SyncGroupResponse, TopicMetadata,
};
pub use assignor::{TopicPartition, range};
pub use batch::{BatchBuilder, Headers, ProducerStamp, RecordBatch, RecordRef, Records};
pub use config::{BrokerConfig, CleanupPolicy, TimestampType, TopicConfig};
pub use error::BrokerError;
pub use group::{CommittedOffset, Group, GroupState};
pub use log::{Appended, Log};
pub use node::{Broker, BrokerEvent, Named, Ticket, Topic};
pub use partitioner::{murmur2, partition_for};
