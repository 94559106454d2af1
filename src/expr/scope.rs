//! What names mean: the records at hand.

use std::sync::Arc;

use super::Name;
use crate::kit;
use crate::record::{FieldSchema, RecordSchema};

/// The records whose fields an expression may name, in order. The order is also that of [`super::Row::records`].
///
/// A bare name is the field of the first rank that has it: the handled message before the state. Where two records
/// of one rank have it, it is ambiguous and must be qualified.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    records: Vec<ScopeRecord>,
}

/// One record at hand.
#[derive(Clone, Debug)]
pub struct ScopeRecord {
    /// The names by which its fields are qualified, upper case, as `EVENT` or `STATE`; the first is shown.
    pub names: Vec<Arc<str>>,
    /// Its fields.
    pub schema: Arc<RecordSchema>,
    /// Lower ranks go first for bare names.
    pub rank: usize,
}

/// What a name was found to be.
pub(super) enum Found<'a> {
    /// A field, by place of record and field.
    Field(usize, usize, &'a FieldSchema),
    /// There is no such record.
    NoRecord,
    /// The record has no such field.
    NoField,
    /// Several records of one rank have it: their names.
    Ambiguous(Vec<Arc<str>>),
}

impl Scope {
    /// No records at all: constants only.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more record, whose bare names are looked up after those before it.
    pub fn with(self, name: &str, schema: Arc<RecordSchema>) -> Self {
        let rank = self.records.last().map_or(0, |it| it.rank + 1);
        self.add(&[name], schema, rank)
    }

    /// One more record, whose bare names are looked up together with those of the one before it.
    pub fn beside(self, name: &str, schema: Arc<RecordSchema>) -> Self {
        let rank = self.records.last().map_or(0, |it| it.rank);
        self.add(&[name], schema, rank)
    }

    /// The last record may also be called that.
    pub fn also(mut self, name: &str) -> Self {
        if let Some(last) = self.records.last_mut() {
            last.names.push(name.to_uppercase().into());
        }
        self
    }

    fn add(mut self, names: &[&str], schema: Arc<RecordSchema>, rank: usize) -> Self {
        let names = names.iter().map(|it| it.to_uppercase().into()).collect();
        self.records.push(ScopeRecord { names, schema, rank });
        self
    }

    /// The records in order.
    pub fn records(&self) -> &[ScopeRecord] {
        &self.records
    }

    /// Whether the bare or qualified name is one of a field.
    pub fn knows(&self, qualifier: Option<&Name>, name: &Name) -> bool {
        !matches!(self.find(qualifier, name), Found::NoRecord | Found::NoField)
    }

    pub(super) fn find(&self, qualifier: Option<&Name>, name: &Name) -> Found<'_> {
        let mut hits: Vec<(usize, usize, &FieldSchema)> = Vec::new();
        let mut known = qualifier.is_none();
        for (at, record) in self.records.iter().enumerate() {
            if qualifier.is_some_and(|it| !record.names.iter().any(|name| same_name(name, &it.0))) {
                continue;
            }
            known = true;
            if let Some(place) = find_field(&record.schema, name)
                && let Some(field) = record.schema.field(place)
            {
                hits.push((at, place, field));
            }
        }
        let rank = |at: usize| self.records.get(at).map_or(usize::MAX, |it| it.rank);
        let first = hits.iter().map(|(at, ..)| rank(*at)).min();
        hits.retain(|(at, ..)| Some(rank(*at)) == first);
        match hits.as_slice() {
            [(at, place, field)] => Found::Field(*at, *place, field),
            [] if known => Found::NoField,
            [] => Found::NoRecord,
            several => {
                let names = several.iter().filter_map(|(at, ..)| self.records.get(*at)?.names.first().cloned());
                Found::Ambiguous(names.collect())
            }
        }
    }

    /// The columns that may be written, of one record or of all.
    pub(super) fn columns(&self, qualifier: Option<&Name>) -> Vec<&str> {
        let named = |it: &&ScopeRecord| qualifier.is_none_or(|name| it.names.iter().any(|it| same_name(it, &name.0)));
        let records = self.records.iter().filter(named);
        let mut columns: Vec<&str> =
            records.flat_map(|it| it.schema.fields.iter().map(|field| &*field.column)).collect();
        columns.dedup();
        columns
    }
}

/// The place of the field that a name means: by column, else as label, else as column of the transliterated name.
pub(super) fn find_field(schema: &RecordSchema, name: &Name) -> Option<usize> {
    schema
        .by_column(&name.0)
        .or_else(|| schema.by_id(&kit::fold(&name.0)))
        .or_else(|| schema.by_column(&kit::screaming(&name.0)))
}

/// `ORDER_PLACED` is also `OrderPlaced` and `order placed`.
fn same_name(known: &str, written: &str) -> bool {
    let plain =
        |it: &str| it.chars().filter(|c| *c != '_' && *c != ' ').flat_map(char::to_uppercase).collect::<String>();
    known == written || plain(known) == plain(written)
}
