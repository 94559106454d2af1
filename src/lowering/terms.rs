//! Sources of values become terms, rules become guards.

use std::sync::Arc;

use crate::expr::{Row, Typed};
use crate::model::{Assignment, Rule, Source};
use crate::record::{RecordSchema, Type, Value};
use crate::streams::{Assignments, Guard, Inputs, Program, ProgramError, Term};

/// A checked expression as a program.
#[derive(Clone, Debug)]
struct Checked {
    typed: Typed,
    shape: Shape,
}

/// How the rows of a program are found in the rows of its node: as they are, or one record that holds several.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// The number of fields of each record in the one row; empty if the rows are as they are.
    pub(super) joined: Vec<usize>,
}

impl Shape {
    /// The rows as the expression counts them.
    fn rows<'a>(&self, rows: &[&'a [Value]]) -> Option<Vec<&'a [Value]>> {
        if self.joined.is_empty() {
            return None;
        }
        let mut rest = rows.first().copied().unwrap_or_default();
        let mut parts = Vec::with_capacity(self.joined.len());
        for count in &self.joined {
            let (part, after) = rest.split_at_checked(*count).unwrap_or((rest, &[]));
            parts.push(part);
            rest = after;
        }
        Some(parts)
    }

    /// Where a field lies in the node's rows.
    pub(super) fn place(&self, row: usize, at: usize) -> (usize, usize) {
        if self.joined.is_empty() {
            return (row, at);
        }
        (0, self.joined.iter().take(row).sum::<usize>() + at)
    }
}

impl Checked {
    fn on<T>(&self, inputs: &Inputs<'_>, run: impl FnOnce(&Typed, &Row<'_>) -> T) -> T {
        let split = self.shape.rows(inputs.rows);
        run(&self.typed, &Row::at(split.as_deref().unwrap_or(inputs.rows), inputs.timestamp))
    }
}

/// Where it fails as a condition, it is not TRUE, as in ksqlDB; where its value is wanted, it fails.
impl Program for Checked {
    fn eval(&self, inputs: &Inputs<'_>) -> Result<Value, ProgramError> {
        self.on(inputs, Typed::eval).map_err(|error| ProgramError(error.0))
    }

    fn test(&self, inputs: &Inputs<'_>) -> Result<bool, ProgramError> {
        Ok(self.on(inputs, Typed::test).unwrap_or(false))
    }
}

/// The time, in a type.
#[derive(Clone, Debug)]
struct Now(Type);

impl Program for Now {
    fn eval(&self, inputs: &Inputs<'_>) -> Result<Value, ProgramError> {
        Ok(Value::of_time(inputs.timestamp, &self.0))
    }
}

/// What terms are made for.
pub(super) struct Terms<'a> {
    /// The term for the key of what is made.
    pub(super) key: &'a Term,
    /// How the rows lie.
    pub(super) shape: &'a Shape,
}

impl Terms<'_> {
    /// A term for each field of a record.
    pub(super) fn record(&self, schema: &Arc<RecordSchema>, fill: &[Source]) -> Vec<Term> {
        schema
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let place = format!("{}.{}", schema.name, field.name);
                fill.get(at).map_or_else(|| Term::Literal(field.ty.zero()), |it| self.term(it, &field.ty, &place))
            })
            .collect()
    }

    /// The term of a source, for a field of that type; `place` names the field.
    pub(super) fn term(&self, source: &Source, ty: &Type, place: &str) -> Term {
        match source {
            Source::Expr { typed, .. } if ty.is_optional() => {
                Term::OrNull { program: self.checked(typed), of: place.into() }
            }
            Source::Expr { typed, .. } => Term::Program(self.checked(typed)),
            Source::Copy { row, field } => {
                let (row, at) = self.shape.place(*row, *field);
                Term::Field { row, at }
            }
            Source::First(list) => Term::First(list.iter().map(|it| self.term(it, ty, place)).collect()),
            Source::Key => self.key.clone(),
            Source::Now => match ty.required() {
                Type::Timestamp => Term::Time,
                other => Term::Program(Arc::new(Now(other.clone()))),
            },
            Source::Fresh => Term::Fresh(place.into()),
            Source::Value(value) => Term::Literal(value.clone()),
            Source::Nothing => Term::Literal(ty.zero()),
        }
    }

    pub(super) fn assignments(&self, schema: &RecordSchema, sets: &[Assignment]) -> Assignments {
        let term = |it: &Assignment| {
            let field = schema.field(it.field)?;
            let place = format!("{}.{}", schema.name, field.name);
            Some((it.field, self.term(&it.source, &field.ty, &place)))
        };
        sets.iter().filter_map(term).collect()
    }

    pub(super) fn guard(&self, rule: &Rule) -> Guard {
        match rule {
            Rule::Expr { typed, .. } => Guard::When(self.checked(typed)),
            Rule::Prose(sentence) => Guard::Prose { sentence: sentence.as_str().into(), weight: super::PROSE },
        }
    }

    /// The guard of an alternative.
    pub(super) fn alternative(&self, when: Option<&Rule>, otherwise: bool) -> Guard {
        match when {
            Some(rule) => self.guard(rule),
            None if otherwise => Guard::Otherwise,
            None => Guard::Always,
        }
    }

    fn checked(&self, typed: &Typed) -> Arc<dyn Program> {
        Arc::new(Checked { typed: typed.clone(), shape: self.shape.clone() })
    }
}
