//! Produce: append a record batch.

use std::sync::Arc;

use bytes::Bytes;

use super::ApiSpec;
use crate::broker::{Appended, Broker, BrokerError, Timestamp};

pub(super) const SPEC: ApiSpec = ApiSpec {
    key: 0,
    name: "Produce",
    doc: "Appends a record batch to a partition; its bytes are stored as they came.",
};

/// Append this batch.
#[derive(Clone, Debug)]
pub struct ProduceRequest {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub partition: i32,
    /// One batch in the v2 format, with base offset 0.
    pub batch: Bytes,
}

pub(super) fn handle(broker: &mut Broker, now: Timestamp, request: ProduceRequest) -> Result<Appended, BrokerError> {
    let (log, config) = broker.log_mut(&request.topic, request.partition)?;
    let is_mortal = config.is_mortal();
    let appended = log.append(now, request.batch, config)?;
    broker.note_append(is_mortal);
    Ok(appended)
}
