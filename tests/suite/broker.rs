//! Tests of `broker`: facts recorded from Kafka, an independent codec as oracle, laws of logs and groups.

mod batches;
mod groups;
mod logs;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use stormglass::broker::{TopicConfig, TopicPartition, api, murmur2, partition_for, range};

fn conformance(file: &str) -> Json {
    let path = format!("{}/tests/data/kafka-conformance/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn keys_hash_and_go_where_kafka_sends_them() {
    let cases = conformance("murmur2.json");
    let cases = cases["vectors"].as_array().unwrap();
    assert!(cases.len() > 50);
    for case in cases {
        let hex = case["keyHex"].as_str().unwrap();
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        let key: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
        assert_eq!(i64::from(murmur2(&key)), case["murmur2"].as_i64().unwrap(), "{hex}");
        for (partitions, want) in case["partition"].as_object().unwrap() {
            let got = partition_for(&key, partitions.parse().unwrap());
            assert_eq!(i64::from(got), want.as_i64().unwrap(), "{hex} over {partitions}");
        }
    }
    assert_eq!(partition_for(b"k", 0), 0);
}

#[test]
fn ranges_are_kafkas() {
    let cases = conformance("assignors.json");
    let cases = cases["cases"].as_array().unwrap();
    assert!(cases.len() >= 7);
    let list = |text: &str| text.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    for case in cases {
        let partitions: BTreeMap<Arc<str>, i32> = case["partitions"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(topic, count)| (Arc::from(topic.as_str()), count.as_i64().unwrap() as i32))
            .collect();
        let subscriptions: BTreeMap<String, Vec<Arc<str>>> = case["subscriptions"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(member, topics)| {
                let topics = list(topics.as_str().unwrap()).iter().map(|it| Arc::from(it.as_str())).collect();
                (member.clone(), topics)
            })
            .collect();
        let text = |it: &TopicPartition| format!("{}-{}", it.topic, it.partition);
        for (member, got) in range(&subscriptions, &partitions) {
            let mut got: Vec<String> = got.iter().map(text).collect();
            let mut want = list(case["assignment"]["range"][&member].as_str().unwrap());
            got.sort();
            want.sort();
            assert_eq!(got, want, "{}: {member}", case["case"]);
        }
    }
}

#[test]
fn defaults_are_kafkas() {
    let defaults = conformance("config-defaults.json");
    let of = |kind: &str| -> BTreeMap<String, String> {
        let entries = defaults["configs"][kind].as_array().unwrap().iter();
        entries.filter_map(|it| Some((it["name"].as_str()?.to_owned(), it["default"].as_str()?.to_owned()))).collect()
    };
    let topic = of("topic");
    for (name, value) in TopicConfig::default().entries() {
        assert_eq!(topic.get(name), Some(&value), "{name}");
    }
    let broker = stormglass::broker::BrokerConfig::default();
    let producer = stormglass::runtime::ProducerConfig::default();
    let consumer = stormglass::runtime::ConsumerConfig::default();
    for (kind, name, value) in [
        ("broker", "group.initial.rebalance.delay.ms", broker.group_initial_rebalance_delay.0),
        ("broker", "log.retention.check.interval.ms", broker.log_retention_check_interval.0),
        ("producer", "linger.ms", producer.linger.0),
        ("producer", "batch.size", producer.batch_size as i64),
        ("consumer", "session.timeout.ms", consumer.session_timeout.0),
        ("consumer", "heartbeat.interval.ms", consumer.heartbeat_interval.0),
        ("consumer", "max.poll.interval.ms", consumer.max_poll_interval.0),
        ("consumer", "max.poll.records", consumer.max_poll_records as i64),
        ("consumer", "max.partition.fetch.bytes", consumer.max_partition_fetch_bytes as i64),
        ("consumer", "auto.commit.interval.ms", consumer.commit_interval.0),
    ] {
        assert_eq!(of(kind).get(name), Some(&value.to_string()), "{name}");
    }
}

#[test]
fn settings_are_set_by_name_or_refused() {
    let mut config = TopicConfig::default();
    for (name, value) in TopicConfig::compacted().entries() {
        config.set(name, &value).unwrap();
    }
    assert_eq!(config, TopicConfig::compacted());
    for (name, value) in [
        ("cleanup.policy", "shred"),
        ("retention.ms", "-2"),
        ("segment.ms", "0"),
        ("min.cleanable.dirty.ratio", "1.5"),
        ("min.cleanable.dirty.ratio", "NaN"),
        ("message.timestamp.type", "createtime"),
        ("max.message.bytes", "many"),
        ("no.such.setting", "1"),
    ] {
        assert!(config.set(name, value).is_err(), "{name}={value}");
    }
    assert_eq!(config, TopicConfig::compacted(), "a refused setting changes nothing");
}

#[test]
fn apis_have_kafkas_keys_in_order() {
    let keys: Vec<i16> = api::ALL.iter().map(|it| it.key).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    assert!(api::ALL.iter().all(|it| !it.doc.is_empty()));
}
