//! DeleteRecords: move a log's start up.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 21, name: "DeleteRecords", doc: "Makes the records below an offset unreadable." };

/// Nothing below this offset is needed any more.
#[derive(Clone, Debug)]
pub struct DeleteRecordsRequest {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// The first offset to keep.
    pub offset: i64,
}

pub(super) fn handle(broker: &mut Broker, request: &DeleteRecordsRequest) -> Result<i64, BrokerError> {
    let (log, _) = broker.log_mut(&request.topic, request.partition)?;
    let start = log.delete_below(request.offset)?;
    broker.look_for_mortals();
    Ok(start)
}
