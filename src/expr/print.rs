//! Expressions as text. What is printed reads back as the same expression.

use std::fmt::{self, Display as _};

use super::ast::binding;
use super::lexer::is_reserved;
use super::{Assignment, Expr, ExprKind, Literal, Name, SqlType, UnaryOp};
use crate::record::Type;

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        let plain = chars.next().is_some_and(|c| c.is_ascii_uppercase() || c == '_')
            && chars.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        // `ARRAY[1]` is a list, not a place in a field of that name.
        let begins_something = matches!(&*self.0, "ARRAY" | "MAP" | "STRUCT");
        if plain && !begins_something && !is_reserved(&self.0) {
            f.write_str(&self.0)
        } else {
            write!(f, "\"{}\"", self.0.replace('"', "\"\""))
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Bool(true) => f.write_str("TRUE"),
            Self::Bool(false) => f.write_str("FALSE"),
            Self::Int(it) => write!(f, "{it}"),
            Self::Long(it) => write!(f, "{it}"),
            // Without a point it would read back as a whole number.
            Self::Decimal(it) if it.scale() == 0 => write!(f, "{it}."),
            Self::Decimal(it) => write!(f, "{it}"),
            Self::Double(it) => write!(f, "{it:E}"),
            Self::Text(it) => write!(f, "'{}'", it.replace('\'', "''")),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Literal(it) => it.fmt(f),
            ExprKind::Column { qualifier: Some(of), name } => write!(f, "{of}.{name}"),
            ExprKind::Column { qualifier: None, name } => name.fmt(f),
            ExprKind::Unary { op: UnaryOp::Not, of } => {
                f.write_str("NOT ")?;
                tight(f, of, binding::NOT)
            }
            // One tighter than itself: `--` would begin a comment.
            ExprKind::Unary { op: UnaryOp::Neg, of } => {
                f.write_str("-")?;
                tight(f, of, binding::PRIMARY)
            }
            ExprKind::Binary { op, left, right } => {
                let own = op.binding();
                tight(f, left, if own == binding::PREDICATE { own + 1 } else { own })?;
                write!(f, " {} ", op.symbol())?;
                tight(f, right, own + 1)
            }
            ExprKind::IsNull { of, negated } => {
                tight(f, of, binding::CONCAT)?;
                f.write_str(if *negated { " IS NOT NULL" } else { " IS NULL" })
            }
            ExprKind::Like { of, pattern, escape, negated } => {
                tight(f, of, binding::CONCAT)?;
                f.write_str(if *negated { " NOT LIKE " } else { " LIKE " })?;
                tight(f, pattern, binding::CONCAT)?;
                match escape {
                    Some('\'') => f.write_str(" ESCAPE ''''"),
                    Some(c) => write!(f, " ESCAPE '{c}'"),
                    None => Ok(()),
                }
            }
            ExprKind::In { of, list, negated } => {
                tight(f, of, binding::CONCAT)?;
                f.write_str(if *negated { " NOT IN (" } else { " IN (" })?;
                comma(f, list, |f, it| it.fmt(f))?;
                f.write_str(")")
            }
            ExprKind::Between { of, low, high, negated } => {
                tight(f, of, binding::CONCAT)?;
                f.write_str(if *negated { " NOT BETWEEN " } else { " BETWEEN " })?;
                tight(f, low, binding::CONCAT)?;
                f.write_str(" AND ")?;
                tight(f, high, binding::CONCAT)
            }
            ExprKind::Case { operand, arms, otherwise } => {
                f.write_str("CASE")?;
                if let Some(operand) = operand {
                    write!(f, " {operand}")?;
                }
                for (when, then) in arms {
                    write!(f, " WHEN {when} THEN {then}")?;
                }
                if let Some(otherwise) = otherwise {
                    write!(f, " ELSE {otherwise}")?;
                }
                f.write_str(" END")
            }
            ExprKind::Cast { of, to } => write!(f, "CAST({of} AS {to})"),
            ExprKind::Call { name, args } => {
                write!(f, "{name}(")?;
                comma(f, args, |f, it| it.fmt(f))?;
                f.write_str(")")
            }
            ExprKind::Deref { of, field } => {
                tight(f, of, binding::PRIMARY)?;
                write!(f, "->{field}")
            }
            ExprKind::Index { of, index } => {
                tight(f, of, binding::PRIMARY)?;
                write!(f, "[{index}]")
            }
            ExprKind::List(items) => {
                f.write_str("ARRAY[")?;
                comma(f, items, |f, it| it.fmt(f))?;
                f.write_str("]")
            }
            ExprKind::Map(entries) => {
                f.write_str("MAP(")?;
                comma(f, entries, |f, (key, value)| write!(f, "{key} := {value}"))?;
                f.write_str(")")
            }
            ExprKind::Struct(entries) => {
                f.write_str("STRUCT(")?;
                comma(f, entries, |f, (name, value)| write!(f, "{name} := {value}"))?;
                f.write_str(")")
            }
        }
    }
}

/// In parentheses if it binds less tightly than that.
fn tight(f: &mut fmt::Formatter<'_>, it: &Expr, least: u8) -> fmt::Result {
    if it.kind.binding() < least { write!(f, "({it})") } else { it.fmt(f) }
}

fn comma<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        write(f, item)?;
    }
    Ok(())
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(qualifier) = &self.qualifier {
            write!(f, "{qualifier}.")?;
        }
        write!(f, "{} = {}", self.name, self.value)
    }
}

impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Simple(ty) => match ty {
                Type::Bool => f.write_str("BOOLEAN"),
                Type::Long => f.write_str("BIGINT"),
                Type::Text => f.write_str("STRING"),
                Type::Decimal { precision, scale } => write!(f, "DECIMAL({precision}, {scale})"),
                other => f.write_str(&other.to_string().to_uppercase()),
            },
            Self::Array(of) => write!(f, "ARRAY<{of}>"),
            Self::Map(of) => write!(f, "MAP<STRING, {of}>"),
            Self::Struct(fields) => {
                f.write_str("STRUCT<")?;
                comma(f, fields, |f, (name, ty)| write!(f, "{name} {ty}"))?;
                f.write_str(">")
            }
        }
    }
}
