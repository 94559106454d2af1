//! Types of values and the schemas of records.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Value;
use crate::kit;

/// The type of a value. Types are finite trees: a record never contains itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// True or false.
    Bool,
    /// 32 bits, signed.
    Int,
    /// 64 bits, signed.
    Long,
    /// 32 bits, floating point.
    Float,
    /// 64 bits, floating point.
    Double,
    /// Unicode text.
    Text,
    /// Bytes.
    Bytes,
    /// A UUID.
    Uuid,
    /// A calendar date.
    Date,
    /// A time of day, to the millisecond.
    Time,
    /// A point in time, to the millisecond.
    Timestamp,
    /// A decimal number.
    Decimal {
        /// Digits in all, 1 to 28.
        precision: u32,
        /// Digits after the point, at most `precision`.
        scale: u32,
    },
    /// Several of one type.
    List(Arc<Type>),
    /// Values by text key.
    Map(Arc<Type>),
    /// A value that may be missing.
    Optional(Arc<Type>),
    /// One of a few words.
    Enum(Arc<EnumSchema>),
    /// Several named fields.
    Record(Arc<RecordSchema>),
}

impl Type {
    /// The most digits a decimal may have.
    pub const MAX_PRECISION: u32 = 28;

    /// A list of `of`.
    pub fn list(of: Self) -> Self {
        Self::List(Arc::new(of))
    }

    /// A map from text to `of`.
    pub fn map(of: Self) -> Self {
        Self::Map(Arc::new(of))
    }

    /// `of` or nothing; an optional of an optional is that optional.
    pub fn optional(of: Self) -> Self {
        match of {
            Self::Optional(_) => of,
            of => Self::Optional(Arc::new(of)),
        }
    }

    /// The type without its outermost optional.
    pub fn required(&self) -> &Self {
        match self {
            Self::Optional(of) => of,
            of => of,
        }
    }

    /// Whether the value may be missing.
    pub fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// Whether it is a number, optional or not.
    pub fn is_numeric(&self) -> bool {
        matches!(self.required(), Self::Int | Self::Long | Self::Float | Self::Double | Self::Decimal { .. })
    }

    /// The schema, if it is a record, optional or not.
    pub fn as_record(&self) -> Option<&Arc<RecordSchema>> {
        match self.required() {
            Self::Record(schema) => Some(schema),
            _ => None,
        }
    }

    /// The value that stands for "nothing yet": zero, the empty text, the first word of an enum, NULL for an optional.
    pub fn zero(&self) -> Value {
        match self {
            Self::Bool => Value::Bool(false),
            Self::Int => Value::Int(0),
            Self::Long => Value::Long(0),
            Self::Float => Value::Float(0.0),
            Self::Double => Value::Double(0.0),
            Self::Text => Value::text(""),
            Self::Bytes => Value::Bytes(Arc::from([])),
            Self::Uuid => Value::Uuid(uuid::Uuid::nil()),
            Self::Date => Value::Date(0),
            Self::Time => Value::Time(0),
            Self::Timestamp => Value::Timestamp(kit::Timestamp::EPOCH),
            Self::Decimal { scale, .. } => Value::Decimal(rust_decimal::Decimal::new(0, *scale)),
            Self::List(_) => Value::List(Vec::new()),
            Self::Map(_) => Value::Map(Arc::default()),
            Self::Optional(_) => Value::Null,
            Self::Enum(schema) => schema.symbols.first().map_or(Value::Null, |it| Value::Text(it.label.clone())),
            Self::Record(schema) => Value::Record(schema.fields.iter().map(|it| it.ty.zero()).collect()),
        }
    }
}

impl fmt::Display for Type {
    /// As people write it on a sticky: `list<decimal(12,2)>`, `text?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Int => f.write_str("int"),
            Self::Long => f.write_str("long"),
            Self::Float => f.write_str("float"),
            Self::Double => f.write_str("double"),
            Self::Text => f.write_str("text"),
            Self::Bytes => f.write_str("bytes"),
            Self::Uuid => f.write_str("uuid"),
            Self::Date => f.write_str("date"),
            Self::Time => f.write_str("time"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Decimal { precision, scale } => write!(f, "decimal({precision},{scale})"),
            Self::List(of) => write!(f, "list<{of}>"),
            Self::Map(of) => write!(f, "map<{of}>"),
            Self::Optional(of) => write!(f, "{of}?"),
            Self::Enum(schema) => {
                f.write_str("enum(")?;
                for (at, symbol) in schema.symbols.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { "|" }, symbol.label)?;
                }
                f.write_str(")")
            }
            Self::Record(schema) => f.write_str(schema.short_name()),
        }
    }
}

/// The words of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumSchema {
    /// Its Avro full name.
    pub name: Arc<str>,
    /// Its words in order; not empty, no two alike.
    pub symbols: Vec<EnumSymbol>,
}

/// One word of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumSymbol {
    /// Its Avro symbol, a legal Avro name.
    pub name: Arc<str>,
    /// As written on the board. This is what a [`Value::Text`] of the enum holds.
    pub label: Arc<str>,
}

impl EnumSchema {
    /// An enum of those words. A word that is no legal Avro name gets one; two that fall together are numbered.
    pub fn new(name: impl Into<Arc<str>>, words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut symbols: Vec<EnumSymbol> = Vec::new();
        for word in words {
            let label = word.as_ref();
            let legal = if is_avro_name(label) { label.to_owned() } else { avro_name(&kit::snake(label)) };
            let mut unique = legal.clone();
            let mut count = 1;
            while symbols.iter().any(|it| *it.name == *unique) {
                count += 1;
                unique = format!("{legal}_{count}");
            }
            symbols.push(EnumSymbol { name: unique.into(), label: label.into() });
        }
        Self { name: name.into(), symbols }
    }

    /// The place of the word with that label.
    pub fn position(&self, label: &str) -> Option<usize> {
        self.symbols.iter().position(|it| *it.label == *label)
    }

    /// The word that somebody typed: by label, else by label or symbol in any case.
    pub fn find(&self, text: &str) -> Option<&EnumSymbol> {
        let folded = kit::fold(text);
        self.symbols.iter().find(|it| *it.label == *text).or_else(|| {
            self.symbols.iter().find(|it| kit::fold(&it.label) == folded || it.name.eq_ignore_ascii_case(text))
        })
    }
}

/// The schema of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSchema {
    /// Its Avro full name, as `food.ordering.OrderPlaced`.
    pub name: Arc<str>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Its fields in order; ids, names and columns are unique.
    pub fields: Vec<FieldSchema>,
}

impl RecordSchema {
    /// A record of those fields.
    pub fn new(name: impl Into<Arc<str>>, fields: Vec<FieldSchema>) -> Self {
        Self { name: name.into(), doc: None, fields }
    }

    /// The part of the full name after the last dot.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or_default()
    }

    /// The part of the full name before the last dot.
    pub fn namespace(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(space, _)| space)
    }

    /// The place of the field with that id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|it| *it.id == *id)
    }

    /// The place of the field with that Avro name.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|it| *it.name == *name)
    }

    /// The place of the field with that KSQL column.
    pub fn by_column(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|it| *it.column == *column)
    }

    /// The place of the field that somebody meant: by label, Avro name or column in any case.
    pub fn find(&self, text: &str) -> Option<usize> {
        let folded = kit::fold(text);
        self.by_id(&folded).or_else(|| {
            self.fields.iter().position(|it| it.name.eq_ignore_ascii_case(text) || it.column.eq_ignore_ascii_case(text))
        })
    }

    /// The place of the first key field.
    pub fn key(&self) -> Option<usize> {
        self.fields.iter().position(|it| it.key)
    }

    /// The field at that place.
    pub fn field(&self, at: usize) -> Option<&FieldSchema> {
        self.fields.get(at)
    }
}

/// One field of a record. Its names in the outputs differ; its id is what makes it one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSchema {
    /// Its identity: the folded label.
    pub id: Arc<str>,
    /// Its Avro name, a legal one.
    pub name: Arc<str>,
    /// Its name as written.
    pub label: Arc<str>,
    /// Its KSQL column, as `ORDER_LINE`.
    pub column: Arc<str>,
    /// Its type.
    pub ty: Type,
    /// Whether it is the key, or part of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// What stands in where older data has no such field. An optional field without one defaults to NULL.
    #[serde(skip)]
    pub default: Option<Value>,
}

impl FieldSchema {
    /// A field with the names that follow from its label: `order line` is `order_line` in Avro and `ORDER_LINE` in KSQL.
    pub fn new(label: impl AsRef<str>, ty: Type) -> Self {
        let label = label.as_ref();
        let name = avro_name(&kit::snake(label));
        Self {
            id: kit::fold(label).into(),
            column: name.to_ascii_uppercase().into(),
            name: name.into(),
            label: label.into(),
            ty,
            key: false,
            doc: None,
            default: None,
        }
    }

    /// The same as a key field.
    pub fn with_key(mut self) -> Self {
        self.key = true;
        self
    }

    /// What a reader takes where the writer had no such field.
    pub fn effective_default(&self) -> Option<&Value> {
        match (&self.default, &self.ty) {
            (Some(default), _) => Some(default),
            (None, Type::Optional(_)) => Some(&Value::Null),
            (None, _) => None,
        }
    }
}

/// Avro's words for types, which no named type may take.
const RESERVED: &[&str] = &["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// Whether this is a legal Avro name (one part, without dots).
pub(super) fn is_avro_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether this is a legal Avro full name that does not take the name of a type.
pub(super) fn is_full_name(text: &str) -> bool {
    !text.is_empty()
        && text.split('.').all(is_avro_name)
        && text.rsplit('.').next().is_some_and(|it| !RESERVED.contains(&it))
}

/// The nearest legal Avro name.
fn avro_name(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if is_avro_name(&kept) { kept } else { format!("_{kept}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_has_many_names() {
        let field = FieldSchema::new("Order  Line", Type::Text);
        assert_eq!((&*field.id, &*field.name, &*field.column), ("order line", "order_line", "ORDER_LINE"));
        let odd = FieldSchema::new("2nd try", Type::Text);
        assert!(is_avro_name(&odd.name), "{}", odd.name);
        let schema = RecordSchema::new("shop.Order", vec![field, odd]);
        for text in ["order line", "ORDER LINE", "order_line", "Order_Line", "ORDER_LINE"] {
            assert_eq!(schema.find(text), Some(0), "{text}");
        }
        assert_eq!((schema.namespace(), schema.short_name()), ("shop", "Order"));
    }

    #[test]
    fn words_get_legal_symbols() {
        let schema = EnumSchema::new("x.E", ["open", "in progress", "in-progress", "3d", "日"]);
        let names: Vec<&str> = schema.symbols.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["open", "in_progress", "in_progress_2", "_3d", "ri"]);
        assert_eq!(schema.find("IN PROGRESS").map(|it| &*it.label), Some("in progress"));
        assert_eq!(schema.find("_3D").map(|it| &*it.label), Some("3d"));
        assert_eq!(schema.find("closed"), None);
    }

    #[test]
    fn names_are_checked() {
        for good in ["Order", "a.b.Order", "_x"] {
            assert!(is_full_name(good), "{good}");
        }
        for bad in ["", "a..b", "string", "a.string", "Bestéllung", "a b", "1a", ".a", "a."] {
            assert!(!is_full_name(bad), "{bad}");
        }
    }
}
