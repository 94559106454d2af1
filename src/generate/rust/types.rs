//! Rust types for the types of a board.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::generate::text;
use crate::kit;
use crate::model::{Output, rust_variants};
use crate::record::{EnumSchema, RecordSchema, Type, Value};

/// The records and enums that one crate needs, and the Rust name of each.
///
/// A record keeps the name that the name table gave it; one of another context that has a name which is taken here,
/// and an enum, get a free one.
#[derive(Default)]
pub(in crate::generate) struct TypeSet {
    names: BTreeMap<Arc<str>, String>,
    /// The records in the order in which they were met.
    pub(in crate::generate) records: Vec<Arc<RecordSchema>>,
    /// The enums in the order in which they were met.
    pub(in crate::generate) enums: Vec<Arc<EnumSchema>>,
}

impl TypeSet {
    /// Adds what a message needs. `named` knows the name of a record by its full name.
    pub(in crate::generate) fn add_record_fields(
        &mut self,
        schema: &RecordSchema,
        named: &dyn Fn(&str) -> Option<String>,
    ) {
        for field in &schema.fields {
            self.add(&field.ty, named);
        }
    }

    fn add(&mut self, ty: &Type, named: &dyn Fn(&str) -> Option<String>) {
        match ty {
            Type::List(of) | Type::Map(of) | Type::Optional(of) => self.add(of, named),
            Type::Enum(schema) => {
                if !self.names.contains_key(&schema.name) {
                    let short = schema.name.rsplit('.').next().unwrap_or_default();
                    self.name(&schema.name, &kit::pascal(short));
                    self.enums.push(schema.clone());
                }
            }
            Type::Record(schema) => {
                if !self.names.contains_key(&schema.name) {
                    let plain = named(&schema.name).unwrap_or_else(|| kit::pascal(schema.short_name()));
                    self.name(&schema.name, &plain);
                    self.records.push(schema.clone());
                    self.add_record_fields(schema, named);
                }
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
            | Type::Decimal { .. } => {}
        }
    }

    fn name(&mut self, full: &Arc<str>, plain: &str) {
        let mut name = plain.to_owned();
        let mut count = 1;
        let free = |name: &str, names: &BTreeMap<Arc<str>, String>| {
            !Output::RustType.reserves(name) && !names.values().any(|it| it == name)
        };
        while !free(&name, &self.names) {
            count += 1;
            name = format!("{plain}{count}");
        }
        let _ = self.names.insert(full.clone(), name);
    }

    /// The Rust name of a record or enum of this set.
    pub(in crate::generate) fn name_of(&self, full: &str) -> &str {
        self.names.get(full).map_or("", String::as_str)
    }

    /// The Rust type; `prefix` leads to the module of types.
    pub(in crate::generate) fn rust(&self, ty: &Type, prefix: &str) -> String {
        match ty {
            Type::Bool => "bool".to_owned(),
            Type::Int => "i32".to_owned(),
            Type::Long => "i64".to_owned(),
            Type::Float => "f32".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Bytes => "Vec<u8>".to_owned(),
            Type::Uuid => "Uuid".to_owned(),
            Type::Date => "Date".to_owned(),
            Type::Time => "Time".to_owned(),
            Type::Timestamp => "Timestamp".to_owned(),
            Type::Decimal { .. } => "Decimal".to_owned(),
            Type::List(of) => format!("Vec<{}>", self.rust(of, prefix)),
            Type::Map(of) => format!("BTreeMap<String, {}>", self.rust(of, prefix)),
            Type::Optional(of) => format!("Option<{}>", self.rust(of, prefix)),
            Type::Enum(schema) => format!("{prefix}{}", self.name_of(&schema.name)),
            Type::Record(schema) => format!("{prefix}{}", self.name_of(&schema.name)),
        }
    }

    /// A Rust expression for a value of a type; `None` where the value does not fit it.
    pub(in crate::generate) fn value(&self, value: &Value, ty: &Type, prefix: &str) -> Option<String> {
        Some(match (value, ty) {
            (Value::Null, Type::Optional(_)) => "None".to_owned(),
            (value, Type::Optional(of)) => format!("Some({})", self.value(value, of, prefix)?),
            (Value::Bool(it), Type::Bool) => it.to_string(),
            (Value::Int(it), Type::Int) => it.to_string(),
            (Value::Long(it), Type::Long) => it.to_string(),
            // Each in its own digits: those of the other type say more than it holds.
            (Value::Float(it), Type::Float) if it.is_finite() => format!("{it:?}"),
            (Value::Float(it), Type::Float) => float(f64::from(*it), "f32"),
            (Value::Double(it), Type::Double) => float(*it, "f64"),
            (Value::Text(it), Type::Text) if it.is_empty() => "String::new()".to_owned(),
            (Value::Text(it), Type::Text) => format!("{}.to_owned()", text::literal(it)),
            (Value::Text(it), Type::Enum(schema)) => {
                let at = schema.position(it)?;
                format!("{prefix}{}::{}", self.name_of(&schema.name), rust_variants(schema).get(at)?)
            }
            (Value::Bytes(it), Type::Bytes) if it.is_empty() => "Vec::new()".to_owned(),
            (Value::Bytes(it), Type::Bytes) => format!("vec!{:?}", it.as_ref()),
            (Value::Uuid(it), Type::Uuid) if it.is_nil() => "Uuid::nil()".to_owned(),
            (Value::Uuid(it), Type::Uuid) => format!("Uuid::from_u128(0x{:032x})", it.as_u128()),
            (Value::Date(days), Type::Date) => format!("sql::date({days})"),
            (Value::Time(millis), Type::Time) => format!("sql::time({millis})"),
            (Value::Timestamp(at), Type::Timestamp) => format!("sql::timestamp({})", at.0),
            (Value::Decimal(it), Type::Decimal { .. }) => decimal(*it),
            (Value::List(items), Type::List(of)) => {
                let items: Option<Vec<String>> = items.iter().map(|it| self.value(it, of, prefix)).collect();
                let items = items?;
                if items.is_empty() { "Vec::new()".to_owned() } else { format!("vec![{}]", items.join(", ")) }
            }
            (Value::Map(items), Type::Map(of)) => {
                let entry = |(key, value): (&_, &Value)| -> Option<String> {
                    let key: &Arc<str> = key;
                    Some(format!("({}.to_owned(), {})", text::literal(key), self.value(value, of, prefix)?))
                };
                let items: Option<Vec<String>> = items.iter().map(entry).collect();
                let items = items?;
                if items.is_empty() {
                    "BTreeMap::new()".to_owned()
                } else {
                    format!("BTreeMap::from([{}])", items.join(", "))
                }
            }
            (Value::Record(values), Type::Record(schema)) => {
                let names = crate::model::rust_fields(schema);
                let field = |((field, name), value): ((&crate::record::FieldSchema, &String), &Value)| {
                    Some(format!("{name}: {}", self.value(value, &field.ty, prefix)?))
                };
                let fields: Option<Vec<String>> =
                    schema.fields.iter().zip(&names).zip(values.iter()).map(field).collect();
                format!("{prefix}{} {{ {} }}", self.name_of(&schema.name), fields?.join(", "))
            }
            _ => return None,
        })
    }
}

/// A floating point literal.
fn float(value: f64, ty: &str) -> String {
    if value.is_finite() {
        format!("{value:?}")
    } else if value.is_nan() {
        format!("{ty}::NAN")
    } else if value > 0.0 {
        format!("{ty}::INFINITY")
    } else {
        format!("{ty}::NEG_INFINITY")
    }
}

/// A decimal literal: digits and scale.
pub(in crate::generate) fn decimal(value: rust_decimal::Decimal) -> String {
    if value.is_zero() && value.scale() == 0 {
        return "Decimal::ZERO".to_owned();
    }
    match i64::try_from(value.mantissa()) {
        Ok(digits) => format!("Decimal::new({digits}, {})", value.scale()),
        Err(_) => format!("Decimal::from_i128_with_scale({}, {})", value.mantissa(), value.scale()),
    }
}

/// Whether values of the Rust type are copied, not cloned.
pub(in crate::generate) fn is_copy(ty: &Type) -> bool {
    match ty {
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::Float
        | Type::Double
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::Decimal { .. }
        | Type::Enum(_) => true,
        Type::Optional(of) => is_copy(of),
        Type::Text | Type::Bytes | Type::List(_) | Type::Map(_) | Type::Record(_) => false,
    }
}
