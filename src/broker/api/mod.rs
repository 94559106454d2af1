//! The requests that a broker understands, one file each. A new one is a file, its line here and its entry in [`ALL`].

mod produce;
mod fetch;
mod list_offsets;
mod metadata;
mod offset_commit;
mod offset_fetch;
mod join_group;
mod heartbeat;
mod leave_group;
mod sync_group;
mod create_topics;
mod delete_records;
mod init_producer_id;

use super::{Broker, BrokerError, Ticket, Timestamp};

pub use create_topics::{CreateTopicsRequest, NewTopic};
pub use delete_records::DeleteRecordsRequest;
pub use fetch::{FetchRequest, FetchResponse};
pub use heartbeat::HeartbeatRequest;
pub use init_producer_id::InitProducerIdResponse;
pub use join_group::{JoinGroupRequest, JoinGroupResponse};
pub use leave_group::LeaveGroupRequest;
pub use list_offsets::{ListOffsetsRequest, OffsetSpec};
pub use metadata::{MetadataResponse, TopicMetadata};
pub use offset_commit::OffsetCommitRequest;
pub use offset_fetch::OffsetFetchRequest;
pub use produce::ProduceRequest;
pub use sync_group::{SyncGroupRequest, SyncGroupResponse};

/// What one API is.
#[derive(Debug)]
pub struct ApiSpec {
    /// Kafka's API key.
    pub key: i16,
    /// Kafka's name of it.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
}

/// Every API, by key.
pub static ALL: &[&ApiSpec] = &[
    &produce::SPEC,
    &fetch::SPEC,
    &list_offsets::SPEC,
    &metadata::SPEC,
    &offset_commit::SPEC,
    &offset_fetch::SPEC,
    &join_group::SPEC,
    &heartbeat::SPEC,
    &leave_group::SPEC,
    &sync_group::SPEC,
    &create_topics::SPEC,
    &delete_records::SPEC,
    &init_producer_id::SPEC,
];

/// A request.
#[derive(Clone, Debug)]
pub enum Request {
    /// Append a batch.
    Produce(ProduceRequest),
    /// Read batches.
    Fetch(FetchRequest),
    /// Find an offset.
    ListOffsets(ListOffsetsRequest),
    /// Which topics there are.
    Metadata,
    /// Note how far a group has come.
    OffsetCommit(OffsetCommitRequest),
    /// Ask how far a group has come.
    OffsetFetch(OffsetFetchRequest),
    /// Become a member of a group.
    JoinGroup(JoinGroupRequest),
    /// Stay a member of a group.
    Heartbeat(HeartbeatRequest),
    /// Leave a group.
    LeaveGroup(LeaveGroupRequest),
    /// Hand in or ask for the assignment of partitions.
    SyncGroup(SyncGroupRequest),
    /// Create topics.
    CreateTopics(CreateTopicsRequest),
    /// Move a log's start up.
    DeleteRecords(DeleteRecordsRequest),
    /// Ask for an idempotent producer's id.
    InitProducerId,
}

/// The answer to a request of the same name.
#[derive(Clone, Debug)]
pub enum Response {
    /// Where the batch went.
    Produce(Result<super::Appended, BrokerError>),
    /// Batches.
    Fetch(Result<FetchResponse, BrokerError>),
    /// Timestamp and offset, if there is one.
    ListOffsets(Result<Option<(Timestamp, i64)>, BrokerError>),
    /// The topics.
    Metadata(MetadataResponse),
    /// Whether the offsets are noted.
    OffsetCommit(Result<(), BrokerError>),
    /// The committed offsets, in the order asked for; `None` where nothing was committed.
    OffsetFetch(Vec<Option<i64>>),
    /// The new generation.
    JoinGroup(Result<JoinGroupResponse, BrokerError>),
    /// Whether all is well.
    Heartbeat(Result<(), BrokerError>),
    /// Whether there was such a member.
    LeaveGroup(Result<(), BrokerError>),
    /// The member's partitions.
    SyncGroup(Result<SyncGroupResponse, BrokerError>),
    /// For each topic in order whether it was created.
    CreateTopics(Vec<Result<(), BrokerError>>),
    /// The log's start offset.
    DeleteRecords(Result<i64, BrokerError>),
    /// A new producer's id and epoch.
    InitProducerId(InitProducerIdResponse),
}

pub(super) fn handle(broker: &mut Broker, now: Timestamp, ticket: Ticket, request: Request) -> Option<Response> {
    match request {
        Request::Produce(it) => Some(Response::Produce(produce::handle(broker, now, it))),
        Request::Fetch(it) => Some(Response::Fetch(fetch::handle(broker, &it))),
        Request::ListOffsets(it) => Some(Response::ListOffsets(list_offsets::handle(broker, &it))),
        Request::Metadata => Some(Response::Metadata(metadata::handle(broker))),
        Request::OffsetCommit(it) => Some(Response::OffsetCommit(offset_commit::handle(broker, now, it))),
        Request::OffsetFetch(it) => Some(Response::OffsetFetch(offset_fetch::handle(broker, &it))),
        Request::JoinGroup(it) => later(join_group::handle(broker, now, ticket, it), Response::JoinGroup),
        Request::Heartbeat(it) => Some(Response::Heartbeat(heartbeat::handle(broker, now, &it))),
        Request::LeaveGroup(it) => Some(Response::LeaveGroup(leave_group::handle(broker, now, &it))),
        Request::SyncGroup(it) => later(sync_group::handle(broker, now, ticket, it), Response::SyncGroup),
        Request::CreateTopics(it) => Some(Response::CreateTopics(create_topics::handle(broker, it))),
        Request::DeleteRecords(it) => Some(Response::DeleteRecords(delete_records::handle(broker, &it))),
        Request::InitProducerId => Some(Response::InitProducerId(init_producer_id::handle(broker))),
    }
}

/// A refusal is answered at once, all else when the coordinator is ready.
fn later<T>(
    outcome: Result<(), BrokerError>,
    response: impl FnOnce(Result<T, BrokerError>) -> Response,
) -> Option<Response> {
    outcome.err().map(|error| response(Err(error)))
}
