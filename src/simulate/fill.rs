//! The fields of what actors send and external systems answer.

use crate::expr::Row;
use crate::kit::{Rng, Timestamp};
use crate::model::Source;
use crate::record::{FieldSchema, RecordSchema, Value};

use super::plausible;

/// What the fields are filled from.
pub(super) struct Filling<'a> {
    /// The rows that the sources speak of.
    pub(super) rows: &'a [&'a [Value]],
    /// The key of the instance.
    pub(super) key: &'a Value,
    /// The time.
    pub(super) now: Timestamp,
}

impl Filling<'_> {
    /// Every field of a record; what no source gives is made up plausibly.
    pub(super) fn record(&self, schema: &RecordSchema, sources: &[Source], rng: &mut Rng) -> Vec<Value> {
        let mut fields = Vec::with_capacity(schema.fields.len());
        for (at, field) in schema.fields.iter().enumerate() {
            let given = sources.get(at).and_then(|it| self.source(it, field, rng));
            let given = given.filter(|it| it.fits(&field.ty).is_ok() && (!it.is_null() || field.ty.is_optional()));
            fields.push(given.unwrap_or_else(|| plausible::field(field, rng, self.now)));
        }
        fields
    }

    /// The value that a source gives; `None` if it gives none.
    pub(super) fn source(&self, source: &Source, field: &FieldSchema, rng: &mut Rng) -> Option<Value> {
        match source {
            // Where it fails it is NULL, as in the engine.
            Source::Expr { typed, .. } => Some(typed.eval(&Row::at(self.rows, self.now)).unwrap_or_default()),
            Source::Copy { row, field } => self.rows.get(*row)?.get(*field).cloned(),
            Source::First(sources) => {
                sources.iter().filter_map(|it| self.source(it, field, rng)).find(|it| !it.is_null())
            }
            Source::Key => Some(self.key.clone()),
            Source::Now => Some(Value::of_time(self.now, &field.ty)),
            Source::Fresh => Some(plausible::uuid(rng)),
            Source::Value(value) => Some(value.clone()),
            Source::Nothing => None,
        }
        .filter(|it| !it.is_null() || field.ty.is_optional())
    }
}
