//! Operators, one file each. A new one is a file, its lines here and its entry in [`ALL`].

mod ctx; // shared
mod source;
mod filter;
mod filter_not;
mod map;
mod map_values;
mod flat_map;
mod flat_map_values;
mod select_key;
mod branch;
mod merge;
mod peek;
mod react;
mod decide;
mod await_all;
mod left_join;
mod materialise;
mod to_table;
mod schedule;
mod sink;

use std::any::Any;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::{Message, ProgramError, Store};
use crate::kit::{Millis, Timestamp};
use crate::record::RecordId;

pub use await_all::{AwaitAll, AwaitedInput};
pub use branch::Branch;
pub use ctx::Ctx;
pub use decide::{CommandRule, Decide, EventRule, Evolution};
pub use filter::Filter;
pub use filter_not::FilterNot;
pub use flat_map::FlatMap;
pub use flat_map_values::FlatMapValues;
pub use left_join::{JoinedTable, LeftJoin};
pub use map::Map;
pub use map_values::MapValues;
pub use materialise::{Materialise, RowRule};
pub use merge::Merge;
pub use peek::Peek;
pub use react::React;
pub use schedule::{Delay, Schedule, TimerRule};
pub use select_key::SelectKey;
pub use sink::Sink;
pub use source::Source;
pub use to_table::ToTable;

/// What an operator is.
#[derive(Debug)]
pub struct OpSpec {
    /// Its name, as in Kafka Streams where it has one there.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// How many parents it may have.
    pub parents: RangeInclusive<usize>,
    /// Its parameters: name and meaning.
    pub params: &'static [(&'static str, &'static str)],
    /// Whether it may change the key, so that the stream must be partitioned anew before it is grouped.
    pub changes_key: bool,
}

/// Every operator, in the order in which a flow uses them.
pub static ALL: &[&OpSpec] = &[
    &source::SPEC,
    &filter::SPEC,
    &filter_not::SPEC,
    &map::SPEC,
    &map_values::SPEC,
    &flat_map::SPEC,
    &flat_map_values::SPEC,
    &select_key::SPEC,
    &branch::SPEC,
    &merge::SPEC,
    &peek::SPEC,
    &react::SPEC,
    &decide::SPEC,
    &await_all::SPEC,
    &left_join::SPEC,
    &materialise::SPEC,
    &to_table::SPEC,
    &schedule::SPEC,
    &sink::SPEC,
];

/// Which clock a punctuation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PunctuationType {
    /// The largest timestamp seen: due at multiples of the interval.
    StreamTime,
    /// The driver's time: due an interval after it was scheduled.
    WallClockTime,
}

/// A call at intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Punctuation {
    /// The clock.
    pub clock: PunctuationType,
    /// The interval.
    pub interval: Millis,
}

/// A step of a topology. Operators are data; what changes lies in stores.
pub trait Operator: Any + fmt::Debug + Send + Sync {
    /// What it is.
    fn spec(&self) -> &'static OpSpec;

    /// The names of the stores that it uses.
    fn stores(&self) -> Vec<&Arc<str>> {
        Vec::new()
    }

    /// Of those the ones whose first row it asks for.
    fn ordered_stores(&self) -> Vec<&Arc<str>> {
        Vec::new()
    }

    /// Handles a message.
    ///
    /// # Errors
    /// A program's; the task then takes back what the message changed.
    fn process(&self, ctx: &mut Ctx<'_>, message: Arc<Message>) -> Result<(), ProgramError>;

    /// At which intervals it wants to be called without a message.
    fn punctuation(&self) -> Option<Punctuation> {
        None
    }

    /// Whether it sets times of its own: [`Self::next_due`] is then asked.
    fn is_timed(&self) -> bool {
        false
    }

    /// The next point in driver's time at which it wants to be called, by its stores (in the order of
    /// [`Self::stores`]) and the time at which the task last looked.
    fn next_due(&self, _stores: &[&Store], _since: Timestamp) -> Option<Timestamp> {
        None
    }

    /// The interval has passed, or [`Self::next_due`]: of several times that are due it sees to the first.
    ///
    /// # Errors
    /// A program's; the task then takes back what the call changed, and [`Self::skip`] follows.
    fn punctuate(&self, _ctx: &mut Ctx<'_>, _time: Timestamp) -> Result<(), ProgramError> {
        Ok(())
    }

    /// What came of the first due time could not be handled: forgets it, so that it is not tried for ever. Tells the
    /// record that had set it.
    fn skip(&self, _ctx: &mut Ctx<'_>, _time: Timestamp) -> Option<RecordId> {
        None
    }
}
