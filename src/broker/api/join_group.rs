//! JoinGroup: become a member of a group, or take part in its next generation.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ApiSpec;
use crate::broker::group::Group;
use crate::broker::{Broker, BrokerError, Millis, Ticket, Timestamp};

pub(super) const SPEC: ApiSpec = ApiSpec {
    key: 11,
    name: "JoinGroup",
    doc: "Joins a group; answered when all members have joined or the time is up.",
};

/// Take me in.
#[derive(Clone, Debug)]
pub struct JoinGroupRequest {
    /// The group.
    pub group: Arc<str>,
    /// The id from an earlier answer; empty at first.
    pub member_id: String,
    /// The name from which a new member's id is made.
    pub client_id: String,
    /// After so long a silence the member is removed.
    pub session_timeout: Millis,
    /// How long the group waits for this member when it gathers.
    pub rebalance_timeout: Millis,
    /// The topics it wants to read.
    pub topics: Vec<Arc<str>>,
}

/// The new generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinGroupResponse {
    /// Its number.
    pub generation: i32,
    /// The member's id.
    pub member_id: String,
    /// The member that assigns the partitions.
    pub leader: String,
    /// What each member wants to read; only the leader is told.
    pub members: BTreeMap<String, Vec<Arc<str>>>,
}

pub(super) fn handle(
    broker: &mut Broker,
    now: Timestamp,
    ticket: Ticket,
    request: JoinGroupRequest,
) -> Result<(), BrokerError> {
    let delay = broker.config.group_initial_rebalance_delay;
    let group = broker.groups.entry(request.group.clone()).or_insert_with(|| Group::new(now));
    group.join(now, ticket, request, delay)
}
