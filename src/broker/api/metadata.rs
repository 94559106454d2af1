//! Metadata: which topics there are.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::Broker;

pub(super) const SPEC: ApiSpec = ApiSpec { key: 3, name: "Metadata", doc: "Lists the topics and their partitions." };

/// One topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicMetadata {
    /// Its name.
    pub name: Arc<str>,
    /// How many partitions it has.
    pub partitions: i32,
}

/// The topics by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataResponse {
    /// In the order of their names.
    pub topics: Vec<TopicMetadata>,
}

pub(super) fn handle(broker: &Broker) -> MetadataResponse {
    let topics = broker.topics.iter();
    let topics = topics.map(|(name, it)| TopicMetadata { name: name.clone(), partitions: it.partitions.len() as i32 });
    let mut topics: Vec<TopicMetadata> = topics.collect();
    topics.sort_by(|a, b| a.name.cmp(&b.name));
    MetadataResponse { topics }
}
