//! Values: what a field holds.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rust_decimal::Decimal;
use uuid::Uuid;

use super::Type;
use crate::kit::{Millis, Timestamp};

/// A value. It does not carry its type: a record is positional to its schema, an enum value is the word's label.
///
/// Equality and order are total (floating point by IEEE 754 `totalOrder`) and do not convert: `Int(1)` is not
/// `Long(1)`. Comparison by KSQL's rules is the business of expressions.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// 32 bits, signed.
    Int(i32),
    /// 64 bits, signed.
    Long(i64),
    /// 32 bits, floating point.
    Float(f32),
    /// 64 bits, floating point.
    Double(f64),
    /// Text, or the label of an enum's word.
    Text(Arc<str>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A UUID.
    Uuid(Uuid),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since midnight.
    Time(i32),
    /// A point in time.
    Timestamp(Timestamp),
    /// A decimal number.
    Decimal(Decimal),
    /// Several values of one type.
    List(Vec<Value>),
    /// Values by text key. Clones share them; a value is no larger for what few values are.
    Map(Arc<BTreeMap<Arc<str>, Value>>),
    /// The fields of a record in the order of its schema. Clones share them.
    Record(Arc<[Value]>),
}

/// A value that does not fit a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {found} is not {wanted}")]
pub struct TypeMismatch {
    /// The path of the field, or `value`.
    pub at: String,
    /// What was there, shortened.
    pub found: String,
    /// The type that was wanted.
    pub wanted: String,
}

impl Value {
    /// A point in time as a value of the type; NULL where it is none of a time.
    pub fn of_time(time: Timestamp, ty: &Type) -> Self {
        match ty.required() {
            Type::Timestamp => Self::Timestamp(time),
            Type::Date => i32::try_from(time.0.div_euclid(Millis::DAY.0)).map_or(Self::Null, Self::Date),
            Type::Time => i32::try_from(time.0.rem_euclid(Millis::DAY.0)).map_or(Self::Null, Self::Time),
            Type::Long => Self::Long(time.0),
            Type::Text => Self::text(time.to_string()),
            _ => Self::Null,
        }
    }

    /// A text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    /// A record of these fields.
    pub fn record(fields: impl Into<Arc<[Self]>>) -> Self {
        Self::Record(fields.into())
    }

    /// A record of so many fields, made one after the other.
    ///
    /// # Errors
    /// The first that `field` gives.
    pub fn try_record<E>(count: usize, mut field: impl FnMut(usize) -> Result<Self, E>) -> Result<Self, E> {
        // Filled in place: collecting results first would copy them once more.
        let mut fields: Arc<[Self]> = (0..count).map(|_| Self::Null).collect();
        if let Some(slots) = Arc::get_mut(&mut fields) {
            for (at, slot) in slots.iter_mut().enumerate() {
                *slot = field(at)?;
            }
        }
        Ok(Self::Record(fields))
    }

    /// A UUID that follows from a word: the same word is the same UUID always (version 8, from SHA-256).
    ///
    /// So an example may say `order = 'o1'` where the order is a UUID.
    pub fn uuid_of_word(word: &str) -> Self {
        use sha2::Digest as _;
        let hash = sha2::Sha256::digest(format!("stormglass:{word}"));
        let mut bytes = [0u8; 16];
        for (slot, byte) in bytes.iter_mut().zip(hash.iter()) {
            *slot = *byte;
        }
        Self::Uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Whether it is [`Value::Null`].
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(it) => Some(*it),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn as_long(&self) -> Option<i64> {
        match self {
            Self::Int(it) => Some(i64::from(*it)),
            Self::Long(it) => Some(*it),
            _ => None,
        }
    }

    /// The number as floating point, if it is a number.
    pub fn as_double(&self) -> Option<f64> {
        use rust_decimal::prelude::ToPrimitive as _;
        match self {
            Self::Int(it) => Some(f64::from(*it)),
            Self::Long(it) => Some(*it as f64),
            Self::Float(it) => Some(f64::from(*it)),
            Self::Double(it) => Some(*it),
            Self::Decimal(it) => it.to_f64(),
            _ => None,
        }
    }

    /// The fields, if it is a record.
    pub fn as_record(&self) -> Option<&[Value]> {
        match self {
            Self::Record(fields) => Some(fields),
            _ => None,
        }
    }

    /// The field at that place, if it is a record that has one.
    pub fn field(&self, at: usize) -> Option<&Value> {
        self.as_record()?.get(at)
    }

    /// The name of its variant, as types are written on a sticky.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Long(_) => "long",
            Self::Float(_) => "float",
            Self::Double(_) => "double",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Uuid(_) => "uuid",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::Timestamp(_) => "timestamp",
            Self::Decimal(_) => "decimal",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Record(_) => "record",
        }
    }

    /// Whether the value is one of that type.
    pub fn fits(&self, ty: &Type) -> Result<(), TypeMismatch> {
        self.fits_at(ty, &mut Vec::new())
    }

    fn fits_at(&self, ty: &Type, path: &mut Vec<String>) -> Result<(), TypeMismatch> {
        let ok = match (ty, self) {
            (Type::Optional(_), Self::Null) => true,
            (Type::Optional(of), it) => return it.fits_at(of, path),
            (Type::Bool, Self::Bool(_))
            | (Type::Int, Self::Int(_))
            | (Type::Long, Self::Long(_))
            | (Type::Float, Self::Float(_))
            | (Type::Double, Self::Double(_))
            | (Type::Text, Self::Text(_))
            | (Type::Bytes, Self::Bytes(_))
            | (Type::Uuid, Self::Uuid(_))
            | (Type::Date, Self::Date(_))
            | (Type::Timestamp, Self::Timestamp(_)) => true,
            (Type::Time, Self::Time(ms)) => (0..86_400_000).contains(ms),
            (Type::Decimal { precision, scale }, Self::Decimal(it)) => decimal_fits(*it, *precision, *scale),
            (Type::Enum(schema), Self::Text(label)) => schema.position(label).is_some(),
            (Type::List(of), Self::List(items)) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(format!("[{}]", at + 1));
                    item.fits_at(of, path)?;
                    path.pop();
                }
                true
            }
            (Type::Map(of), Self::Map(items)) => {
                for (key, item) in items.iter() {
                    path.push(format!("['{key}']"));
                    item.fits_at(of, path)?;
                    path.pop();
                }
                true
            }
            (Type::Record(schema), Self::Record(values)) if schema.fields.len() == values.len() => {
                for (field, value) in schema.fields.iter().zip(values.iter()) {
                    path.push(field.label.to_string());
                    value.fits_at(&field.ty, path)?;
                    path.pop();
                }
                true
            }
            _ => false,
        };
        if ok {
            return Ok(());
        }
        let at = if path.is_empty() { "value".to_owned() } else { path.join(".").replace(".[", "[") };
        let found = match self {
            Self::Null => "NULL".to_owned(),
            it => format!("{} `{}`", it.kind(), it.to_string().chars().take(40).collect::<String>()),
        };
        Err(TypeMismatch { at, found, wanted: ty.to_string() })
    }

    /// The value as it is written in an expression or a scenario: text in quotes.
    pub fn literal(&self) -> String {
        match self {
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Self::Uuid(_) | Self::Date(_) | Self::Time(_) | Self::Timestamp(_) | Self::Bytes(_) => format!("'{self}'"),
            it => it.to_string(),
        }
    }

    /// Where its variant stands in the order of all values.
    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(_) => 1,
            Self::Int(_) => 2,
            Self::Long(_) => 3,
            Self::Float(_) => 4,
            Self::Double(_) => 5,
            Self::Text(_) => 6,
            Self::Bytes(_) => 7,
            Self::Uuid(_) => 8,
            Self::Date(_) => 9,
            Self::Time(_) => 10,
            Self::Timestamp(_) => 11,
            Self::Decimal(_) => 12,
            Self::List(_) => 13,
            Self::Map(_) => 14,
            Self::Record(_) => 15,
        }
    }
}

/// Whether the number has at most that many digits, and no more than `scale` of them after the point.
pub(super) fn decimal_fits(it: Decimal, precision: u32, scale: u32) -> bool {
    let it = it.normalize();
    let Some(power) = 10i128.checked_pow(precision) else { return false };
    let Some(lift) = scale.checked_sub(it.scale()).and_then(|it| 10i128.checked_pow(it)) else { return false };
    it.mantissa().checked_mul(lift).is_some_and(|unscaled| unscaled.abs() < power)
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) | (Self::Date(a), Self::Date(b)) | (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::Long(a), Self::Long(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(b),
            (Self::Double(a), Self::Double(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            (Self::Uuid(a), Self::Uuid(b)) => a.cmp(b),
            (Self::Timestamp(a), Self::Timestamp(b)) => a.cmp(b),
            (Self::Decimal(a), Self::Decimal(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => a.cmp(b),
            (Self::Record(a), Self::Record(b)) => a.cmp(b),
            (Self::Map(a), Self::Map(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u8(self.rank());
        match self {
            Self::Null => {}
            Self::Bool(it) => it.hash(state),
            Self::Int(it) | Self::Date(it) | Self::Time(it) => it.hash(state),
            Self::Long(it) => it.hash(state),
            Self::Float(it) => it.to_bits().hash(state),
            Self::Double(it) => it.to_bits().hash(state),
            Self::Text(it) => it.hash(state),
            Self::Bytes(it) => it.hash(state),
            Self::Uuid(it) => it.hash(state),
            Self::Timestamp(it) => it.hash(state),
            Self::Decimal(it) => it.hash(state),
            Self::List(items) => items.hash(state),
            Self::Map(items) => items.hash(state),
            Self::Record(fields) => fields.hash(state),
        }
    }
}

impl fmt::Display for Value {
    /// For people: text without quotes, except inside a list, map or record.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.pad("NULL"),
            Self::Bool(it) => f.pad(if *it { "TRUE" } else { "FALSE" }),
            Self::Int(it) => it.fmt(f),
            Self::Long(it) => it.fmt(f),
            Self::Float(it) => it.fmt(f),
            Self::Double(it) => it.fmt(f),
            Self::Text(it) => f.pad(it),
            Self::Bytes(it) => {
                use base64::Engine as _;
                f.pad(&base64::engine::general_purpose::STANDARD.encode(it))
            }
            Self::Uuid(it) => f.pad(&it.to_string()),
            Self::Date(days) => f.pad(&super::text::date_text(*days)),
            Self::Time(ms) => f.pad(&super::text::time_text(*ms)),
            Self::Timestamp(it) => it.fmt(f),
            Self::Decimal(it) => it.fmt(f),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { ", " }, item.literal())?;
                }
                f.write_str("]")
            }
            Self::Map(items) => {
                f.write_str("{")?;
                for (at, (key, item)) in items.iter().enumerate() {
                    let key = key.replace('\'', "''");
                    write!(f, "{}'{key}': {}", if at == 0 { "" } else { ", " }, item.literal())?;
                }
                f.write_str("}")
            }
            Self::Record(fields) => {
                f.write_str("(")?;
                for (at, item) in fields.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { ", " }, item.literal())?;
                }
                f.write_str(")")
            }
        }
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<i32> for Value {
    fn from(it: i32) -> Self {
        Self::Int(it)
    }
}

impl From<i64> for Value {
    fn from(it: i64) -> Self {
        Self::Long(it)
    }
}

impl From<f64> for Value {
    fn from(it: f64) -> Self {
        Self::Double(it)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::text(it)
    }
}

impl From<Decimal> for Value {
    fn from(it: Decimal) -> Self {
        Self::Decimal(it)
    }
}

impl From<Timestamp> for Value {
    fn from(it: Timestamp) -> Self {
        Self::Timestamp(it)
    }
}
