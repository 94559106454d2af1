//! Values as people type them in forms and scenarios, read by type.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;
use rust_decimal::Decimal;

use super::value::decimal_fits;
use super::{Type, Value};
use crate::kit::Timestamp;

/// A text that is no value of the type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {wanted}{hint}")]
pub struct ParseValueError {
    /// What was typed, shortened.
    pub text: String,
    /// The type that was wanted.
    pub wanted: String,
    /// What to write instead.
    pub hint: String,
}

/// Values may be nested this deep.
const DEPTH: usize = 32;

impl Value {
    /// Reads what somebody typed: `'abc'` or `abc`, `12.50`, `TRUE`, `2026-11-23`, `['a', 'b']`, `{name: 'x', count: 2}`.
    ///
    /// `NULL` is nothing where the type is optional; in quotes it is the text. A record may leave out fields that
    /// have a default.
    pub fn parse(text: &str, ty: &Type) -> Result<Self, ParseValueError> {
        read(text, ty, false, DEPTH)
    }

    /// The same, but where a UUID is wanted any word does: `o1` is the UUID that [`Value::uuid_of_word`] gives.
    pub fn parse_with_words(text: &str, ty: &Type) -> Result<Self, ParseValueError> {
        read(text, ty, true, DEPTH)
    }
}

fn read(text: &str, ty: &Type, words: bool, depth: usize) -> Result<Value, ParseValueError> {
    let text = text.trim();
    let wrong = |hint: &str| ParseValueError {
        text: text.chars().take(40).collect(),
        wanted: ty.to_string(),
        hint: if hint.is_empty() { String::new() } else { format!("; {hint}") },
    };
    let Some(depth) = depth.checked_sub(1) else { return Err(wrong("it is nested too deep")) };
    if let Type::Optional(of) = ty {
        let none = text.is_empty() && **of != Type::Text || text.eq_ignore_ascii_case("null");
        return if none { Ok(Value::Null) } else { read(text, of, words, depth) };
    }
    let bare = unquote(text);
    let plain = bare.trim();
    let value = match ty {
        Type::Optional(_) => None,
        Type::Bool => match plain.to_ascii_lowercase().as_str() {
            "true" | "yes" | "t" | "y" | "1" => Some(Value::Bool(true)),
            "false" | "no" | "f" | "n" | "0" => Some(Value::Bool(false)),
            _ => return Err(wrong("write TRUE or FALSE")),
        },
        Type::Int => plain.parse().ok().map(Value::Int),
        Type::Long => plain.parse().ok().map(Value::Long),
        Type::Float => plain.parse().ok().map(Value::Float),
        Type::Double => plain.parse().ok().map(Value::Double),
        Type::Text => Some(Value::text(&bare)),
        Type::Bytes => {
            use base64::Engine as _;
            let bytes = base64::engine::general_purpose::STANDARD.decode(plain);
            return bytes.map(|it| Value::Bytes(it.into())).map_err(|_| wrong("write base64"));
        }
        Type::Uuid => match uuid::Uuid::try_parse(plain) {
            Ok(uuid) => Some(Value::Uuid(uuid)),
            Err(_) if words && !plain.is_empty() => Some(Value::uuid_of_word(plain)),
            Err(_) => return Err(wrong("write it as 6f1c0a52-0000-4000-8000-000000000001")),
        },
        Type::Date => return parse_date(plain).map(Value::Date).ok_or_else(|| wrong("write it as 2026-11-23")),
        Type::Time => return parse_time(plain).map(Value::Time).ok_or_else(|| wrong("write it as 08:30")),
        Type::Timestamp => {
            let time = parse_timestamp(plain).map(Value::Timestamp);
            return time.ok_or_else(|| wrong("write it as 2026-11-23T08:30:00Z"));
        }
        Type::Decimal { precision, scale } => {
            return parse_decimal(plain, *precision, *scale)
                .map(Value::Decimal)
                .ok_or_else(|| wrong("write for example 12.50, with no more digits than the type has"));
        }
        Type::Enum(schema) => match schema.find(plain) {
            Some(symbol) => Some(Value::Text(symbol.label.clone())),
            None => return Err(wrong("write one of its words")),
        },
        Type::List(of) => {
            let inner = strip(text, '[', ']').ok_or_else(|| wrong("write it as [a, b]"))?;
            let items = split(inner).into_iter().map(|it| read(it, of, words, depth)).collect::<Result<_, _>>()?;
            Some(Value::List(items))
        }
        Type::Map(of) => {
            let inner = strip(text, '{', '}').ok_or_else(|| wrong("write it as {a: 1, b: 2}"))?;
            let mut items = BTreeMap::new();
            for entry in split(inner) {
                let (key, value) = entry_of(entry).ok_or_else(|| wrong("write it as {a: 1, b: 2}"))?;
                items.insert(Arc::from(&*unquote(key)), read(value, of, words, depth)?);
            }
            Some(Value::Map(Arc::new(items)))
        }
        Type::Record(schema) => {
            let inner = strip(text, '{', '}').or_else(|| strip(text, '(', ')'));
            let inner = inner.ok_or_else(|| wrong("write it as {name: 'x', count: 2}"))?;
            let mut values: Vec<Option<Value>> = vec![None; schema.fields.len()];
            for entry in split(inner) {
                let (key, value) = entry_of(entry).ok_or_else(|| wrong("write it as {name: 'x', count: 2}"))?;
                let key = unquote(key);
                let found = schema.find(&key).and_then(|at| Some((schema.fields.get(at)?, values.get_mut(at)?)));
                let (field, slot) = found.ok_or_else(|| wrong(&format!("it has no field `{key}`")))?;
                *slot = Some(read(value, &field.ty, words, depth)?);
            }
            let mut fields = Vec::with_capacity(values.len());
            for (value, field) in values.into_iter().zip(&schema.fields) {
                let value = value.or_else(|| field.effective_default().cloned());
                fields.push(value.ok_or_else(|| wrong(&format!("`{}` is missing", field.label)))?);
            }
            Some(Value::record(fields))
        }
    };
    value.ok_or_else(|| wrong(""))
}

/// The text without its quotes: `'it''s'`, or `"..."` with JSON's escapes.
fn unquote(text: &str) -> String {
    let text = text.trim();
    if text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'') {
        return text.get(1..text.len() - 1).unwrap_or_default().replace("''", "'");
    }
    if text.len() >= 2 && text.starts_with('"') && text.ends_with('"') {
        return serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned());
    }
    text.to_owned()
}

fn strip(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

/// The parts between commas that are outside quotes and brackets; none if the text is blank.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    scan(text, |at, c| {
        if c == ',' {
            parts.push(text.get(from..at).unwrap_or_default());
            from = at + 1;
        }
        true
    });
    let last = text.get(from..).unwrap_or_default();
    if !parts.is_empty() || !last.trim().is_empty() {
        parts.push(last);
    }
    parts
}

/// `key: value`, `key = value` or `key := value`.
fn entry_of(text: &str) -> Option<(&str, &str)> {
    let mut at_sign = None;
    scan(text, |at, c| {
        if matches!(c, ':' | '=') {
            at_sign = Some(at);
            return false;
        }
        true
    });
    let at = at_sign?;
    let value = text.get(at + 1..)?;
    let value = if text.get(at..)?.starts_with(":=") { value.get(1..)? } else { value };
    Some((text.get(..at)?.trim(), value))
}

/// Calls `visit` with every character outside quotes and brackets until it says stop.
fn scan(text: &str, mut visit: impl FnMut(usize, char) -> bool) {
    let (mut quote, mut depth, mut escaped) = (None, 0i32, false);
    for (at, c) in text.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None => match c {
                '\'' | '"' => quote = Some(c),
                '[' | '{' | '(' => depth += 1,
                ']' | '}' | ')' => depth -= 1,
                c if depth == 0 && !visit(at, c) => return,
                _ => {}
            },
        }
    }
}

/// Days since 1970-01-01 of `2026-11-23`.
pub(in crate::record) fn parse_date(text: &str) -> Option<i32> {
    let date: civil::Date = text.parse().ok()?;
    let span = civil::date(1970, 1, 1).until((jiff::Unit::Day, date)).ok()?;
    Some(span.get_days())
}

/// `2026-11-23` of days since 1970-01-01; the number itself where the calendar ends.
pub(in crate::record) fn date_text(days: i32) -> String {
    let span = jiff::Span::new().try_days(days);
    match span.and_then(|it| civil::date(1970, 1, 1).checked_add(it)) {
        Ok(date) => date.to_string(),
        Err(_) => format!("{days} days"),
    }
}

/// Milliseconds since midnight of `08:30`, `08:30:15.250`.
pub(in crate::record) fn parse_time(text: &str) -> Option<i32> {
    let time: civil::Time = text.parse().ok()?;
    let seconds = i32::from(time.hour()) * 3_600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    Some(seconds * 1_000 + i32::from(time.millisecond()))
}

/// `08:30:15.250` of milliseconds since midnight.
pub(in crate::record) fn time_text(ms: i32) -> String {
    let (seconds, ms) = (ms.div_euclid(1_000), ms.rem_euclid(1_000));
    let text = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if ms == 0 { text } else { format!("{text}.{ms:03}") }
}

/// A point in time: RFC 3339, a date and time without zone (UTC), a date (its midnight, UTC), or milliseconds.
pub(in crate::record) fn parse_timestamp(text: &str) -> Option<Timestamp> {
    if let Ok(ms) = text.parse() {
        return Some(Timestamp(ms));
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(time.as_millisecond()));
    }
    let local: civil::DateTime = text.parse().ok()?;
    let zoned = jiff::tz::Offset::UTC.to_timestamp(local).ok()?;
    Some(Timestamp(zoned.as_millisecond()))
}

/// A decimal number rescaled to the type, if that loses no digit.
pub(in crate::record) fn parse_decimal(text: &str, precision: u32, scale: u32) -> Option<Decimal> {
    let mut it = Decimal::from_str_exact(text).ok().or_else(|| Decimal::from_scientific(text).ok())?;
    if !decimal_fits(it, precision, scale) {
        return None;
    }
    it.rescale(scale);
    Some(it)
}

#[cfg(test)]
mod tests {
    use super::super::{EnumSchema, FieldSchema, RecordSchema};
    use super::*;

    fn show(text: &str, ty: &Type) -> String {
        match Value::parse(text, ty) {
            Ok(value) => {
                value.fits(ty).unwrap();
                assert_eq!(Value::parse(&value.literal(), ty).as_ref(), Ok(&value));
                value.literal()
            }
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn reads_what_people_type() {
        let status = Type::Enum(Arc::new(EnumSchema::new("S", ["open", "in progress"])));
        for (text, ty, want) in [
            ("abc", Type::Text, "'abc'"),
            ("'it''s'", Type::Text, "'it''s'"),
            ("'", Type::Text, "''''"),
            ("12.5", Type::Decimal { precision: 12, scale: 2 }, "12.50"),
            ("'7'", Type::Int, "7"),
            ("yes", Type::Bool, "TRUE"),
            ("null", Type::optional(Type::Int), "NULL"),
            ("2026-11-23", Type::Date, "'2026-11-23'"),
            ("8:30", Type::Time, "error: `8:30` is not time; write it as 08:30"),
            ("08:30", Type::Time, "'08:30:00'"),
            ("2026-11-23T08:30:00+01:00", Type::Timestamp, "'2026-11-23T07:30:00.000Z'"),
            ("2026-11-23", Type::Timestamp, "'2026-11-23T00:00:00.000Z'"),
            ("In Progress", status, "'in progress'"),
            ("[1, 2,3]", Type::list(Type::Int), "[1, 2, 3]"),
            ("[]", Type::list(Type::Int), "[]"),
            ("['a,b', \"c\\\"]\"]", Type::list(Type::Text), "['a,b', 'c\"]']"),
            ("{a: [1], 'b:c' = [2]}", Type::map(Type::list(Type::Int)), "{'a': [1], 'b:c': [2]}"),
            ("AQI=", Type::Bytes, "'AQI='"),
        ] {
            assert_eq!(show(text, &ty), want, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, ty) in [
            ("abc", Type::Int),
            ("3000000000", Type::Int),
            ("12.555", Type::Decimal { precision: 12, scale: 2 }),
            ("99999999999", Type::Decimal { precision: 12, scale: 2 }),
            ("maybe", Type::Bool),
            ("NULL", Type::Int),
            ("o1", Type::Uuid),
            ("2026-02-30", Type::Date),
            ("1, 2", Type::list(Type::Int)),
            ("{a}", Type::map(Type::Int)),
        ] {
            assert!(Value::parse(text, &ty).is_err(), "{text}");
        }
        let mut deep = Type::Int;
        for _ in 0..40 {
            deep = Type::list(deep);
        }
        let text = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert!(Value::parse(&text, &deep).is_err());
    }

    #[test]
    fn records_by_any_name() {
        let schema = RecordSchema::new(
            "x.Line",
            vec![
                FieldSchema::new("item name", Type::Text),
                FieldSchema::new("count", Type::Int),
                FieldSchema::new("note", Type::optional(Type::Text)),
            ],
        );
        let ty = Type::Record(Arc::new(schema));
        let want = Value::record(vec![Value::text("tea"), Value::Int(2), Value::Null]);
        assert_eq!(Value::parse("(item name = tea, count = 2)", &ty), Ok(want.clone()));
        assert_eq!(Value::parse("{\"item_name\": \"tea\", \"COUNT\": 2}", &ty), Ok(want));
        assert!(Value::parse("(count = 2)", &ty).unwrap_err().to_string().contains("`item name` is missing"));
        assert!(Value::parse("(cuont = 2)", &ty).unwrap_err().to_string().contains("no field `cuont`"));
    }

    #[test]
    fn a_word_is_one_uuid() {
        assert_eq!(Value::parse_with_words("'o1'", &Type::Uuid), Ok(Value::uuid_of_word("o1")));
        assert_ne!(Value::uuid_of_word("o1"), Value::uuid_of_word("o2"));
        insta::assert_snapshot!(Value::uuid_of_word("o1"), @"f1f00c43-7917-8cd3-9460-30d6b014eb03");
    }
}
