//! SyncGroup: the leader hands in the assignment, every member gets its part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, Ticket, Timestamp, TopicPartition};

pub(super) const SPEC: ApiSpec = ApiSpec {
    key: 14,
    name: "SyncGroup",
    doc: "Hands the leader's assignment of partitions to the members of a generation.",
};

/// The assignment, or a question for it.
#[derive(Clone, Debug)]
pub struct SyncGroupRequest {
    /// The group.
    pub group: Arc<str>,
    /// The member.
    pub member_id: String,
    /// Its generation.
    pub generation: i32,
    /// Who reads what; the leader only.
    pub assignments: BTreeMap<String, Vec<TopicPartition>>,
}

/// The member's partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncGroupResponse {
    /// What it is to read.
    pub assignment: Vec<TopicPartition>,
}

pub(super) fn handle(
    broker: &mut Broker,
    now: Timestamp,
    ticket: Ticket,
    request: SyncGroupRequest,
) -> Result<(), BrokerError> {
    let Broker { groups, ready, .. } = broker;
    let group = groups.get_mut(&request.group).ok_or(BrokerError::UnknownMemberId)?;
    group.sync(now, ticket, request, ready)
}
