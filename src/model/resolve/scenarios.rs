//! Scenarios and invariants, with their names and values looked up.

use crate::board::Role;
use crate::expr::{Class, Scope, check_condition, classify, did_you_mean};
use crate::kit::{Id, Millis, Severity};
use crate::model::text::{Phase, Reading, StepText, read_scenario};
use crate::model::{Expectation, Invariant, Law, Rule, Scenario, Step};
use crate::record::Value;

use super::Resolver;
use super::compile::Place;
use super::fields::shown;

const HAPPENED: &[Role] = &[Role::Event, Role::Time];
const DONE: &[Role] = &[Role::Command, Role::Event, Role::Time];
const EXPECTED: &[Role] = &[Role::Event, Role::Command, Role::Time];

pub(super) fn read(resolver: &mut Resolver<'_>) {
    let scenarios: Vec<(Id, String)> = resolver.board.scenarios().values().map(|it| (it.id, it.text.clone())).collect();
    for (id, text) in scenarios {
        match read_scenario(&text) {
            Reading::Example { title, steps } => scenario(resolver, id, title, &steps),
            Reading::Always(condition) => always(resolver, id, &condition),
            Reading::LeadsTo { from, to, within } => leads_to(resolver, id, &text, &from, &to, within.as_deref()),
            Reading::Remark => {}
        }
    }
}

fn scenario(resolver: &mut Resolver<'_>, id: Id, title: String, steps: &[(Phase, StepText)]) {
    let mut read = Scenario { id, title, given: Vec::new(), when: Vec::new(), then: Vec::new() };
    for (phase, text) in steps {
        match phase {
            Phase::Given => read.given.extend(step(resolver, id, text, HAPPENED)),
            Phase::When => read.when.extend(step(resolver, id, text, DONE)),
            Phase::Then => match text.body.trim_end_matches('.').to_lowercase().as_str() {
                "nothing" | "nothing happens" => read.then.push(Expectation::Nothing),
                "rejected" | "it is rejected" | "is rejected" => read.then.push(Expectation::Rejected),
                _ => {
                    let Some(step) = step(resolver, id, text, EXPECTED) else { continue };
                    let command = resolver.messages.commands.contains_key(&step.message);
                    read.then.push(if command { Expectation::Command(step) } else { Expectation::Event(step) });
                }
            },
        }
    }
    let _ = resolver.system.scenarios.insert(id, read);
}

/// A step with its message and values; what cannot be read is a problem of the scenario.
fn step(resolver: &mut Resolver<'_>, scenario: Id, text: &StepText, roles: &[Role]) -> Option<Step> {
    let what = format!("line {} of the scenario (`{}`)", text.line + 1, shown(&text.text));
    // The whole text may be a name with a parenthesis in it.
    if let Some(message) = resolver.named(&text.body, roles, None) {
        return Some(Step { message, values: Vec::new(), text: text.text.clone(), line: text.line });
    }
    let message = resolver.named_or_told(&text.name, roles, None, scenario, &what)?;
    let (schema, _) = resolver.message(message)?;
    for odd in &text.odd {
        let text = format!("{what}: `{}` is not `field = value`", shown(odd));
        resolver.problem(
            Severity::Error,
            "M-scenario",
            vec![scenario, message],
            text,
            "name the field before the value",
        );
    }
    let mut values: Vec<(usize, Value)> = Vec::new();
    for (field, value) in &text.values {
        let Some(at) = schema.find(field) else {
            let known = schema.fields.iter().map(|it| &*it.label);
            let help = match did_you_mean(field, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", known.map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
            };
            let text = format!("{what}: {} has no field `{}`", resolver.shown(message), shown(field));
            resolver.problem(Severity::Error, "M-name", vec![scenario, message], text, &help);
            continue;
        };
        let Some(ty) = schema.field(at).map(|it| it.ty.clone()) else { continue };
        match Value::parse_with_words(value, &ty) {
            Ok(value) => {
                values.retain(|(it, _)| *it != at);
                values.push((at, value));
            }
            Err(error) => {
                let text = format!("{what}: {error}");
                resolver.problem(Severity::Error, "M-scenario", vec![scenario, message], text, "");
            }
        }
    }
    values.sort_by_key(|(at, _)| *at);
    Some(Step { message, values, text: text.text.clone(), line: text.line })
}

fn always(resolver: &mut Resolver<'_>, id: Id, condition: &str) {
    let text = format!("always {condition}");
    // With no record at hand a condition shows by its operators alone, which every condition has.
    let Class::Expr(expr) = classify(condition, &Scope::new()) else {
        let message = format!("`{}` is no condition that can be checked", shown(&text));
        let help = "write an expression over the fields of an aggregate: `always stock >= 0`";
        resolver.problem(Severity::Warning, "M-scenario", vec![id], message, help);
        return;
    };
    // It speaks of every aggregate that has all the fields it names.
    let mut found = false;
    let mut nearest = None;
    for aggregate in resolver.aggregates() {
        let Some((state, _)) = resolver.messages.states.get(&aggregate).cloned() else { continue };
        let scope = Scope::new().with("state", state.clone()).also(state.short_name());
        match check_condition(&expr, &scope) {
            Ok(typed) => {
                found = true;
                let rule = Rule::Expr { text: condition.to_owned(), typed };
                let law = Law::Always { aggregate, rule };
                resolver.system.invariants.push(Invariant { id, text: text.clone(), law });
            }
            Err(errors) => {
                let fewer = nearest.as_ref().is_none_or(|(it, _): &(Vec<_>, Id)| errors.len() < it.len());
                if fewer {
                    nearest = Some((errors, aggregate));
                }
            }
        }
    }
    if !found {
        match nearest {
            Some((errors, aggregate)) => {
                let what = format!("the invariant, read for {}", resolver.shown(aggregate));
                resolver.type_errors(&text, &errors, &Place { elements: vec![id, aggregate], what });
            }
            None => {
                let message = format!("`{}` speaks of an aggregate, and there is none", shown(&text));
                resolver.problem(Severity::Error, "M-scenario", vec![id], message, "draw the aggregate");
            }
        }
    }
}

fn leads_to(resolver: &mut Resolver<'_>, id: Id, text: &str, from: &str, to: &[String], within: Option<&str>) {
    let what = "the invariant";
    let from = resolver.named_or_told(from, EXPECTED, None, id, what);
    let mut targets = Vec::new();
    for name in to {
        targets.extend(resolver.named_or_told(name, EXPECTED, None, id, what));
    }
    let within = match within.map(str::parse::<Millis>) {
        None => None,
        Some(Ok(it)) => Some(it),
        Some(Err(error)) => {
            resolver.problem(Severity::Error, "M-scenario", vec![id], format!("{what}: {error}"), "");
            return;
        }
    };
    if let Some(from) = from.filter(|_| targets.len() == to.len() && !targets.is_empty()) {
        let law = Law::LeadsTo { from, to: targets, within };
        resolver.system.invariants.push(Invariant { id, text: text.trim().to_owned(), law });
    }
}
