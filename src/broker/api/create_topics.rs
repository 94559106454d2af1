//! CreateTopics: create topics with their partitions and settings.

use std::sync::Arc;

use super::ApiSpec;
use crate::broker::{Broker, BrokerError, Log, Topic, TopicConfig};

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 19, name: "CreateTopics", doc: "Creates topics with partitions and settings." };

/// The largest number of partitions of a topic.
const PARTITIONS_MAX: i32 = 10_000;

/// A topic to be created.
#[derive(Clone, Debug)]
pub struct NewTopic {
    /// Its name.
    pub name: Arc<str>,
    /// How many partitions.
    pub partitions: i32,
    /// Its settings.
    pub config: TopicConfig,
}

/// Create these topics.
#[derive(Clone, Debug)]
pub struct CreateTopicsRequest {
    /// One after the other; one that is refused does not stop the others.
    pub topics: Vec<NewTopic>,
}

pub(super) fn handle(broker: &mut Broker, request: CreateTopicsRequest) -> Vec<Result<(), BrokerError>> {
    request.topics.into_iter().map(|it| create(broker, it)).collect()
}

fn create(broker: &mut Broker, new: NewTopic) -> Result<(), BrokerError> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let name = new.name.as_ref();
    if name.is_empty() || name.len() > 249 || matches!(name, "." | "..") || !name.chars().all(legal) {
        return Err(BrokerError::InvalidTopic);
    }
    if !(1..=PARTITIONS_MAX).contains(&new.partitions) {
        return Err(BrokerError::InvalidPartitions);
    }
    if broker.topics.contains_key(&new.name) {
        return Err(BrokerError::TopicAlreadyExists);
    }
    let partitions = (0..new.partitions).map(|_| Log::new()).collect();
    broker.topics.insert(new.name, Topic { config: new.config, partitions });
    Ok(())
}
