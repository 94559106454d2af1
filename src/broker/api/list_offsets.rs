//! ListOffsets: find an offset by time, or the ends of the log.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, Timestamp};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 2, name: "ListOffsets", doc: "Finds the offset of a time, or the start or end of a log." };

/// Which offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetSpec {
    /// The first that can be read.
    Earliest,
    /// The one that the next record gets.
    Latest,
    /// That of the first record at or after a time.
    At(Timestamp),
}

/// Find this offset.
#[derive(Clone, Debug)]
pub struct ListOffsetsRequest {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// Which offset.
    pub spec: OffsetSpec,
}

/// The timestamp is -1 for the ends of the log, as in Kafka.
pub(super) fn handle(broker: &Broker, request: &ListOffsetsRequest) -> Result<Option<(Timestamp, i64)>, BrokerError> {
    let log = broker.log(&request.topic, request.partition)?;
    Ok(match request.spec {
        OffsetSpec::Earliest => Some((Timestamp(-1), log.start_offset())),
        OffsetSpec::Latest => Some((Timestamp(-1), log.end_offset())),
        OffsetSpec::At(time) => log.offset_for_time(time),
    })
}
