//! Actors, and everybody else outside who acts on his own: when, on what, with which values.
//!
//! An actor acts at random intervals about his rate. Without a rate a command that opens an instance is issued 30
//! times an hour, any other is tried 60 times an hour, and what comes from outside comes 12 times an hour. On an
//! instance he acts only where, for all that can be seen of it, the command's `requires` holds: nobody presses a
//! button that is grey. It may be out of date when the command arrives; then it is rejected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::expr::{Row, Typed};
use crate::kit::{Id, Millis, Rng, Streams, Timestamp};
use crate::model::{Handler, Issue, KeyRule, Owner, Rate, Rule, System};
use crate::record::Value;

use super::chance::new_key;
use super::chronicle::Chronicle;
use super::fill::Filling;

/// Rates where none is written.
const OPENING: Rate = Rate { count: 30.0, per: Millis::HOUR };
const ACTING: Rate = Rate { count: 60.0, per: Millis::HOUR };
const OUTSIDE: Rate = Rate { count: 12.0, per: Millis::HOUR };

/// How many rows somebody looks at before he gives up until his next time.
const LOOKS: usize = 16;

/// Keys from which one is picked at random in the same time however many there are.
#[derive(Clone, Debug, Default)]
struct Pool {
    keys: Vec<Value>,
    places: FxHashMap<Value, usize>,
}

impl Pool {
    fn set(&mut self, key: &Value, within: bool) {
        match (within, self.places.get(key).copied()) {
            (true, None) => {
                self.places.insert(key.clone(), self.keys.len());
                self.keys.push(key.clone());
            }
            (false, Some(at)) => {
                self.places.remove(key);
                self.keys.swap_remove(at);
                if let Some(moved) = self.keys.get(at) {
                    self.places.insert(moved.clone(), at);
                }
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
}

/// Somebody outside who acts on his own.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The actor or external system; nobody for an event from elsewhere.
    pub(super) by: Option<Id>,
    /// The command or event.
    pub(super) message: Id,
    /// How.
    what: What,
    rate: Rate,
    rng: Rng,
    pool: Pool,
    waits: bool,
    sight: Sight,
}

/// What somebody looks at before he acts.
#[derive(Clone, Debug, Default)]
struct Sight {
    /// The read model that he picks from.
    read_model: Option<Id>,
    /// The aggregate whose instance he acts on.
    aggregate: Option<Id>,
    /// What can be seen of the instance and must hold: of the command's requirements those that it has no say in.
    needs: Vec<Typed>,
    /// Whether the key of what he picks is the instance's.
    row_is_instance: bool,
}

#[derive(Clone, Debug)]
enum What {
    Issue(Arc<Issue>),
    Event,
}

/// What somebody does.
pub(super) enum Act {
    /// He sends this.
    Send {
        /// The command or event.
        message: Id,
        /// Its fields.
        values: Vec<Value>,
        /// Its key.
        key: Value,
    },
    /// He cannot act; told the first time only.
    Wait {
        /// Whether it was so the last time already.
        again: bool,
        /// What is missing.
        reason: &'static str,
    },
}

/// All who act on their own.
#[derive(Debug)]
pub(super) struct Crowd {
    system: Arc<System>,
    sources: Vec<Source>,
    /// Who acts on the instances of an aggregate.
    by_aggregate: BTreeMap<Id, Vec<usize>>,
    /// Who looks at a read model.
    by_read_model: BTreeMap<Id, Vec<usize>>,
    keys: u64,
}

impl Crowd {
    pub(super) fn new(system: &Arc<System>, streams: &Streams) -> Self {
        let mut sources = Vec::new();
        let blocked = system.blocked();
        let mut add = |by: Option<Id>, message: Id, what: What, rate: Rate| {
            if blocked.contains(&message) || by.is_some_and(|it| blocked.contains(&it)) {
                return;
            }
            let by_text = by.map_or(String::new(), |it| it.to_string());
            let rng = streams.stream(&format!("acts/{by_text}/{message}"));
            let sight = match &what {
                What::Issue(issue) => Sight::of(system, issue),
                What::Event => Sight::default(),
            };
            sources.push(Source { by, message, what, rate, rng, pool: Pool::default(), waits: false, sight });
        };
        for actor in system.actors.values() {
            for issue in &actor.issues {
                let starts = matches!(issue.key, KeyRule::New);
                let usual = if starts { OPENING } else { ACTING };
                let rate = actor.rates.get(&issue.command).copied().or(actor.rate).unwrap_or(usual);
                add(Some(actor.id), issue.command, What::Issue(Arc::new(issue.clone())), rate);
            }
        }
        for external in system.externals.values() {
            for issue in &external.calls {
                add(Some(external.id), issue.command, What::Issue(Arc::new(issue.clone())), OUTSIDE);
            }
            for event in &external.sends {
                add(Some(external.id), *event, What::Event, OUTSIDE);
            }
        }
        for event in system.events.values().filter(|it| it.owner == Owner::Nobody) {
            add(None, event.id, What::Event, OUTSIDE);
        }
        let (mut by_aggregate, mut by_read_model) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (at, source) in sources.iter().enumerate() {
            if source.picks().is_none() {
                continue;
            }
            if let Some(aggregate) = source.sight.aggregate.filter(|_| source.sight.row_is_instance) {
                by_aggregate.entry(aggregate).or_default().push(at);
            }
            if let Some(read_model) = source.sight.read_model {
                by_read_model.entry(read_model).or_default().push(at);
            }
        }
        Self { system: system.clone(), sources, by_aggregate, by_read_model, keys: 0 }
    }

    /// When each of them acts for the first time: those who open something at once, so that a run shows something.
    pub(super) fn first_times(&mut self, start: Timestamp) -> Vec<(Timestamp, usize)> {
        let mut times = Vec::new();
        for (at, source) in self.sources.iter_mut().enumerate() {
            let opens = match &source.what {
                What::Issue(issue) => matches!(issue.key, KeyRule::New),
                What::Event => true,
            };
            let wait = interval(source.rate, &mut source.rng);
            let wait = if opens { Millis((wait.0 / 20).min(2_000)) } else { wait };
            times.push((start + wait, at));
        }
        times
    }

    /// How long until it acts again.
    pub(super) fn pause(&mut self, at: usize) -> Option<Millis> {
        let source = self.sources.get_mut(at)?;
        Some(interval(source.rate, &mut source.rng))
    }

    /// Who it is.
    pub(super) fn source(&self, at: usize) -> Option<&Source> {
        self.sources.get(at)
    }

    /// The key of a new instance.
    pub(super) fn fresh_key(&mut self, message: Id, rng: &mut Rng) -> Value {
        self.keys += 1;
        let field = match (self.system.commands.get(&message), self.system.events.get(&message)) {
            (Some(it), _) => it.schema.field(it.key),
            (None, Some(it)) => it.schema.field(it.key),
            (None, None) => None,
        };
        field.map_or(Value::Null, |it| new_key(it, self.keys, rng))
    }

    /// It acts.
    pub(super) fn act(&mut self, at: usize, chronicle: &Chronicle, now: Timestamp) -> Option<Act> {
        let source = self.sources.get(at)?;
        let (message, what, mut rng) = (source.message, source.what.clone(), source.rng.clone());
        let act = match &what {
            What::Event => {
                let schema = self.system.message(message)?.clone();
                let key = self.fresh_key(message, &mut rng);
                self.event(message, &schema, key, now, &mut rng)
            }
            What::Issue(issue) => self.issue(at, issue, chronicle, now, &mut rng),
        };
        let source = self.sources.get_mut(at)?;
        source.rng = rng;
        Some(match act {
            Some((key, values)) => {
                source.waits = false;
                Act::Send { message, values, key }
            }
            None => {
                let again = std::mem::replace(&mut source.waits, true);
                Act::Wait { again, reason: "there is nothing that he could act on" }
            }
        })
    }

    fn event(
        &self,
        message: Id,
        schema: &crate::record::RecordSchema,
        key: Value,
        now: Timestamp,
        rng: &mut Rng,
    ) -> Option<(Value, Vec<Value>)> {
        let place = self.system.events.get(&message)?.key;
        let mut values = super::plausible::record(schema, rng, now);
        if let Some(slot) = values.get_mut(place) {
            *slot = key.clone();
        }
        Some((key, values))
    }

    fn issue(
        &mut self,
        at: usize,
        issue: &Issue,
        chronicle: &Chronicle,
        now: Timestamp,
        rng: &mut Rng,
    ) -> Option<(Value, Vec<Value>)> {
        let (picked, row) = match &issue.key {
            KeyRule::Row { read_model, column } => {
                let Source { pool, sight, .. } = self.sources.get(at)?;
                let rows = chronicle.rows(*read_model)?;
                // Where a row is not an instance, whether anything can be done with its instance shows only now.
                let mut found = None;
                for _ in 0..LOOKS {
                    let key = rng.pick(&pool.keys)?;
                    let Some(row) = rows.get(key) else { continue };
                    let instance = row.field(*column).unwrap_or(key);
                    if sight.is_possible(instance, chronicle, now) {
                        found = Some((Some(instance.clone()), row.clone()));
                        break;
                    }
                }
                found?
            }
            KeyRule::Living { .. } => (Some(rng.pick(&self.sources.get(at)?.pool.keys)?.clone()), Value::Null),
            KeyRule::Field(_) | KeyRule::Cause | KeyRule::Correlation | KeyRule::New => (None, Value::Null),
        };
        let fields = row.as_record().unwrap_or_default();
        let rows: &[&[Value]] = if row.is_null() { &[] } else { &[fields] };
        let command = self.system.commands.get(&issue.command)?;
        let (schema, place) = (command.schema.clone(), command.key);
        let key = match &issue.key {
            KeyRule::Row { .. } | KeyRule::Living { .. } => picked?,
            KeyRule::New | KeyRule::Cause | KeyRule::Correlation => self.fresh_key(issue.command, rng),
            KeyRule::Field(source) => {
                let filling = Filling { rows, key: &Value::Null, now };
                let field = schema.field(place)?;
                filling.source(source, field, rng).unwrap_or_else(|| super::plausible::field(field, rng, now))
            }
        };
        let mut values = Filling { rows, key: &key, now }.record(&schema, &issue.fill, rng);
        if let Some(slot) = values.get_mut(place) {
            *slot = key.clone();
        }
        Some((key, values))
    }

    /// An instance of an aggregate changed: some can act on it now, others no longer.
    pub(super) fn instance_changed(&mut self, aggregate: Id, key: &Value, chronicle: &Chronicle, now: Timestamp) {
        for at in self.by_aggregate.get(&aggregate).into_iter().flatten() {
            if let Some(source) = self.sources.get_mut(*at) {
                source.look_again(key, chronicle, now);
            }
        }
    }

    /// A row of a read model changed.
    pub(super) fn row_changed(&mut self, read_model: Id, key: &Value, chronicle: &Chronicle, now: Timestamp) {
        for at in self.by_read_model.get(&read_model).into_iter().flatten() {
            if let Some(source) = self.sources.get_mut(*at) {
                source.look_again(key, chronicle, now);
            }
        }
    }

    /// Keys on which a command can be tried now.
    pub(super) fn candidates(&self, command: Id) -> &[Value] {
        let source = self.sources.iter().find(|it| it.message == command && !it.pool.keys.is_empty());
        source.map_or(&[], |it| it.pool.keys.as_slice())
    }

    /// Those who wait for something to act on: who, and for which command.
    pub(super) fn waiting(&self) -> BTreeSet<(Id, Id)> {
        self.sources.iter().filter(|it| it.waits).filter_map(|it| Some((it.by?, it.message))).collect()
    }
}

impl Source {
    /// What it issues, if it picks an instance or a row for that.
    fn picks(&self) -> Option<&Arc<Issue>> {
        match &self.what {
            What::Issue(issue) if matches!(issue.key, KeyRule::Row { .. } | KeyRule::Living { .. }) => Some(issue),
            What::Issue(_) | What::Event => None,
        }
    }

    /// Looks whether it can act on a row or instance now.
    fn look_again(&mut self, key: &Value, chronicle: &Chronicle, now: Timestamp) {
        let What::Issue(issue) = &self.what else { return };
        let row = self.sight.read_model.map(|it| chronicle.rows(it).and_then(|it| it.get(key)));
        let seen = row != Some(None);
        let fields = row.flatten().and_then(Value::as_record).unwrap_or_default();
        let when = issue.when.as_ref().and_then(Rule::typed);
        let wanted = when.is_none_or(|it| fields.is_empty() || it.test(&Row::at(&[fields], now)).unwrap_or(false));
        // A row that names nobody yet is nothing to act on.
        let names = match &issue.key {
            KeyRule::Row { column, .. } => fields.get(*column).is_none_or(|it| !it.is_null()),
            _ => true,
        };
        let possible = || !self.sight.row_is_instance || self.sight.is_possible(key, chronicle, now);
        let within = seen && wanted && names && possible();
        self.pool.set(key, within);
    }
}

impl Sight {
    fn of(system: &System, issue: &Issue) -> Self {
        let rules = system.commands.get(&issue.command).map(|it| it.requires.as_slice()).unwrap_or_default();
        Self {
            read_model: looks_at(issue),
            aggregate: acts_on(system, issue),
            needs: rules.iter().filter_map(Rule::typed).filter(|it| !it.reads(|record| record == 0)).cloned().collect(),
            row_is_instance: row_is_instance(system, issue),
        }
    }

    /// Whether, for all that can be seen of an instance, it can take the command.
    fn is_possible(&self, instance: &Value, chronicle: &Chronicle, now: Timestamp) -> bool {
        let Some(aggregate) = self.aggregate.filter(|_| !self.needs.is_empty()) else { return true };
        let state = chronicle.instances(aggregate).and_then(|it| it.get(instance));
        let fields = state.and_then(Value::as_record).unwrap_or_default();
        self.needs.iter().all(|it| it.test(&Row::at(&[&[], fields], now)).unwrap_or(true))
    }
}

fn looks_at(issue: &Issue) -> Option<Id> {
    match &issue.key {
        KeyRule::Row { read_model, .. } => Some(*read_model),
        KeyRule::Living { read_model } => *read_model,
        KeyRule::Field(_) | KeyRule::Cause | KeyRule::Correlation | KeyRule::New => None,
    }
}

/// The aggregate that a command goes to.
fn acts_on(system: &System, issue: &Issue) -> Option<Id> {
    match system.commands.get(&issue.command)?.handler {
        Handler::Aggregate(id) => Some(id),
        Handler::External(_) | Handler::Nobody => None,
    }
}

/// Whether the key of what is picked is the key of the instance, and not that of a row which names the instance.
fn row_is_instance(system: &System, issue: &Issue) -> bool {
    match &issue.key {
        KeyRule::Row { read_model, column } => system.read_models.get(read_model).is_some_and(|it| it.key == *column),
        KeyRule::Living { .. } => true,
        KeyRule::Field(_) | KeyRule::Cause | KeyRule::Correlation | KeyRule::New => false,
    }
}

/// A random time with the rate's mean, at least a millisecond and at most ten times the mean.
fn interval(rate: Rate, rng: &mut Rng) -> Millis {
    let mean = rate.per.0 as f64 / rate.count.max(1e-6);
    let drawn = -(1.0 - rng.unit()).max(1e-9).ln();
    Millis((mean * drawn.min(10.0)).clamp(1.0, 1e15) as i64)
}
