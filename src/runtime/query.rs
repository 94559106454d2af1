//! Looking into the machine: topics, lag, rows, records. Nothing here changes anything.

use std::sync::Arc;

use super::app::Tasks;
use super::codec;
use super::io::{LagView, PartitionView, StoreRow, StoredRecord, TopicView};
use super::machine::Runtime;
use crate::broker::Log;
use crate::record::RecordId;

impl Runtime {
    /// The topics in the order of the deployment.
    pub fn topics(&self) -> Vec<TopicView> {
        let partition = |log: &Log| PartitionView {
            start_offset: log.start_offset(),
            end_offset: log.end_offset(),
            size_bytes: log.size_bytes(),
            segments: log.segment_bases(),
        };
        let view = |spec: &super::TopicSpec| {
            let topic = self.broker.topics().get(&spec.name)?;
            Some(TopicView {
                name: spec.name.clone(),
                provenance: spec.provenance,
                config: topic.config().entries(),
                partitions: topic.partitions().iter().map(partition).collect(),
            })
        };
        self.deployment.topics.iter().filter_map(view).collect()
    }

    /// How far every group is behind in every partition that it reads.
    pub fn lag(&self) -> Vec<LagView> {
        let mut out = Vec::new();
        for app in &self.apps {
            for input in app.tasks.iter().flat_map(|(_, it)| &it.inputs) {
                let Some(topic) = self.topics.get(input.topic).map(|it| it.spec.name.clone()) else { continue };
                let (_, end_offset) = self.log_bounds(&topic, input.partition);
                out.push(LagView {
                    group: app.name.clone(),
                    topic,
                    partition: input.partition,
                    committed: (input.committed >= 0).then_some(input.committed),
                    position: input.position,
                    end_offset,
                    lag: (end_offset - input.position).max(0),
                });
            }
        }
        out
    }

    /// The rows of an application's store over all its tasks.
    pub fn rows<'a>(&'a self, app: &str, store: &'a str) -> impl Iterator<Item = StoreRow> + 'a {
        let tasks = self.apps.iter().find(|it| *it.name == *app).map(|it| &it.tasks);
        let tasks = tasks.into_iter().flat_map(Tasks::iter).filter_map(|(at, slot)| Some((at, slot.task.as_ref()?)));
        tasks.filter_map(move |(at, task)| Some((at, task.store(store)?))).flat_map(|(partition, store)| {
            store.iter().map(move |(key, row)| StoreRow {
                partition,
                key: key.clone(),
                value: row.value.clone(),
                timestamp: row.timestamp,
            })
        })
    }

    /// Up to `count` records of a partition from an offset on; those that cannot be read are left out.
    pub fn records(&self, topic: &str, partition: i32, offset: i64, count: usize) -> Vec<StoredRecord> {
        let Some(state) = self.places.get(topic).and_then(|it| self.topics.get(*it)) else { return Vec::new() };
        let log = self.broker.topics().get(topic).zip(usize::try_from(partition).ok());
        let Some(log) = log.and_then(|(topic, at)| topic.partitions().get(at)) else { return Vec::new() };
        let name: Arc<str> = state.spec.name.clone();
        let (mut out, mut stories) = (Vec::new(), codec::Stories::default());
        let mut next = offset.max(log.start_offset());
        while out.len() < count && next < log.end_offset() {
            let Ok(batches) = log.read(next, 1 << 16) else { break };
            let Some(last) = batches.last().map(|it| it.last_offset()) else { break };
            for record in batches.iter().flat_map(|it| it.records()).filter_map(Result::ok) {
                if record.offset >= next
                    && out.len() < count
                    && let Ok(message) = codec::decode(&record, &state.spec, &self.schemas, &mut stories, None)
                {
                    let id = RecordId { topic: name.clone(), partition, offset: record.offset };
                    out.push(StoredRecord { id, message });
                }
            }
            next = last + 1;
        }
        out
    }

    /// How many records were produced so far.
    pub fn produced(&self) -> u64 {
        self.produced
    }

    /// The broker, for looking at.
    pub fn broker(&self) -> &crate::broker::Broker {
        &self.broker
    }
}
