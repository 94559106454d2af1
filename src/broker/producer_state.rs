//! What a partition remembers of its idempotent producers: the last five batches of each.

use std::collections::{BTreeMap, VecDeque};

use super::{BrokerError, ProducerStamp};

/// How many batches of a producer are remembered: as many as it may have in flight.
const REMEMBERED: usize = 5;

#[derive(Clone, Debug, Default)]
struct ProducerState {
    epoch: i16,
    /// First and last sequence number, first and last offset.
    batches: VecDeque<(i32, i32, i64, i64)>,
}

/// The producers of one partition by id.
#[derive(Clone, Debug, Default)]
pub(super) struct ProducerStates(BTreeMap<i64, ProducerState>);

/// The sequence number after `sequence`, so many later; after the largest comes 0.
fn advance(sequence: i32, by: i32) -> i32 {
    ((i64::from(sequence) + i64::from(by)) % (i64::from(i32::MAX) + 1)) as i32
}

impl ProducerStates {
    /// The offsets of a batch that was appended before, or nothing if the batch is the next one.
    ///
    /// # Errors
    /// An older epoch, or a sequence with a gap.
    pub(super) fn check(&self, stamp: ProducerStamp, count: i32) -> Result<Option<(i64, i64)>, BrokerError> {
        if stamp.id < 0 {
            return Ok(None);
        }
        let Some(state) = self.0.get(&stamp.id) else {
            return if stamp.sequence == 0 { Ok(None) } else { Err(BrokerError::OutOfOrderSequenceNumber) };
        };
        if stamp.epoch < state.epoch {
            return Err(BrokerError::InvalidProducerEpoch);
        }
        if stamp.epoch > state.epoch {
            return if stamp.sequence == 0 { Ok(None) } else { Err(BrokerError::OutOfOrderSequenceNumber) };
        }
        let last = advance(stamp.sequence, count - 1);
        if let Some(same) = state.batches.iter().find(|it| it.0 == stamp.sequence && it.1 == last) {
            return Ok(Some((same.2, same.3)));
        }
        let next = state.batches.back().map_or(0, |it| advance(it.1, 1));
        if stamp.sequence == next { Ok(None) } else { Err(BrokerError::OutOfOrderSequenceNumber) }
    }

    /// Remembers an appended batch.
    pub(super) fn note(&mut self, stamp: ProducerStamp, count: i32, base_offset: i64, last_offset: i64) {
        if stamp.id < 0 {
            return;
        }
        let state = self.0.entry(stamp.id).or_default();
        if state.epoch != stamp.epoch {
            *state = ProducerState { epoch: stamp.epoch, batches: VecDeque::new() };
        }
        if state.batches.len() == REMEMBERED {
            state.batches.pop_front();
        }
        state.batches.push_back((stamp.sequence, advance(stamp.sequence, count - 1), base_offset, last_offset));
    }
}
