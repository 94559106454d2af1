//! Finding things in a trace: by time, sticky, key, story and cause.

use std::collections::{BTreeMap, BTreeSet};

use super::{RecordNo, Trace};
use crate::kit::{Id, Timestamp};
use crate::record::Value;

/// An index of a trace. It grows with the trace: call [`Index::sync`] before asking.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entries: usize,
    records: usize,
    by_sticky: BTreeMap<Id, Vec<u64>>,
    by_key: BTreeMap<Value, Vec<RecordNo>>,
    stories: BTreeMap<RecordNo, Vec<RecordNo>>,
    effects: BTreeMap<RecordNo, Vec<RecordNo>>,
}

/// A record with everything that follows from it, flattened in the order of a depth-first walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CausalTree {
    /// The causes, from the first of the story down to the record itself.
    pub causes: Vec<RecordNo>,
    /// The record and all that follows from it, each with its depth below the record (0 is the record).
    pub effects: Vec<(RecordNo, usize)>,
}

impl Index {
    /// The index of a trace.
    pub fn of(trace: &Trace) -> Self {
        let mut index = Self::default();
        index.sync(trace);
        index
    }

    /// Takes in what the trace has grown by.
    pub fn sync(&mut self, trace: &Trace) {
        for record in trace.records().since(self.records) {
            if !record.key.is_null() {
                self.by_key.entry(record.key.clone()).or_default().push(record.id);
            }
            self.stories.entry(record.correlation).or_default().push(record.id);
            if let Some(cause) = record.cause {
                self.effects.entry(cause).or_default().push(record.id);
            }
        }
        self.records = trace.records().len();
        for entry in trace.entries().since(self.entries) {
            let mut stickies: BTreeSet<Id> = entry.event.stickies().into_iter().collect();
            if let Some(record) = entry.event.record().and_then(|it| trace.record(it)) {
                stickies.extend(record.message);
                stickies.extend(record.from);
            }
            for sticky in stickies {
                self.by_sticky.entry(sticky).or_default().push(entry.seq);
            }
        }
        self.entries = trace.entries().len();
    }

    /// The place of the first entry at or after that time.
    pub fn at(trace: &Trace, time: Timestamp) -> usize {
        trace.entries().partition_point(|it| it.at < time)
    }

    /// The places of the entries that are about a sticky or about records that it produced or is the message of.
    pub fn of_sticky(&self, id: Id) -> &[u64] {
        self.by_sticky.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The records with that key.
    pub fn of_key(&self, key: &Value) -> &[RecordNo] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The records of a story, by the record with which it began.
    pub fn story(&self, correlation: RecordNo) -> &[RecordNo] {
        self.stories.get(&correlation).map_or(&[], Vec::as_slice)
    }

    /// What follows from a record directly.
    pub fn effects(&self, record: RecordNo) -> &[RecordNo] {
        self.effects.get(&record).map_or(&[], Vec::as_slice)
    }

    /// The causes of a record and all that follows from it.
    pub fn tree(&self, trace: &Trace, record: RecordNo) -> CausalTree {
        let mut causes = vec![record];
        // A cause has always a lower number, so this ends.
        while let Some(cause) = causes.last().and_then(|it| trace.record(*it)).and_then(|it| it.cause) {
            if causes.last().is_some_and(|it| cause >= *it) {
                break;
            }
            causes.push(cause);
        }
        causes.reverse();
        let mut effects = Vec::new();
        let mut open = vec![(record, 0)];
        while let Some((at, depth)) = open.pop() {
            effects.push((at, depth));
            open.extend(self.effects(at).iter().rev().filter(|it| **it > at).map(|it| (*it, depth + 1)));
        }
        CausalTree { causes, effects }
    }
}
