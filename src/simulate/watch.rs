//! Invariants, watched while a run goes on.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::expr::Row;
use crate::kit::{Id, Timestamp};
use crate::model::{Invariant, Law};
use crate::record::Value;
use crate::trace::RecordNo;

use super::report::{InvariantLine, Violation};
use super::schedule::Schedule;

/// Violations that are kept word for word, for each invariant.
const KEPT: usize = 20;

/// An invariant that does not hold.
#[derive(Clone, Debug)]
pub(super) struct Break {
    /// The scenario, or the aggregate whose line it is.
    pub(super) invariant: Id,
    /// The record at which it showed.
    pub(super) record: Option<RecordNo>,
    /// What was found.
    pub(super) why: Arc<str>,
}

/// Something that must still follow.
#[derive(Clone, Debug)]
struct Owed {
    invariant: usize,
    record: RecordNo,
    since: Timestamp,
    key: Value,
    story: RecordNo,
}

/// All invariants of a board.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    invariants: Vec<Invariant>,
    lines: Vec<InvariantLine>,
    owed: FxHashMap<u64, Owed>,
    by_key: FxHashMap<(usize, Value), Vec<u64>>,
    by_story: FxHashMap<(usize, RecordNo), Vec<u64>>,
    due: Schedule<u64>,
    next: u64,
}

/// An event as an invariant sees it.
pub(super) struct Seen<'a> {
    /// Its definition.
    pub(super) event: Id,
    /// Its record.
    pub(super) record: RecordNo,
    /// Its key.
    pub(super) key: &'a Value,
    /// The first record of its story.
    pub(super) story: RecordNo,
    /// When.
    pub(super) at: Timestamp,
}

impl Watch {
    pub(super) fn new(invariants: &[Invariant]) -> Self {
        let lines = invariants.iter().map(|it| InvariantLine {
            id: it.id,
            text: it.text.clone(),
            checked: 0,
            open: 0,
            broken: 0,
            violations: Vec::new(),
        });
        Self { invariants: invariants.to_vec(), lines: lines.collect(), ..Self::default() }
    }

    /// An instance of an aggregate changed.
    pub(super) fn changed(
        &mut self,
        aggregate: Id,
        key: &Value,
        state: &[Value],
        record: Option<RecordNo>,
        now: Timestamp,
    ) -> Vec<Break> {
        let mut breaks = Vec::new();
        for (at, invariant) in self.invariants.iter().enumerate() {
            let Law::Always { aggregate: of, rule } = &invariant.law else { continue };
            let Some(typed) = rule.typed().filter(|_| *of == aggregate) else { continue };
            let Some(line) = self.lines.get_mut(at) else { continue };
            line.checked += 1;
            // As in SQL's CHECK, what is not known is no violation.
            if let Ok(Value::Bool(false)) = typed.eval(&Row::at(&[state], now)) {
                let why = format!("{} does not hold for {key}: {}", rule.text(), Value::record(state));
                breaks.push(note(line, now, record, why));
            }
        }
        breaks
    }

    /// An event was appended.
    pub(super) fn event(&mut self, seen: &Seen<'_>) {
        for (at, invariant) in self.invariants.iter().enumerate() {
            let Law::LeadsTo { from, to, within } = &invariant.law else { continue };
            if to.contains(&seen.event) {
                let by_key = self.by_key.remove(&(at, seen.key.clone())).unwrap_or_default();
                let by_story = self.by_story.remove(&(at, seen.story)).unwrap_or_default();
                for number in by_key.into_iter().chain(by_story) {
                    self.owed.remove(&number);
                }
            }
            if *from == seen.event {
                if let Some(line) = self.lines.get_mut(at) {
                    line.checked += 1;
                }
                let number = self.next;
                self.next += 1;
                let owed = Owed {
                    invariant: at,
                    record: seen.record,
                    since: seen.at,
                    key: seen.key.clone(),
                    story: seen.story,
                };
                if !seen.key.is_null() {
                    self.by_key.entry((at, seen.key.clone())).or_default().push(number);
                }
                self.by_story.entry((at, seen.story)).or_default().push(number);
                self.owed.insert(number, owed);
                if let Some(within) = within {
                    self.due.put(seen.at + *within, number);
                }
            }
        }
    }

    /// When the next thing owed is due.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.due.next_at()
    }

    /// What was due before `now` and did not come.
    pub(super) fn overdue(&mut self, now: Timestamp) -> Vec<Break> {
        let mut breaks = Vec::new();
        while let Some(number) = self.due.take(now) {
            let Some(owed) = self.owed.remove(&number) else { continue };
            for list in [
                self.by_key.get_mut(&(owed.invariant, owed.key.clone())),
                self.by_story.get_mut(&(owed.invariant, owed.story)),
            ]
            .into_iter()
            .flatten()
            {
                list.retain(|it| *it != number);
            }
            if let Some(line) = self.lines.get_mut(owed.invariant) {
                let why = format!("nothing followed {} for {} since {}", owed.record, owed.key, owed.since);
                breaks.push(note(line, now, Some(owed.record), why));
            }
        }
        breaks
    }

    /// How each invariant fared so far.
    pub(super) fn lines(&self) -> Vec<InvariantLine> {
        let mut lines = self.lines.clone();
        for (at, line) in lines.iter_mut().enumerate() {
            line.open = self.owed.values().filter(|it| it.invariant == at).count() as u64;
        }
        lines
    }
}

fn note(line: &mut InvariantLine, at: Timestamp, record: Option<RecordNo>, why: String) -> Break {
    line.broken += 1;
    if line.violations.len() < KEPT {
        line.violations.push(Violation { at, record: record.map(|it| it.0), why: why.clone() });
    }
    Break { invariant: line.id, record, why: why.into() }
}
