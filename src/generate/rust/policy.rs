//! Policies and time events: events in, commands or further events out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::aggregate::branch;
use super::branch::{Branch, Ways};
use super::code::Code;
use super::part::{Arguments, Choice, Hook, Part, Scope, Script, TYPES};
use super::read_model::key_text;
use super::shape::{Variant, notes, variant};
use super::syntax::{function_lines, negated, numbered};
use super::term::{Row, Term};
use crate::generate::project::{CrateOf, Message, message};
use crate::generate::text;
use crate::kit::Id;
use crate::model::Outputs;
use crate::model::{self, Cadence, Issue, KeyRule, Output, Source};
use crate::record::Type;

/// What the template of a policy shows.
#[derive(Serialize)]
pub(in crate::generate) struct Data {
    title: String,
    manual: Option<String>,
    notes: Vec<String>,
    commands: Vec<Variant>,
    choices: Vec<Choice>,
    hooks: Vec<Hook>,
    functions: String,
    #[serde(skip)]
    pub scripts: Vec<Script>,
    /// Whether any reaction asks the user.
    pub asks: bool,
    /// What each function is called with.
    #[serde(skip)]
    pub calls: Calls,
}

/// Functions and the names of their parameters.
pub(in crate::generate) type Calls = BTreeMap<String, Vec<String>>;

/// Whether all that a reaction reads is generated. What it does with the rest would be a guess.
pub(in crate::generate) fn is_whole(krate: &CrateOf<'_>, reaction: &model::Reaction) -> bool {
    let read = reaction.on.iter().map(|it| it.id()).chain(reaction.lookups.iter().map(|it| it.read_model));
    read.into_iter().all(|id| krate.has(id))
}

/// The messages that a reaction is triggered by, and the variable of each.
pub(in crate::generate) fn triggers<'a>(krate: &CrateOf<'a>, reaction: &model::Reaction) -> Vec<(String, Message<'a>)> {
    let records: Vec<Message<'a>> =
        reaction.on.iter().filter_map(|it| message(krate.system, it.id()).filter(|it| krate.has(it.id))).collect();
    let single = records.len() == 1;
    let mut named: Vec<(String, Message<'a>)> = Vec::new();
    for it in records {
        let mut name = if single { "event".to_owned() } else { krate.called(it.id, Output::RustModule).to_owned() };
        while named.iter().any(|(other, _)| *other == name) {
            name.push('_');
        }
        named.push((name, it));
    }
    named
}

/// The read models that a reaction looks something up in, and the variable of each row.
pub(in crate::generate) fn lookups<'a>(
    krate: &CrateOf<'a>,
    reaction: &model::Reaction,
    triggers: &[(String, Message<'a>)],
) -> Vec<(String, &'a model::ReadModel)> {
    let mut named: Vec<(String, &model::ReadModel)> = Vec::new();
    let found = reaction.lookups.iter().filter_map(|it| krate.system.read_models.get(&it.read_model));
    for it in found.filter(|it| krate.has(it.id)) {
        let mut name = format!("{}_row", krate.named(it.id, Output::RustModule));
        while triggers.iter().any(|(other, _)| *other == name) || named.iter().any(|(other, _)| *other == name) {
            name.push('_');
        }
        named.push((name, it));
    }
    named
}

/// How a row that a reaction looks up is found, as an expression of its key in text.
pub(in crate::generate) fn lookup_key(krate: &CrateOf<'_>, lookup: &model::Lookup, rows: &[Row]) -> Option<String> {
    let read_model = krate.system.read_models.get(&lookup.read_model)?;
    let field = read_model.schema.field(read_model.key)?;
    let mut part = Part::new(krate);
    let arguments = Arguments { params: vec![], args: vec![] };
    let scope = Scope { rows, key: None, arguments: &arguments, about: "lookup" };
    let term = part.source(&lookup.key, field, &scope);
    // What has no translation would have to be asked for: then there is no row.
    part.hooks.is_empty().then(|| key_text(&term))
}

/// The function for a reaction.
pub(in crate::generate) fn function_name(krate: &CrateOf<'_>, policy: &model::Policy, at: usize) -> String {
    let name = |reaction: &model::Reaction| match reaction.on.as_slice() {
        [one] => format!("on_{}", krate.called(one.id(), Output::RustModule)),
        _ => "on_all".to_owned(),
    };
    numbered(&policy.reactions.iter().map(name).collect::<Vec<_>>(), at)
}

/// The module of a policy.
pub(in crate::generate) fn policy(krate: &CrateOf<'_>, it: &model::Policy, open: &mut Vec<String>) -> Data {
    let mut part = Part::new(krate);
    let mut code = Code::at(0);
    let mut commands: Vec<Id> = Vec::new();
    let mut calls = Calls::new();
    for (at, reaction) in it.reactions.iter().enumerate() {
        if !is_whole(krate, reaction) {
            continue;
        }
        let triggers = triggers(krate, reaction);
        let function = function_name(krate, it, at);
        let looked_up = lookups(krate, reaction, &triggers);
        let mut rows: Vec<Row> = triggers.iter().map(|(var, it)| Row::message(var, it.schema)).collect();
        rows.extend(looked_up.iter().map(|(var, it)| Row::partial(var, &it.schema)));
        let first = rows.first().zip(triggers.first()).and_then(|(row, (_, it))| row.field(it.key));
        let mut params: Vec<String> =
            triggers.iter().map(|(var, it)| format!("{var}: &{}", krate.path(it.id))).collect();
        params.extend(looked_up.iter().map(|(var, it)| {
            let module = krate.named(it.id, Output::RustModule);
            format!("{var}: &read_models::{module}::Row")
        }));
        params.push("story: &Story".to_owned());
        let mut args: Vec<String> = triggers.iter().map(|(var, _)| var.clone()).collect();
        args.extend(looked_up.iter().map(|(var, _)| var.clone()));
        args.push("story".to_owned());
        let arguments = Arguments { params: params.clone(), args };
        let mut body = Code::at(1);
        let scope = Scope { rows: &rows, key: first.clone(), arguments: &arguments, about: &function };
        for rule in &reaction.guard {
            let condition = part.condition(rule, &format!("{function}_applies"), &scope, None);
            body.line(format!("// {}", text::plain(rule.text())));
            body.line(format!("if {} {{", negated(&condition)));
            body.line("return Ok(vec![]);");
            body.line("}");
        }
        let mut branches: Vec<Branch<'_>> = Vec::new();
        for issue in &reaction.issues {
            branches.extend(issued(&mut part, issue, &function, first.as_ref(), &rows, &arguments));
            if krate.has(issue.command) && !commands.contains(&issue.command) {
                commands.push(issue.command);
            }
        }
        let type_name = crate::kit::pascal(&function);
        let listed: Vec<String> = triggers.iter().map(|(_, it)| text::doc(it.name)).collect();
        let title = if listed.is_empty() { text::doc(&it.name) } else { listed.join(" and ") };
        let ways = Ways {
            result: "Command",
            outputs: it.outputs,
            function: &function,
            type_name: &type_name,
            title: &title,
            none: "Ok(vec![])".to_owned(),
        };
        part.ways(&mut body, &ways, &branches, &scope);
        params.push("rules: &impl Rules".to_owned());
        code.line("");
        let then: Vec<String> = reaction.issues.iter().map(|it| text::doc(krate.system.name(it.command))).collect();
        let joiner = if it.outputs == Outputs::Either { " or " } else { " and " };
        code.line(format!(
            "/// Whenever {title}: {}.",
            if then.is_empty() { "nothing".to_owned() } else { then.join(joiner) }
        ));
        if let Some(within) = it.join {
            code.line("///");
            code.line(format!(
                "/// Called once all of them have come for one key within {within}; the query in `ksql/` joins them."
            ));
        }
        let (body, result) = (body.finish(), "Result<Vec<Command>, Error>");
        let used = function_lines(&mut code, "pub ", &function, &params, triggers.len(), result, &body);
        let _ = calls.insert(function, used);
    }
    if it.query.is_some() {
        for id in &commands {
            let (name, path) = (krate.called(*id, Output::RustType), krate.path(*id));
            code.line("");
            code.line(
                "/// A row of the query's result, whose columns are the fields of the command: what it asks for.",
            );
            let mut function = format!("on_{}_row", krate.called(*id, Output::RustModule));
            while calls.contains_key(&function) {
                function.push('_');
            }
            let body = format!("    Command::{name}(row)\n");
            let _ = function_lines(&mut code, "pub ", &function, &[format!("row: {path}")], 1, "Command", &body);
        }
    }
    let asks = part.settle(calls.values().flatten());
    open.append(&mut part.open);
    let manual = match (it.manual, it.actor) {
        (true, Some(actor)) => Some(text::doc(krate.system.name(actor))),
        (true, None) => Some("a person".to_owned()),
        (false, _) => None,
    };
    Data {
        title: text::doc(&it.name),
        manual,
        notes: notes(&it.notes),
        commands: commands.iter().map(|id| variant(krate, *id)).collect(),
        choices: part.choices,
        hooks: part.hooks,
        functions: code.finish(),
        scripts: part.scripts,
        asks,
        calls,
    }
}

/// A way on for a command that is issued; none if the command is not generated.
fn issued<'b>(
    part: &mut Part<'_, '_>,
    issue: &'b Issue,
    function: &str,
    first: Option<&Term>,
    rows: &[Row],
    arguments: &Arguments,
) -> Option<Branch<'b>> {
    let krate = part.krate;
    let command = message(krate.system, issue.command).filter(|it| krate.has(it.id))?;
    let module = krate.called(command.id, Output::RustModule).to_owned();
    let about = format!("{function}_{module}");
    let field = command.schema.field(command.key)?;
    let by_key = issue.fill.iter().any(|it| matches!(it, Source::Key));
    let told = Scope { rows, key: first.cloned(), arguments, about: &about };
    let key = if by_key { key(part, issue, &command, field, &told) } else { None };
    let scope = Scope { rows, key, arguments, about: &about };
    Some(Branch {
        id: command.id,
        when: issue.when.as_ref(),
        otherwise: issue.otherwise,
        variant: krate.called(command.id, Output::RustType).to_owned(),
        name: command.name.to_owned(),
        module,
        path: krate.path(command.id),
        fields: part.fields(command.schema, &issue.fill, command.name, &scope),
    })
}

/// The key of the instance that a command goes to. The key of `scope` is that of what the policy was told.
fn key(
    part: &mut Part<'_, '_>,
    issue: &Issue,
    command: &Message<'_>,
    field: &crate::record::FieldSchema,
    scope: &Scope<'_>,
) -> Option<Term> {
    let ty = field.ty.required().clone();
    match &issue.key {
        KeyRule::Field(source) => Some(part.source(source, field, scope)),
        KeyRule::Cause => scope.key.clone(),
        KeyRule::Correlation | KeyRule::Row { .. } | KeyRule::Living { .. } => {
            Some(instance(part, command, ty, scope.about, scope.arguments, true))
        }
        KeyRule::New => Some(instance(part, command, ty, scope.about, scope.arguments, false)),
    }
}

/// A question to the user: which instance? By default the one that this story has met, else a new one.
fn instance(
    part: &mut Part<'_, '_>,
    command: &Message<'_>,
    ty: Type,
    about: &str,
    arguments: &Arguments,
    known: bool,
) -> Term {
    let rust = part.rust(&ty);
    let zero = part.krate.types.value(&ty.zero(), &ty, TYPES).unwrap_or_else(|| "Default::default()".to_owned());
    let topic = text::literal(command.topic);
    let met = format!("story.instance({topic})");
    let body = match (&ty, known) {
        (Type::Uuid, true) => format!("{met}.and_then(|it| Uuid::parse_str(it).ok()).unwrap_or_else(Uuid::new_v4)"),
        (Type::Uuid, false) => "Uuid::new_v4()".to_owned(),
        (Type::Text, true) => format!("{met}.map_or_else(|| Uuid::new_v4().to_string(), str::to_owned)"),
        (Type::Text, false) => "Uuid::new_v4().to_string()".to_owned(),
        (Type::Int | Type::Long, true) => format!("{met}.and_then(|it| it.parse().ok()).unwrap_or_default()"),
        _ => zero,
    };
    let name = part.free(&format!("{about}_key"));
    let which = if known { "the one that this story has met, else a new one" } else { "a new one" };
    let doc = vec![format!("Which instance {} goes to; the default is {which}.", text::doc(command.name))];
    let call = part.hook(&name, arguments, &rust, doc, &body);
    Term::made(call, ty, false)
}

/// What the template of a time event shows.
#[derive(Serialize)]
pub(in crate::generate) struct TimerData {
    title: String,
    when: String,
    notes: Vec<String>,
    milliseconds: i64,
    cadence: &'static str,
    started_by: String,
    stopped_by: String,
    events: Vec<Variant>,
    choices: Vec<Choice>,
    hooks: Vec<Hook>,
    functions: String,
    #[serde(skip)]
    pub scripts: Vec<Script>,
    /// Whether anything asks the user.
    pub asks: bool,
    /// What each function is called with.
    #[serde(skip)]
    pub calls: Calls,
}

/// When a timer fires, in words.
pub(in crate::generate) fn cadence(krate: &CrateOf<'_>, it: &model::Timer) -> String {
    let mut when = match it.cadence {
        Cadence::Every(time) => format!("every {time}"),
        Cadence::Daily(time) => format!("every day, {time} after midnight UTC"),
        Cadence::After(time) => format!("{time} after"),
    };
    match (it.cadence, it.follows) {
        (Cadence::After(_), Some(id)) => when.push_str(&format!(" {}", text::doc(krate.system.name(id)))),
        (Cadence::After(_), None) => when.push_str(" the start"),
        (_, Some(id)) => when.push_str(&format!(" from {}", text::doc(krate.system.name(id)))),
        (_, None) => {}
    }
    for id in &it.unless {
        when.push_str(&format!(", unless {}", text::doc(krate.system.name(*id))));
    }
    if it.assumed {
        when.push_str(" (assumed: the board does not say)");
    }
    when
}

/// The module of a time event.
pub(in crate::generate) fn timer(krate: &CrateOf<'_>, it: &model::Timer, open: &mut Vec<String>) -> TimerData {
    let mut part = Part::new(krate);
    let mut code = Code::at(0);
    let mut calls = Calls::new();
    let path = krate.path(it.id);
    if let Some(follows) = it.follows.and_then(|id| message(krate.system, id)).filter(|it| krate.has(it.id)) {
        let rows = [Row::message("event", follows.schema)];
        let key = rows.first().and_then(|it| it.field(follows.key));
        let mut params = vec![format!("event: &{}", krate.path(follows.id))];
        let arguments = Arguments { params: params.clone(), args: vec!["event".to_owned()] };
        let scope = Scope { rows: &rows, key, arguments: &arguments, about: "fire" };
        let mut body = Code::at(1);
        body.line(format!("Ok({path} {{"));
        for line in part.fields(&it.schema, &it.fill, &it.name, &scope) {
            body.line(line);
        }
        body.line("})");
        params.push("rules: &impl Rules".to_owned());
        code.line("");
        code.line(format!(
            "/// The record that is sent when the time has come, from the *{}* that started it.",
            text::doc(follows.name)
        ));
        let result = format!("Result<{path}, Error>");
        let used = function_lines(&mut code, "pub ", "fire", &params, 1, &result, &body.finish());
        let _ = calls.insert("fire".to_owned(), used);
    }
    let mut events: Vec<Id> = Vec::new();
    for outcome in it.outcomes.iter().filter(|it| krate.has(it.event)) {
        if !events.contains(&outcome.event) {
            events.push(outcome.event);
        }
    }
    if !events.is_empty() {
        let rows = [Row::message("event", &it.schema)];
        let key = rows.first().and_then(|row| row.field(it.key));
        let mut params = vec![format!("event: &{path}")];
        let arguments = Arguments { params: params.clone(), args: vec!["event".to_owned()] };
        let scope = Scope { rows: &rows, key, arguments: &arguments, about: "fired" };
        let branches: Vec<Branch<'_>> =
            it.outcomes.iter().filter_map(|it| branch(&mut part, it, "fired", &scope)).collect();
        let ways = Ways {
            result: "Event",
            outputs: Outputs::All,
            function: "fired",
            type_name: "Fired",
            title: &it.name,
            none: "Ok(vec![])".to_owned(),
        };
        let mut body = Code::at(1);
        part.ways(&mut body, &ways, &branches, &scope);
        params.push("rules: &impl Rules".to_owned());
        code.line("");
        code.line("/// What happens once the time has come.");
        let used = function_lines(&mut code, "pub ", "fired", &params, 1, "Result<Vec<Event>, Error>", &body.finish());
        let _ = calls.insert("fired".to_owned(), used);
    }
    let asks = part.settle(calls.values().flatten());
    open.append(&mut part.open);
    let (cadence_key, milliseconds) = match it.cadence {
        Cadence::Every(time) => ("every", time.0),
        Cadence::Daily(time) => ("daily", time.0),
        Cadence::After(time) => ("after", time.0),
    };
    let full = |id: &Id| message(krate.system, *id).map(|it| text::literal(&it.schema.name));
    TimerData {
        title: text::doc(&it.name),
        when: cadence(krate, it),
        notes: notes(&it.notes),
        milliseconds,
        cadence: cadence_key,
        started_by: it.follows.iter().filter_map(full).collect::<Vec<_>>().join(", "),
        stopped_by: it.unless.iter().filter_map(full).collect::<Vec<_>>().join(", "),
        events: events.iter().map(|id| variant(krate, *id)).collect(),
        choices: part.choices,
        hooks: part.hooks,
        functions: code.finish(),
        scripts: part.scripts,
        asks,
        calls,
    }
}
