//! One partition's log: segments of record batches, offsets, retention by age and size.

use std::collections::VecDeque;

use bytes::Bytes;

use super::compaction::Cleaner;
use super::producer_state::ProducerStates;
use super::{BrokerError, Millis, RecordBatch, Timestamp, TimestampType, TopicConfig};

/// A run of batches that is deleted or compacted as a whole.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// The first offset that it may hold.
    pub(super) base: i64,
    pub(super) batches: Vec<StoredBatch>,
    pub(super) size: i64,
    /// The largest timestamp of a record in it.
    pub(super) largest: Option<Timestamp>,
    /// The smallest base timestamp of its batches.
    pub(super) oldest: Option<Timestamp>,
    /// The first time at which tombstones in it may vanish.
    pub(super) delete_horizon: Option<Timestamp>,
}

/// A batch and what the cleaner noted about it.
#[derive(Clone, Debug)]
pub(super) struct StoredBatch {
    pub(super) batch: RecordBatch,
    /// From when on its tombstones may vanish; set by the first cleaning that reached them.
    pub(super) delete_horizon: Option<Timestamp>,
}

impl Segment {
    pub(super) fn new(base: i64) -> Self {
        Self { base, batches: Vec::new(), size: 0, largest: None, oldest: None, delete_horizon: None }
    }

    pub(super) fn push(&mut self, stored: StoredBatch) {
        let earlier = |known: Option<Timestamp>, it: Timestamp| Some(known.map_or(it, |known| known.min(it)));
        self.size += stored.batch.bytes().len() as i64;
        self.largest = self.largest.max(Some(stored.batch.max_timestamp()));
        self.oldest = earlier(self.oldest, stored.batch.base_timestamp());
        if let Some(horizon) = stored.delete_horizon {
            self.delete_horizon = earlier(self.delete_horizon, horizon);
        }
        self.batches.push(stored);
    }

    /// The place of the first batch that ends at or after `offset`. Nearly everybody reads at the end.
    fn place_of(&self, offset: i64) -> usize {
        match self.batches.split_last() {
            Some((last, before)) if before.last().is_none_or(|it| it.batch.last_offset() < offset) => {
                before.len() + usize::from(last.batch.last_offset() < offset)
            }
            _ => self.batches.partition_point(|it| it.batch.last_offset() < offset),
        }
    }
}

/// Where a batch went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Offset of its first record.
    pub base_offset: i64,
    /// Offset of its last record.
    pub last_offset: i64,
    /// The broker's time for all records, if the topic is stamped by the broker.
    pub log_append_time: Option<Timestamp>,
    /// The batch had been appended before; these are its offsets of then.
    pub duplicate: bool,
}

/// One partition's log.
#[derive(Clone, Debug)]
pub struct Log {
    pub(super) segments: VecDeque<Segment>,
    pub(super) cleaner: Cleaner,
    producers: ProducerStates,
    start: i64,
    end: i64,
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Log {
    /// An empty log.
    pub fn new() -> Self {
        Self {
            segments: VecDeque::from([Segment::new(0)]),
            cleaner: Cleaner::default(),
            producers: ProducerStates::default(),
            start: 0,
            end: 0,
        }
    }

    /// The first offset that can be read.
    pub fn start_offset(&self) -> i64 {
        self.start
    }

    /// The offset that the next record gets. With one replica it is the high watermark too.
    pub fn end_offset(&self) -> i64 {
        self.end
    }

    /// Bytes of all batches.
    pub fn size_bytes(&self) -> i64 {
        self.segments.iter().map(|it| it.size).sum()
    }

    /// The first offset of every segment, oldest first; the last one is the active segment.
    pub fn segment_bases(&self) -> Vec<i64> {
        self.segments.iter().map(|it| it.base).collect()
    }

    /// Appends one batch as it came; nothing changes if it is refused.
    ///
    /// # Errors
    /// What Kafka's leader answers: a damaged batch, one too large, a timestamp too far ahead, a record without a key
    /// in a compacted topic, a sequence of an idempotent producer that does not fit.
    pub fn append(&mut self, now: Timestamp, bytes: Bytes, config: &TopicConfig) -> Result<Appended, BrokerError> {
        if bytes.len() as i64 > config.max_message_bytes {
            return Err(BrokerError::MessageTooLarge);
        }
        let batch = RecordBatch::parse(bytes)?;
        self.validate(now, &batch, config)?;
        let stamp = batch.stamp();
        if let Some((base_offset, last_offset)) = self.producers.check(stamp, batch.count())? {
            return Ok(Appended { base_offset, last_offset, log_append_time: None, duplicate: true });
        }
        let log_append_time = (config.timestamp_type == TimestampType::LogAppendTime).then_some(now);
        let base_offset = self.end;
        let batch = batch.placed(base_offset, 0, log_append_time);
        let (last_offset, count) = (batch.last_offset(), batch.count());
        self.roll_if_due(&batch, config);
        if let Some(active) = self.segments.back_mut() {
            active.push(StoredBatch { batch, delete_horizon: None });
        }
        self.end = last_offset + 1;
        self.producers.note(stamp, count, base_offset, last_offset);
        Ok(Appended { base_offset, last_offset, log_append_time, duplicate: false })
    }

    fn validate(&self, now: Timestamp, batch: &RecordBatch, config: &TopicConfig) -> Result<(), BrokerError> {
        let latest = now + config.timestamp_after_max;
        let (mut expected, mut largest) = (batch.base_offset(), Timestamp(i64::MIN));
        for record in batch.records() {
            let record = record?;
            if record.offset != expected || (config.cleanup_policy.compacts() && record.key.is_none()) {
                return Err(BrokerError::InvalidRecord);
            }
            if config.timestamp_type == TimestampType::CreateTime && record.timestamp > latest {
                return Err(BrokerError::InvalidTimestamp);
            }
            largest = largest.max(record.timestamp);
            expected = expected.saturating_add(1);
        }
        let whole = batch.count() > 0 && batch.last_offset() + 1 == expected && batch.max_timestamp() == largest;
        if whole { Ok(()) } else { Err(BrokerError::InvalidRecord) }
    }

    /// Starts a new segment where this batch would make the active one too large or too old.
    fn roll_if_due(&mut self, batch: &RecordBatch, config: &TopicConfig) {
        let Some(active) = self.segments.back() else { return };
        let Some(first) = active.batches.first() else { return };
        let too_large = active.size + batch.bytes().len() as i64 > config.segment_bytes;
        let too_old = batch.max_timestamp().since(first.batch.max_timestamp()) > config.segment;
        if too_large || too_old {
            self.segments.push_back(Segment::new(self.end));
        }
    }

    /// Whole batches from the one that holds `offset` on, up to `max_bytes` but at least one batch.
    ///
    /// # Errors
    /// [`BrokerError::OffsetOutOfRange`] below the start or beyond the end.
    pub fn read(&self, offset: i64, max_bytes: usize) -> Result<Vec<RecordBatch>, BrokerError> {
        if offset < self.start || offset > self.end {
            return Err(BrokerError::OffsetOutOfRange);
        }
        let mut out = Vec::new();
        let mut size = 0;
        let first = match self.segments.back() {
            Some(active) if active.base <= offset => self.segments.len() - 1,
            _ => self.segments.partition_point(|it| it.base <= offset).saturating_sub(1),
        };
        for segment in self.segments.range(first..) {
            let from = segment.place_of(offset);
            for stored in segment.batches.get(from..).unwrap_or_default() {
                size += stored.batch.bytes().len();
                if size > max_bytes && !out.is_empty() {
                    return Ok(out);
                }
                out.push(stored.batch.clone());
            }
        }
        Ok(out)
    }

    /// The first record whose timestamp is at or after `time`: its timestamp and offset.
    pub fn offset_for_time(&self, time: Timestamp) -> Option<(Timestamp, i64)> {
        let segments = self.segments.iter().filter(|it| it.largest.is_some_and(|it| it >= time));
        let batches = segments.flat_map(|it| &it.batches).filter(|it| it.batch.max_timestamp() >= time);
        batches
            .flat_map(|it| it.batch.records())
            .filter_map(Result::ok)
            .find(|it| it.timestamp >= time && it.offset >= self.start)
            .map(|it| (it.timestamp, it.offset))
    }

    /// Deletes the oldest segments that `retention.ms` and `retention.bytes` no longer keep; the active segment is
    /// rolled first where it would have to go. Returns the number of deleted segments.
    pub(super) fn retain(&mut self, now: Timestamp, config: &TopicConfig) -> usize {
        if !config.cleanup_policy.deletes() {
            return 0;
        }
        let mut excess = match config.retention_bytes {
            -1 => 0,
            limit => self.size_bytes() - limit,
        };
        let limited = config.retention_bytes >= 0;
        let mut expired = 0;
        for segment in &self.segments {
            let old = config.retention.0 >= 0 && segment.largest.is_some_and(|it| now.since(it) > config.retention);
            let over = limited && segment.size > 0 && excess >= segment.size;
            if !old && !over {
                break;
            }
            excess -= segment.size;
            expired += 1;
        }
        if expired == 0 {
            return 0;
        }
        if expired == self.segments.len() {
            self.segments.push_back(Segment::new(self.end));
        }
        self.segments.drain(..expired);
        self.start = self.start.max(self.segments.front().map_or(self.end, |it| it.base));
        expired
    }

    /// Moves the start up to `offset` and drops the segments below it, as Kafka's DeleteRecords.
    ///
    /// # Errors
    /// [`BrokerError::OffsetOutOfRange`] beyond the end.
    pub(super) fn delete_below(&mut self, offset: i64) -> Result<i64, BrokerError> {
        if offset > self.end || offset < 0 {
            return Err(BrokerError::OffsetOutOfRange);
        }
        self.start = self.start.max(offset);
        while self.segments.get(1).is_some_and(|next| next.base <= self.start) {
            self.segments.pop_front();
        }
        Ok(self.start)
    }

    /// Runs the cleaner if the log is dirty enough; returns how many records it removed.
    pub(super) fn clean(&mut self, now: Timestamp, config: &TopicConfig) -> usize {
        if !config.cleanup_policy.compacts() {
            return 0;
        }
        self.roll_aged(now, config.max_compaction_lag);
        super::compaction::clean(self, now, config)
    }

    /// The active segment cannot be cleaned: roll it when `max.compaction.lag.ms` demands a cleaning.
    fn roll_aged(&mut self, now: Timestamp, lag: Millis) {
        let first = self.segments.back().and_then(|it| it.batches.first());
        if first.is_some_and(|it| now.since(it.batch.base_timestamp()) > lag) {
            self.segments.push_back(Segment::new(self.end));
        }
    }
}
