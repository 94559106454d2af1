//! The report of a run, as text and as JSON.
//!
//! JSON: one object with the members of [`Report`] in the order given there; ids as text, times as ISO 8601, lengths
//! of time in milliseconds. Members are added in later versions, never renamed or removed.

use std::fmt::Write as _;

use serde::Serialize;

use crate::kit::{Id, Millis, Timestamp, counted};

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The board's title.
    pub board: String,
    /// The seed.
    pub seed: u64,
    /// When the run began.
    #[serde(serialize_with = "iso")]
    pub started: Timestamp,
    /// Where its clock stands.
    #[serde(serialize_with = "iso")]
    pub ended: Timestamp,
    /// The time between the two.
    pub virtual_ms: Millis,
    /// Records appended to topics.
    pub records: u64,
    /// Set where there was nothing to run but a timeline to play: "order only, no causes modelled".
    pub order_only: Option<String>,
    /// What each sticky did, in the order of the timeline and then by name.
    pub stickies: Vec<StickyLine>,
    /// How long after a story's first command its events came.
    pub latencies: Vec<LatencyLine>,
    /// Records that a consumer has not taken yet.
    pub lags: Vec<LagLine>,
    /// What got stuck, and where.
    pub stuck: Vec<StuckLine>,
    /// Commands that were refused, by reason.
    pub rejections: Vec<RejectionLine>,
    /// Choices that the board leaves open, made by the seed.
    pub choices: Vec<ChoiceLine>,
    /// The invariants.
    pub invariants: Vec<InvariantLine>,
    /// Loops that used up their budget.
    pub loops: Vec<LoopLine>,
    /// Ghost links that the run relied on.
    pub ghost_links: usize,
    /// Parts of the board that did not run.
    pub not_run: Vec<NotRunLine>,
    /// What was broken and mended on purpose, in order.
    pub faults: Vec<String>,
    /// Entries that the trace had no room for.
    pub trace_left_out: u64,
}

/// What one sticky did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StickyLine {
    /// The definition.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// `event`, `command`, `aggregate`, `policy`, `read model`, `external system`, `actor` or `time event`.
    pub kind: &'static str,
    /// Records of it (a message), or changed rows and instances.
    pub count: u64,
    /// Records that it took.
    pub handled: u64,
    /// Of those, how many were rejected.
    pub rejected: u64,
    /// Of those, how many failed.
    pub failed: u64,
}

/// From a story's first command to one of its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LatencyLine {
    /// The command (or the event from outside, or the time event) with which the story began.
    pub from: String,
    /// The event.
    pub to: String,
    /// How often.
    pub count: usize,
    /// Half came within this time.
    pub p50_ms: i64,
    /// 99 of 100 came within this time.
    pub p99_ms: i64,
    /// All came within this time.
    pub max_ms: i64,
}

/// Records that a consumer has not taken yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LagLine {
    /// The consumer group.
    pub consumer: String,
    /// The topic.
    pub topic: String,
    /// How many.
    pub lag: i64,
}

/// Something that got stuck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StuckLine {
    /// The sticky.
    pub on: Option<Id>,
    /// Its name.
    pub name: String,
    /// What is the matter.
    pub what: String,
    /// How often.
    pub count: u64,
}

/// Commands refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectionLine {
    /// The command.
    pub command: Id,
    /// Its name.
    pub name: String,
    /// The reason.
    pub reason: String,
    /// How often.
    pub count: u64,
}

/// A choice that the board leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceLine {
    /// The sticky.
    pub on: Id,
    /// Its name.
    pub name: String,
    /// What was taken; for a sentence `yes` or `no`.
    pub taken: String,
    /// The sentence, where it was a guard in prose.
    pub sentence: Option<String>,
    /// How often.
    pub count: u64,
}

/// An invariant and how it fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvariantLine {
    /// The scenario, or the aggregate whose line it is.
    pub id: Id,
    /// As it was written.
    pub text: String,
    /// How often it was looked at.
    pub checked: u64,
    /// What is still waited for.
    pub open: u64,
    /// How often it did not hold.
    pub broken: u64,
    /// The first times it did not hold.
    pub violations: Vec<Violation>,
}

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// When it showed.
    #[serde(serialize_with = "iso")]
    pub at: Timestamp,
    /// The record, by its number in the trace.
    pub record: Option<u32>,
    /// What was found.
    pub why: String,
}

/// A loop that was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoopLine {
    /// The names of its stickies.
    pub stickies: Vec<String>,
    /// Their ids.
    pub ids: Vec<Id>,
    /// The steps of one story.
    pub steps: u64,
}

/// A part that did not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotRunLine {
    /// The element.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// The remark on a run without causes.
pub const ORDER_ONLY: &str = "order only, no causes modelled";

impl Report {
    /// As JSON text, indented.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Whether nothing went wrong that the board forbids: no invariant broken, no loop.
    pub fn is_clean(&self) -> bool {
        self.loops.is_empty() && self.invariants.iter().all(|it| it.broken == 0)
    }

    /// For people.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.render(&mut out);
        out
    }

    fn render(&self, out: &mut String) {
        let title = if self.board.is_empty() { "Untitled" } else { &self.board };
        line(
            out,
            format!(
                "{title}: {} simulated with seed {}, {}",
                self.virtual_ms,
                self.seed,
                counted(self.records, "record")
            ),
        );
        if let Some(note) = &self.order_only {
            line(out, note.clone());
        }
        let rows = self.stickies.iter().map(|it| {
            let mut notes = Vec::new();
            for (count, word) in [(it.handled, "taken"), (it.rejected, "rejected"), (it.failed, "failed")] {
                if count > 0 {
                    notes.push(format!("{count} {word}"));
                }
            }
            [it.count.to_string(), it.kind.to_owned(), it.name.clone(), notes.join(", ")]
        });
        table(out, "What happened", rows.collect());
        let rows = self.latencies.iter().map(|it| {
            let (p50, p99) = (Millis(it.p50_ms), Millis(it.p99_ms));
            [it.count.to_string(), format!("{} > {}", it.from, it.to), format!("p50 {p50}"), format!("p99 {p99}")]
        });
        table(out, "From command to event", rows.collect());
        let rows = self.rejections.iter().map(|it| [it.count.to_string(), it.name.clone(), it.reason.clone()]);
        table(out, "Rejected", rows.collect());
        let rows = self.stuck.iter().map(|it| [it.count.to_string(), it.name.clone(), it.what.clone()]);
        table(out, "Stuck", rows.collect());
        let rows = self.lags.iter().map(|it| [it.lag.to_string(), it.consumer.clone(), it.topic.clone()]);
        table(out, "Not taken yet", rows.collect());
        let rows = self.choices.iter().map(|it| {
            let of = it.sentence.as_ref().map_or(String::new(), |it| format!("\"{it}\" "));
            [it.count.to_string(), it.name.clone(), format!("{of}{}", it.taken)]
        });
        table(out, "Chosen by the seed", rows.collect());
        let rows = self.invariants.iter().map(|it| {
            let word = if it.broken > 0 { format!("BROKEN {}", times(it.broken)) } else { "held".to_owned() };
            [word, format!("{} checked, {} open", it.checked, it.open), it.text.clone()]
        });
        table(out, "Invariants", rows.collect());
        for violation in self.invariants.iter().flat_map(|it| it.violations.iter().take(3)) {
            let record = violation.record.map_or(String::new(), |it| format!(" #{it}"));
            line(out, format!("    {}{record}: {}", violation.at, violation.why));
        }
        let rows = self.loops.iter().map(|it| [times(it.steps), it.stickies.join(" > ")]);
        table(out, "Loops that were stopped", rows.collect());
        let rows = self.not_run.iter().map(|it| [it.name.clone(), it.reason.clone()]);
        table(out, "Did not run", rows.collect());
        table(out, "Faults", self.faults.iter().map(|it| [it.clone()]).collect());
        if self.ghost_links > 0 {
            let links = counted(self.ghost_links, "ghost link");
            line(out, format!("\nThe run relied on {links} that nobody has accepted."));
        }
    }
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn line(out: &mut String, text: String) {
    out.push_str(text.trim_end());
    out.push('\n');
}

/// A heading and aligned columns; nothing if there are no rows.
fn table<const N: usize>(out: &mut String, title: &str, rows: Vec<[String; N]>) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in &rows {
        let mut text = String::from("  ");
        for (cell, width) in row.iter().zip(widths) {
            let number = cell.chars().all(|it| it.is_ascii_digit());
            let pad = " ".repeat(width - cell.chars().count());
            text.push_str(&if number { format!("{pad}{cell}") } else { format!("{cell}{pad}") });
            text.push_str("  ");
        }
        line(out, text);
    }
}

fn iso<S: serde::Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(at)
}

/// The value below which that share of the sorted values lies (nearest rank).
pub(super) fn percentile(sorted: &[i64], share: f64) -> i64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.max(1) - 1).or(sorted.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let values: Vec<i64> = (1..=100).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.99), percentile(&values, 1.0)), (50, 99, 100));
        assert_eq!((percentile(&[7], 0.5), percentile(&[], 0.5)), (7, 0));
    }
}
