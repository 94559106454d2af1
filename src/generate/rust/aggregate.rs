//! Aggregates and external systems: messages in, decisions, messages out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::branch::{Branch, Ways};
use super::code::Code;
use super::expression::translate;
use super::part::{Answers, Arguments, Choice, Hook, Part, Scope, Script};
use super::shape::{Field, Variant, fields, notes, variant};
use super::syntax::{function_lines, negated, variables};
use super::term::{Row, Term};
use crate::generate::project::{CrateOf, message};
use crate::generate::text;
use crate::kit::Id;
use crate::model::Outputs;
use crate::model::{self, Output, Rule, Source};
use crate::record::{RecordSchema, Type};

#[derive(Serialize)]
struct Refusal {
    variant: String,
    doc: String,
    format: String,
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
    unavailable: String,
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
    /// Whether any decision asks the user.
    pub asks: bool,
    reads_state: bool,
    /// Whether the next state keeps anything of the last one.
    keeps_state: bool,
}

/// The functions of one module that decide on commands.
struct Decisions<'p, 'a> {
    part: Part<'p, 'a>,
    code: Code,
    refusals: Vec<Refusal>,
    state: Option<Row>,
    result: &'static str,
    rules: &'static str,
    /// What each function is called with.
    calls: Calls,
}

impl Decisions<'_, '_> {
    /// One function: `requires`, then the outcomes.
    fn command(&mut self, command: &model::Command) {
        let krate = self.part.krate;
        let function = krate.called(command.id, Output::RustModule).to_owned();
        let type_name = krate.called(command.id, Output::RustType).to_owned();
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
            let format = text::plain(title).replace('{', "{{").replace('}', "}}");
            let format = text::literal(&format!("{format}: {{rule}}"));
            self.refusals.push(Refusal { variant: refused, doc: text::doc(title), format });
        }
        params.push(format!("rules: &impl {}", self.rules));
        let listed: Vec<String> = command.outcomes.iter().map(|it| text::doc(krate.system.name(it.event))).collect();
        let joiner = if command.outputs == Outputs::Either { " or " } else { " and " };
        self.code.line("");
        self.code.line(match listed.is_empty() {
            true => format!("/// *{}* leads to nothing on the board.", text::doc(title)),
            false => format!("/// *{}* leads to {}.", text::doc(title), listed.join(joiner)),
        });
        let result = format!("Result<Vec<{}>, Error>", self.result);
        let used = function_lines(&mut self.code, "", &function, &params, 0, &result, &body);
        let _ = self.calls.insert(command.id, (function, used));
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
    let module = krate.called(event.id, Output::RustModule).to_owned();
    let about = format!("{function}_{module}");
    let scope = Scope { rows: scope.rows, key: scope.key.clone(), arguments: scope.arguments, about: &about };
    Some(Branch {
        id: event.id,
        when: outcome.when.as_ref(),
        otherwise: outcome.otherwise,
        variant: krate.called(event.id, Output::RustType).to_owned(),
        name: event.name.to_owned(),
        module,
        path: krate.path(event.id),
        fields: part.fields(event.schema, &outcome.fill, event.name, &scope),
    })
}

/// The format of the message that a system cannot be reached.
fn unavailable(name: &str) -> String {
    let name = text::plain(name).replace('{', "{{").replace('}', "}}");
    text::literal(&format!("{name}: {{reason}}"))
}

type Calls = BTreeMap<Id, (String, Vec<String>)>;

/// The events of a part, and those that its commands lead to: the variants of its enum.
fn told(krate: &CrateOf<'_>, own: &[Id], commands: &[Id]) -> Vec<Id> {
    let commands = commands.iter().filter_map(|id| krate.system.commands.get(id));
    let outcomes = commands.flat_map(|it| &it.outcomes).map(|it| it.event);
    let mut events: Vec<Id> = Vec::new();
    for event in own.iter().copied().chain(outcomes).filter(|id| krate.has(*id)) {
        if !events.contains(&event) {
            events.push(event);
        }
    }
    events
}

/// The variant of a command, with the call of the function that decides on it.
fn called(krate: &CrateOf<'_>, id: Id, calls: &Calls) -> Variant {
    let (function, used) = calls.get(&id).cloned().unwrap_or_default();
    let binds = if used.iter().any(|it| it == "command") { "command" } else { "_" };
    Variant { call: format!("{function}({})", used.join(", ")), binds, ..variant(krate, id) }
}

/// What comes of the commands of an aggregate or external system: what both modules show.
struct Decided<'p, 'a> {
    decisions: Decisions<'p, 'a>,
    commands: Vec<Id>,
    events: Vec<Id>,
    asks: bool,
}

impl<'p, 'a> Decided<'p, 'a> {
    /// `result` and `rules` are what the functions give, and whom they ask.
    fn new(
        krate: &'p CrateOf<'a>,
        commands: &[Id],
        events: &[Id],
        state: Option<Row>,
        (result, rules): (&'static str, &'static str),
    ) -> Self {
        let (part, calls) = (Part::new(krate), Calls::new());
        let mut decisions = Decisions { part, code: Code::at(0), refusals: Vec::new(), state, result, rules, calls };
        let commands: Vec<Id> = commands.iter().copied().filter(|id| krate.has(*id)).collect();
        for command in commands.iter().filter_map(|id| krate.system.commands.get(id)) {
            decisions.command(command);
        }
        let events = told(krate, events, &commands);
        let asks = decisions.part.settle(decisions.calls.values().flat_map(|(_, used)| used));
        Self { decisions, commands, events, asks }
    }

    fn data(self, krate: &CrateOf<'_>, name: &str, said: &[String], open: &mut Vec<String>) -> Data {
        let Self { decisions, commands, events, asks } = self;
        let Decisions { mut part, code, refusals, calls, .. } = decisions;
        open.append(&mut part.open);
        Data {
            title: text::doc(name),
            unavailable: unavailable(name),
            notes: notes(said),
            commands: commands.iter().map(|id| called(krate, *id, &calls)).collect(),
            events: events.iter().map(|id| variant(krate, *id)).collect(),
            refusals,
            state: Vec::new(),
            choices: part.choices,
            hooks: part.hooks,
            functions: code.finish(),
            keeps_state: false,
            evolve: String::new(),
            laws: Vec::new(),
            scripts: part.scripts,
            asks,
            reads_state: calls.values().any(|(_, used)| used.iter().any(|it| it == "state")),
        }
    }
}

/// The module of an aggregate.
pub(in crate::generate) fn aggregate(krate: &CrateOf<'_>, it: &model::Aggregate, open: &mut Vec<String>) -> Data {
    let mut decided =
        Decided::new(krate, &it.commands, &it.events, Some(Row::partial("state", &it.state)), ("Event", "Rules"));
    let mut evolve = Code::at(2);
    for event in decided.events.iter().filter_map(|id| krate.system.events.get(id)) {
        evolved(&mut decided.decisions.part, &mut evolve, it, event);
    }
    let evolve = evolve.finish();
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
    let keeps_state = variables(&evolve).contains("state");
    let state = fields(krate, &it.state, true, "types::");
    Data { state, keeps_state, evolve, laws, ..decided.data(krate, &it.name, &it.notes, open) }
}

/// One arm that makes a new state of an old one: `Event::Placed(event) => State { ..., ..state },`.
fn evolved(part: &mut Part<'_, '_>, code: &mut Code, it: &model::Aggregate, event: &model::Event) {
    let variant = format!("Event::{}", part.krate.called(event.id, Output::RustType));
    let rows = [Row::message("event", &event.schema), Row::partial("state", &it.state)];
    let key = rows.first().and_then(|it| it.field(event.key));
    let mut lines = assignments(part, &it.state, &event.sets, &rows, key.clone());
    with_key(part, &it.state, it.key, key.as_ref(), &mut lines);
    if lines.is_empty() {
        code.line(format!("{variant}(_) => state,"));
        return;
    }
    let used = lines.iter().any(|it| variables(it).contains("event"));
    code.line(format!("{variant}({}) => State {{", if used { "event" } else { "_" }));
    for line in &lines {
        code.line(line);
    }
    if lines.iter().filter(|it| !it.starts_with("//")).count() < it.state.fields.len() {
        code.line("..state");
    }
    code.line("},");
}

/// The key of an instance or row is a field of it, which the board need not say.
pub(in crate::generate) fn with_key(
    part: &Part<'_, '_>,
    schema: &RecordSchema,
    at: usize,
    key: Option<&Term>,
    lines: &mut Vec<String>,
) {
    let names = model::rust_fields(schema);
    let (Some(field), Some(name), Some(key)) = (schema.field(at), names.get(at), key) else { return };
    let set = lines.iter().any(|it| it.starts_with(&format!("{name}: ")));
    if let (false, Some(term)) = (set, key.to(&field.ty, &part.krate.types, "types::")) {
        lines.insert(0, format!("{name}: {},", term.option()));
    }
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
            let (field, text) = (text::plain(&field.label), text::plain(text));
            part.open.push(format!("`{field}` stays as it is: `{text}` has no translation, say it in another way"));
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The module of an external system.
pub(in crate::generate) fn external(krate: &CrateOf<'_>, it: &model::External, open: &mut Vec<String>) -> Data {
    let decided = Decided::new(krate, &it.commands, &it.events, None, ("Answer", "Port"));
    decided.data(krate, &it.name, &it.notes, open)
}
