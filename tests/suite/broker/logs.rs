//! Logs: offsets, segments, retention, compaction, producers that repeat themselves.

use proptest::prelude::*;
use stormglass::broker::api::{
    CreateTopicsRequest, DeleteRecordsRequest, ListOffsetsRequest, NewTopic, OffsetSpec, ProduceRequest, Request,
    Response,
};
use stormglass::broker::{
    Appended, BatchBuilder, Broker, BrokerConfig, BrokerError, BrokerEvent, CleanupPolicy, Log, ProducerStamp,
    TimestampType, TopicConfig,
};
use stormglass::kit::{Millis, Timestamp};

/// A broker with one topic `t` of one partition.
struct One(Broker);

impl One {
    fn new(config: TopicConfig) -> Self {
        let mut broker = Broker::new(BrokerConfig::default());
        let topics = vec![NewTopic { name: "t".into(), partitions: 1, config }];
        let answer = broker.handle(Timestamp(0), 1, Request::CreateTopics(CreateTopicsRequest { topics }));
        assert!(matches!(answer, Some(Response::CreateTopics(it)) if it == [Ok(())]));
        Self(broker)
    }

    fn log(&self) -> &Log {
        &self.0.topics()["t"].partitions()[0]
    }

    fn produce(&mut self, now: i64, batch: Vec<u8>) -> Result<Appended, BrokerError> {
        let request = ProduceRequest { topic: "t".into(), partition: 0, batch: batch.into() };
        match self.0.handle(Timestamp(now), 1, Request::Produce(request)) {
            Some(Response::Produce(result)) => result,
            other => panic!("{other:?}"),
        }
    }

    /// One record, produced at its own time.
    fn put(&mut self, time: i64, key: &str, value: Option<&str>) -> i64 {
        self.produce(time, one(time, Some(key), value)).unwrap().base_offset
    }

    /// `offset key=value` of all records that can be read.
    fn all(&self) -> Vec<String> {
        let text = |it: Option<&[u8]>| it.map_or("-".to_owned(), |it| String::from_utf8_lossy(it).into_owned());
        let batches = self.log().read(self.log().start_offset(), usize::MAX).unwrap();
        let records = batches.iter().flat_map(|it| it.records()).map(Result::unwrap);
        records
            .filter(|it| it.offset >= self.log().start_offset())
            .map(|it| format!("{} {}={}", it.offset, text(it.key), text(it.value)))
            .collect()
    }
}

fn one(time: i64, key: Option<&str>, value: Option<&str>) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    builder.push(Timestamp(time), key.map(str::as_bytes), value.map(str::as_bytes), std::iter::empty());
    builder.finish(ProducerStamp::NONE).unwrap().to_vec()
}

/// A segment for every record.
fn tiny(config: TopicConfig) -> TopicConfig {
    TopicConfig { segment_bytes: 14, ..config }
}

#[test]
fn a_segment_goes_when_its_largest_timestamp_is_too_old() {
    let config = TopicConfig { retention: Millis(100), ..TopicConfig::default() };
    let mut broker = One::new(tiny(config));
    broker.put(0, "a", Some("1"));
    broker.put(50, "b", Some("2"));
    broker.put(60, "c", Some("3"));
    broker.0.maintain(Timestamp(100));
    assert_eq!(broker.log().start_offset(), 0, "as old as allowed is not too old");
    broker.0.maintain(Timestamp(101));
    assert_eq!(broker.all(), ["1 b=2", "2 c=3"]);
    assert!(broker.0.take_events().iter().any(|it| matches!(it, BrokerEvent::SegmentsDeleted { start_offset: 1, .. })));
    broker.0.maintain(Timestamp(1_000));
    assert_eq!(broker.all(), Vec::<String>::new(), "the active segment is rolled when it is old, then deleted");
    assert_eq!((broker.log().start_offset(), broker.log().end_offset()), (3, 3), "offsets are never reused");
    assert_eq!(broker.put(1_000, "d", Some("4")), 3);
}

#[test]
fn a_record_outlives_its_retention_with_its_segment() {
    let mut broker = One::new(TopicConfig { retention: Millis(100), ..TopicConfig::default() });
    broker.put(0, "old", Some("1"));
    broker.put(500, "new", Some("2"));
    broker.0.maintain(Timestamp(550));
    assert_eq!(broker.all(), ["0 old=1", "1 new=2"]);
    let future = one(3_000_000, Some("future"), Some("3"));
    broker.produce(550, future).unwrap();
    broker.0.maintain(Timestamp(1_000_000));
    assert_eq!(broker.all().len(), 3, "a timestamp in the future keeps its segment");
}

#[test]
fn retention_by_size_keeps_at_least_that_much() {
    let mut broker = One::new(tiny(TopicConfig::kept()));
    for at in 0..10 {
        broker.put(at, "k", Some("v"));
    }
    let each = broker.log().size_bytes() / 10;
    let mut limited = One::new(tiny(TopicConfig { retention_bytes: 3 * each + 1, ..TopicConfig::kept() }));
    for at in 0..10 {
        limited.put(at, "k", Some("v"));
    }
    limited.0.maintain(Timestamp(10));
    assert_eq!(limited.log().start_offset(), 6);
    broker.0.maintain(Timestamp(i64::MAX / 2));
    assert_eq!(broker.log().start_offset(), 0, "kept for ever is kept for ever");
}

#[test]
fn segments_roll_by_size_and_by_age() {
    let mut broker = One::new(TopicConfig { segment: Millis(1_000), ..TopicConfig::default() });
    for time in [0, 900, 1_000, 1_001, 1_500, 2_002] {
        broker.put(time, "k", Some("v"));
    }
    assert_eq!(broker.log().segment_bases(), [0, 3, 5]);
}

#[test]
fn times_are_found() {
    let mut broker = One::new(tiny(TopicConfig::default()));
    for time in [10, 30, 20, 40] {
        broker.put(time, "k", Some("v"));
    }
    let mut find = |spec| {
        let request = Request::ListOffsets(ListOffsetsRequest { topic: "t".into(), partition: 0, spec });
        match broker.0.handle(Timestamp(50), 1, request) {
            Some(Response::ListOffsets(Ok(found))) => found.map(|it| it.1),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(find(OffsetSpec::Earliest), Some(0));
    assert_eq!(find(OffsetSpec::Latest), Some(4));
    for (time, want) in [(0, Some(0)), (11, Some(1)), (30, Some(1)), (31, Some(3)), (41, None)] {
        assert_eq!(find(OffsetSpec::At(Timestamp(time))), want, "{time}");
    }
}

#[test]
fn out_of_range_is_an_error() {
    let mut broker = One::new(tiny(TopicConfig::default()));
    for time in 0..5 {
        broker.put(time, "k", Some("v"));
    }
    let delete = |offset| Request::DeleteRecords(DeleteRecordsRequest { topic: "t".into(), partition: 0, offset });
    assert!(matches!(broker.0.handle(Timestamp(9), 1, delete(3)), Some(Response::DeleteRecords(Ok(3)))));
    for offset in [-1, 0, 2, 6, i64::MAX] {
        assert_eq!(broker.log().read(offset, 1).unwrap_err(), BrokerError::OffsetOutOfRange, "{offset}");
    }
    assert!(broker.log().read(5, 1).unwrap().is_empty(), "at the end there is nothing yet");
    assert_eq!(broker.all(), ["3 k=v", "4 k=v"]);
    assert!(matches!(
        broker.0.handle(Timestamp(9), 1, delete(6)),
        Some(Response::DeleteRecords(Err(BrokerError::OffsetOutOfRange)))
    ));
}

#[test]
fn what_a_topic_cannot_hold_is_refused() {
    let mut compacted = One::new(TopicConfig::compacted());
    assert_eq!(compacted.produce(0, one(0, None, Some("v"))), Err(BrokerError::InvalidRecord));
    let mut small = One::new(TopicConfig { max_message_bytes: 60, ..TopicConfig::default() });
    assert_eq!(small.produce(0, one(0, None, None)), Err(BrokerError::MessageTooLarge));
    let mut timely = One::new(TopicConfig::default());
    assert_eq!(timely.produce(0, one(3_600_001, None, None)), Err(BrokerError::InvalidTimestamp));
    timely.produce(0, one(3_600_000, None, None)).unwrap();
    let stamped = TopicConfig { timestamp_type: TimestampType::LogAppendTime, ..TopicConfig::default() };
    let mut stamped = One::new(stamped);
    let appended = stamped.produce(77, one(99_999_999, None, None)).unwrap();
    assert_eq!(appended.log_append_time, Some(Timestamp(77)));
    let batch = stamped.log().read(0, 1).unwrap().remove(0);
    assert_eq!(batch.records().next().unwrap().unwrap().timestamp, Timestamp(77));
    stormglass::broker::RecordBatch::parse(batch.bytes().clone()).unwrap();
}

#[test]
fn topics_are_named_and_counted() {
    let mut broker = Broker::new(BrokerConfig::default());
    let new = |name: &str, partitions| NewTopic { name: name.into(), partitions, config: TopicConfig::default() };
    let topics = vec![
        new("orders.v1_x-y", 3),
        new("orders.v1_x-y", 3),
        new("", 1),
        new("..", 1),
        new("a/b", 1),
        new(&"x".repeat(250), 1),
        new("none", 0),
        new("many", 10_001),
    ];
    let Some(Response::CreateTopics(answers)) =
        broker.handle(Timestamp(0), 1, Request::CreateTopics(CreateTopicsRequest { topics }))
    else {
        panic!()
    };
    use BrokerError::{InvalidPartitions, InvalidTopic, TopicAlreadyExists};
    let want = [
        Ok(()),
        Err(TopicAlreadyExists),
        Err(InvalidTopic),
        Err(InvalidTopic),
        Err(InvalidTopic),
        Err(InvalidTopic),
        Err(InvalidPartitions),
        Err(InvalidPartitions),
    ];
    assert_eq!(answers, want);
    let Some(Response::Metadata(metadata)) = broker.handle(Timestamp(0), 1, Request::Metadata) else { panic!() };
    assert_eq!(metadata.topics.iter().map(|it| it.partitions).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_repeated_batch_of_an_idempotent_producer_is_appended_once() {
    let mut log = Log::new();
    let config = TopicConfig::default();
    let mut send = |epoch, sequence, count: usize| {
        let records = vec![(0, None, None, Vec::new()); count];
        let batch = super::batches::build(&records, ProducerStamp { id: 4, epoch, sequence });
        log.append(Timestamp(0), batch.into(), &config).map(|it| (it.base_offset, it.duplicate))
    };
    assert_eq!(send(0, 0, 2), Ok((0, false)));
    assert_eq!(send(0, 2, 3), Ok((2, false)));
    assert_eq!(send(0, 0, 2), Ok((0, true)));
    assert_eq!(send(0, 6, 1), Err(BrokerError::OutOfOrderSequenceNumber));
    for sequence in 5..10 {
        assert_eq!(send(0, sequence, 1), Ok((i64::from(sequence), false)));
    }
    assert_eq!(send(0, 0, 2), Err(BrokerError::OutOfOrderSequenceNumber), "five batches are remembered");
    assert_eq!(send(0, 5, 1), Ok((5, true)));
    assert_eq!(send(1, 1, 1), Err(BrokerError::OutOfOrderSequenceNumber), "a new epoch begins at 0");
    assert_eq!(send(1, 0, 1), Ok((10, false)));
    assert_eq!(send(0, 10, 1), Err(BrokerError::InvalidProducerEpoch));
}

#[test]
fn compaction_keeps_the_last_of_each_key() {
    let config = TopicConfig { min_cleanable_dirty_ratio: 0.0, ..TopicConfig::compacted() };
    let mut broker = One::new(tiny(config));
    for (at, (key, value)) in
        [("a", "1"), ("b", "1"), ("a", "2"), ("c", "1"), ("a", "3"), ("b", "2")].iter().enumerate()
    {
        broker.put(at as i64, key, Some(value));
    }
    broker.0.maintain(Timestamp(10));
    // The active segment, offset 5, is not touched, so that `b` is there twice.
    assert_eq!(broker.all(), ["1 b=1", "3 c=1", "4 a=3", "5 b=2"]);
    assert_eq!(broker.log().end_offset(), 6);
    assert_eq!(broker.log().read(0, 1).unwrap()[0].records().next().unwrap().unwrap().offset, 1, "gaps are normal");
    broker.put(11, "d", Some("1"));
    broker.0.maintain(Timestamp(12));
    assert_eq!(broker.all(), ["3 c=1", "4 a=3", "5 b=2", "6 d=1"]);
}

#[test]
fn compaction_waits_until_it_is_dirty_enough_or_has_waited_long() {
    let lazy = TopicConfig { min_cleanable_dirty_ratio: 0.5, ..TopicConfig::compacted() };
    let mut broker = One::new(tiny(lazy.clone()));
    for at in 0..10 {
        broker.put(at, &format!("k{at}"), Some("v"));
    }
    broker.0.maintain(Timestamp(20));
    broker.put(21, "k0", Some("w"));
    broker.put(22, "x", Some("w"));
    broker.0.maintain(Timestamp(23));
    assert_eq!(broker.all().len(), 12, "two dirty of twelve are not half");
    let pressed = TopicConfig { max_compaction_lag: Millis(1_000), ..lazy };
    let mut broker = One::new(tiny(pressed));
    for at in 0..10 {
        broker.put(at, &format!("k{at}"), Some("v"));
    }
    broker.0.maintain(Timestamp(20));
    broker.put(21, "k0", Some("w"));
    broker.0.maintain(Timestamp(2_000));
    assert_eq!(broker.all().len(), 10, "the lag forces a run, and rolls the active segment for it");
}

#[test]
fn young_records_are_not_compacted() {
    let config =
        TopicConfig { min_cleanable_dirty_ratio: 0.0, min_compaction_lag: Millis(100), ..TopicConfig::compacted() };
    let mut broker = One::new(tiny(config));
    for at in [0, 10, 200] {
        broker.put(at, "k", Some("v"));
    }
    broker.0.maintain(Timestamp(105));
    assert_eq!(broker.all().len(), 3);
    broker.0.maintain(Timestamp(210));
    assert_eq!(broker.all(), ["1 k=v", "2 k=v"]);
}

#[test]
fn tombstones_stay_a_while_then_vanish() {
    let config =
        TopicConfig { min_cleanable_dirty_ratio: 0.0, delete_retention: Millis(1_000), ..TopicConfig::compacted() };
    let mut broker = One::new(tiny(config));
    broker.put(0, "a", Some("1"));
    broker.put(1, "a", None);
    broker.put(2, "z", Some("1"));
    broker.0.maintain(Timestamp(500));
    assert_eq!(broker.all(), ["1 a=-", "2 z=1"]);
    broker.0.maintain(Timestamp(1_500));
    assert_eq!(broker.all(), ["1 a=-", "2 z=1"], "1000 ms after the first cleaning");
    broker.0.maintain(Timestamp(1_501));
    assert_eq!(broker.all(), ["2 z=1"]);
}

proptest! {
    #![proptest_config(crate::laws::cases(256))]

    /// Whatever is appended, deleted and compacted: offsets rise, none changes, and the last value of a key stays.
    #[test]
    fn a_log_never_lies(
        actions in proptest::collection::vec((0u8..10, 0u8..5, 0u8..3), 1..80),
        policy in prop_oneof![Just(CleanupPolicy::Delete), Just(CleanupPolicy::Compact), Just(CleanupPolicy::CompactDelete)],
        segment_bytes in 14i64..400,
        retention in 50i64..2_000,
    ) {
        let config = TopicConfig {
            cleanup_policy: policy,
            segment_bytes,
            retention: Millis(retention),
            min_cleanable_dirty_ratio: 0.2,
            delete_retention: Millis(300),
            ..TopicConfig::default()
        };
        let mut broker = One::new(config);
        let mut written: Vec<(String, Option<String>, i64)> = Vec::new();
        let (mut now, mut start) = (0, 0);
        for (action, key, value) in actions {
            now += 20;
            match action {
                0 => {
                    // The second time retention sees what the cleaner has left.
                    broker.0.maintain(Timestamp(now));
                    broker.0.maintain(Timestamp(now));
                }
                _ => {
                    let value = (value > 0).then(|| format!("{value}-{now}"));
                    let offset = broker.put(now, &format!("k{key}"), value.as_deref());
                    prop_assert_eq!(offset, written.len() as i64);
                    written.push((format!("k{key}"), value, now));
                }
            }
            let log = broker.log();
            prop_assert_eq!(log.end_offset(), written.len() as i64);
            prop_assert!(log.start_offset() >= start);
            start = log.start_offset();
            let batches = log.read(start, usize::MAX).unwrap();
            let mut last = start - 1;
            let mut seen = std::collections::BTreeSet::new();
            for record in batches.iter().flat_map(|it| it.records()).map(Result::unwrap) {
                let (key, value, time) = &written[record.offset as usize];
                prop_assert!(record.offset > last);
                last = record.offset;
                prop_assert_eq!(record.key, Some(key.as_bytes()));
                prop_assert_eq!(record.value, value.as_deref().map(str::as_bytes));
                prop_assert_eq!(record.timestamp, Timestamp(*time));
                seen.insert(record.offset);
            }
            for (offset, (key, value, time)) in (0i64..).zip(&written) {
                let newest = written.iter().skip(offset as usize + 1).all(|it| it.0 != *key);
                let expired = policy.deletes() && now - time > retention;
                let kept = if policy.compacts() { newest && value.is_some() } else { true };
                prop_assert!(!kept || expired || seen.contains(&offset), "{} is lost at {}", offset, now);
            }
            // What lies in one segment goes together: but for that, nothing that has expired is left.
            if action == 0 && policy.deletes() {
                let bases = log.segment_bases();
                let segment = |offset: i64| bases.partition_point(|it| *it <= offset);
                let young = written.iter().rposition(|it| now - it.2 > retention).map_or(0, |it| it as i64 + 1);
                for offset in seen.iter().filter(|it| **it < young) {
                    let kept_by = seen.iter().any(|it| *it >= young && segment(*it) == segment(*offset));
                    prop_assert!(kept_by, "{} has expired and is there at {}: {:?}", offset, now, bases);
                }
            }
        }
    }
}
