//! External systems and people: they answer after a while, with one of their events, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::expr::Row;
use crate::kit::{Id, Millis, Rng, Streams, Timestamp};
use crate::lowering::PROSE;
use crate::model::{External, Outcome, Outputs, Rule, System};
use crate::record::Value;
use crate::runtime::{Message, Sentence};

use super::chance::Seeded;
use super::fill::Filling;

/// How soon a person gets round to a task.
pub(super) const TASK_DELAY: (Millis, Millis) = (Millis(30_000), Millis(5 * 60_000));

/// A choice made by an external system, to be told.
pub(super) struct Told {
    /// What was taken.
    pub(super) taken: Arc<str>,
    /// What there was to take.
    pub(super) among: Arc<[Arc<str>]>,
    /// The guard in prose that was decided.
    pub(super) sentence: Option<Arc<str>>,
}

/// An event that an external system sends.
pub(super) struct Answer {
    /// The event.
    pub(super) event: Id,
    /// The key.
    pub(super) key: Value,
    /// The fields.
    pub(super) values: Vec<Value>,
}

/// The parties outside.
#[derive(Debug)]
pub(super) struct World {
    system: Arc<System>,
    streams: Streams,
    rngs: BTreeMap<Id, Rng>,
    failure_rates: BTreeMap<Id, f64>,
}

impl World {
    pub(super) fn new(system: &Arc<System>, streams: &Streams) -> Self {
        let failure_rates = system.externals.values().map(|it| (it.id, it.failure_rate)).collect();
        Self { system: system.clone(), streams: streams.clone(), rngs: BTreeMap::new(), failure_rates }
    }

    fn rng(&mut self, of: Id) -> &mut Rng {
        self.rngs.entry(of).or_insert_with(|| self.streams.stream(&format!("outside/{of}")))
    }

    /// How long the party takes this time: quick ones are more frequent than slow ones (the square of a uniform
    /// number).
    pub(super) fn delay(&mut self, of: Id, (low, high): (Millis, Millis)) -> Millis {
        let share = self.rng(of).unit();
        Millis(low.0 + ((high.0 - low.0).max(0) as f64 * share * share) as i64)
    }

    /// Whether it fails this time.
    pub(super) fn fails(&mut self, external: Id) -> bool {
        let rate = self.failure_rate(external);
        self.rng(external).chance(rate)
    }

    /// How often it fails.
    pub(super) fn failure_rate(&self, external: Id) -> f64 {
        self.failure_rates.get(&external).copied().unwrap_or(0.0)
    }

    /// From now on it fails this often; tells whether there is such an external system.
    pub(super) fn set_failure_rate(&mut self, external: Id, rate: f64) -> bool {
        match self.failure_rates.get_mut(&external) {
            Some(slot) if rate.is_finite() => *slot = rate.clamp(0.0, 1.0),
            Some(_) | None => return false,
        }
        true
    }

    /// How it answers a request.
    pub(super) fn answers(
        &mut self,
        external: &External,
        request: &Message,
        now: Timestamp,
        chance: &mut Seeded,
    ) -> (Vec<Answer>, Vec<Told>) {
        let system = self.system.clone();
        let command = system.message_named(request.type_name()).and_then(|it| system.commands.get(&it));
        let Some(command) = command else { return (Vec::new(), Vec::new()) };
        let rows = [request.row()];
        let mut told = Vec::new();
        let mut taken: Vec<&Outcome> = Vec::new();
        let mut open: Vec<&Outcome> = Vec::new();
        let either = command.outputs == Outputs::Either;
        let type_of = |it: &Outcome| system.message(it.event).map(|it| it.name.clone()).unwrap_or_default();
        for (at, outcome) in command.outcomes.iter().enumerate().filter(|(_, it)| !it.otherwise) {
            let holds = match &outcome.when {
                None => {
                    open.push(outcome);
                    !either
                }
                Some(Rule::Expr { typed, .. }) => typed.test(&Row::at(&rows, now)).unwrap_or(false),
                Some(Rule::Prose(sentence)) => {
                    let others = command.outcomes.iter().enumerate().filter(|(other, _)| *other != at);
                    let others: Vec<Arc<str>> = others.map(|(_, it)| type_of(it)).collect();
                    let yes = chance.sentence(&Sentence {
                        text: sentence,
                        weight: PROSE,
                        about: request.type_name(),
                        yes: &[type_of(outcome)],
                        no: &others,
                    });
                    let sentence: Arc<str> = sentence.as_str().into();
                    let word = Arc::from(if yes { "yes" } else { "no" });
                    told.push(Told { taken: word, among: Arc::from([sentence.clone()]), sentence: Some(sentence) });
                    yes
                }
            };
            if holds {
                taken.push(outcome);
                if either {
                    break;
                }
            }
        }
        if taken.is_empty() && either {
            match open.as_slice() {
                [] => {}
                [only] => taken.push(only),
                several => {
                    let types: Vec<(Arc<str>, u32)> = several.iter().map(|it| (type_of(it), it.weight)).collect();
                    let at = chance.weighted(&types);
                    let among: Arc<[Arc<str>]> = several.iter().map(|it| system.name(it.event).into()).collect();
                    let word = among.get(at).cloned().unwrap_or_default();
                    told.push(Told { taken: word, among, sentence: None });
                    taken.extend(several.get(at));
                }
            }
        }
        if taken.is_empty() {
            taken.extend(command.outcomes.iter().find(|it| it.otherwise));
        }
        let mut answers = Vec::new();
        for outcome in taken {
            let Some(event) = system.events.get(&outcome.event) else { continue };
            let filling = Filling { rows: &rows, key: &request.key, now };
            let values = filling.record(&event.schema, &outcome.fill, self.rng(external.id));
            let key = values.get(event.key).cloned().unwrap_or_default();
            answers.push(Answer { event: event.id, key, values });
        }
        (answers, told)
    }
}
