//! Telling prose from expressions.
//!
//! A text is an **expression** if it reads as one and has at least one sign of being one: a number, a text in quotes,
//! a comparison (`=`, `<`, `LIKE`, `IN`, `BETWEEN`, `IS NULL`), `CASE`, `CAST`, `->`, `[...]`, a call of a known
//! function, or a name that is known at its place. Everything else is **prose**: `if VIP`, `paid`, `paid or cancelled`
//! where there are no such fields. An expression that does not fit its types is a type error; prose never is.

use super::{Expr, ExprKind, ParseError, Scope, functions, parse};

/// What a text is.
#[derive(Clone, Debug, PartialEq)]
pub enum Class {
    /// An expression, to be checked.
    Expr(Expr),
    /// A sentence for people. Where it has operators or quotes like an expression, the reason why it is none.
    Prose(Option<ParseError>),
}

/// Whether the text is an expression or prose, where those records are at hand.
pub fn classify(text: &str, scope: &Scope) -> Class {
    match parse(text) {
        Ok(expr) if has_sign(&expr, scope) => Class::Expr(expr),
        Ok(_) => Class::Prose(None),
        Err(error) => {
            let looks_like_one = text.contains(['=', '<', '>', '(', '+', '*']) || text.matches('\'').count() > 1;
            Class::Prose(looks_like_one.then_some(error))
        }
    }
}

fn has_sign(expr: &Expr, scope: &Scope) -> bool {
    let mut found = false;
    expr.walk(&mut |it| {
        found |= match &it.kind {
            ExprKind::Literal(_)
            | ExprKind::IsNull { .. }
            | ExprKind::Like { .. }
            | ExprKind::In { .. }
            | ExprKind::Between { .. }
            | ExprKind::Case { .. }
            | ExprKind::Cast { .. }
            | ExprKind::Deref { .. }
            | ExprKind::Index { .. }
            | ExprKind::List(_)
            | ExprKind::Map(_)
            | ExprKind::Struct(_) => true,
            ExprKind::Binary { op, .. } => op.binding() == super::ast::binding::PREDICATE,
            ExprKind::Unary { .. } => false,
            ExprKind::Call { name, .. } => functions::find(&name.0).is_some(),
            ExprKind::Column { qualifier, name } => scope.knows(qualifier.as_ref(), name),
        };
    });
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::record::{FieldSchema, RecordSchema, Type};

    #[test]
    fn prose_and_expressions() {
        let schema = RecordSchema::new("x.E", vec![FieldSchema::new("express delivery", Type::Bool)]);
        let scope = Scope::new().with("event", Arc::new(schema));
        for (text, want) in [
            ("if VIP", "prose"),
            ("VIP", "prose"),
            ("paid or cancelled", "prose"),
            ("not paid", "prose"),
            ("customer (private)", "prose"),
            ("the customer doesn't answer", "prose"),
            ("total > 100 EUR", "almost"),
            ("status = 'open", "almost"),
            ("status = 'open'", "expression"),
            ("total > credit", "expression"),
            ("total > ", "almost"),
            ("express_delivery", "expression"),
            ("NOT event.express_delivery", "expression"),
            ("LEN(name)", "expression"),
            ("TRUE", "expression"),
            ("note is null", "expression"),
            ("", "prose"),
        ] {
            let class = match classify(text, &scope) {
                Class::Expr(_) => "expression",
                Class::Prose(Some(_)) => "almost",
                Class::Prose(None) => "prose",
            };
            assert_eq!(class, want, "{text}");
        }
    }
}
