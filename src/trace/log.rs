//! The recorder.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Chunks, Entry, RecordNo, TraceEvent, TracedRecord};
use crate::kit::{Id, Timestamp};

/// What a trace is a trace of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The board's title.
    pub board: String,
    /// The seed: with the board it gives this very trace again.
    pub seed: u64,
    /// When the run began.
    pub start: Timestamp,
    /// The names of the definitions that may occur.
    pub names: BTreeMap<Id, Arc<str>>,
}

/// Everything that happened in a run, in order. It only grows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    header: Header,
    entries: Chunks<Entry>,
    records: Chunks<TracedRecord>,
    limit: usize,
    left_out: u64,
}

impl Trace {
    /// A trace keeps this many entries; what comes later is counted only.
    pub const LIMIT: usize = 2_000_000;

    /// An empty trace.
    pub fn new(header: Header) -> Self {
        Self { header, limit: Self::LIMIT, ..Self::default() }
    }

    /// The same with another limit of entries.
    pub fn with_limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// What it is a trace of.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The name of a definition; empty if it is unknown.
    pub fn name(&self, id: Id) -> &str {
        self.header.names.get(&id).map_or("", |it| it)
    }

    /// The same, to keep.
    pub fn label(&self, id: Id) -> Arc<str> {
        self.header.names.get(&id).cloned().unwrap_or_else(|| Arc::from(""))
    }

    /// Everything that happened, in order.
    pub fn entries(&self) -> &Chunks<Entry> {
        &self.entries
    }

    /// The records in the order in which they were appended.
    pub fn records(&self) -> &Chunks<TracedRecord> {
        &self.records
    }

    /// The record with that number.
    pub fn record(&self, id: RecordNo) -> Option<&TracedRecord> {
        self.records.get(id.index())
    }

    /// The time of the last entry, or of the start.
    pub fn end(&self) -> Timestamp {
        self.entries.last().map_or(self.header.start, |it| it.at)
    }

    /// How many entries did not fit any more.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The number that the next record gets.
    pub fn next_record(&self) -> RecordNo {
        RecordNo(self.records.len() as u32)
    }

    /// Whether there is room for more.
    pub fn is_full(&self) -> bool {
        self.entries.len() >= self.limit
    }

    /// Records that something happened.
    pub fn push(&mut self, at: Timestamp, event: TraceEvent) {
        if self.is_full() {
            self.left_out += 1;
            return;
        }
        self.entries.push(Entry { seq: self.entries.len() as u64, at, event });
    }

    /// Records that a record was appended, and gives it its number; `None` if the trace is full.
    /// The number in `record` is overwritten; a correlation beyond it means the record itself.
    pub fn append(&mut self, mut record: TracedRecord) -> Option<RecordNo> {
        if self.is_full() {
            self.left_out += 1;
            return None;
        }
        let id = self.next_record();
        record.id = id;
        record.correlation = record.correlation.min(id);
        let at = record.at;
        self.records.push(record);
        self.push(at, TraceEvent::Appended { record: id });
        Some(id)
    }
}
