//! Aggregates and external systems: messages in, decisions, messages out.

use serde::Serialize;

use super::branch::{Branch, Ways};
use super::code::Code;
use super::expression::translate;
use super::part::{Answers, Arguments, Choice, Hook, Part, Scope, Script};
use super::term::{Row, Term};
use crate::board::Outputs;
use crate::generate::project::{CrateOf, message};
use crate::generate::text;
use crate::kit::Id;
use crate::model::{self, Output, Rule, Source};
use crate::record::{RecordSchema, Type};

/// A message as a variant of an enum.
#[derive(Serialize)]
pub(in crate::generate) struct Variant {
    variant: String,
    path: String,
    doc: String,
    function: String,
}

/// The function that decides on a command; not one that every module has.
fn command_function(krate: &CrateOf<'_>, id: Id) -> String {
    match krate.named(id, Output::RustModule) {
        name @ ("initial" | "decide" | "evolve" | "violations" | "stand_in") => format!("{name}_command"),
        name => name.to_owned(),
    }
}

/// The variant for a message.
pub(in crate::generate) fn variant(krate: &CrateOf<'_>, id: Id) -> Variant {
    Variant {
        variant: krate.named(id, Output::RustType).to_owned(),
        path: krate.path(id),
        doc: text::doc(krate.system.name(id)),
        function: command_function(krate, id),
    }
}

/// A field of a struct that is declared.
#[derive(Serialize)]
pub(in crate::generate) struct Field {
    pub name: String,
    pub ty: String,
    pub doc: Vec<String>,
    pub rename: Option<String>,
}

/// The fields of a schema; all of them optional where `partial`.
pub(in crate::generate) fn fields(
    krate: &CrateOf<'_>,
    schema: &RecordSchema,
    partial: bool,
    prefix: &str,
) -> Vec<Field> {
    let names = model::rust_fields(schema);
    let field = |(field, name): (&crate::record::FieldSchema, String)| {
        let ty = if partial { Type::optional(field.ty.clone()) } else { field.ty.clone() };
        let mut doc = vec![format!("{}{}", text::doc(&field.label), if field.key { " (key)" } else { "" })];
        doc.extend(field.doc.as_deref().map(text::doc));
        let rename = (name != *field.name).then(|| field.name.to_string());
        Field { name, ty: krate.types.rust(&ty, prefix), doc, rename }
    };
    schema.fields.iter().zip(names).map(field).collect()
}

/// Lines of a text as documentation.
pub(in crate::generate) fn notes(lines: &[String]) -> Vec<String> {
    lines.iter().map(|it| text::doc(it)).filter(|it| !it.is_empty()).collect()
}

#[derive(Serialize)]
struct Refusal {
    variant: String,
    doc: String,
    name: String,
}

#[derive(Serialize)]
struct Law {
    text: String,
    broken: String,
    literal: String,
}

/// What the templates of aggregates and external systems show.
#[derive(Serialize)]
pub(in crate::generate) struct Data {
    title: String,
    name: String,
    notes: Vec<String>,
    commands: Vec<Variant>,
    events: Vec<Variant>,
    refusals: Vec<Refusal>,
    state: Vec<Field>,
    choices: Vec<Choice>,
    hooks: Vec<Hook>,
    functions: String,
    evolve: String,
    laws: Vec<Law>,
    #[serde(skip)]
    pub scripts: Vec<Script>,
}

/// The functions of one module that decide on commands.
struct Decisions<'p, 'a> {
    part: Part<'p, 'a>,
    code: Code,
    refusals: Vec<Refusal>,
    state: Option<Row>,
    result: &'static str,
    rules: &'static str,
}

impl Decisions<'_, '_> {
    /// One function: `requires`, then the outcomes.
    fn command(&mut self, command: &model::Command) {
        let krate = self.part.krate;
        let function = command_function(krate, command.id);
        let type_name = krate.named(command.id, Output::RustType).to_owned();
        let path = krate.path(command.id);
        let row = Row::message("command", &command.schema);
        let key = row.field(command.key);
        let mut rows = vec![row];
        let mut params = vec![format!("command: &{path}")];
        let mut args = vec!["command".to_owned()];
        if let Some(state) = &self.state {
            rows.push(state.clone());
            params.insert(0, "state: &State".to_owned());
            args.insert(0, "state".to_owned());
        }
        let arguments = Arguments { params: params.clone(), args };
        let scope = Scope { rows: &rows, key, arguments: &arguments, about: &function };
        let branches = self.branches(&command.outcomes, &function, &scope);
        let refused = format!("{type_name}Refused");
        let refuse = |rule: &str| format!("Err(Error::{refused}({}))", text::literal(&text::plain(rule)));
        let guarded = command.outcomes.iter().any(|it| it.when.is_some());
        let title = command.name.as_str();
        let ways = Ways {
            result: self.result,
            outputs: command.outputs,
            function: &function,
            type_name: &type_name,
            title,
            none: if guarded || self.state.is_some() { refuse("no outcome applies") } else { "Ok(vec![])".to_owned() },
        };
        let mut body = Code::at(1);
        for (at, rule) in command.requires.iter().enumerate() {
            let hook = format!("{function}_is_allowed");
            let answers = Some(Answers::Allowed(command.id));
            let condition = self.part.condition(rule, &hook, &scope, answers);
            if at > 0 {
                body.line("");
            }
            body.line(format!("// requires {}", text::plain(rule.text())));
            if condition == "true" {
                continue;
            }
            body.line(format!("if {} {{", negated(&condition)));
            match branches.iter().find(|it| it.otherwise && it.when.is_none()) {
                Some(branch) => super::branch::literal(&mut body, &ways, branch, "return Ok(vec![", "]);"),
                None => body.line(format!("return {};", refuse(rule.text()))),
            }
            body.line("}");
        }
        self.part.ways(&mut body, &ways, &branches, &scope);
        let body = body.finish();
        if body.contains(&format!("Error::{refused}(")) {
            let name = text::literal(&text::plain(title));
            self.refusals.push(Refusal { variant: refused, doc: text::doc(title), name });
        }
        params.push(format!("rules: &impl {}", self.rules));
        let listed: Vec<String> = command.outcomes.iter().map(|it| text::doc(krate.system.name(it.event))).collect();
        let joiner = if command.outputs == Outputs::Either { " or " } else { " and " };
        self.code.line("");
        self.code.line(match listed.is_empty() {
            true => format!("/// {}", text::doc(title)),
            false => format!("/// {}: {}", text::doc(title), listed.join(joiner)),
        });
        function_lines(&mut self.code, "", &function, &params, &format!("Result<Vec<{}>, Error>", self.result), &body);
    }

    fn branches<'b>(&mut self, outcomes: &'b [model::Outcome], function: &str, scope: &Scope<'_>) -> Vec<Branch<'b>> {
        outcomes.iter().filter_map(|it| branch(&mut self.part, it, function, scope)).collect()
    }
}

/// A way on for an outcome; none if its event is not generated.
pub(in crate::generate) fn branch<'b>(
    part: &mut Part<'_, '_>,
    outcome: &'b model::Outcome,
    function: &str,
    scope: &Scope<'_>,
) -> Option<Branch<'b>> {
    let krate = part.krate;
    let event = message(krate.system, outcome.event).filter(|it| krate.has(it.id))?;
    let module = krate.named(event.id, Output::RustModule).to_owned();
    let about = format!("{function}_{module}");
    let scope = Scope { rows: scope.rows, key: scope.key.clone(), arguments: scope.arguments, about: &about };
    Some(Branch {
        id: event.id,
        when: outcome.when.as_ref(),
        otherwise: outcome.otherwise,
        variant: krate.named(event.id, Output::RustType).to_owned(),
        name: event.name.to_owned(),
        module,
        path: krate.path(event.id),
        fields: part.fields(event.schema, &outcome.fill, event.name, &scope),
    })
}

/// A function: its head on one line or several, unused parameters marked, its body as given.
pub(in crate::generate) fn function_lines(
    code: &mut Code,
    visibility: &str,
    name: &str,
    params: &[String],
    result: &str,
    body: &str,
) {
    let words = variables(body);
    let params: Vec<String> = params
        .iter()
        .map(|it| {
            let variable = it.split(':').next().unwrap_or_default();
            if it.starts_with('&') || words.contains(variable) { it.clone() } else { format!("_{it}") }
        })
        .collect();
    let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
    let one = format!("{visibility}fn {name}({}){result} {{", params.join(", "));
    if one.len() <= 110 {
        code.line(one);
    } else {
        code.line(format!("{visibility}fn {name}("));
        for param in &params {
            code.line(format!("{param},"));
        }
        code.line(format!("){result} {{"));
    }
    code.raw(body);
    code.line("}");
}

/// The lower-case words of code, outside comments and literals.
fn variables(body: &str) -> std::collections::BTreeSet<String> {
    // A word counts wherever it stands but behind a dot, so mark every word as leading a path.
    let mut found = std::collections::BTreeSet::new();
    for line in body.lines().filter(|it| !it.trim_start().starts_with("//")) {
        let mut quoted = false;
        let mut word = String::new();
        let mut behind_dot = false;
        let mut previous = ' ';
        for c in line.chars().chain([' ']) {
            if quoted {
                quoted = !(c == '"' && previous != '\\');
                previous = if previous == '\\' { ' ' } else { c };
                continue;
            }
            if c.is_alphanumeric() || c == '_' {
                if word.is_empty() {
                    behind_dot = previous == '.';
                }
                word.push(c);
            } else {
                if !word.is_empty() && !behind_dot {
                    let _ = found.insert(std::mem::take(&mut word));
                }
                word.clear();
                quoted = c == '"';
            }
            previous = c;
        }
    }
    found
}

/// The opposite of a condition.
pub(in crate::generate) fn negated(condition: &str) -> String {
    if let Some(inner) = condition.strip_suffix(".is_none()").filter(|it| is_place(it)) {
        return format!("{inner}.is_some()");
    }
    if let Some(inner) = condition.strip_suffix(".is_some()").filter(|it| is_place(it)) {
        return format!("{inner}.is_none()");
    }
    let plain = condition.chars().all(|c| c.is_alphanumeric() || "_.:".contains(c));
    let call = condition.split_once('(').is_some_and(|(head, rest)| {
        head.chars().all(|c| c.is_alphanumeric() || "_.:".contains(c)) && closes_at_end(rest)
    });
    if plain || call { format!("!{condition}") } else { format!("!({condition})") }
}

fn is_place(code: &str) -> bool {
    code.chars().all(|c| c.is_alphanumeric() || "_.".contains(c))
}

/// Whether the parenthesis opened before closes with the last character and not earlier.
fn closes_at_end(rest: &str) -> bool {
    let mut depth = 1usize;
    let mut quoted = false;
    let mut previous = ' ';
    for (at, c) in rest.char_indices() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        previous = if previous == '\\' { ' ' } else { c };
        if depth == 0 {
            return at + 1 == rest.len();
        }
    }
    false
}

/// The module of an aggregate.
pub(in crate::generate) fn aggregate(krate: &CrateOf<'_>, it: &model::Aggregate, open: &mut Vec<String>) -> Data {
    let mut decisions = Decisions {
        part: Part::new(krate),
        code: Code::at(0),
        refusals: Vec::new(),
        state: Some(Row::partial("state", &it.state)),
        result: "Event",
        rules: "Rules",
    };
    let commands: Vec<Id> = it.commands.iter().copied().filter(|id| krate.has(*id)).collect();
    for command in commands.iter().filter_map(|id| krate.system.commands.get(id)) {
        decisions.command(command);
    }
    let mut events: Vec<Id> = it.events.iter().copied().filter(|id| krate.has(*id)).collect();
    for outcome in commands.iter().filter_map(|id| krate.system.commands.get(id)).flat_map(|it| &it.outcomes) {
        if krate.has(outcome.event) && !events.contains(&outcome.event) {
            events.push(outcome.event);
        }
    }
    let Decisions { mut part, code, refusals, .. } = decisions;
    let mut evolve = Code::at(2);
    for event in events.iter().filter_map(|id| krate.system.events.get(id)) {
        let name = krate.named(event.id, Output::RustType);
        let rows = [Row::message("event", &event.schema), Row::partial("state", &it.state)];
        let key = rows.first().and_then(|it| it.field(event.key));
        assign(&mut part, &mut evolve, &format!("Event::{name}"), "state", "State", &it.state, &event.sets, &rows, key);
    }
    let mut laws = Vec::new();
    for rule in &it.always {
        let rows = [Row::partial("state", &it.state)];
        if let Rule::Expr { typed, text } = rule
            && let Ok(term) = translate(typed, &rows, &krate.types)
        {
            let code = term.owned();
            let broken = if term.nullable { format!("{code} == Some(false)") } else { negated(&code) };
            let plain = text::plain(text);
            laws.push(Law { literal: text::literal(&plain), text: plain, broken });
        }
    }
    open.append(&mut part.open);
    Data {
        title: text::doc(&it.name),
        name: text::literal(&text::plain(&it.name)),
        notes: notes(&it.notes),
        commands: commands.iter().map(|id| variant(krate, *id)).collect(),
        events: events.iter().map(|id| variant(krate, *id)).collect(),
        refusals,
        state: fields(krate, &it.state, true, "types::"),
        choices: part.choices,
        hooks: part.hooks,
        functions: code.finish(),
        evolve: evolve.finish(),
        laws,
        scripts: part.scripts,
    }
}

/// One arm that makes a new state or row of an old one: `Event::Placed(event) => State { ..., ..state },`.
#[allow(clippy::too_many_arguments)]
fn assign(
    part: &mut Part<'_, '_>,
    code: &mut Code,
    variant: &str,
    var: &str,
    type_name: &str,
    schema: &RecordSchema,
    sets: &[model::Assignment],
    rows: &[Row],
    key: Option<Term>,
) {
    let lines = assignments(part, schema, sets, rows, key);
    let used = lines.iter().any(|it| variables(it).contains("event"));
    let event = if used { "event" } else { "_" };
    if lines.is_empty() {
        code.line(format!("{variant}(_) => {var},"));
        return;
    }
    code.line(format!("{variant}({event}) => {type_name} {{"));
    for line in &lines {
        code.line(line);
    }
    if lines.iter().filter(|it| !it.starts_with("//")).count() < schema.fields.len() {
        code.line(format!("..{var}"));
    }
    code.line("},");
}

/// `total: Some(event.total),` for each field that is set. What cannot be translated is left as it is, and said.
pub(in crate::generate) fn assignments(
    part: &mut Part<'_, '_>,
    schema: &RecordSchema,
    sets: &[model::Assignment],
    rows: &[Row],
    key: Option<Term>,
) -> Vec<String> {
    let names = model::rust_fields(schema);
    let arguments = Arguments { params: vec![], args: vec![] };
    let scope = Scope { rows, key, arguments: &arguments, about: "set" };
    let mut lines: Vec<(usize, String)> = Vec::new();
    for set in sets {
        let (Some(field), Some(name)) = (schema.field(set.field), names.get(set.field)) else { continue };
        let optional = crate::record::FieldSchema { ty: Type::optional(field.ty.clone()), ..field.clone() };
        let (hooks, open, used) = (part.hooks.len(), part.open.len(), part.uses_rules);
        part.uses_rules = false;
        let term = part.source(&set.source, &optional, &scope);
        let pure = !part.uses_rules;
        part.uses_rules = used;
        part.hooks.truncate(hooks);
        part.open.truncate(open);
        lines.retain(|(at, _)| *at != set.field);
        if pure {
            let value = term.option();
            let value = if value.starts_with("None::<") { "None".to_owned() } else { value };
            lines.push((set.field, format!("{name}: {value},")));
        } else if let Source::Expr { text, .. } = &set.source {
            part.open.push(format!("`{}` is not set: {}", text::plain(&field.label), text::plain(text)));
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The module of an external system.
pub(in crate::generate) fn external(krate: &CrateOf<'_>, it: &model::External, open: &mut Vec<String>) -> Data {
    let mut decisions = Decisions {
        part: Part::new(krate),
        code: Code::at(0),
        refusals: Vec::new(),
        state: None,
        result: "Answer",
        rules: "Port",
    };
    let commands: Vec<Id> = it.commands.iter().copied().filter(|id| krate.has(*id)).collect();
    for command in commands.iter().filter_map(|id| krate.system.commands.get(id)) {
        decisions.command(command);
    }
    let mut events: Vec<Id> = it.events.iter().copied().filter(|id| krate.has(*id)).collect();
    for outcome in commands.iter().filter_map(|id| krate.system.commands.get(id)).flat_map(|it| &it.outcomes) {
        if krate.has(outcome.event) && !events.contains(&outcome.event) {
            events.push(outcome.event);
        }
    }
    let Decisions { mut part, code, refusals, .. } = decisions;
    open.append(&mut part.open);
    Data {
        title: text::doc(&it.name),
        name: text::literal(&text::plain(&it.name)),
        notes: notes(&it.notes),
        commands: commands.iter().map(|id| variant(krate, *id)).collect(),
        events: events.iter().map(|id| variant(krate, *id)).collect(),
        refusals,
        state: Vec::new(),
        choices: part.choices,
        hooks: part.hooks,
        functions: code.finish(),
        evolve: String::new(),
        laws: Vec::new(),
        scripts: part.scripts,
    }
}
