//! Values in generated code: where they come from, whether they may be NULL, and how they become another type.

use std::sync::Arc;

use super::types::{TypeSet, is_copy};
use crate::generate::text;
use crate::model::rust_fields;
use crate::record::{RecordSchema, Type, Value};

/// A record that an expression may read: a variable of the generated function.
#[derive(Clone)]
pub(in crate::generate) struct Row {
    /// The variable.
    pub var: String,
    /// The Rust names of its fields, in the order of the schema.
    pub fields: Vec<String>,
    /// Its schema.
    pub schema: Arc<RecordSchema>,
    /// Whether each field is an `Option` whatever its type: a state, a row of a table.
    pub partial: bool,
}

impl Row {
    /// A message, whose required fields are there.
    pub(in crate::generate) fn message(var: &str, schema: &Arc<RecordSchema>) -> Self {
        Self { var: var.to_owned(), fields: rust_fields(schema), schema: schema.clone(), partial: false }
    }

    /// A state or row of a table, of which nothing may be known yet.
    pub(in crate::generate) fn partial(var: &str, schema: &Arc<RecordSchema>) -> Self {
        Self { partial: true, ..Self::message(var, schema) }
    }

    /// The field at that place.
    pub(in crate::generate) fn field(&self, at: usize) -> Option<Term> {
        let (field, name) = (self.schema.field(at)?, self.fields.get(at)?);
        let nullable = self.partial || field.ty.is_optional();
        Some(Term { form: Form::Place(format!("{}.{name}", self.var)), ty: field.ty.required().clone(), nullable })
    }
}

/// A closure over `it`, or the function itself where it does nothing but call one.
fn closure(body: &str) -> String {
    match body.strip_suffix("(it)") {
        Some(path) if path.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':') => path.to_owned(),
        _ => format!("|it| {body}"),
    }
}

/// A call of a method without arguments. Where all that is known of a number is its digits, the path tells its type.
pub(in crate::generate) fn method(name: &str, code: &str, ty: &Type) -> String {
    let of = match ty.required() {
        Type::Int => "i32",
        Type::Long => "i64",
        Type::Float => "f32",
        Type::Double => "f64",
        _ => return format!("{code}.{name}()"),
    };
    format!("{of}::{name}({code})")
}

/// A value as text; the sign of a number belongs to the number.
fn to_string(code: &str) -> String {
    if code.starts_with('-') { format!("({code}).to_string()") } else { format!("{code}.to_string()") }
}

/// How a value stands in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::generate) enum Form {
    /// A place that is read: a field of a variable that is a reference.
    Place(String),
    /// An expression that makes a new value; safe to be followed by a method call.
    Made(String),
    /// A text constant, a `&'static str`.
    Literal(String),
}

/// A value in generated code.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::generate) struct Term {
    /// How it is written.
    pub form: Form,
    /// Its type, never optional.
    pub ty: Type,
    /// Whether the code is an `Option` of the type.
    pub nullable: bool,
}

impl Term {
    /// A new value.
    pub(in crate::generate) fn made(code: impl Into<String>, ty: Type, nullable: bool) -> Self {
        Self { form: Form::Made(code.into()), ty, nullable }
    }

    /// NULL of a type.
    pub(in crate::generate) fn null(ty: &Type, types: &TypeSet, prefix: &str) -> Self {
        Self::made(format!("None::<{}>", types.rust(ty.required(), prefix)), ty.required().clone(), true)
    }

    /// An owned `T`, or `Option<T>` where it is nullable.
    pub(in crate::generate) fn owned(&self) -> String {
        match &self.form {
            Form::Place(code) if is_copy(&self.ty) => code.clone(),
            Form::Place(code) => format!("{code}.clone()"),
            Form::Made(code) => code.clone(),
            Form::Literal(text) => format!("{}.to_owned()", text::literal(text)),
        }
    }

    /// An owned `Option<T>`.
    pub(in crate::generate) fn option(&self) -> String {
        if self.nullable { self.owned() } else { format!("Some({})", self.owned()) }
    }

    /// A `&T`, or `Option<&T>` where it is nullable; texts as `str`, lists as they are.
    pub(in crate::generate) fn borrowed(&self) -> String {
        let text = self.ty == Type::Text;
        match (&self.form, self.nullable) {
            (Form::Literal(text), _) => text::literal(text),
            (Form::Place(code) | Form::Made(code), true) if text => format!("{code}.as_deref()"),
            (Form::Place(code) | Form::Made(code), true) => format!("{code}.as_ref()"),
            (Form::Place(code) | Form::Made(code), false) if text => format!("{code}.as_str()"),
            (Form::Place(code) | Form::Made(code), false) => format!("&{code}"),
        }
    }

    /// An `Option<&T>`.
    pub(in crate::generate) fn option_ref(&self) -> String {
        if self.nullable { self.borrowed() } else { format!("Some({})", self.borrowed()) }
    }

    /// The value, or where it is NULL another of the same type.
    pub(in crate::generate) fn or(&self, other: &Self) -> Self {
        let code = other.owned();
        // What only reads or names a value is not worth a closure.
        let cheap = is_copy(&other.ty) && !code.contains(['(', '{']);
        let (eager, lazy) = if other.nullable { ("or", "or_else") } else { ("unwrap_or", "unwrap_or_else") };
        let code = if cheap {
            format!("{}.{eager}({code})", self.owned())
        } else {
            format!("{}.{lazy}(|| {code})", self.owned())
        };
        Self::made(code, self.ty.clone(), other.nullable)
    }

    /// The value after a function from `T` to `U`, NULL staying NULL.
    pub(in crate::generate) fn map(&self, ty: Type, call: impl Fn(&str) -> String) -> Self {
        let owned = self.owned();
        let code = if self.nullable { format!("{owned}.map({})", closure(&call("it"))) } else { call(&owned) };
        Self::made(code, ty, self.nullable)
    }

    /// The value after a function from `T` to `Option<U>`.
    pub(in crate::generate) fn try_map(&self, ty: Type, call: impl Fn(&str) -> String) -> Self {
        let owned = self.owned();
        let code = if self.nullable { format!("{owned}.and_then({})", closure(&call("it"))) } else { call(&owned) };
        Self::made(code, ty, true)
    }

    /// The value as another type, by the language's conversions; `None` where there is none.
    pub(in crate::generate) fn to(&self, target: &Type, types: &TypeSet, prefix: &str) -> Option<Self> {
        let target = target.required();
        let ty = target.clone();
        if let (Form::Literal(label), Type::Enum(schema)) = (&self.form, target) {
            let value = types.value(&Value::text(label), target, prefix);
            return Some(match value {
                Some(code) => Self::made(code, Type::Enum(schema.clone()), false),
                None => Self::null(target, types, prefix),
            });
        }
        Some(match (&self.ty, target) {
            (Type::Decimal { scale: from, .. }, Type::Decimal { scale, .. }) if scale < from => {
                self.map(ty, |it| format!("sql::scaled({it}, {scale})"))
            }
            (from, to) if types.rust(from, "") == types.rust(to, "") => self.clone(),
            (Type::Int, Type::Long) => self.map(ty, |it| format!("i64::from({it})")),
            (Type::Int, Type::Float | Type::Double) => {
                let name = types.rust(target, "");
                self.map(ty, move |it| format!("sql::as_{name}({it})"))
            }
            (Type::Long, Type::Float | Type::Double) | (Type::Decimal { .. }, Type::Float | Type::Double) => {
                let name = types.rust(target, "");
                self.map(ty, move |it| format!("sql::as_{name}({it})"))
            }
            (Type::Float, Type::Double) => self.map(ty, |it| format!("f64::from({it})")),
            (Type::Double, Type::Float) => self.map(ty, |it| format!("sql::as_f32({it})")),
            (Type::Int | Type::Long, Type::Decimal { .. }) => self.map(ty, |it| format!("Decimal::from({it})")),
            (Type::Long, Type::Int) => self.try_map(ty, |it| format!("i32::try_from({it}).ok()")),
            (Type::Float | Type::Double, Type::Decimal { scale, .. }) => {
                self.try_map(ty, |it| format!("sql::as_decimal({it}, {scale})"))
            }
            (Type::Enum(_), Type::Text) => self.map(ty, |it| format!("{it}.label().to_owned()")),
            (Type::Text, Type::Enum(schema)) => {
                let name = format!("{prefix}{}", types.name_of(&schema.name));
                self.try_map(ty, move |it| format!("{name}::of_label(&{it})"))
            }
            (Type::Enum(_), Type::Enum(schema)) => {
                let name = format!("{prefix}{}", types.name_of(&schema.name));
                self.try_map(ty, move |it| format!("{name}::of_label({it}.label())"))
            }
            (Type::Uuid | Type::Date | Type::Time | Type::Timestamp | Type::Int | Type::Long, Type::Text) => {
                self.map(ty, to_string)
            }
            (Type::Text, Type::Uuid) => self.try_map(ty, |it| format!("Uuid::parse_str(&{it}).ok()")),
            (Type::Timestamp, Type::Date) => self.map(ty, |it| format!("sql::date_of({it})")),
            (Type::Timestamp, Type::Time) => self.map(ty, |it| format!("sql::time_of({it})")),
            (Type::Timestamp, Type::Long) => self.map(ty, |it| format!("{it}.as_millisecond()")),
            (Type::Long, Type::Timestamp) => self.map(ty, |it| format!("sql::timestamp({it})")),
            _ => return None,
        })
    }
}
