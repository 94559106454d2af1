//! Texts of rules become checked expressions, or stay prose.

use std::sync::Arc;

use crate::expr::{
    Assignment, Class, Expr, Node, Scope, TypeError, check_as, check_condition, classify, parse_assignments,
};
use crate::kit::{Id, Severity};
use crate::model::{Rule, Source};
use crate::record::{RecordSchema, Type};

use super::Resolver;
use super::fields::shown;

/// Where a text stands, for messages.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The elements that it is about; the first is the one that does not run if it is wrong.
    pub(super) elements: Vec<Id>,
    /// What it is: `the guard from A to B`.
    pub(super) what: String,
}

/// The rows `[command, state]` or `[event, state]`; without a state only the first.
pub(super) fn rows(first: &str, message: &Arc<RecordSchema>, second: Option<(&str, &Arc<RecordSchema>)>) -> Scope {
    let scope = Scope::new().with(first, message.clone()).also(message.short_name());
    match second {
        Some((name, schema)) => scope.with(name, schema.clone()),
        None => scope,
    }
}

/// The schema of a row of a scope.
pub(super) fn row(scope: &Scope, at: usize) -> Option<&Arc<RecordSchema>> {
    scope.records().get(at).map(|it| &it.schema)
}

impl Resolver<'_> {
    /// A guard or condition: an expression, or prose. A type error is a problem, and the text stays as prose.
    pub(super) fn condition(&mut self, text: &str, scope: &Scope, place: &Place) -> Rule {
        match classify(text, scope) {
            Class::Expr(expr) => match check_condition(&expr, scope) {
                Ok(typed) => Rule::Expr { text: text.to_owned(), typed },
                Err(errors) => {
                    self.type_errors(text, &errors, place);
                    Rule::Prose(text.to_owned())
                }
            },
            Class::Prose(_) => Rule::Prose(text.to_owned()),
        }
    }

    /// The value of a mapping, in the type of its field.
    pub(super) fn value(&mut self, expr: &Expr, ty: &Type, scope: &Scope, place: &Place) -> Source {
        let text = expr.to_string();
        match check_as(expr, scope, ty.required()) {
            Ok(typed) => match typed.node {
                Node::Const(value) => Source::Value(value),
                _ => Source::Expr { text, typed },
            },
            Err(errors) => {
                self.type_errors(&text, &errors, place);
                Source::Nothing
            }
        }
    }

    /// One condition of several texts, all of which must hold.
    pub(super) fn all_of(&mut self, texts: &[String], scope: &Scope, place: &Place) -> Option<Rule> {
        match texts {
            [] => None,
            [text] => Some(self.condition(text, scope, place)),
            several => {
                let rules: Vec<Rule> = several.iter().map(|it| self.condition(it, scope, place)).collect();
                if rules.iter().all(|it| !it.is_prose()) {
                    let text = several.iter().map(|it| format!("({it})")).collect::<Vec<_>>().join(" AND ");
                    return Some(self.condition(&text, scope, place));
                }
                // What is prose decides: the simulation picks, generated code asks.
                let prose = rules.iter().filter(|it| it.is_prose()).map(Rule::text).collect::<Vec<_>>().join("; ");
                Some(Rule::Prose(prose))
            }
        }
    }

    pub(super) fn type_errors(&mut self, text: &str, errors: &[TypeError], place: &Place) {
        for error in errors {
            let message = format!("{} (`{}`): {}", place.what, shown(text), error.message);
            let help = error.help.clone().unwrap_or_default();
            self.problem(Severity::Error, "M-type", place.elements.clone(), message, &help);
        }
    }

    /// `status = 'placed', total = total`; nothing and a problem if it does not read so.
    pub(super) fn assignments(&mut self, text: &str, place: &Place) -> Vec<Assignment> {
        match parse_assignments(text) {
            Ok(list) => list,
            Err(error) => {
                let message = format!("{} (`{}`) is not a list of `field = value`: {error}", place.what, shown(text));
                self.problem(Severity::Error, "M-type", place.elements.clone(), message, "");
                Vec::new()
            }
        }
    }
}
