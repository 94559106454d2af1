//! Fields as written become fields with types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::board::{Content, FieldLine, FieldType};
use crate::kit::{Diagnostic, Id, Severity, Streams, fold, pascal};
use crate::model::names::MAX;
use crate::model::system::UNKNOWN_TYPE;
use crate::model::{NameTable, Output};
use crate::record::{EnumSchema, FieldSchema, RecordSchema, Type};

/// Records may be nested this deep, and hold this many fields in all.
const DEPTH: usize = 12;
const FIELDS: usize = 5_000;

/// The types, for people.
const TYPES: &str = "types are text, int, long, float, double, bool, bytes, uuid, date, time, timestamp, decimal(12,2), \
                     enum(a|b), list<\u{2026}> and map<\u{2026}>, with ? behind what may be missing";

/// An enum and the words that it was made for.
type Known = (Vec<String>, Arc<EnumSchema>);

/// Types by the names that the board gives them.
pub(super) struct Types<'a> {
    names: &'a NameTable,
    /// The terms with fields: their context, folded name and text.
    terms: Vec<(Id, Id, String, &'a Content)>,
    records: BTreeMap<Id, Arc<RecordSchema>>,
    enums: BTreeMap<(Id, String), Vec<Known>>,
    /// Avro names that are taken in each context.
    taken: BTreeSet<(Id, String)>,
    namespaces: BTreeMap<Id, String>,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Types<'a> {
    /// `terms` are the glossary terms with fields: id, context, name and text.
    pub(super) fn new(
        names: &'a NameTable,
        contexts: &BTreeMap<Id, Id>,
        terms: Vec<(Id, Id, String, &'a Content)>,
    ) -> Self {
        let mut types = Self {
            names,
            terms,
            records: BTreeMap::new(),
            enums: BTreeMap::new(),
            taken: BTreeSet::new(),
            namespaces: BTreeMap::new(),
            problems: Vec::new(),
        };
        for (id, context) in contexts {
            let name = names.get(*id, Output::Avro);
            let _ = types.taken.insert((*context, name.to_owned()));
            let _ = types.namespaces.entry(*context).or_insert_with(|| names.namespace(*context));
        }
        types
    }

    /// The Avro full name of a definition.
    pub(super) fn full_name(&self, id: Id, context: Id) -> String {
        let namespace = self.namespaces.get(&context).cloned().unwrap_or_else(|| self.names.namespace(context));
        format!("{namespace}.{}", self.names.get(id, Output::Avro))
    }

    /// The fields of a text. A further field of a name that was there is left out and told.
    pub(super) fn fields(&mut self, on: Id, context: Id, content: &Content) -> Vec<FieldSchema> {
        self.fields_at(on, context, content, &mut Vec::new())
    }

    fn fields_at(&mut self, on: Id, context: Id, content: &Content, open: &mut Vec<Id>) -> Vec<FieldSchema> {
        let mut fields: Vec<FieldSchema> = Vec::new();
        for line in content.fields() {
            if fields.iter().any(|it| *it.id == *fold(&line.name)) {
                let message =
                    format!("\u{201c}{}\u{201d} has two fields called `{}`", shown(&content.name), shown(&line.name));
                self.problem(Severity::Warning, "M-field", on, message, "the second is left out; rename or delete it");
                continue;
            }
            let Some(ty) = self.field_type(on, context, line, &line.ty, open) else { continue };
            let mut field = new_field(&line.name, ty);
            field.key = line.key;
            push(&mut fields, field);
        }
        fields
    }

    fn field_type(
        &mut self,
        on: Id,
        context: Id,
        line: &FieldLine,
        ty: &FieldType,
        open: &mut Vec<Id>,
    ) -> Option<Type> {
        Some(match ty {
            FieldType::Text => Type::Text,
            FieldType::Int => Type::Int,
            FieldType::Long => Type::Long,
            FieldType::Float => Type::Float,
            FieldType::Double => Type::Double,
            FieldType::Bool => Type::Bool,
            FieldType::Bytes => Type::Bytes,
            FieldType::Uuid => Type::Uuid,
            FieldType::Date => Type::Date,
            FieldType::Time => Type::Time,
            FieldType::Timestamp => Type::Timestamp,
            FieldType::Decimal(precision, scale) => Type::Decimal { precision: *precision, scale: *scale },
            FieldType::List(of) => Type::list(self.field_type(on, context, line, of, open)?),
            FieldType::Map(of) => Type::map(self.field_type(on, context, line, of, open)?),
            FieldType::Optional(of) => Type::optional(self.field_type(on, context, line, of, open)?),
            FieldType::Enum(words) => Type::Enum(self.enum_of(on, context, &line.name, words)),
            FieldType::Record(name) => Type::Record(self.record(on, context, line, name, open)?),
            FieldType::Unknown(name) => {
                self.unknown(on, &line.name, name);
                return None;
            }
        })
    }

    /// Says which types there are, and how a record is made. It stops no run: a sticky may well say `Owner: Anna`.
    fn unknown(&mut self, on: Id, field: &str, ty: &str) {
        let message = format!("the field `{}` is of a type that there is not: `{}`", shown(field), shown(ty));
        let help = format!(
            "{TYPES}; for a record put a glossary term of that name on the board, a line for each of its fields"
        );
        self.problem(Severity::Warning, UNKNOWN_TYPE, on, message, &help);
    }

    /// One enum for each field name and list of words in a context; a second list of words takes its record's name.
    fn enum_of(&mut self, on: Id, context: Id, field: &str, words: &[String]) -> Arc<EnumSchema> {
        let plain: String = pascal(field).chars().take(MAX / 2).collect();
        let plain = match plain.chars().next() {
            Some(c) if c.is_ascii_alphabetic() => plain,
            _ => format!("Enum{plain}"),
        };
        let known = self.enums.entry((context, plain.clone())).or_default();
        if let Some((_, schema)) = known.iter().find(|(it, _)| it == words) {
            return schema.clone();
        }
        let owner: String = self.names.get(on, Output::Avro).chars().take(MAX / 2).collect();
        let mut name = if known.is_empty() { plain.clone() } else { format!("{owner}{plain}") };
        let mut count = 1;
        while !self.taken.insert((context, name.clone())) {
            count += 1;
            name = if count == 2 { format!("{plain}Value") } else { format!("{owner}{plain}{count}") };
        }
        let namespace = self.namespaces.get(&context).cloned().unwrap_or_default();
        let schema = Arc::new(EnumSchema::new(format!("{namespace}.{name}"), words));
        if let Some(known) = self.enums.get_mut(&(context, plain)) {
            known.push((words.to_vec(), schema.clone()));
        }
        schema
    }

    fn record(
        &mut self,
        on: Id,
        context: Id,
        line: &FieldLine,
        name: &str,
        open: &mut Vec<Id>,
    ) -> Option<Arc<RecordSchema>> {
        let folded = fold(name);
        let mut terms = self.terms.iter().filter(|(_, _, it, _)| *it == folded);
        let (term, home, _, content) =
            terms.clone().find(|(_, it, ..)| *it == context).or_else(|| terms.next()).cloned()?;
        if open.contains(&term) || open.len() >= DEPTH {
            let why = if open.contains(&term) { "contains itself" } else { "is nested too deep" };
            let message = format!("the record `{}` {why} through its field `{}`", shown(name), shown(&line.name));
            let help = "hold the other record's key instead of the record";
            self.problem(Severity::Error, "M-record", on, message, help);
            return None;
        }
        if let Some(known) = self.records.get(&term) {
            return Some(known.clone());
        }
        open.push(term);
        let fields = self.fields_at(term, home, content, open);
        let _ = open.pop();
        if fields.iter().map(|it| size(&it.ty)).sum::<usize>() > FIELDS {
            let message = format!("the record `{}` holds more than {FIELDS} fields in all", shown(name));
            self.problem(Severity::Error, "M-record", on, message, "split it");
            return None;
        }
        let schema = Arc::new(RecordSchema::new(self.full_name(term, home), fields));
        let _ = self.records.insert(term, schema.clone());
        Some(schema)
    }

    /// The record of a glossary term.
    pub(super) fn term(&mut self, id: Id) -> Option<Arc<RecordSchema>> {
        if let Some(known) = self.records.get(&id) {
            return Some(known.clone());
        }
        let (_, home, _, content) = self.terms.iter().find(|(it, ..)| *it == id).cloned()?;
        let fields = self.fields_at(id, home, content, &mut vec![id]);
        let schema = Arc::new(RecordSchema::new(self.full_name(id, home), fields));
        let _ = self.records.insert(id, schema.clone());
        Some(schema)
    }

    fn problem(&mut self, severity: Severity, code: &str, on: Id, message: String, help: &str) {
        let help = Some(help.to_owned());
        self.problems.push(Diagnostic { code: code.to_owned(), severity, message, elements: vec![on], help });
    }
}

/// A text in a message: one line, not too long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "no name".to_owned();
    }
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}\u{2026}", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// A field with the names that follow from its label, cut to what every output takes.
pub(super) fn new_field(label: &str, ty: Type) -> FieldSchema {
    let mut field = FieldSchema::new(label, ty);
    if field.name.len() > MAX || field.name.trim_matches('_').is_empty() {
        let head: String = field.name.chars().take(MAX - 9).collect();
        let name = format!("{}_{}", if head.trim_matches('_').is_empty() { "field" } else { &head }, digest(label));
        field.column = name.to_ascii_uppercase().into();
        field.name = name.into();
    }
    field
}

/// Adds a field; if its names in the outputs are taken it is numbered.
pub(super) fn push(fields: &mut Vec<FieldSchema>, mut field: FieldSchema) {
    let plain = field.name.clone();
    let mut count = 1;
    while fields.iter().any(|it| it.column == field.column) {
        count += 1;
        let name = format!("{plain}_{count}");
        field.column = name.to_ascii_uppercase().into();
        field.name = name.into();
    }
    fields.push(field);
}

/// Eight hexadecimal digits that depend on the text alone.
fn digest(text: &str) -> String {
    let bits = Streams::new(0).stream(text).next_u64();
    format!("{:08x}", bits >> 32)
}

/// How many fields a type holds in all.
fn size(ty: &Type) -> usize {
    match ty {
        Type::List(of) | Type::Map(of) | Type::Optional(of) => size(of),
        Type::Record(schema) => {
            schema.fields.iter().map(|it| size(&it.ty)).fold(1, |sum, it| sum.saturating_add(it).min(2 * FIELDS))
        }
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
        | Type::Enum(_) => 1,
    }
}
