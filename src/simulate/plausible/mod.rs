//! Plausible values by field name and type: what an actor types, what an external system answers.
//!
//! The words of a field's name choose among small lists ([`words`]), its type does the rest. All values are drawn
//! from the stream that is handed in.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::kit::{self, Millis, Rng, Timestamp};
use crate::record::{FieldSchema, RecordSchema, Type, Value};

/// A plausible value for every field of a record.
pub(super) fn record(schema: &RecordSchema, rng: &mut Rng, now: Timestamp) -> Vec<Value> {
    schema.fields.iter().map(|it| field(it, rng, now)).collect()
}

/// A plausible value for a field.
pub(super) fn field(field: &FieldSchema, rng: &mut Rng, now: Timestamp) -> Value {
    value(&field.label, &field.ty, rng, now)
}

fn value(label: &str, ty: &Type, rng: &mut Rng, now: Timestamp) -> Value {
    match ty {
        Type::Bool => Value::Bool(rng.chance(0.5)),
        Type::Int => Value::Int(whole(label, rng) as i32),
        Type::Long => Value::Long(whole(label, rng)),
        Type::Float => Value::Float(cents(label, rng) as f32 / 100.0),
        Type::Double => Value::Double(cents(label, rng) as f64 / 100.0),
        Type::Text => Value::text(text(label, rng)),
        Type::Bytes => Value::Bytes(Arc::from((rng.next_u64() as u32).to_be_bytes())),
        Type::Uuid => uuid(rng),
        Type::Date => Value::Date(date(label, rng, now)),
        Type::Time => Value::Time((rng.between(8 * 4, 20 * 4) * 900_000) as i32),
        Type::Timestamp => Value::Timestamp(now + Millis(rng.between(0, 7 * 24) * 3_600_000)),
        Type::Decimal { precision, scale } => Value::Decimal(decimal(label, *precision, *scale, rng)),
        Type::List(of) => {
            let count = rng.between(1, 3);
            Value::List((0..count).map(|_| value(label, of, rng, now)).collect())
        }
        Type::Map(of) => {
            let key = Arc::from(text("", rng).as_str());
            Value::Map(Arc::new(BTreeMap::from([(key, value(label, of, rng, now))])))
        }
        Type::Optional(of) => {
            // Drawn in any case, so that one field's luck does not shift the next field's value.
            let some = value(label, of, rng, now);
            if rng.chance(0.8) { some } else { Value::Null }
        }
        Type::Enum(schema) => rng.pick(&schema.symbols).map_or(Value::Null, |it| Value::Text(it.label.clone())),
        Type::Record(schema) => Value::record(record(schema, rng, now)),
    }
}

/// A random UUID (version 4).
pub(super) fn uuid(rng: &mut Rng) -> Value {
    let bits = (u128::from(rng.next_u64()) << 64) | u128::from(rng.next_u64());
    Value::Uuid(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
}

/// The list whose words occur in the label, if any.
fn list<'a, T>(label: &str, lists: &'a [(&[&str], T)]) -> Option<&'a T> {
    let words = kit::words(&kit::ascii_words(label).replace('_', " "));
    let has = |list: &&str| words.iter().any(|word| word == list || word.strip_suffix('s') == Some(list));
    lists.iter().find(|(names, _)| names.iter().any(&has)).map(|(_, values)| values)
}

fn text(label: &str, rng: &mut Rng) -> String {
    // Before the lists: an e-mail address is no street.
    if list(label, &[(&["email", "mail"], ())]).is_some() {
        let name = rng.pick(words::NAMES).copied().unwrap_or("someone");
        return format!("{}@example.org", name.to_lowercase());
    }
    if let Some(found) = list(label, words::TEXTS).and_then(|it| rng.pick(it)) {
        return (*found).to_owned();
    }
    if list(label, words::CODES).is_some() {
        return format!("{}-{:04}", kit::screaming(label).chars().take(3).collect::<String>(), rng.below(10_000));
    }
    let label = if label.trim().is_empty() { "word" } else { label.trim() };
    format!("{label} {}", rng.between(1, 99))
}

fn whole(label: &str, rng: &mut Rng) -> i64 {
    let (low, high) = list(label, words::WHOLE).copied().unwrap_or((1, 100));
    rng.between(low, high)
}

/// A number with two digits after the point, in hundredths: small ones more often than large ones.
fn cents(label: &str, rng: &mut Rng) -> i64 {
    let (low, high) = list(label, words::WHOLE).copied().unwrap_or((5, 100));
    let (low, high) = (low * 100, high * 100);
    let share = rng.unit();
    // Prices end in 0 or 5.
    let cents = low + ((high - low) as f64 * share * share.sqrt()) as i64;
    cents - cents.rem_euclid(5)
}

fn decimal(label: &str, precision: u32, scale: u32, rng: &mut Rng) -> Decimal {
    let most = 10i64.checked_pow(precision.min(18)).unwrap_or(i64::MAX) - 1;
    let unscaled = match scale {
        0 => cents(label, rng) / 100,
        1 => cents(label, rng) / 10,
        _ => cents(label, rng).saturating_mul(10i64.checked_pow(scale.min(18) - 2).unwrap_or(1)),
    };
    Decimal::try_new(unscaled.clamp(0, most), scale).unwrap_or_default()
}

fn date(label: &str, rng: &mut Rng, now: Timestamp) -> i32 {
    let today = now.0.div_euclid(Millis::DAY.0);
    let past = list(label, &[(&["birth", "birthday", "born"], ())]).is_some();
    let day = if past { today - rng.between(18 * 365, 80 * 365) } else { today + rng.between(0, 30) };
    i32::try_from(day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::Streams;

    #[test]
    fn every_value_fits_its_type() {
        let mut rng = Streams::new(7).stream("plausible");
        let line = RecordSchema::new("x.Line", vec![FieldSchema::new("dish", Type::Text)]);
        let words = crate::record::EnumSchema::new("x.Status", ["open", "closed"]);
        let types = [
            Type::Bool,
            Type::Int,
            Type::Long,
            Type::Float,
            Type::Double,
            Type::Text,
            Type::Bytes,
            Type::Uuid,
            Type::Date,
            Type::Time,
            Type::Timestamp,
            Type::Decimal { precision: 1, scale: 0 },
            Type::Decimal { precision: 2, scale: 2 },
            Type::Decimal { precision: 12, scale: 2 },
            Type::Decimal { precision: 28, scale: 28 },
            Type::list(Type::map(Type::Int)),
            Type::optional(Type::Text),
            Type::Enum(Arc::new(words)),
            Type::Record(Arc::new(line)),
        ];
        for label in ["total", "customer", "e-mail", "date of birth", "items", "", "größe", "order_id", "reason"] {
            for ty in &types {
                for _ in 0..20 {
                    let value = field(&FieldSchema::new(label, ty.clone()), &mut rng, Timestamp(1_767_258_000_000));
                    value.fits(ty).unwrap();
                }
            }
        }
    }

    #[test]
    fn names_of_fields_choose_the_values() {
        let mut rng = Streams::new(7).stream("plausible");
        let mut draw = |label: &str, ty: Type| field(&FieldSchema::new(label, ty), &mut rng, Timestamp(0)).to_string();
        assert!(words::NAMES.contains(&draw("customer", Type::Text).as_str()));
        assert!(draw("Email address", Type::Text).ends_with("@example.org"));
        assert!((1..=9).contains(&draw("items", Type::Int).parse().unwrap()));
        assert!(draw("depth of the sea", Type::Text).starts_with("depth of the sea "));
    }
}
