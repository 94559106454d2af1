//! The cleaner of compacted topics: keeps the last record of each key, offsets and order unchanged.

use rustc_hash::FxHashMap;

use super::log::{Log, Segment, StoredBatch};
use super::{BrokerError, Timestamp, TopicConfig};

/// How far the cleaner got in a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Cleaner {
    /// The first offset that was never cleaned.
    dirty_from: i64,
}

/// One run, if the dirty part is large or old enough. Returns the number of records removed.
pub(super) fn clean(log: &mut Log, now: Timestamp, config: &TopicConfig) -> usize {
    let dirty_from = log.cleaner.dirty_from.max(log.start_offset());
    // The active segment and what is younger than the lag are never touched.
    let cleanable = log
        .segments
        .iter()
        .take(log.segments.len().saturating_sub(1))
        .take_while(|it| it.largest.is_none_or(|it| now.since(it) >= config.min_compaction_lag))
        .count();
    let end = log.segments.get(cleanable).map_or(log.end_offset(), |it| it.base);
    let (mut clean_bytes, mut dirty_bytes, mut overdue, mut tombstones_due) = (0i64, 0i64, false, false);
    for segment in log.segments.iter().take(cleanable) {
        // The cleaner stops at the end of a segment, so that only one whose start was deleted is partly dirty.
        let dirty = segment.base >= dirty_from;
        let straddles = !dirty && segment.batches.last().is_some_and(|it| it.batch.base_offset() >= dirty_from);
        if straddles {
            for stored in &segment.batches {
                let size = stored.batch.bytes().len() as i64;
                if stored.batch.base_offset() >= dirty_from {
                    dirty_bytes += size;
                    overdue |= now.since(stored.batch.base_timestamp()) > config.max_compaction_lag;
                } else {
                    clean_bytes += size;
                    tombstones_due |= stored.delete_horizon.is_some_and(|it| it < now);
                }
            }
        } else if dirty {
            dirty_bytes += segment.size;
            overdue |= segment.oldest.is_some_and(|it| now.since(it) > config.max_compaction_lag);
        } else {
            clean_bytes += segment.size;
            tombstones_due |= segment.delete_horizon.is_some_and(|it| it < now);
        }
    }
    let ratio = dirty_bytes as f64 / ((clean_bytes + dirty_bytes).max(1)) as f64;
    let due = dirty_bytes > 0 && (ratio >= config.min_cleanable_dirty_ratio || overdue);
    if !due && !tombstones_due {
        return 0;
    }
    // A damaged log is left as it is: a reader finds the damage, the cleaner does not hide it.
    run(log, now, config, cleanable, dirty_from, end).unwrap_or(0)
}

fn run(
    log: &mut Log,
    now: Timestamp,
    config: &TopicConfig,
    cleanable: usize,
    dirty_from: i64,
    end: i64,
) -> Result<usize, BrokerError> {
    let mut latest: FxHashMap<&[u8], i64> = FxHashMap::default();
    let batches = || log.segments.iter().take(cleanable).flat_map(|it| &it.batches);
    for stored in batches().filter(|it| it.batch.base_offset() >= dirty_from) {
        for record in stored.batch.records() {
            let record = record?;
            if let Some(key) = record.key {
                latest.insert(key, record.offset);
            }
        }
    }
    let mut removed = 0;
    let mut cleaned = Vec::with_capacity(cleanable);
    for segment in log.segments.iter().take(cleanable) {
        let mut fresh = Segment::new(segment.base);
        for stored in &segment.batches {
            let vanished = stored.delete_horizon.is_some_and(|it| it < now);
            let (mut kept, mut tombstone) = (0usize, false);
            let batch = stored.batch.retain(|record| {
                let newest = record.key.is_none_or(|key| latest.get(key).is_none_or(|it| *it <= record.offset));
                let keep = newest && (record.value.is_some() || !vanished);
                kept += usize::from(keep);
                tombstone |= keep && record.value.is_none();
                keep
            })?;
            removed += (stored.batch.count() as usize).saturating_sub(kept);
            if let Some(batch) = batch {
                let first_cleaning = || tombstone.then(|| now + config.delete_retention);
                let delete_horizon = stored.delete_horizon.or_else(first_cleaning);
                fresh.push(StoredBatch { batch, delete_horizon });
            }
        }
        cleaned.push(fresh);
    }
    // A segment that lost all its records goes: with no time of its own it would keep all younger ones from expiring.
    drop(log.segments.drain(..cleanable));
    for fresh in cleaned.into_iter().rev().filter(|it| !it.batches.is_empty()) {
        log.segments.push_front(fresh);
    }
    log.cleaner.dirty_from = log.cleaner.dirty_from.max(end);
    Ok(removed)
}
