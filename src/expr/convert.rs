//! Conversion between types (`CAST` and implied) and comparison of values.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::arithmetic::{decimal, to_scale};
use crate::kit::Timestamp;
use crate::record::{Type, Value};

const DAY: i64 = 86_400_000;

/// How two values that are not NULL compare; none where they do not (a floating point that is no number).
pub(super) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Long(a), Value::Long(b)) => Some(a.cmp(b)),
        (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
        (Value::Float(_) | Value::Double(_), right) => left.as_double()?.partial_cmp(&right.as_double()?),
        (left, Value::Float(_) | Value::Double(_)) => left.as_double()?.partial_cmp(&right.as_double()?),
        (Value::Int(_) | Value::Long(_), Value::Int(_) | Value::Long(_)) => {
            Some(left.as_long()?.cmp(&right.as_long()?))
        }
        (left, right) => match (decimal(left), decimal(right)) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => Some(left.cmp(right)),
        },
    }
}

/// Whether `CAST` knows a way.
pub(super) fn castable(from: &Type, to: &Type) -> bool {
    match (from.required(), to.required()) {
        (from, to) if from == to => true,
        (from, to) if from.is_numeric() && to.is_numeric() => true,
        (Type::Bytes | Type::List(_) | Type::Map(_) | Type::Record(_), Type::Text) => false,
        (_, Type::Text) => true,
        (Type::Text | Type::Enum(_), Type::List(_) | Type::Map(_) | Type::Record(_)) => false,
        (Type::Text | Type::Enum(_), _) => true,
        (Type::Timestamp, Type::Date | Type::Time) | (Type::Date, Type::Timestamp) => true,
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => castable(a, b),
        (Type::Record(a), Type::Record(b)) => {
            a.fields.len() == b.fields.len() && a.fields.iter().zip(&b.fields).all(|(a, b)| castable(&a.ty, &b.ty))
        }
        _ => false,
    }
}

/// Whether a value of one type stands for one of the other without a word: wider numbers, a word of an enum as
/// text, a record's fields of the same shape. Text becomes an enum or a UUID, which fails on a row where it is none.
pub(super) fn assignable(from: &Type, to: &Type) -> bool {
    match (from.required(), to.required()) {
        (from, to) if from == to => true,
        (Type::Int, Type::Long | Type::Float | Type::Double | Type::Decimal { .. }) => true,
        (Type::Long, Type::Double | Type::Decimal { .. }) => true,
        (Type::Decimal { .. }, Type::Decimal { .. } | Type::Double | Type::Float) => true,
        (Type::Float, Type::Double) | (Type::Double, Type::Float) => true,
        (Type::Enum(_) | Type::Uuid, Type::Text) | (Type::Text, Type::Enum(_) | Type::Uuid) => true,
        (Type::Enum(_), Type::Enum(_)) => true,
        (Type::Date, Type::Timestamp) => true,
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => assignable(a, b),
        (Type::Record(a), Type::Record(b)) => {
            a.fields.len() == b.fields.len() && a.fields.iter().zip(&b.fields).all(|(a, b)| assignable(&a.ty, &b.ty))
        }
        _ => false,
    }
}

/// The value as one of the type.
pub(super) fn convert(value: Cow<'_, Value>, to: &Type) -> Result<Value, String> {
    let to = to.required();
    let wrong = |it: &Value| format!("{} is not {to}", it.literal());
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let (Value::Text(text), false) = (&*value, matches!(to, Type::Text)) {
        return from_text(text, to);
    }
    let whole = |it: &Value| match it {
        Value::Int(_) | Value::Long(_) => it.as_long(),
        Value::Decimal(it) => it.trunc().to_i64(),
        // The conversion saturates, as Java's does; a number that is none is refused.
        Value::Float(_) | Value::Double(_) => it.as_double().filter(|it| it.is_finite()).map(|it| it as i64),
        _ => None,
    };
    let result = match to {
        Type::Optional(_) => None,
        Type::Bool => value.as_bool().map(Value::Bool),
        Type::Int => whole(&value).and_then(|it| i32::try_from(it).ok()).map(Value::Int),
        Type::Long => whole(&value).map(Value::Long),
        Type::Float => value.as_double().map(|it| Value::Float(it as f32)),
        Type::Double => value.as_double().map(Value::Double),
        Type::Decimal { precision, scale } => {
            let number = match &*value {
                it @ (Value::Float(_) | Value::Double(_)) => {
                    it.as_double().and_then(|it| it.to_string().parse::<Decimal>().ok())
                }
                it => decimal(it),
            };
            number.and_then(|it| to_scale(it, *precision, *scale)).map(Value::Decimal)
        }
        Type::Text => match &*value {
            Value::Text(_) => return Ok(value.into_owned()),
            Value::Bool(it) => Some(Value::text(if *it { "true" } else { "false" })),
            Value::Float(it) => Some(Value::text(format!("{it:?}"))),
            Value::Double(it) => Some(Value::text(format!("{it:?}"))),
            Value::Bytes(_) | Value::List(_) | Value::Map(_) | Value::Record(_) => None,
            it => Some(Value::text(it.to_string())),
        },
        Type::Date => match &*value {
            it @ Value::Date(_) => Some(it.clone()),
            Value::Timestamp(it) => i32::try_from(it.0.div_euclid(DAY)).ok().map(Value::Date),
            _ => None,
        },
        Type::Time => match &*value {
            it @ Value::Time(_) => Some(it.clone()),
            Value::Timestamp(it) => i32::try_from(it.0.rem_euclid(DAY)).ok().map(Value::Time),
            _ => None,
        },
        Type::Timestamp => match &*value {
            it @ Value::Timestamp(_) => Some(it.clone()),
            Value::Date(days) => Some(Value::Timestamp(Timestamp(i64::from(*days) * DAY))),
            _ => None,
        },
        Type::Bytes | Type::Uuid | Type::Enum(_) => return Ok(value.into_owned()),
        Type::List(of) => match &*value {
            Value::List(items) => {
                let items = items.iter().map(|it| convert(Cow::Borrowed(it), of));
                return Ok(Value::List(items.collect::<Result<_, _>>()?));
            }
            _ => None,
        },
        Type::Map(of) => match &*value {
            Value::Map(items) => {
                let items = items.iter().map(|(key, it)| Ok((key.clone(), convert(Cow::Borrowed(it), of)?)));
                return Ok(Value::Map(Arc::new(items.collect::<Result<_, String>>()?)));
            }
            _ => None,
        },
        Type::Record(schema) => match &*value {
            Value::Record(fields) => {
                let fields = fields.iter().zip(&schema.fields).map(|(it, to)| convert(Cow::Borrowed(it), &to.ty));
                return Ok(Value::Record(fields.collect::<Result<_, _>>()?));
            }
            _ => None,
        },
    };
    result.ok_or_else(|| wrong(&value))
}

/// A text as a value of the type.
pub(super) fn from_text(text: &str, to: &Type) -> Result<Value, String> {
    let wrong = || format!("'{}' is not {to}", text.chars().take(40).collect::<String>());
    let text = text.trim();
    match to.required() {
        Type::Text => Ok(Value::text(text)),
        Type::Enum(schema) => match schema.position(text) {
            Some(_) => Ok(Value::text(text)),
            None => Err(wrong()),
        },
        Type::Decimal { precision, scale } => {
            let number = text.parse::<Decimal>().ok().and_then(|it| to_scale(it, *precision, *scale));
            number.map(Value::Decimal).ok_or_else(wrong)
        }
        to => Value::parse(text, to).map_err(|_| wrong()),
    }
}
