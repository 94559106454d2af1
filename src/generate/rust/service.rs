//! A context as one service: which message goes to which part.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::code::Code;
use super::policy::{Calls, function_name, is_whole, lookup_key, lookups, triggers};
use super::read_model;
use super::term::Row;
use crate::generate::project::{CrateOf, message};
use crate::generate::text;
use crate::kit::Id;
use crate::model::{Aggregate, External, Handler, Output, Policy, Reaction, ReadModel, Timer, Trigger};

/// What the template of a service shows.
#[derive(Serialize)]
pub(in crate::generate) struct Data<'a> {
    title: String,
    service: String,
    bounds: Vec<String>,
    fields: Vec<FieldData<'a>>,
    topics: Vec<String>,
    replay: String,
    handle: String,
    methods: String,
}

#[derive(Serialize)]
struct FieldData<'a> {
    /// As the module of the part whose state it holds.
    name: &'a str,
    doc: String,
    ty: String,
}

/// The parts of a context that are generated.
pub(in crate::generate) struct Parts<'a> {
    pub aggregates: Vec<&'a Aggregate>,
    pub externals: Vec<&'a External>,
    pub policies: Vec<&'a Policy>,
    pub read_models: Vec<&'a ReadModel>,
    pub timers: Vec<&'a Timer>,
}

impl<'a> Parts<'a> {
    /// The parts of a context, in the order of their definitions.
    pub(in crate::generate) fn of(krate: &CrateOf<'a>) -> Self {
        let system = krate.system;
        let (here, has) = (krate.id, |id: Id| krate.has(id));
        Self {
            aggregates: system.aggregates.values().filter(|it| it.context == here && has(it.id)).collect(),
            externals: system.externals.values().filter(|it| it.context == here && has(it.id)).collect(),
            policies: system.policies.values().filter(|it| it.context == here && has(it.id)).collect(),
            read_models: system.read_models.values().filter(|it| it.context == here && has(it.id)).collect(),
            timers: system.timers.values().filter(|it| it.context == here && has(it.id)).collect(),
        }
    }
}

/// The events of a join, each with its place; empty where there is no join to be kept in memory.
fn joined(krate: &CrateOf<'_>, policy: &Policy) -> Vec<Id> {
    match policy.reactions.as_slice() {
        [reaction] if policy.join.is_some() && (2..=12).contains(&reaction.on.len()) => {
            let ids = || triggers(krate, reaction).iter().map(|(_, it)| it.id).collect();
            if is_whole(krate, reaction) { ids() } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// What happens with one kind of event, as lines of an arm.
#[derive(Default)]
struct Consumed {
    /// When it is replayed.
    again: Vec<String>,
    /// When it is handled.
    now: Vec<String>,
    /// Whether handling it causes messages.
    causes: bool,
}

/// What is known of the modules of a context once they are written.
#[derive(Default)]
pub(in crate::generate) struct Known {
    /// Traits that the user implements, as paths from the generated module.
    pub traits: Vec<String>,
    /// Aggregates that ask the user.
    pub asks: BTreeSet<Id>,
    /// What the functions of policies and timers are called with.
    pub calls: BTreeMap<Id, Calls>,
}

impl Known {
    /// The names of a function's parameters.
    fn params(&self, id: Id, function: &str) -> &[String] {
        self.calls.get(&id).and_then(|it| it.get(function)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The arguments of a call, given what each parameter is.
    fn arguments(&self, id: Id, function: &str, of: &dyn Fn(usize, &str) -> String) -> String {
        let all: Vec<String> = self
            .params(id, function)
            .iter()
            .enumerate()
            .map(|(at, it)| match it.as_str() {
                "story" => "&envelope.story".to_owned(),
                "rules" => "&self.handlers".to_owned(),
                other => of(at, other),
            })
            .collect();
        all.join(", ")
    }
}

/// The service of a context.
pub(in crate::generate) fn service<'a>(krate: &CrateOf<'a>, parts: &Parts<'_>, known: &Known) -> Data<'a> {
    let mut fields = Vec::new();
    for it in &parts.aggregates {
        let module = krate.named(it.id, Output::RustModule);
        let doc = format!("The instances of *{}* by key.", text::doc(&it.name));
        let ty = format!("BTreeMap<String, aggregates::{module}::State>");
        fields.push(FieldData { name: module, doc, ty });
    }
    for it in &parts.read_models {
        let module = krate.named(it.id, Output::RustModule);
        let doc = format!("The rows of *{}*.", text::doc(&it.name));
        fields.push(FieldData { name: module, doc, ty: format!("read_models::{module}::Table") });
    }
    for it in &parts.policies {
        let ids = joined(krate, it);
        if !ids.is_empty() {
            let types: Vec<String> = ids.iter().map(|id| format!("Option<{}>", krate.path(*id))).collect();
            let doc = format!("What *{}* still waits for, by key.", text::doc(&it.name));
            let ty = format!("BTreeMap<String, ({})>", types.join(", "));
            fields.push(FieldData { name: krate.named(it.id, Output::RustModule), doc, ty });
        }
    }
    let mut topics: BTreeSet<String> = BTreeSet::new();
    let mut handle = Code::at(3);
    let mut replay = Code::at(3);
    let mut methods = Code::at(1);
    for it in &parts.aggregates {
        commands_of_aggregate(krate, it, known.asks.contains(&it.id), &mut handle, &mut methods, &mut topics);
    }
    for it in &parts.externals {
        requests(krate, it, &mut handle, &mut methods, &mut topics);
    }
    let mut consumed: BTreeMap<Id, Consumed> = BTreeMap::new();
    for it in &parts.aggregates {
        let module = krate.named(it.id, Output::RustModule);
        for event in it.events.iter().filter(|id| krate.has(**id)) {
            let variant = krate.called(*event, Output::RustType);
            let entry = consumed.entry(*event).or_default();
            entry.again.push(format!(
                "let state = self.{module}.remove(&envelope.key).unwrap_or_else(aggregates::{module}::initial);"
            ));
            entry.again.push(format!("let event = aggregates::{module}::Event::{variant}(event.clone());"));
            entry.again.push(format!(
                "let _ = self.{module}.insert(envelope.key.clone(), aggregates::{module}::evolve(state, &event));"
            ));
        }
    }
    for it in &parts.read_models {
        let module = krate.named(it.id, Output::RustModule);
        for (at, feed) in it.feeds.iter().enumerate().filter(|(_, it)| krate.has(it.event)) {
            let line = format!("self.{module}.{}(&event);", read_model::function_name(krate, it, at));
            let entry = consumed.entry(feed.event).or_default();
            // The read model first: an aggregate's lines shadow the event.
            entry.again.insert(0, line.clone());
            entry.now.insert(0, line);
        }
    }
    for it in &parts.timers {
        let module = krate.named(it.id, Output::RustModule);
        if it.outcomes.iter().any(|it| krate.has(it.event)) {
            let entry = consumed.entry(it.id).or_default();
            let arguments = known.arguments(it.id, "fired", &|_, _| "&event".to_owned());
            entry.now.push(format!("for event in timers::{module}::fired({arguments})? {{"));
            entry.now.push("out.push(event.envelope(&envelope.story)?);".to_owned());
            entry.now.push("}".to_owned());
            entry.causes = true;
        }
    }
    for it in &parts.policies {
        policy(krate, it, known, &mut consumed);
    }
    for (id, Consumed { again, now, causes }) in &consumed {
        let Some(it) = message(krate.system, *id).filter(|it| krate.has(it.id)) else { continue };
        let path = krate.path(*id);
        if !now.is_empty() {
            let _ = topics.insert(it.topic.to_string());
            handle.line(format!("{path}::TYPE => {{"));
            handle.line(format!("let event: {path} = envelope.open()?;"));
            if *causes {
                handle.line("let mut out = Vec::new();");
            }
            now.iter().for_each(|line| handle.line(line));
            handle.line(if *causes { "Ok(out)" } else { "Ok(vec![])" });
            handle.line("}");
        }
        if !again.is_empty() {
            replay.line(format!("{path}::TYPE => {{"));
            replay.line(format!("let event: {path} = envelope.open()?;"));
            again.iter().for_each(|line| replay.line(line));
            replay.line("Ok(())");
            replay.line("}");
        }
    }
    let topics: Vec<String> = topics.iter().map(|it| text::literal(it)).collect();
    Data {
        title: text::doc(krate.name),
        service: krate.service.clone(),
        bounds: known.traits.clone(),
        fields,
        topics,
        replay: replay.finish(),
        handle: handle.finish(),
        methods: methods.finish(),
    }
}

fn commands_of_aggregate(
    krate: &CrateOf<'_>,
    it: &Aggregate,
    asks: bool,
    handle: &mut Code,
    methods: &mut Code,
    topics: &mut BTreeSet<String>,
) {
    let module = krate.named(it.id, Output::RustModule);
    let commands: Vec<Id> = it.commands.iter().copied().filter(|id| krate.has(*id)).collect();
    for command in commands.iter().filter_map(|id| krate.system.commands.get(id)) {
        match command.handler {
            Handler::Aggregate(id) if id == it.id => {}
            Handler::Aggregate(_) | Handler::External(_) | Handler::Nobody => continue,
        }
        let variant = krate.called(command.id, Output::RustType);
        let _ = topics.insert(command.topic.to_string());
        handle.line(format!("{}::TYPE => {{", krate.path(command.id)));
        handle.line(format!("let command = aggregates::{module}::Command::{variant}(envelope.open()?);"));
        handle.line(format!("self.decide_{module}(envelope, &command)"));
        handle.line("}");
    }
    if commands.is_empty() {
        return;
    }
    methods.line("");
    methods.line(format!("/// A command to one instance of *{}*: decide, change, tell.", text::doc(&it.name)));
    methods.line(format!("fn decide_{module}("));
    methods.line("&mut self,");
    methods.line("envelope: &Envelope,");
    methods.line(format!("command: &aggregates::{module}::Command,"));
    methods.line(") -> Result<Vec<Envelope>, Failure> {");
    methods.line("let story = envelope.story_of_instance();");
    methods.line(format!(
        "let state = self.{module}.get(&envelope.key).cloned().unwrap_or_else(aggregates::{module}::initial);"
    ));
    let rules = if asks { ", &self.handlers" } else { "" };
    methods.line(format!("let events = aggregates::{module}::decide(&state, command{rules})?;"));
    methods.line(format!("let state = events.iter().fold(state, aggregates::{module}::evolve);"));
    methods.line("if !events.is_empty() {");
    methods.line(format!("let _ = self.{module}.insert(envelope.key.clone(), state);"));
    methods.line("}");
    methods.line("events.iter().map(|it| it.envelope(&story)).collect()");
    methods.line("}");
}

fn requests(krate: &CrateOf<'_>, it: &External, handle: &mut Code, methods: &mut Code, topics: &mut BTreeSet<String>) {
    let module = krate.named(it.id, Output::RustModule);
    let commands: Vec<Id> = it.commands.iter().copied().filter(|id| krate.has(*id)).collect();
    for command in commands.iter().filter_map(|id| krate.system.commands.get(id)) {
        match command.handler {
            Handler::External(id) if id == it.id => {}
            Handler::Aggregate(_) | Handler::External(_) | Handler::Nobody => continue,
        }
        let variant = krate.called(command.id, Output::RustType);
        let _ = topics.insert(command.topic.to_string());
        handle.line(format!("{}::TYPE => {{", krate.path(command.id)));
        handle.line(format!("let request = externals::{module}::Request::{variant}(envelope.open()?);"));
        handle.line(format!("self.call_{module}(envelope, &request)"));
        handle.line("}");
    }
    if commands.is_empty() {
        return;
    }
    methods.line("");
    methods.line(format!("/// A request to *{}*: ask, tell what it answers.", text::doc(&it.name)));
    methods.line(format!("fn call_{module}("));
    methods.line("&mut self,");
    methods.line("envelope: &Envelope,");
    methods.line(format!("request: &externals::{module}::Request,"));
    methods.line(") -> Result<Vec<Envelope>, Failure> {");
    methods.line(format!("let answers = externals::{module}::Port::call(&self.handlers, request)?;"));
    methods.line("answers.iter().map(|it| it.envelope(&envelope.story)).collect()");
    methods.line("}");
}

fn policy(krate: &CrateOf<'_>, it: &Policy, known: &Known, consumed: &mut BTreeMap<Id, Consumed>) {
    if it.query.is_some() {
        return;
    }
    let module = krate.named(it.id, Output::RustModule);
    let issue = |call: &str| {
        let target = if it.manual { "self.tasks" } else { "out" };
        [
            format!("let commands = policies::{module}::{call}?;"),
            "for command in commands {".to_owned(),
            format!("{target}.push(command.envelope(&envelope.story)?);"),
            "}".to_owned(),
        ]
    };
    let ids = joined(krate, it);
    if !ids.is_empty() {
        let vars: Vec<String> = (0..ids.len()).map(|at| format!("part_{at}")).collect();
        for (at, id) in ids.iter().enumerate() {
            let entry = consumed.entry(*id).or_default();
            let seen = format!("self.{module}.entry(envelope.key.clone()).or_default().{at} = Some(event.clone());");
            entry.again.insert(0, seen.clone());
            entry.now.push(seen);
            let pattern: Vec<String> = vars.iter().map(|it| format!("Some({it})")).collect();
            entry
                .now
                .push(format!("if let Some(({})) = self.{module}.get(&envelope.key).cloned() {{", pattern.join(", ")));
            entry.now.push(format!("let _ = self.{module}.remove(&envelope.key);"));
            let (lines, vars) = look_up(krate, it.reactions.first(), &vars, known.params(it.id, "on_all"));
            let arguments = known.arguments(it.id, "on_all", &|at, name| match vars.contains(name) {
                true => format!("&{name}"),
                false => format!("&part_{at}"),
            });
            entry.now.extend(lines);
            entry.now.extend(issue(&format!("on_all({arguments})")));
            entry.now.push("}".to_owned());
            entry.causes |= !it.manual;
        }
        return;
    }
    for (at, reaction) in it.reactions.iter().enumerate() {
        let [Trigger::Event(id) | Trigger::Timer(id)] = reaction.on.as_slice() else { continue };
        if !is_whole(krate, reaction) || reaction.issues.iter().all(|it| !krate.has(it.command)) {
            continue;
        }
        let entry = consumed.entry(*id).or_default();
        let function = function_name(krate, it, at);
        let parts = ["event".to_owned()];
        let (lines, vars) = look_up(krate, Some(reaction), &parts, known.params(it.id, &function));
        let arguments = known.arguments(it.id, &function, &|_, name| match vars.contains(name) {
            true => format!("&{name}"),
            false => "&event".to_owned(),
        });
        entry.now.extend(lines);
        entry.now.extend(issue(&format!("{function}({arguments})")));
        entry.causes |= !it.manual;
    }
}

/// The lines that find the rows which a reaction looks up, and their variables. `parts` are those of its triggers.
/// `params` are what the reaction's function reads.
fn look_up(
    krate: &CrateOf<'_>,
    reaction: Option<&Reaction>,
    parts: &[String],
    params: &[String],
) -> (Vec<String>, BTreeSet<String>) {
    let (mut lines, mut vars) = (Vec::new(), BTreeSet::new());
    let Some(reaction) = reaction else { return (lines, vars) };
    let triggers = triggers(krate, reaction);
    let rows: Vec<Row> = triggers.iter().zip(parts).map(|((_, it), var)| Row::message(var, it.schema)).collect();
    let looked_up = lookups(krate, reaction, &triggers).into_iter();
    for (var, read_model) in looked_up.filter(|(var, _)| params.contains(var)) {
        let lookup = reaction.lookups.iter().find(|it| it.read_model == read_model.id);
        let module = krate.named(read_model.id, Output::RustModule);
        lines.push(match lookup.and_then(|it| lookup_key(krate, it, &rows)) {
            Some(key) => format!("let {var} = self.{module}.row(&{key}).cloned().unwrap_or_default();"),
            None => format!("let {var} = read_models::{module}::Row::default();"),
        });
        let _ = vars.insert(var);
    }
    (lines, vars)
}
