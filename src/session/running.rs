//! A run for people to watch: it goes on as far as it is shown, a little in each frame.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Readings;
use super::job::{Job, Polled};
use crate::kit::{Id, Millis, Timestamp};
use crate::simulate::{FormField, Options, Report, ScenarioResult, Simulation};
use crate::trace::Trace;

/// How long a frame may work on the run.
const BUDGET: Duration = Duration::from_millis(6);

/// How a run is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunOptions {
    /// The seed: the same board and seed are the same run.
    pub seed: u64,
    /// How long it goes on by itself, on its own clock.
    pub time: Millis,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self { seed: 7, time: Millis::DAY }
    }
}

/// A topic as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRow {
    /// Its name.
    pub name: String,
    /// The sticky that it comes from.
    pub of: Option<Id>,
    /// Records in each partition: first offset, next offset, bytes.
    pub partitions: Vec<(i64, i64, i64)>,
    /// How far its consumers are behind, by group.
    pub lags: Vec<(String, i64)>,
    /// Its settings.
    pub config: Vec<(String, String)>,
}

/// A run that is shown.
#[derive(Debug)]
pub struct Running {
    simulation: Simulation,
    /// The revision of the board that runs.
    pub revision: u64,
    options: RunOptions,
    /// Until when it goes on by itself.
    until: Timestamp,
}

impl Running {
    fn new(readings: &Readings, revision: u64, options: RunOptions) -> Result<Self, String> {
        let (system, lowering) = (Arc::clone(&readings.system), readings.lowering());
        let how = Options { seed: options.seed, trace_limit: 400_000, ..Options::default() };
        let simulation = Simulation::new(system, lowering, how).map_err(|it| it.to_string())?;
        let until = Timestamp(simulation.now().0.saturating_add(options.time.0));
        Ok(Self { simulation, revision, options, until })
    }

    /// How it was made.
    pub fn options(&self) -> RunOptions {
        self.options
    }

    /// Everything that happened so far.
    pub fn trace(&self) -> &Trace {
        self.simulation.trace()
    }

    /// The time on the run's clock.
    pub fn now(&self) -> Timestamp {
        self.simulation.now()
    }

    /// Whether it has come to its end.
    pub fn is_done(&self) -> bool {
        self.simulation.now() >= self.until || self.trace().is_full()
    }

    /// Lets it go on past its end for another stretch of the same length.
    pub fn go_on(&mut self) {
        self.until = Timestamp(self.simulation.now().0.saturating_add(self.options.time.0));
    }

    /// Goes on while `wanted` says so, but no longer than a frame can spare.
    pub fn advance(&mut self, mut wanted: impl FnMut(&Trace) -> bool) {
        let start = Instant::now();
        while !self.is_done() && wanted(self.simulation.trace()) {
            if !self.simulation.step() || start.elapsed() >= BUDGET {
                break;
            }
        }
    }

    /// Whether there is nothing to run but a timeline to play.
    pub fn is_order_only(&self) -> bool {
        self.simulation.is_order_only()
    }

    /// What came of it so far.
    pub fn report(&self) -> Report {
        self.simulation.report()
    }

    /// The instances of an aggregate or the rows of a read model: key and content, as text.
    pub fn contents(&self, of: Id) -> Vec<(String, String)> {
        let rows = if self.simulation.system().aggregates.contains_key(&of) {
            self.simulation.instances(of)
        } else {
            self.simulation.rows(of)
        };
        let schema = self.simulation.system().part(of).and_then(|it| it.schema().cloned());
        let shown = rows.iter().map(|(key, value)| {
            let text = match (&schema, value.as_record()) {
                (Some(schema), Some(values)) if values.len() == schema.fields.len() => {
                    let named = schema.fields.iter().zip(values);
                    let fields: Vec<String> = named.map(|(field, it)| format!("{}: {it}", field.label)).collect();
                    fields.join(", ")
                }
                _ => value.to_string(),
            };
            (key.to_string(), text)
        });
        shown.collect()
    }

    /// Whether a definition has instances or rows.
    pub fn has_contents(&self, of: Id) -> bool {
        let system = self.simulation.system();
        system.aggregates.contains_key(&of) || system.read_models.contains_key(&of)
    }

    /// The topics with their partitions and the lag of their consumers.
    pub fn topics(&self) -> Vec<TopicRow> {
        let lags = self.simulation.lag();
        let row = |it: &crate::kit::Id| *it;
        let topics = self.simulation.topics().into_iter();
        topics
            .map(|it| TopicRow {
                of: it.provenance.as_ref().map(row),
                partitions: it.partitions.iter().map(|it| (it.start_offset, it.end_offset, it.size_bytes)).collect(),
                lags: {
                    let mut by_group: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
                    for lag in lags.iter().filter(|lag| lag.topic == it.name) {
                        *by_group.entry(lag.group.to_string()).or_default() += lag.lag;
                    }
                    by_group.into_iter().collect()
                },
                config: it.config.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
                name: it.name.to_string(),
            })
            .collect()
    }

    /// Whether a sticky is an external system that may be made to fail.
    pub fn can_fail(&self, id: Id) -> bool {
        self.simulation.system().externals.contains_key(&id)
    }

    /// How often an external system gives no answer, 0 to 1.
    pub fn failure_rate(&self, id: Id) -> f64 {
        self.simulation.failure_rate(id)
    }

    /// How often an external system gives no answer by what is written on it, 0 to 1.
    pub fn written_failure_rate(&self, id: Id) -> f64 {
        self.simulation.system().externals.get(&id).map_or(0.0, |it| it.failure_rate)
    }

    /// Makes an external system fail that often.
    pub fn set_failure_rate(&mut self, id: Id, rate: f64) -> Result<(), String> {
        self.simulation.set_failure_rate(id, rate).map_err(|it| it.to_string())
    }

    /// Whether a sticky takes records and may be stopped.
    pub fn can_stop(&self, id: Id) -> bool {
        let system = self.simulation.system();
        system.policies.contains_key(&id)
            || system.aggregates.contains_key(&id)
            || system.read_models.contains_key(&id)
            || system.externals.contains_key(&id)
            || system.actors.contains_key(&id)
    }

    /// Whether a sticky was stopped by hand.
    pub fn is_stopped(&self, id: Id) -> bool {
        self.simulation.is_stopped(id)
    }

    /// Stops a sticky, or lets it go on.
    pub fn set_stopped(&mut self, id: Id, stopped: bool) -> Result<(), String> {
        let done = if stopped { self.simulation.stop(id) } else { self.simulation.resume(id) };
        done.map_err(|it| it.to_string())
    }

    /// The form to send a message by hand; `None` if the definition is none.
    pub fn form(&self, id: Id) -> Option<Vec<FormField>> {
        self.simulation.form(id).ok()
    }

    /// Sends what was written into a form. Returns the story that it begins.
    pub fn send(&mut self, id: Id, texts: &[String]) -> Result<String, String> {
        let story = self.simulation.send_form(id, texts).map_err(|it| it.to_string())?;
        // A run that has ended goes on, so that what was sent is dealt with.
        let hour = Timestamp(self.simulation.now().0.saturating_add(Millis::HOUR.0));
        self.until = self.until.max(hour);
        Ok(story)
    }
}

/// What became of the wish to run.
#[derive(Debug, Default)]
pub enum RunState {
    /// Nobody asked.
    #[default]
    None,
    /// It is being set up.
    Starting,
    /// It runs.
    Running(Box<Running>),
    /// It cannot run, with the reason.
    Failed(String),
}

/// Sets runs and scenarios up off the thread.
#[derive(Debug, Default)]
pub(super) struct Runner {
    pub(super) state: RunState,
    job: Option<Job<Result<Running, String>>>,
    /// The board that runs.
    pub(super) board: Option<crate::board::Board>,
    scenarios: Vec<Job<Result<ScenarioResult, String>>>,
    pub(super) results: std::collections::BTreeMap<Id, ScenarioResult>,
    pub(super) messages: Vec<String>,
}

impl Runner {
    pub(super) fn start(&mut self, board: &crate::board::Board, revision: u64, options: RunOptions) {
        let board = board.clone();
        self.board = Some(board.clone());
        self.state = RunState::Starting;
        self.job = Some(Job::start(move |_| Running::new(&Readings::of(&board, revision), revision, options)));
    }

    /// Ends the run and forgets what came of it and of the scenarios.
    pub(super) fn stop(&mut self) {
        *self = Self::default();
    }

    pub(super) fn scenario(&mut self, board: &crate::board::Board, revision: u64, id: Id, seed: u64) {
        let board = board.clone();
        self.scenarios.push(Job::start(move |_| {
            let readings = Readings::of(&board, revision);
            let (result, _) =
                super::run_scenario_of(&readings, id, seed).map_err(|it| format!("The scenario cannot run: {it}"))?;
            Ok(result)
        }));
    }

    pub(super) fn poll(&mut self) {
        if let Some(job) = &self.job {
            match job.poll() {
                Polled::Running => {}
                Polled::Done(result) => {
                    self.job = None;
                    self.state = match result {
                        Ok(running) => RunState::Running(Box::new(running)),
                        Err(why) => RunState::Failed(why),
                    };
                }
                Polled::Lost => {
                    self.job = None;
                    self.state = RunState::Failed("the run ended with an internal error".to_owned());
                }
            }
        }
        let mut waiting = Vec::new();
        for job in std::mem::take(&mut self.scenarios) {
            match job.poll() {
                Polled::Running => waiting.push(job),
                Polled::Done(Ok(result)) => drop(self.results.insert(result.id, result)),
                Polled::Done(Err(why)) => self.messages.push(why),
                Polled::Lost => self.messages.push("The scenario ended with an internal error".to_owned()),
            }
        }
        self.scenarios = waiting;
    }

    /// Whether scenarios are being run.
    pub(super) fn is_busy(&self) -> bool {
        !self.scenarios.is_empty()
    }
}
