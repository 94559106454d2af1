//! OffsetFetch: ask how far a group has come.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, TopicPartition};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 9, name: "OffsetFetch", doc: "Tells the offsets that a group has committed." };

/// Tell the offsets of these partitions.
#[derive(Clone, Debug)]
pub struct OffsetFetchRequest {
    /// The group.
    pub group: Arc<str>,
    /// The partitions asked for.
    pub partitions: Vec<TopicPartition>,
}

pub(super) fn handle(broker: &Broker, request: &OffsetFetchRequest) -> Vec<Option<i64>> {
    let group = broker.groups.get(&request.group);
    let committed = |it: &TopicPartition| group.and_then(|group| group.offsets().get(it)).map(|it| it.offset);
    request.partitions.iter().map(committed).collect()
}
