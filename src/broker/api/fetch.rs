//! Fetch: read record batches.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, RecordBatch};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 1, name: "Fetch", doc: "Reads whole batches from the one that holds the offset on." };

/// Read from this offset on.
#[derive(Clone, Debug)]
pub struct FetchRequest {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// The first offset wanted; the first batch may begin before it.
    pub offset: i64,
    /// Stop before this many bytes, but never before one batch.
    pub max_bytes: usize,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct FetchResponse {
    /// Whole batches, sharing the log's bytes.
    pub batches: Vec<RecordBatch>,
    /// The offset up to which records may be read.
    pub high_watermark: i64,
    /// The log's first offset.
    pub log_start_offset: i64,
}

pub(super) fn handle(broker: &Broker, request: &FetchRequest) -> Result<FetchResponse, BrokerError> {
    let log = broker.log(&request.topic, request.partition)?;
    let batches = log.read(request.offset, request.max_bytes)?;
    Ok(FetchResponse { batches, high_watermark: log.end_offset(), log_start_offset: log.start_offset() })
}
