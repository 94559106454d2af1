//! Tests of `model`: boards in words, resolved systems in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use stormglass::board::{self, Board};
use stormglass::flow::{Flow, Options};
use stormglass::kit::{Id, IdSource, Severity};
use stormglass::model::{
    Expectation, Handler, Issue, KeyRule, Law, NameReason, NameTable, Owner, Rule, Source, System, Trigger,
};
use stormglass::model::{MAX_NAME, Named, OUTPUTS, Output, check_topic};
use stormglass::record::RecordSchema;

use crate::notation::{Noted, read};

pub(crate) fn resolve(noted: &Noted) -> System {
    of_board(&noted.board)
}

fn of_board(board: &Board) -> System {
    System::resolve(board, &Flow::read(board, Options { ghosts: true }))
}

fn fields(schema: &RecordSchema) -> String {
    let field =
        |it: &stormglass::record::FieldSchema| format!("{}{}: {}", if it.key { "*" } else { "" }, it.label, it.ty);
    format!("{}({})", schema.name, schema.fields.iter().map(field).collect::<Vec<_>>().join(", "))
}

fn source(it: &Source) -> String {
    match it {
        Source::Expr { text, .. } => format!("={text}"),
        Source::Copy { row, field } => format!("{row}.{field}"),
        Source::First(list) => list.iter().map(source).collect::<Vec<_>>().join("|"),
        Source::Key => "key".to_owned(),
        Source::Now => "now".to_owned(),
        Source::Fresh => "fresh".to_owned(),
        Source::Value(value) => value.literal(),
        Source::Nothing => "-".to_owned(),
    }
}

fn sources(list: &[Source]) -> String {
    list.iter().map(source).collect::<Vec<_>>().join(" ")
}

fn rule(it: &Rule) -> String {
    let kind = if it.is_prose() { "prose" } else { "expr" };
    format!("{kind} {}", it.text())
}

fn issue(system: &System, it: &Issue) -> String {
    let when = it.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
    let otherwise = if it.otherwise { " otherwise" } else { "" };
    let key = match &it.key {
        KeyRule::Field(it) => source(it),
        KeyRule::Cause => "the cause's".to_owned(),
        KeyRule::Correlation => "the correlation's".to_owned(),
        KeyRule::Row { read_model, column } => format!("{}.{column}", system.name(*read_model)),
        KeyRule::Living { .. } => "a living one's".to_owned(),
        KeyRule::New => "a new one's".to_owned(),
    };
    format!("{}{when}{otherwise} key {key} [{}]", system.name(it.command), sources(&it.fill))
}

/// The system in words, for snapshots.
fn outline(system: &System) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").unwrap();
    let name = |id: Id| system.name(id).to_owned();
    for it in system.contexts.values() {
        line(format!("context {}", it.name));
    }
    for it in system.records.values() {
        line(format!("record {}", fields(&it.schema)));
    }
    for it in system.aggregates.values() {
        line(format!("aggregate {}: {}", it.name, fields(&it.state)));
        line(format!("  commands {}", it.commands.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        line(format!("  events {}", it.events.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        for it in &it.always {
            line(format!("  always {}", rule(it)));
        }
    }
    for it in system.commands.values() {
        let by = match it.handler {
            Handler::Aggregate(id) | Handler::External(id) => name(id),
            Handler::Nobody => "nobody".to_owned(),
        };
        let starts = if it.starts { " starts" } else { "" };
        line(format!("command {} -> {by} on {}{starts}", fields(&it.schema), it.topic));
        for it in &it.requires {
            line(format!("  requires {}", rule(it)));
        }
        for outcome in &it.outcomes {
            let when = outcome.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
            let otherwise = if outcome.otherwise { " otherwise" } else { "" };
            let weight = if outcome.weight == 1 { String::new() } else { format!(" x{}", outcome.weight) };
            let event = name(outcome.event);
            line(format!("  {:?} {event}{when}{otherwise}{weight} [{}]", it.outputs, sources(&outcome.fill)));
        }
    }
    for it in system.events.values() {
        let by = match it.owner {
            Owner::Nobody => "nobody".to_owned(),
            owner => owner.id().map(name).unwrap_or_default(),
        };
        line(format!("event {} <- {by} on {}", fields(&it.schema), it.topic));
        for set in &it.sets {
            line(format!("  sets {} {}", set.field, source(&set.source)));
        }
    }
    for it in system.policies.values() {
        let manual = if it.manual { " manual" } else { "" };
        let actor = it.actor.map_or(String::new(), |it| format!(" by {}", name(it)));
        let join = it.join.map_or(String::new(), |it| format!(" join {it}"));
        let implicit = if it.implicit { " implicit" } else { "" };
        line(format!("policy {}{implicit}{manual}{actor}{join} {:?}", it.name, it.outputs));
        for reaction in &it.reactions {
            let on = reaction.on.iter().map(|it| match it {
                Trigger::Event(id) => name(*id),
                Trigger::Timer(id) => format!("time {}", name(*id)),
            });
            line(format!("  on {}", on.collect::<Vec<_>>().join(" and ")));
            for it in &reaction.guard {
                line(format!("    guard {}", rule(it)));
            }
            for it in &reaction.issues {
                line(format!("    {}", issue(system, it)));
            }
        }
        if let Some(query) = &it.query {
            line(format!("  query {query}"));
        }
    }
    for it in system.read_models.values() {
        line(format!("read model {} on {}", fields(&it.schema), it.topic));
        for feed in &it.feeds {
            let sets = feed.sets.iter().map(|it| format!("{}={}", it.field, source(&it.source)));
            let when = feed.when.as_ref().map_or(String::new(), |it| format!(" when {}", rule(it)));
            let sets = sets.collect::<Vec<_>>().join(" ");
            line(format!("  {}{when} key {} {sets}", name(feed.event), feed.key));
        }
    }
    for it in system.externals.values() {
        let (low, high) = it.latency;
        line(format!("external {} {low}..{high} fails {}", it.name, it.failure_rate));
        line(format!("  sends {}", it.sends.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ")));
        for it in &it.calls {
            line(format!("  calls {}", issue(system, it)));
        }
    }
    for it in system.actors.values() {
        let rate = it.rate.map_or(String::new(), |it| format!(" {} per {}", it.count, it.per));
        line(format!("actor {}{rate}", it.name));
        for it in &it.issues {
            line(format!("  {}", issue(system, it)));
        }
        for (command, rate) in &it.rates {
            line(format!("  rate {} {} per {}", name(*command), rate.count, rate.per));
        }
    }
    for it in system.timers.values() {
        let follows = it.follows.map_or(String::new(), |it| format!(" after {}", name(it)));
        let unless = it.unless.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
        line(format!(
            "timer {} {:?}{follows} unless [{unless}] [{}]",
            fields(&it.schema),
            it.cadence,
            sources(&it.fill)
        ));
        for it in &it.outcomes {
            line(format!("  brings about {} [{}]", name(it.event), sources(&it.fill)));
        }
    }
    for it in system.topics.values() {
        let messages = it.messages.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
        line(format!("topic {} {:?} [{messages}]", it.name, it.kind));
    }
    for it in system.scenarios.values() {
        line(format!("scenario {}", it.title));
        for it in it.given.iter().chain(&it.when) {
            let values =
                it.values.iter().map(|(at, it)| format!("{at}={}", it.literal())).collect::<Vec<_>>().join(" ");
            line(format!("  {} {values}", name(it.message)));
        }
        for it in &it.then {
            line(match it {
                Expectation::Event(it) | Expectation::Command(it) => {
                    let values = it.values.iter().map(|(at, it)| format!("{at}={}", it.literal()));
                    format!("  then {} {}", name(it.message), values.collect::<Vec<_>>().join(" "))
                }
                Expectation::Nothing => "  then nothing".to_owned(),
                Expectation::Rejected => "  then rejected".to_owned(),
            });
        }
    }
    for it in &system.invariants {
        let of = match &it.law {
            Law::Always { aggregate, rule: it } => format!("{} {}", name(*aggregate), rule(it)),
            Law::LeadsTo { from, to, within } => {
                let to = to.iter().map(|it| name(*it)).collect::<Vec<_>>().join(", ");
                format!("{} -> {to} {within:?}", name(*from))
            }
        };
        line(format!("invariant {}: {of}", it.text));
    }
    for it in &system.assumptions {
        line(format!("assumed: {}", it.text));
    }
    for it in &system.problems {
        let help = it.help.as_ref().map_or(String::new(), |it| format!(" ({it})"));
        line(format!("{:?} {}: {}{help}", it.severity, it.code, it.message));
    }
    out
}

fn sample(name: &str) -> Board {
    let path = format!("{}/samples/{name}.storm.ron", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    board::read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn food_ordering_is_resolved() {
    insta::assert_snapshot!("food_ordering", outline(&of_board(&sample("food-ordering"))));
}
