//! Playing a trace for people: what moves where at a moment of the show.
//!
//! A run has its own clock: milliseconds lie between a command and its event, an hour before the next. A show has
//! another. Virtual time passes at a pace and long silences are cut short; each step of a record (from the sticky
//! that produced it to its own, from its own to the one that takes it) takes the same visible time, and a step begins
//! no earlier than the step that caused it has ended. So cause and effect are seen one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{RecordNo, Trace, TraceEvent};
use crate::kit::{Id, Millis, Timestamp};

/// The visible time of one step.
const STEP: i64 = 450;
/// The longest silence shown.
const SILENCE: i64 = 900;
/// Virtual milliseconds for one visible millisecond.
const PACE: i64 = 60;
/// How long a flash stays.
const FLASH: i64 = 1_200;

/// A record on its way between two stickies (definitions) at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Pulse {
    /// Where it comes from.
    pub from: Id,
    /// Where it goes.
    pub to: Id,
    /// How far it is, from 0 to 1.
    pub progress: f32,
    /// What it is, for people: the message's name.
    pub label: Arc<str>,
    /// The record; none where a board of events is played.
    pub record: Option<RecordNo>,
}

/// A sticky that draws attention at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Flash {
    /// The sticky.
    pub on: Id,
    /// What happened there.
    pub kind: FlashKind,
    /// In words.
    pub label: Arc<str>,
    /// How far it has faded, from 0 (fresh) to 1 (gone).
    pub progress: f32,
}

/// What a flash tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// A record arrived.
    Arrived,
    /// A command was rejected.
    Rejected,
    /// Something failed.
    Failed,
    /// An actor waits.
    Waits,
    /// An invariant broke or a loop was stopped.
    Broken,
}

#[derive(Clone, Debug)]
struct Step {
    start: i64,
    from: Id,
    to: Id,
    record: Option<RecordNo>,
    label: Arc<str>,
}

#[derive(Clone, Debug)]
struct Mark {
    start: i64,
    on: Id,
    kind: FlashKind,
    label: Arc<str>,
}

/// Plays a trace that may still grow. Its position is in milliseconds of the show.
#[derive(Clone, Debug)]
pub struct Player {
    position: f64,
    speed: f64,
    playing: bool,
    pace: i64,
    seen: usize,
    /// The moment of the show that the last entry seen was put at, and its virtual time.
    cursor: (i64, Timestamp),
    /// Moments of the show with their virtual times, both rising.
    clock: Vec<(i64, Timestamp)>,
    steps: Vec<Step>,
    marks: Vec<Mark>,
    /// When a record has reached its own sticky.
    arrived: BTreeMap<RecordNo, i64>,
    /// When a record has reached the sticky that takes it.
    taken: BTreeMap<(RecordNo, Id), i64>,
    end: i64,
}

impl Default for Player {
    fn default() -> Self {
        Self::new()
    }
}

impl Player {
    /// A player at the start, paused, at normal speed.
    pub fn new() -> Self {
        Self {
            position: 0.0,
            speed: 1.0,
            playing: false,
            pace: PACE,
            seen: 0,
            cursor: (0, Timestamp::EPOCH),
            clock: Vec::new(),
            steps: Vec::new(),
            marks: Vec::new(),
            arrived: BTreeMap::new(),
            taken: BTreeMap::new(),
            end: 0,
        }
    }

    /// Takes in what the trace has grown by.
    pub fn sync(&mut self, trace: &Trace) {
        if self.clock.is_empty() {
            self.cursor = (0, trace.header().start);
            self.clock.push(self.cursor);
        }
        let (steps, marks) = (self.steps.len(), self.marks.len());
        for entry in trace.entries().since(self.seen) {
            let gap = entry.at.since(self.cursor.1).0 / self.pace.max(1);
            // The first movement is shown at once.
            let most = if self.seen == 0 { 0 } else { SILENCE };
            if entry.at > self.cursor.1 {
                self.cursor = (self.cursor.0 + gap.min(most), entry.at);
                self.clock.push(self.cursor);
            }
            self.seen += 1;
            self.take(trace, &entry.event);
        }
        if self.steps.len() > steps {
            self.steps.sort_by_key(|it| it.start);
        }
        if self.marks.len() > marks {
            self.marks.sort_by_key(|it| it.start);
        }
        self.end = self.end.max(self.cursor.0);
    }

    fn take(&mut self, trace: &Trace, event: &TraceEvent) {
        let now = self.cursor.0;
        match event {
            TraceEvent::Appended { record } => {
                let Some(it) = trace.record(*record) else { return };
                let caused = it.cause.map_or(0, |cause| {
                    let by = it.from.and_then(|by| self.taken.get(&(cause, by)));
                    by.or_else(|| self.arrived.get(&cause)).copied().unwrap_or(0)
                });
                let start = now.max(caused);
                let arrived = match (it.from, it.message) {
                    (Some(from), Some(to)) if from != to => self.step(trace, start, from, to, Some(*record)),
                    _ => start,
                };
                self.arrived.insert(*record, arrived);
                if let Some(on) = it.message {
                    self.mark(arrived, on, FlashKind::Arrived, trace.label(on));
                }
            }
            TraceEvent::Handled { by, record }
            | TraceEvent::Asked { external: by, record, .. }
            | TraceEvent::TaskOpened { policy: by, record, .. } => {
                let Some(from) = trace.record(*record).and_then(|it| it.message) else { return };
                if from == *by || self.taken.contains_key(&(*record, *by)) {
                    return;
                }
                let start = now.max(self.arrived.get(record).copied().unwrap_or(0));
                let end = self.step(trace, start, from, *by, Some(*record));
                self.taken.insert((*record, *by), end);
            }
            TraceEvent::Rejected { command, by, record, reason } => {
                let at = self.reached(*record, *by);
                self.mark(at, *command, FlashKind::Rejected, reason.clone());
            }
            TraceEvent::Failed { by, record, reason } => {
                let at = self.reached(*record, *by);
                self.mark(at, *by, FlashKind::Failed, reason.clone());
            }
            TraceEvent::Waited { actor, reason, .. } => self.mark(now, *actor, FlashKind::Waits, reason.clone()),
            TraceEvent::Looped { stickies, .. } => {
                for on in stickies {
                    self.mark(now, *on, FlashKind::Broken, Arc::from("runs in a loop"));
                }
            }
            TraceEvent::Broken { invariant, record, why } => {
                let at = record.and_then(|it| self.arrived.get(&it)).copied().unwrap_or(0).max(now);
                self.mark(at, *invariant, FlashKind::Broken, why.clone());
            }
            TraceEvent::Played { event, after } => {
                let end = match after {
                    Some(from) => self.step(trace, now, *from, *event, None),
                    None => now,
                };
                self.mark(end, *event, FlashKind::Arrived, trace.label(*event));
            }
            TraceEvent::Chose { .. }
            | TraceEvent::Changed { .. }
            | TraceEvent::Unhandled { .. }
            | TraceEvent::Fault { .. }
            | TraceEvent::Said { .. } => {}
        }
    }

    /// When a record has reached the sticky that takes it.
    fn reached(&self, record: RecordNo, by: Id) -> i64 {
        let at = self.taken.get(&(record, by)).or_else(|| self.arrived.get(&record)).copied();
        at.unwrap_or(0).max(self.cursor.0)
    }

    fn step(&mut self, trace: &Trace, start: i64, from: Id, to: Id, record: Option<RecordNo>) -> i64 {
        let message = record.and_then(|it| trace.record(it)).and_then(|it| it.message).unwrap_or(to);
        self.steps.push(Step { start, from, to, record, label: trace.label(message) });
        self.end = self.end.max(start + STEP);
        start + STEP
    }

    fn mark(&mut self, start: i64, on: Id, kind: FlashKind, label: Arc<str>) {
        self.marks.push(Mark { start, on, kind, label });
        self.end = self.end.max(start + FLASH);
    }

    /// The records on their way now, the latest last.
    pub fn pulses(&self) -> Vec<Pulse> {
        self.pulses_at(self.position as i64)
    }

    /// The records on their way at a moment of the show, the latest last.
    pub fn pulses_at(&self, moment: i64) -> Vec<Pulse> {
        let first = self.steps.partition_point(|it| it.start + STEP <= moment);
        let last = self.steps.partition_point(|it| it.start <= moment);
        let steps = self.steps.get(first..last).unwrap_or_default();
        steps
            .iter()
            .map(|it| Pulse {
                from: it.from,
                to: it.to,
                progress: (moment - it.start) as f32 / STEP as f32,
                label: it.label.clone(),
                record: it.record,
            })
            .collect()
    }

    /// The stickies that draw attention now.
    pub fn flashes(&self) -> Vec<Flash> {
        let moment = self.position as i64;
        let first = self.marks.partition_point(|it| it.start + FLASH <= moment);
        let last = self.marks.partition_point(|it| it.start <= moment);
        let marks = self.marks.get(first..last).unwrap_or_default();
        marks
            .iter()
            .map(|it| Flash {
                on: it.on,
                kind: it.kind,
                label: it.label.clone(),
                progress: (moment - it.start) as f32 / FLASH as f32,
            })
            .collect()
    }

    /// Starts or goes on; at the end it starts again from the beginning.
    pub fn play(&mut self) {
        if self.is_at_end() {
            self.position = 0.0;
        }
        self.playing = true;
    }

    /// Stands still.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    /// Whether it plays.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether everything was shown.
    pub fn is_at_end(&self) -> bool {
        self.position >= self.end as f64
    }

    /// How fast it plays; 1 is normal.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Plays this fast, between 1/20 and 100 times normal.
    pub fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = speed.clamp(0.05, 100.0);
        }
    }

    /// Lets real time pass.
    pub fn advance(&mut self, by: Millis) {
        if self.playing {
            self.position = (self.position + by.0.max(0) as f64 * self.speed).min(self.end as f64);
        }
    }

    /// Goes to where the next step begins.
    pub fn step_forward(&mut self) {
        let moment = self.position as i64;
        let next = self.steps.get(self.steps.partition_point(|it| it.start <= moment)).map(|it| it.start);
        self.position = next.unwrap_or(self.end) as f64;
    }

    /// The moment of the show, in milliseconds.
    pub fn position(&self) -> i64 {
        self.position as i64
    }

    /// The length of the show so far, in milliseconds.
    pub fn end(&self) -> i64 {
        self.end
    }

    /// Goes to a moment of the show.
    pub fn seek(&mut self, moment: i64) {
        self.position = moment.clamp(0, self.end) as f64;
    }

    /// Goes to where a record is on its way to its own sticky.
    pub fn seek_record(&mut self, record: RecordNo) {
        if let Some(arrived) = self.arrived.get(&record) {
            self.seek(arrived - STEP / 2);
        }
    }

    /// The virtual time at the moment of the show.
    pub fn time(&self) -> Timestamp {
        let moment = self.position as i64;
        let at = self.clock.partition_point(|it| it.0 <= moment);
        let before = at.checked_sub(1).and_then(|it| self.clock.get(it));
        let Some((from, time)) = before.or(self.clock.first()).copied() else { return Timestamp::EPOCH };
        match self.clock.get(at) {
            Some((to, then)) if *to > from => {
                let share = (moment - from) as f64 / (*to - from) as f64;
                time + Millis((then.since(time).0 as f64 * share) as i64)
            }
            _ => time,
        }
    }
}
