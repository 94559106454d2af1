//! Where the fields of a message that is made come from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::expr::{Expr, ExprKind, Name, Scope, Span, check_as, did_you_mean};
use crate::kit::Severity;
use crate::model::text::{Label, label};
use crate::model::{Rule, Source};
use crate::record::{FieldSchema, RecordSchema, Type};

use super::Resolver;
use super::compile::{Place, row};
use super::fields::shown;

/// What is written on an arrow, resolved.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) when: Option<Rule>,
    pub(super) otherwise: bool,
    pub(super) mapping: BTreeMap<usize, Source>,
}

/// How to fill a message.
pub(super) struct Filling<'a> {
    pub(super) target: &'a Arc<RecordSchema>,
    /// The key field, if [`Source::Key`] fills it.
    pub(super) key: Option<usize>,
    pub(super) scope: &'a Scope,
    /// The row that is a state: its values may be NULL.
    pub(super) state: Option<usize>,
    /// From here on the rows were looked up: their values may be NULL.
    pub(super) looked_up: Option<usize>,
    /// The fields of the state that nothing sets before the message that is made here: they are no source.
    pub(super) unset: &'a BTreeSet<Arc<str>>,
    /// Whether what has no source is made up (the time, a new UUID); an actor's values are made when he acts.
    pub(super) made: bool,
}

impl Resolver<'_> {
    /// Reads an arrow's text. Guards and mappings are over `scope`; a mapping's left side is a field of `target`.
    pub(super) fn written(
        &mut self,
        text: &str,
        target: Option<&Arc<RecordSchema>>,
        scope: &Scope,
        place: &Place,
    ) -> Written {
        let Label { mut when, otherwise, lines } = label(text);
        let mut mapping = BTreeMap::new();
        for line in lines {
            match target {
                Some(target) if self.is_mapping(&line, target, scope) => {
                    mapping.extend(self.mapping(&line, target, scope, place));
                }
                Some(_) | None => when.push(line),
            }
        }
        Written { when: self.all_of(&when, scope, place), otherwise, mapping }
    }

    /// Whether a line is `field = expr` and not a comparison: its left side is a field of the target, or of nothing.
    fn is_mapping(&self, line: &str, target: &RecordSchema, scope: &Scope) -> bool {
        let Ok(list) = crate::expr::parse_assignments(line) else { return false };
        list.iter().any(|it| field_of(target, &it.name).is_some())
            || list.iter().all(|it| !scope.knows(it.qualifier.as_ref(), &it.name))
    }

    /// `field = expr, ...` for a target's fields.
    pub(super) fn mapping(
        &mut self,
        text: &str,
        target: &Arc<RecordSchema>,
        scope: &Scope,
        place: &Place,
    ) -> BTreeMap<usize, Source> {
        let mut mapping = BTreeMap::new();
        for assignment in self.assignments(text, place) {
            match field_of(target, &assignment.name) {
                Some(at) => {
                    let ty = target.field(at).map_or(Type::Text, |it| it.ty.clone());
                    let _ = mapping.insert(at, self.value(&assignment.value, &ty, scope, place));
                }
                None => self.no_field(&assignment.name, target, place),
            }
        }
        mapping
    }

    pub(super) fn no_field(&mut self, name: &Name, target: &RecordSchema, place: &Place) {
        let columns = target.fields.iter().map(|it| &*it.column);
        let help = match did_you_mean(&name.0, columns.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", columns.map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
        };
        let message = format!("{}: {} has no field `{}`", place.what, target.short_name(), shown(&name.0));
        self.problem(Severity::Error, "M-name", place.elements.clone(), message, &help);
    }

    /// A source for each field of the target, in order, and the labels of those that have none.
    pub(super) fn fill(
        &mut self,
        filling: &Filling<'_>,
        mut mapping: BTreeMap<usize, Source>,
        place: &Place,
    ) -> (Vec<Source>, Vec<String>) {
        let mut sources = Vec::with_capacity(filling.target.fields.len());
        let mut missing = Vec::new();
        for (at, field) in filling.target.fields.iter().enumerate() {
            let source = if let Some(source) = mapping.remove(&at) {
                source
            } else if filling.key == Some(at) {
                Source::Key
            } else {
                self.default_source(filling, field, place, &mut missing)
            };
            sources.push(source);
        }
        (sources, missing)
    }

    fn default_source(
        &mut self,
        filling: &Filling<'_>,
        field: &FieldSchema,
        place: &Place,
        missing: &mut Vec<String>,
    ) -> Source {
        let count = filling.scope.records().len();
        for at in 0..count {
            if filling.state == Some(at) && filling.unset.contains(&field.id) {
                continue;
            }
            let Some(source) = self.copy(filling.scope, at, field, place) else { continue };
            if filling.state == Some(at) || filling.looked_up.is_some_and(|first| at >= first) {
                // A state may not have it yet: then it is made as if there were no state.
                let made = made(field, filling.made);
                return match made {
                    Source::Nothing => source,
                    made => Source::First(vec![source, made]),
                };
            }
            // A value that may be missing in the message may be known in the state.
            let optional = row(filling.scope, at)
                .and_then(|it| it.by_id(&field.id).and_then(|place| it.field(place)))
                .is_some_and(|it| it.ty.is_optional());
            if let Some(state) = filling.state.filter(|it| optional && *it > at && !filling.unset.contains(&field.id))
                && let Some(known) = self.copy(filling.scope, state, field, place)
            {
                return Source::First(vec![source, known]);
            }
            return source;
        }
        let source = made(field, filling.made);
        if matches!(source, Source::Nothing) && !field.ty.is_optional() {
            missing.push(field.label.to_string());
        }
        source
    }

    /// The same-named field of a row, in the type of the target's.
    pub(super) fn copy(&mut self, scope: &Scope, at: usize, field: &FieldSchema, place: &Place) -> Option<Source> {
        let record = scope.records().get(at)?;
        let from = record.schema.by_id(&field.id)?;
        let theirs = record.schema.field(from)?;
        if same_type(theirs.ty.required(), field.ty.required()) {
            return Some(Source::Copy { row: at, field: from });
        }
        let span = Span::default();
        let qualifier = record.names.first().map(|it| Name(it.clone()));
        let expr = Expr { kind: ExprKind::Column { qualifier, name: Name(theirs.column.clone()) }, span };
        match check_as(&expr, scope, field.ty.required()) {
            Ok(typed) => Some(Source::Expr { text: expr.to_string(), typed }),
            Err(_) => {
                let message = format!(
                    "{}: `{}` is {} on one side and {} on the other, so it is not copied",
                    place.what, field.label, theirs.ty, field.ty
                );
                let help = "give it one type, another name, or a mapping on the arrow";
                self.problem(Severity::Warning, "M-field", place.elements.clone(), message, help);
                None
            }
        }
    }
}

/// The field that an assignment's left side names.
pub(super) fn field_of(schema: &RecordSchema, name: &Name) -> Option<usize> {
    schema.by_column(&name.0).or_else(|| schema.find(&name.0)).or_else(|| schema.find(&name.0.replace('_', " ")))
}

/// What stands in for a value that nobody gives.
fn made(field: &FieldSchema, made: bool) -> Source {
    match field.ty {
        Type::Timestamp | Type::Date | Type::Time if made => Source::Now,
        Type::Uuid if made => Source::Fresh,
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::Float
        | Type::Double
        | Type::Text
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::Decimal { .. }
        | Type::List(_)
        | Type::Map(_)
        | Type::Optional(_)
        | Type::Enum(_)
        | Type::Record(_) => Source::Nothing,
    }
}

/// Whether a value of one type is one of the other without any conversion. Enums of the same words are alike.
fn same_type(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Enum(from), Type::Enum(to)) => from.symbols.iter().all(|it| to.position(&it.label).is_some()),
        (Type::List(from), Type::List(to)) | (Type::Map(from), Type::Map(to)) => same_type(from, to),
        (Type::Optional(from), Type::Optional(to)) => same_type(from, to),
        (from, Type::Optional(to)) => same_type(from, to),
        (from, to) => from == to,
    }
}
