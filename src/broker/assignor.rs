//! Who of a group reads which partitions.

use std::collections::BTreeMap;

/// A topic and a partition of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicPartition {
    /// The topic's name.
    pub topic: std::sync::Arc<str>,
    /// The partition's number, from 0.
    pub partition: i32,
}

/// Kafka's range assignor: topic by topic, the members sorted by id get contiguous ranges of partitions, the first
/// ones one more where it does not divide. Topics with equally many partitions are so read together.
pub fn range(
    subscriptions: &BTreeMap<String, Vec<std::sync::Arc<str>>>,
    partitions: &BTreeMap<std::sync::Arc<str>, i32>,
) -> BTreeMap<String, Vec<TopicPartition>> {
    let mut out: BTreeMap<String, Vec<TopicPartition>> =
        subscriptions.keys().map(|member| (member.clone(), Vec::new())).collect();
    for (topic, count) in partitions {
        let members: Vec<&String> =
            subscriptions.iter().filter(|(_, topics)| topics.contains(topic)).map(|(member, _)| member).collect();
        let many = members.len() as i32;
        if many == 0 {
            continue;
        }
        let (each, more) = (count / many, count % many);
        let mut next = 0;
        for (at, member) in (0i32..).zip(members) {
            let end = next + each + i32::from(at < more);
            let mine = (next..end).map(|partition| TopicPartition { topic: topic.clone(), partition });
            out.entry(member.clone()).or_default().extend(mine);
            next = end;
        }
    }
    out
}
