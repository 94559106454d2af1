//! OffsetCommit: note how far a group has come.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::group::Group;
use crate::broker::{Broker, BrokerError, Timestamp, TopicPartition};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 8, name: "OffsetCommit", doc: "Notes the next offset to process, for each partition of a group." };

/// Note these offsets.
#[derive(Clone, Debug)]
pub struct OffsetCommitRequest {
    /// The group.
    pub group: Arc<str>,
    /// The member's generation; -1 for a consumer that assigns its partitions itself.
    pub generation: i32,
    /// The member; empty for a consumer that assigns its partitions itself.
    pub member_id: String,
    /// The next offset of each partition.
    pub offsets: Vec<(TopicPartition, i64)>,
}

pub(super) fn handle(broker: &mut Broker, now: Timestamp, request: OffsetCommitRequest) -> Result<(), BrokerError> {
    let group = broker.groups.entry(request.group).or_insert_with(|| Group::new(now));
    group.commit(now, &request.member_id, request.generation, request.offsets)
}
