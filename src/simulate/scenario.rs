//! Scenarios: given these events, when these commands, then these events.
//!
//! Given events are history: states and rows are built from them, and nobody else reacts. Then each command is sent
//! and time passes until what is expected has come, at most a day. External systems do not fail, and where the board
//! leaves a choice open, it falls on what the scenario expects. Expected events must come in the order of the scenario
//! among the events of the stories that the commands began; others may come between them.

use std::sync::Arc;

use serde::Serialize;

use crate::kit::{Id, Millis, Timestamp};
use crate::lowering::Lowering;
use crate::model::{Expectation, Scenario, Step, System};
use crate::record::{RecordSchema, Value};
use crate::trace::{RecordNo, Trace, TraceEvent};

use super::chance::Wanted;
use super::plausible;
use super::simulation::{Options, RunError, Simulation};

/// How long nothing more than the command itself is waited for between two commands.
const BETWEEN: Millis = Millis(10_000);
/// How long the end is waited for.
const PATIENCE: Millis = Millis::DAY;

/// How a scenario went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScenarioResult {
    /// The scenario.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Whether everything came as expected.
    pub passed: bool,
    /// Its lines, and how each went.
    pub steps: Vec<StepResult>,
    /// What differs, in words; empty if it passed.
    pub difference: String,
}

/// How one line of a scenario went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepResult {
    /// The line as it was written.
    pub text: String,
    /// Whether it went as expected.
    pub passed: bool,
    /// The record that it is about, by its number in the trace.
    pub record: Option<u32>,
    /// What went wrong.
    pub why: Option<String>,
}

/// Runs a scenario of a board; with the trace of the run.
///
/// # Errors
/// Where the board cannot be deployed or has no such scenario.
pub fn run_scenario(
    system: &Arc<System>,
    lowering: &Arc<Lowering>,
    id: Id,
    seed: u64,
) -> Result<(ScenarioResult, Trace), RunError> {
    let scenario = system.scenarios.get(&id).ok_or_else(|| RunError::Message(format!("the scenario {id}")))?;
    let options = Options { seed, actors: false, ..Options::default() };
    let mut simulation = Simulation::new(system.clone(), lowering.clone(), options)?;
    simulation.nothing_fails();
    let expected = scenario.then.iter().filter_map(step_of).filter_map(|it| system.message(it.message));
    simulation.chance.want(Wanted {
        types: expected.map(|it| it.name.clone()).collect(),
        nothing: scenario.then.contains(&Expectation::Nothing),
        rejected: None,
    });
    let mut run = Run { system, simulation, stories: Vec::new(), steps: Vec::new() };
    run.given(&scenario.given);
    run.when(&scenario.when, &scenario.then);
    let result = run.judge(scenario);
    Ok((result, run.simulation.trace().clone()))
}

fn step_of(expectation: &Expectation) -> Option<&Step> {
    match expectation {
        Expectation::Event(step) | Expectation::Command(step) => Some(step),
        Expectation::Nothing | Expectation::Rejected => None,
    }
}

struct Run<'a> {
    system: &'a Arc<System>,
    simulation: Simulation,
    /// The stories that the commands began.
    stories: Vec<Arc<str>>,
    steps: Vec<StepResult>,
}

impl Run<'_> {
    fn send(&mut self, step: &Step) -> Option<Arc<str>> {
        let text = step.text.clone();
        let sent = self
            .values(step)
            .and_then(|values| self.simulation.send(super::simulation::Send { definition: step.message, values }));
        let why = sent.as_ref().err().map(ToString::to_string);
        self.steps.push(StepResult { text, passed: why.is_none(), record: None, why });
        sent.ok()
    }

    /// The values of a step; what it leaves out is made up, the same for the same step.
    fn values(&self, step: &Step) -> Result<Vec<Value>, RunError> {
        let schema = self.system.message(step.message);
        let schema = schema.ok_or_else(|| RunError::Message(step.text.clone()))?;
        let mut rng = crate::kit::Streams::new(0).stream(&step.text);
        let mut values = plausible::record(schema, &mut rng, Timestamp::EPOCH);
        for (at, value) in &step.values {
            if let Some(slot) = values.get_mut(*at) {
                *slot = value.clone();
            }
        }
        Ok(values)
    }

    fn pass(&mut self, time: Millis) {
        let _ = self.simulation.run_for(time, &mut |_| std::ops::ControlFlow::Continue(()));
    }

    fn given(&mut self, given: &[Step]) {
        if given.is_empty() {
            return;
        }
        self.simulation.hold_all_but_state();
        for step in given {
            self.send(step);
        }
        self.pass(BETWEEN);
        self.simulation.forget_unread();
    }

    fn when(&mut self, when: &[Step], then: &[Expectation]) {
        for (at, step) in when.iter().enumerate() {
            // It is the last command that a scenario says is rejected.
            if at + 1 == when.len()
                && then.contains(&Expectation::Rejected)
                && let Some(schema) = self.system.message(step.message)
            {
                self.simulation.chance.want_rejected(schema.name.clone());
            }
            let story = self.send(step);
            self.stories.extend(story);
            if at + 1 < when.len() {
                self.pass(BETWEEN);
            }
        }
        let wanted: Vec<&Step> = then.iter().filter_map(step_of).collect();
        let end = self.simulation.now() + if wanted.is_empty() { BETWEEN } else { PATIENCE };
        while self.simulation.now() < end {
            let came = || self.matched(&wanted).iter().all(Option::is_some);
            let refused = || !then.contains(&Expectation::Rejected) || self.rejected().is_some();
            if !wanted.is_empty() && came() && refused() {
                break;
            }
            let left = end.since(self.simulation.now());
            self.pass(Millis(left.0.min(BETWEEN.0)));
        }
    }

    /// The messages of the stories, in the order in which they came, without those that began them.
    fn came(&self) -> Vec<(RecordNo, Id)> {
        let trace = self.simulation.trace();
        let first: Vec<RecordNo> =
            self.stories.iter().filter_map(|it| self.simulation.chronicle.first_of(it)).collect();
        let ours = trace.records().iter().filter(|it| first.contains(&it.correlation) && !first.contains(&it.id));
        let messages = ours.filter(|it| self.system.topics.get(&it.topic).is_none_or(|it| is_message(it.kind)));
        messages.filter_map(|it| Some((it.id, it.message?))).collect()
    }

    /// For each expected step the first record that fits it after that of the step before.
    fn matched(&self, wanted: &[&Step]) -> Vec<Option<RecordNo>> {
        let came = self.came();
        let mut left = came.as_slice();
        wanted
            .iter()
            .map(|step| {
                let at = left.iter().position(|(record, message)| self.fits(step, *record, *message))?;
                let found = left.get(at).map(|it| it.0);
                left = left.get(at + 1..).unwrap_or_default();
                found
            })
            .collect()
    }

    fn fits(&self, step: &Step, record: RecordNo, message: Id) -> bool {
        step.message == message && self.differences(step, record).is_empty()
    }

    /// The fields in which a record is not as expected.
    fn differences(&self, step: &Step, record: RecordNo) -> Vec<String> {
        let record = self.simulation.trace().record(record);
        let values = record.and_then(|it| it.value.as_ref()).and_then(Value::as_record).unwrap_or_default();
        let schema: Option<&Arc<RecordSchema>> = record.and_then(|it| it.schema.as_ref());
        let mut differences = Vec::new();
        for (at, wanted) in &step.values {
            let found = values.get(*at).unwrap_or(&Value::Null);
            if found != wanted {
                let label = schema.and_then(|it| it.field(*at)).map_or("?", |it| &*it.label);
                differences.push(format!("{label} is {} and not {}", found.literal(), wanted.literal()));
            }
        }
        differences
    }

    fn judge(&mut self, scenario: &Scenario) -> ScenarioResult {
        let wanted: Vec<&Step> = scenario.then.iter().filter_map(step_of).collect();
        let mut matched = self.matched(&wanted).into_iter();
        for expectation in &scenario.then {
            let (text, record, why) = match expectation {
                Expectation::Event(step) | Expectation::Command(step) => {
                    let found = matched.next().flatten();
                    let why = found.is_none().then(|| self.missing(step));
                    (step.text.clone(), found, why)
                }
                Expectation::Nothing => {
                    let events = self.came().into_iter().filter(|(_, it)| self.system.events.contains_key(it));
                    let names: Vec<&str> = events.map(|(_, it)| self.system.name(it)).collect();
                    let why = (!names.is_empty()).then(|| format!("there came {}", names.join(", ")));
                    ("then nothing".to_owned(), None, why)
                }
                Expectation::Rejected => {
                    let rejected = self.rejected();
                    let why = rejected.is_none().then(|| "it was not rejected".to_owned());
                    ("then rejected".to_owned(), rejected, why)
                }
            };
            self.steps.push(StepResult { text, passed: why.is_none(), record: record.map(|it| it.0), why });
        }
        if self.steps.is_empty() {
            let why = Some("it says nothing that could be run".to_owned());
            self.steps.push(StepResult { text: scenario.title.clone(), passed: false, record: None, why });
        }
        let wrong = self.steps.iter().filter(|it| !it.passed);
        let words: Vec<String> =
            wrong.map(|it| format!("{}: {}", it.text, it.why.as_deref().unwrap_or_default())).collect();
        ScenarioResult {
            id: scenario.id,
            title: scenario.title.clone(),
            passed: words.is_empty(),
            steps: std::mem::take(&mut self.steps),
            difference: words.join("\n"),
        }
    }

    /// The record of the last command, if it was rejected.
    fn rejected(&self) -> Option<RecordNo> {
        let last = self.stories.last().and_then(|it| self.simulation.chronicle.first_of(it))?;
        let rejected = |it: &TraceEvent| matches!(it, TraceEvent::Rejected { record, .. } if *record == last);
        self.simulation.trace().entries().iter().any(|it| rejected(&it.event)).then_some(last)
    }

    /// Why an expected message is missing.
    fn missing(&self, step: &Step) -> String {
        let came = self.came();
        let alike = came.iter().find(|(_, it)| *it == step.message);
        if let Some((record, _)) = alike {
            let differences = self.differences(step, *record);
            return match differences.is_empty() {
                true => "it came, but before what should have come first".to_owned(),
                false => differences.join(", "),
            };
        }
        if let Some(reason) = self.reason() {
            return format!("it never came: {reason}");
        }
        let names: Vec<&str> = came.iter().map(|(_, it)| self.system.name(*it)).collect();
        if names.is_empty() {
            "nothing came".to_owned()
        } else {
            format!("it never came; there came {}", names.join(", "))
        }
    }

    /// The last rejection or failure of the run, in words.
    fn reason(&self) -> Option<String> {
        self.simulation.trace().entries().iter().rev().find_map(|it| match &it.event {
            TraceEvent::Rejected { command, reason, .. } => {
                Some(format!("{} was rejected ({reason})", self.system.name(*command)))
            }
            TraceEvent::Failed { by, reason, .. } => Some(format!("{} failed ({reason})", self.system.name(*by))),
            _ => None,
        })
    }
}

fn is_message(kind: crate::model::TopicKind) -> bool {
    use crate::model::TopicKind;
    match kind {
        TopicKind::Events | TopicKind::Commands | TopicKind::Requests => true,
        TopicKind::Table | TopicKind::Tasks | TopicKind::DeadLetters => false,
    }
}
