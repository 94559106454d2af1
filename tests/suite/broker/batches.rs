//! Record batches: against another implementation of the format, and against damage.

use bytes::Bytes;
use kafka_protocol::indexmap::IndexMap;
use kafka_protocol::protocol::StrBytes;
use kafka_protocol::records::{
    Compression, Record, RecordBatchDecoder, RecordBatchEncoder, RecordEncodeOptions, TimestampType,
};
use proptest::prelude::*;
use stormglass::broker::{BatchBuilder, BrokerError, Log, ProducerStamp, RecordBatch, TopicConfig};
use stormglass::kit::Timestamp;

type Headers = Vec<(String, Option<Vec<u8>>)>;
/// Time, key, value, headers.
type Plain = (i64, Option<Vec<u8>>, Option<Vec<u8>>, Headers);

fn plain() -> impl Strategy<Value = Plain> {
    let bytes = || proptest::option::of(proptest::collection::vec(any::<u8>(), 0..80));
    let headers = proptest::collection::vec(("[a-zé]{0,6}", bytes()), 0..4);
    (0i64..1 << 41, bytes(), bytes(), headers)
}

pub(super) fn build(records: &[Plain], stamp: ProducerStamp) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    for (time, key, value, headers) in records {
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_deref()));
        builder.push(Timestamp(*time), key.as_deref(), value.as_deref(), headers);
    }
    builder.finish(stamp).unwrap().to_vec()
}

fn read(batch: &RecordBatch) -> Vec<Plain> {
    batch
        .records()
        .map(|it| {
            let it = it.unwrap();
            let headers = it.headers().map(|(name, value)| (name.to_owned(), value.map(<[u8]>::to_vec)));
            (it.timestamp.0, it.key.map(<[u8]>::to_vec), it.value.map(<[u8]>::to_vec), headers.collect())
        })
        .collect()
}

/// The oracle keeps its headers in a map.
fn unique(headers: &Headers) -> bool {
    headers.iter().enumerate().all(|(at, it)| headers.iter().skip(at + 1).all(|other| other.0 != it.0))
}

proptest! {
    #![proptest_config(crate::laws::cases(256))]

    #[test]
    fn another_codec_reads_what_we_write(records in proptest::collection::vec(plain(), 1..12)) {
        let bytes = build(&records, ProducerStamp { id: 9, epoch: 2, sequence: 40 });
        let sets = RecordBatchDecoder::decode(&mut Bytes::from(bytes)).unwrap();
        prop_assert_eq!(sets.records.len(), records.len());
        for (at, (got, want)) in sets.records.iter().zip(&records).enumerate() {
            prop_assert_eq!(got.offset, at as i64);
            prop_assert_eq!((got.producer_id, got.producer_epoch, got.sequence), (9, 2, 40 + at as i32));
            prop_assert_eq!(got.timestamp, want.0);
            prop_assert_eq!(got.key.as_deref(), want.1.as_deref());
            prop_assert_eq!(got.value.as_deref(), want.2.as_deref());
            if unique(&want.3) {
                let headers: Headers =
                    got.headers.iter().map(|(name, value)| (name.to_string(), value.as_ref().map(|it| it.to_vec()))).collect();
                prop_assert_eq!(&headers, &want.3);
            }
        }
    }

    #[test]
    fn we_read_what_another_codec_writes(records in proptest::collection::vec(plain(), 1..12)) {
        prop_assume!(records.iter().all(|it| unique(&it.3)));
        let theirs: Vec<Record> = records.iter().enumerate().map(|(at, (time, key, value, headers))| Record {
            transactional: false,
            control: false,
            delete_horizon: false,
            partition_leader_epoch: 0,
            producer_id: -1,
            producer_epoch: -1,
            timestamp_type: TimestampType::Creation,
            offset: at as i64,
            sequence: at as i32 - 1,
            timestamp: *time,
            key: key.clone().map(Bytes::from),
            value: value.clone().map(Bytes::from),
            headers: headers.iter().map(|(name, value)| {
                (StrBytes::from_string(name.clone()), value.clone().map(Bytes::from))
            }).collect::<IndexMap<_, _>>(),
        }).collect();
        let mut bytes = bytes::BytesMut::new();
        let options = RecordEncodeOptions { version: 2, compression: Compression::None };
        RecordBatchEncoder::encode(&mut bytes, &theirs, &options).unwrap();
        let batch = RecordBatch::parse(bytes.freeze()).unwrap();
        prop_assert_eq!(read(&batch), records);
    }

    #[test]
    fn a_batch_goes_out_as_it_came_in(records in proptest::collection::vec(plain(), 1..12)) {
        let bytes = build(&records, ProducerStamp::NONE);
        let mut log = Log::new();
        log.append(Timestamp(1 << 41), build(&records, ProducerStamp::NONE).into(), &TopicConfig::default()).unwrap();
        log.append(Timestamp(1 << 41), bytes.clone().into(), &TopicConfig::default()).unwrap();
        let served = log.read(records.len() as i64, usize::MAX).unwrap().remove(0);
        prop_assert_eq!(served.base_offset(), records.len() as i64);
        // Base offset and leader epoch are the broker's; all else is the client's.
        prop_assert_eq!(&served.bytes()[8..12], &bytes[8..12]);
        prop_assert_eq!(&served.bytes()[16..], &bytes[16..]);
        prop_assert_eq!(read(&served), records);
    }

    /// Any damage is noticed, and the log is as it was.
    #[test]
    fn a_damaged_batch_is_refused(
        records in proptest::collection::vec(plain(), 1..6),
        at in any::<proptest::sample::Index>(),
        bit in 0u8..8,
        cut in any::<proptest::sample::Index>(),
    ) {
        let good = build(&records, ProducerStamp::NONE);
        let mut log = Log::new();
        let now = Timestamp(1 << 41);
        log.append(now, good.clone().into(), &TopicConfig::default()).unwrap();
        let before = format!("{log:?}");
        let mut flipped = good.clone();
        let place = at.index(good.len());
        flipped[place] ^= 1 << bit;
        // The first 8 bytes and the leader epoch are the broker's own and not covered by the checksum.
        if !(0..8).contains(&place) && !(12..16).contains(&place) {
            let refused = log.append(now, flipped.into(), &TopicConfig::default());
            prop_assert_eq!(refused, Err(BrokerError::CorruptMessage));
        }
        let short = good[..cut.index(good.len())].to_vec();
        prop_assert_eq!(log.append(now, short.into(), &TopicConfig::default()), Err(BrokerError::CorruptMessage));
        prop_assert_eq!(format!("{log:?}"), before);
    }

    /// Bytes that lie, with a right checksum, neither panic nor make anyone allocate.
    #[test]
    fn lies_with_a_right_checksum_are_refused(
        records in proptest::collection::vec(plain(), 1..4),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = build(&records, ProducerStamp::NONE);
        let place = 21 + at.index(bytes.len() - 21);
        bytes[place] = byte;
        let crc = crc32c::crc32c(&bytes[21..]);
        bytes[17..21].copy_from_slice(&crc.to_be_bytes());
        let mut log = Log::new();
        if log.append(Timestamp(i64::MAX / 2), bytes.into(), &TopicConfig::default()).is_ok() {
            for batch in log.read(0, usize::MAX).unwrap() {
                for record in batch.records() {
                    record.unwrap().headers().count();
                }
            }
        }
    }
}

#[test]
fn a_count_of_headers_that_lies_is_corrupt() {
    let mut bytes = build(&[(0, None, None, Vec::new())], ProducerStamp::NONE);
    // The last byte is the number of headers.
    *bytes.last_mut().unwrap() = 0x7e;
    let crc = crc32c::crc32c(&bytes[21..]);
    bytes[17..21].copy_from_slice(&crc.to_be_bytes());
    let batch = RecordBatch::parse(bytes).unwrap();
    assert_eq!(batch.records().next().map(|it| it.err()), Some(Some(BrokerError::CorruptMessage)));
    assert_eq!(batch.records().count(), 1, "an error ends the records");
}

#[test]
fn headers_may_repeat_and_the_last_one_counts() {
    let headers: Headers = vec![("a".into(), Some(vec![1])), ("a".into(), Some(vec![2])), ("b".into(), None)];
    let batch = RecordBatch::parse(build(&[(0, None, None, headers)], ProducerStamp::NONE)).unwrap();
    let record = batch.records().next().unwrap().unwrap();
    assert_eq!((record.header("a"), record.header("b"), record.header("c")), (Some(&[2u8][..]), None, None));
    assert!(BatchBuilder::new().finish(ProducerStamp::NONE).is_none(), "an empty batch is none");
}
