//! Counting while a run goes on: what the report is made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::kit::{Id, Timestamp};

use super::report::{ChoiceLine, LatencyLine, LoopLine, RejectionLine, StuckLine, percentile};

/// Counts by definition.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Records or changes.
    pub(super) count: u64,
    /// Records taken.
    pub(super) handled: u64,
    /// Rejected.
    pub(super) rejected: u64,
    /// Failed.
    pub(super) failed: u64,
}

/// Who had a choice, the sentence if it was one in prose, and what was taken.
type Taken = (Id, Option<Arc<str>>, Arc<str>);

/// The counters of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) records: u64,
    counts: FxHashMap<Id, Counts>,
    rejections: BTreeMap<(Id, Arc<str>), u64>,
    stuck: BTreeMap<(Option<Id>, Arc<str>), u64>,
    choices: BTreeMap<Taken, u64>,
    latencies: FxHashMap<(Id, Id), Vec<i64>>,
    loops: BTreeMap<Vec<Id>, u64>,
}

impl Tally {
    /// The counters of a definition.
    pub(super) fn of(&mut self, id: Id) -> &mut Counts {
        self.counts.entry(id).or_default()
    }

    /// The counters of a definition, as they are.
    pub(super) fn get(&self, id: Id) -> Counts {
        self.counts.get(&id).copied().unwrap_or_default()
    }

    /// A command was refused.
    pub(super) fn rejected(&mut self, command: Id, by: Id, reason: Arc<str>) {
        self.of(command).rejected += 1;
        if by != command {
            self.of(by).rejected += 1;
        }
        *self.rejections.entry((command, reason)).or_default() += 1;
    }

    /// Something got stuck.
    pub(super) fn stuck(&mut self, on: Option<Id>, what: Arc<str>) {
        *self.stuck.entry((on, what)).or_default() += 1;
    }

    /// The seed decided.
    pub(super) fn chose(&mut self, on: Id, sentence: Option<Arc<str>>, taken: Arc<str>) {
        *self.choices.entry((on, sentence, taken)).or_default() += 1;
    }

    /// An event came of a story that began with `from` at `began`.
    pub(super) fn reached(&mut self, from: Id, began: Timestamp, to: Id, at: Timestamp) {
        self.latencies.entry((from, to)).or_default().push(at.since(began).0);
    }

    /// A loop was stopped.
    pub(super) fn looped(&mut self, stickies: Vec<Id>, steps: u64) {
        let most = self.loops.entry(stickies).or_default();
        *most = steps.max(*most);
    }

    pub(super) fn rejection_lines(&self, name: &dyn Fn(Id) -> String) -> Vec<RejectionLine> {
        let lines = self.rejections.iter().map(|((command, reason), count)| RejectionLine {
            command: *command,
            name: name(*command),
            reason: reason.to_string(),
            count: *count,
        });
        sorted(lines.collect(), |it| (std::cmp::Reverse(it.count), it.name.clone(), it.reason.clone()))
    }

    pub(super) fn stuck_lines(&self, name: &dyn Fn(Id) -> String) -> Vec<StuckLine> {
        let lines = self.stuck.iter().map(|((on, what), count)| StuckLine {
            on: *on,
            name: on.map_or(String::new(), name),
            what: what.to_string(),
            count: *count,
        });
        sorted(lines.collect(), |it| (std::cmp::Reverse(it.count), it.name.clone(), it.what.clone()))
    }

    pub(super) fn choice_lines(&self, name: &dyn Fn(Id) -> String) -> Vec<ChoiceLine> {
        let lines = self.choices.iter().map(|((on, sentence, taken), count)| ChoiceLine {
            on: *on,
            name: name(*on),
            taken: taken.to_string(),
            sentence: sentence.as_ref().map(|it| it.to_string()),
            count: *count,
        });
        sorted(lines.collect(), |it| (it.name.clone(), std::cmp::Reverse(it.count), it.taken.clone()))
    }

    pub(super) fn latency_lines(&self, name: &dyn Fn(Id) -> String) -> Vec<LatencyLine> {
        let mut latencies: Vec<(&(Id, Id), &Vec<i64>)> = self.latencies.iter().collect();
        latencies.sort_unstable();
        let lines = latencies.into_iter().map(|((from, to), values)| {
            let mut values = values.clone();
            values.sort_unstable();
            LatencyLine {
                from: name(*from),
                to: name(*to),
                count: values.len(),
                p50_ms: percentile(&values, 0.5),
                p99_ms: percentile(&values, 0.99),
                max_ms: values.last().copied().unwrap_or(0),
            }
        });
        sorted(lines.collect(), |it| (it.from.clone(), it.p50_ms, it.to.clone()))
    }

    pub(super) fn loop_lines(&self, name: &dyn Fn(Id) -> String) -> Vec<LoopLine> {
        let lines = self.loops.iter().map(|(ids, steps)| LoopLine {
            stickies: ids.iter().map(|it| name(*it)).collect(),
            ids: ids.clone(),
            steps: *steps,
        });
        lines.collect()
    }
}

fn sorted<T, K: Ord>(mut lines: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    lines.sort_by_cached_key(key);
    lines
}
