//! LeaveGroup: leave a group.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, Timestamp};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 13, name: "LeaveGroup", doc: "Takes a member out of its group; the others share its partitions." };

/// Take me out.
#[derive(Clone, Debug)]
pub struct LeaveGroupRequest {
    /// The group.
    pub group: Arc<str>,
    /// The member.
    pub member_id: String,
}

pub(super) fn handle(broker: &mut Broker, now: Timestamp, request: &LeaveGroupRequest) -> Result<(), BrokerError> {
    let group = broker.groups.get_mut(&request.group).ok_or(BrokerError::UnknownMemberId)?;
    group.leave(now, &request.member_id)
}
