//! Time events: the events that start and stop them -> `schedule` -> their topic -> the events they bring about.

use std::sync::Arc;

use crate::kit::{Id, Millis};
use crate::model::{Cadence, Event, Outputs, Source, Timer};
use crate::record::{RecordSchema, Type};
use crate::streams::{Changelog, Guard, Mapping, Outcomes, StoreSpec, Term};
use crate::streams::{Delay, React, Schedule, TimerRule};

use super::aggregates::{alternative, mode};
use super::build::Builder;
use super::terms::{Shape, Terms};
use super::{Lowerer, key_type};

pub(super) fn lower(lowerer: &mut Lowerer<'_>) {
    for timer in lowerer.system.timers.values() {
        if !lowerer.runs(timer.id) {
            continue;
        }
        if timer.follows.is_none() && matches!(timer.cadence, Cadence::After(_)) {
            lowerer.cannot(
                timer.id,
                "it says how long after, but not after what: write `3 days after <event>` or draw an arrow from the event",
            );
            continue;
        }
        one(lowerer, timer);
    }
}

fn one(lowerer: &mut Lowerer<'_>, timer: &Timer) {
    let system = lowerer.system;
    let shown = Some(timer.id);
    let mut builder = Builder::new(lowerer.app_name(timer.id));
    let starts: Vec<&Event> = timer.follows.iter().filter_map(|it| system.events.get(it)).collect();
    let stops: Vec<&Event> = timer.unless.iter().filter_map(|it| system.events.get(it)).collect();
    let mut fill = timer.fill.clone();
    let mut start_types: Vec<Arc<str>> = starts.iter().map(|it| it.schema.name.clone()).collect();
    let mut sources = Vec::new();
    let mut add = |builder: &mut Builder, topic: &Arc<str>, name: &Arc<str>, id: Id| {
        sources.push(builder.source(vec![topic.clone()], vec![name.clone()], Some(id)));
    };
    for event in starts.iter().chain(&stops) {
        add(&mut builder, &event.topic, &event.schema.name, event.id);
    }
    let rule = match (timer.cadence, starts.is_empty()) {
        (Cadence::Every(interval), true) => TimerRule::Every { interval, offset: Millis::ZERO },
        (Cadence::Daily(offset), true) => TimerRule::Every { interval: Millis::DAY, offset },
        (Cadence::After(delay) | Cadence::Every(delay), false) => after(Delay::For(delay), &start_types, &stops),
        (Cadence::Daily(offset), false) => after(Delay::TimeOfDay(offset), &start_types, &stops),
        (Cadence::After(delay), true) => TimerRule::Every { interval: delay, offset: Millis::ZERO },
    };
    let rule = match (rule, timer.cadence) {
        // Again and again for each key: each time event starts the next.
        (TimerRule::After { delay, unless, .. }, Cadence::Every(_) | Cadence::Daily(_)) => {
            add(&mut builder, &timer.topic, &timer.schema.name, timer.id);
            start_types.push(timer.schema.name.clone());
            // Its own record is read as if it were the event's: without the same fields it holds no more than its key.
            let alike = starts.first().is_some_and(|it| it.schema.fields == timer.schema.fields);
            for (at, source) in fill.iter_mut().enumerate().filter(|_| !alike) {
                if at != timer.key {
                    *source = Source::Nothing;
                }
            }
            TimerRule::After { delay, starts: start_types, unless }
        }
        (rule, _) => rule,
    };
    let key_ty = key_type(&timer.schema, timer.key);
    let key = match (starts.is_empty(), &key_ty) {
        (false, _) => Term::Key,
        // One clock for all: every time it strikes, something new begins.
        (true, ty) => fresh(&timer.schema, timer.key, ty),
    };
    let shape = Shape::default();
    let terms = Terms { key: &key, shape: &shape };
    let mut fields = terms.record(&timer.schema, &fill);
    if let Some(slot) = fields.get_mut(timer.key) {
        *slot = key.clone();
    }
    let output = Mapping { schema: timer.schema.clone(), key: key.clone(), fields };
    let (by_key, by_due): (Arc<str>, Arc<str>) = ("by-key".into(), "by-due".into());
    for name in [&by_key, &by_due] {
        builder.store(StoreSpec {
            name: name.clone(),
            key: key_ty.clone(),
            schema: None,
            changelog: Changelog::Local,
            provenance: shown,
        });
    }
    let schedule = builder.node("schedule", Schedule { rule, output, by_key, by_due }, &sources, shown);
    builder.sinks(vec![(timer.topic.clone(), timer.schema.name.clone(), timer.id)], &[schedule]);
    if !timer.outcomes.is_empty() {
        let own = Term::Key;
        let terms = Terms { key: &own, shape: &shape };
        let alternatives = timer.outcomes.iter().filter_map(|it| alternative(lowerer, &terms, it)).collect();
        let outcomes = Outcomes { mode: mode(Outputs::All), alternatives };
        let react = builder.node("react", React { guard: Guard::Always, outcomes }, &[schedule], shown);
        let events = timer.outcomes.iter().filter_map(|it| system.events.get(&it.event));
        let written = events.map(|it| (it.topic.clone(), it.schema.name.clone(), it.id)).collect();
        builder.sinks(written, &[react]);
    }
    lowerer.deploy(timer.id, builder);
}

fn after(delay: Delay, starts: &[Arc<str>], stops: &[&Event]) -> TimerRule {
    let unless = stops.iter().map(|it| it.schema.name.clone()).collect();
    TimerRule::After { delay, starts: starts.to_vec(), unless }
}

/// A new key each time.
fn fresh(schema: &RecordSchema, at: usize, ty: &Type) -> Term {
    let key = Term::Key;
    let shape = Shape::default();
    let place = format!("{}.{at}", schema.name);
    let source = match ty.required() {
        Type::Uuid => Source::Fresh,
        Type::Timestamp | Type::Date | Type::Time => Source::Now,
        _ => Source::Nothing,
    };
    Terms { key: &key, shape: &shape }.term(&source, ty, &place)
}
