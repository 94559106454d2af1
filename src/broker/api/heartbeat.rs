//! Heartbeat: stay a member of a group.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, Timestamp};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 12, name: "Heartbeat", doc: "Keeps a member's session alive and tells it of a rebalance." };

/// I am alive.
#[derive(Clone, Debug)]
pub struct HeartbeatRequest {
    /// The group.
    pub group: Arc<str>,
    /// The member.
    pub member_id: String,
    /// The generation it knows.
    pub generation: i32,
}

pub(super) fn handle(broker: &mut Broker, now: Timestamp, request: &HeartbeatRequest) -> Result<(), BrokerError> {
    let group = broker.groups.get_mut(&request.group).ok_or(BrokerError::UnknownMemberId)?;
    group.heartbeat(now, &request.member_id, request.generation)
}
