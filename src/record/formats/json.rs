//! JSON by type: readable, stable, exact.
//!
//! Numbers are numbers, except decimals, which are text so that no digit is lost; dates and times are ISO 8601, bytes
//! base64, floating point without a number `"NaN"`, `"Infinity"`. Records are objects by Avro name.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Node};

use super::{Format, FormatError};
use crate::record::{Type, Value};

/// The format.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn doc(&self) -> &'static str {
        "JSON text: readable, larger, field names in every record."
    }

    fn encode(&self, value: &Value, ty: &Type, out: &mut Vec<u8>) -> Result<(), FormatError> {
        value.fits(ty).map_err(|_| FormatError::mismatch(value, ty))?;
        out.extend_from_slice(to_json(value, ty).to_string().as_bytes());
        Ok(())
    }

    fn decode(&self, bytes: &[u8], ty: &Type) -> Result<Value, FormatError> {
        // serde_json refuses nesting beyond 128 levels.
        let node: Node = serde_json::from_slice(bytes)
            .map_err(|error| FormatError::Bad { at: error.column(), what: error.to_string() })?;
        from_json(&node, ty)
    }
}

/// The value as JSON. What does not fit the type is written by its own variant.
pub fn to_json(value: &Value, ty: &Type) -> Node {
    let float = |it: f64| match serde_json::Number::from_f64(it) {
        Some(number) => Node::Number(number),
        None if it.is_nan() => Node::from("NaN"),
        None => Node::from(if it > 0.0 { "Infinity" } else { "-Infinity" }),
    };
    match value {
        Value::Null => Node::Null,
        Value::Bool(it) => Node::Bool(*it),
        Value::Int(it) => Node::from(*it),
        Value::Long(it) => Node::from(*it),
        Value::Float(it) => match it.to_string().parse() {
            // By way of text, so that 0.1f32 is 0.1.
            Ok(short) if it.is_finite() => float(short),
            _ => float(f64::from(*it)),
        },
        Value::Double(it) => float(*it),
        Value::Text(it) => Node::from(&**it),
        Value::Bytes(_)
        | Value::Uuid(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Timestamp(_)
        | Value::Decimal(_) => Node::from(value.to_string()),
        Value::List(items) => {
            let of = match ty.required() {
                Type::List(of) => of,
                other => other,
            };
            Node::Array(items.iter().map(|it| to_json(it, of)).collect())
        }
        Value::Map(items) => {
            let of = match ty.required() {
                Type::Map(of) => of,
                other => other,
            };
            Node::Object(items.iter().map(|(key, it)| (key.to_string(), to_json(it, of))).collect())
        }
        Value::Record(values) => match ty.as_record() {
            Some(schema) => {
                let mut object = Map::new();
                for (field, value) in schema.fields.iter().zip(values.iter()) {
                    object.insert(field.name.to_string(), to_json(value, &field.ty));
                }
                Node::Object(object)
            }
            None => Node::Array(values.iter().map(|it| to_json(it, ty)).collect()),
        },
    }
}

/// Reads JSON by type, leniently: numbers may be in quotes, fields by any of their names, fields with a default left
/// out, fields that the type does not know are passed over.
pub fn from_json(node: &Node, ty: &Type) -> Result<Value, FormatError> {
    let wrong = || FormatError::Mismatch { found: format!("`{}`", shorten(node)), wanted: ty.to_string() };
    let text = |text: &str| match ty {
        Type::Text => Ok(Value::text(text)),
        Type::List(_) | Type::Map(_) | Type::Record(_) => Err(wrong()),
        ty => Value::parse(text, ty).map_err(|_| wrong()),
    };
    match (ty, node) {
        (Type::Optional(_), Node::Null) => Ok(Value::Null),
        (Type::Optional(of), it) => from_json(it, of),
        (Type::Bool, Node::Bool(it)) => Ok(Value::Bool(*it)),
        (Type::Float, Node::Number(it)) => it.as_f64().map(|it| Value::Float(it as f32)).ok_or_else(wrong),
        (Type::Double, Node::Number(it)) => it.as_f64().map(Value::Double).ok_or_else(wrong),
        (Type::Text, Node::Bool(_) | Node::Number(_)) => Ok(Value::text(node.to_string())),
        (Type::Date, Node::Number(it)) => {
            it.as_i64().and_then(|it| i32::try_from(it).ok()).map(Value::Date).ok_or_else(wrong)
        }
        (Type::Time, Node::Number(it)) => {
            let ms = it.as_i64().and_then(|it| i32::try_from(it).ok()).filter(|it| (0..86_400_000).contains(it));
            ms.map(Value::Time).ok_or_else(wrong)
        }
        (_, Node::Number(it)) => text(&it.to_string()),
        (_, Node::String(it)) => text(it),
        (Type::List(of), Node::Array(items)) => {
            Ok(Value::List(items.iter().map(|it| from_json(it, of)).collect::<Result<_, _>>()?))
        }
        (Type::Map(of), Node::Object(items)) => {
            let mut map = BTreeMap::new();
            for (key, it) in items {
                map.insert(Arc::from(key.as_str()), from_json(it, of)?);
            }
            Ok(Value::Map(Arc::new(map)))
        }
        (Type::Record(schema), Node::Object(items)) => {
            let mut values: Vec<Option<Value>> = vec![None; schema.fields.len()];
            for (key, it) in items {
                let found = schema.by_name(key).or_else(|| schema.find(key));
                if let Some((field, slot)) = found.and_then(|at| Some((schema.field(at)?, values.get_mut(at)?))) {
                    *slot = Some(from_json(it, &field.ty)?);
                }
            }
            let mut fields = Vec::with_capacity(values.len());
            for (value, field) in values.into_iter().zip(&schema.fields) {
                let value = value.or_else(|| field.effective_default().cloned());
                fields.push(value.ok_or_else(|| FormatError::Mismatch {
                    found: format!("an object without `{}`", field.name),
                    wanted: ty.to_string(),
                })?);
            }
            Ok(Value::record(fields))
        }
        _ => Err(wrong()),
    }
}

fn shorten(node: &Node) -> String {
    match node {
        Node::Array(_) => "an array".to_owned(),
        Node::Object(_) => "an object".to_owned(),
        other => other.to_string().chars().take(40).collect(),
    }
}
