//! Types: names become places, operations become typed, and what does not fit is said where it stands.

use std::sync::Arc;

use super::ast::struct_field;
use super::functions::{self, Arg, Call};
use super::scope::{Found, find_field};
use super::typed::inner;
use super::{
    Arithmetic, BinaryOp, Comparison, Expr, ExprKind, Literal, Name, Node, Scope, Span, Typed, UnaryOp, arithmetic,
    did_you_mean,
};
use crate::record::{RecordSchema, Type, Value};

/// An expression that does not fit its types.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TypeError {
    /// Where.
    pub span: Span,
    /// What does not fit.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// Checks an expression against the records at hand.
pub fn check(expr: &Expr, scope: &Scope) -> Result<Typed, Vec<TypeError>> {
    run(scope, |checker| checker.expr(expr))
}

/// Checks that an expression gives a value of that type, and converts where that goes without saying: wider numbers,
/// a text in quotes as a date, a UUID or a word of an enum.
pub fn check_as(expr: &Expr, scope: &Scope, ty: &Type) -> Result<Typed, Vec<TypeError>> {
    run(scope, |checker| {
        let typed = checker.expr(expr)?;
        checker.coerce(typed, ty, expr.span)
    })
}

/// Checks that an expression is true or false.
pub fn check_condition(expr: &Expr, scope: &Scope) -> Result<Typed, Vec<TypeError>> {
    run(scope, |checker| checker.condition(expr))
}

fn run(scope: &Scope, job: impl FnOnce(&mut Checker<'_>) -> Option<Typed>) -> Result<Typed, Vec<TypeError>> {
    let mut checker = Checker { scope, errors: Vec::new() };
    match job(&mut checker) {
        Some(typed) if checker.errors.is_empty() => Ok(typed),
        _ => Err(checker.errors),
    }
}

/// Walks an expression. A method that gives none has noted at least one error.
pub(super) struct Checker<'a> {
    scope: &'a Scope,
    errors: Vec<TypeError>,
}

impl Checker<'_> {
    pub(super) fn wrong<T>(&mut self, span: Span, message: impl Into<String>, help: Option<String>) -> Option<T> {
        self.errors.push(TypeError { span, message: message.into(), help });
        None
    }

    fn expr(&mut self, expr: &Expr) -> Option<Typed> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal(it) => Some(literal(it)),
            ExprKind::Column { qualifier, name } => self.column(qualifier.as_ref(), name, span),
            ExprKind::Unary { op: UnaryOp::Not, of } => {
                let of = Box::new(self.condition(of)?);
                Some(Typed { node: Node::Not(of), ty: Some(Type::Bool) })
            }
            ExprKind::Unary { op: UnaryOp::Neg, of } => self.negation(of),
            ExprKind::Binary { op, left, right } => self.binary(*op, left, right, span),
            ExprKind::IsNull { of, negated } => {
                let of = Box::new(self.expr(of)?);
                Some(Typed { node: Node::IsNull { of, negated: *negated }, ty: Some(Type::Bool) })
            }
            ExprKind::Like { of, pattern, escape, negated } => {
                let (of, pattern) = (self.expr_as(of, &Type::Text), self.expr_as(pattern, &Type::Text));
                let (of, pattern) = (Box::new(of?), Box::new(pattern?));
                let node = Node::Like { of, pattern, escape: *escape, negated: *negated };
                Some(Typed { node, ty: Some(Type::Bool) })
            }
            ExprKind::In { of, list, negated } => self.within(of, list, *negated),
            ExprKind::Between { of, low, high, negated } => self.between(of, low, high, *negated),
            ExprKind::Case { operand, arms, otherwise } => self.case(operand.as_deref(), arms, otherwise.as_deref()),
            ExprKind::Cast { of, to } => {
                let typed = self.expr(of)?;
                self.cast(typed, &to.to_type(), span)
            }
            ExprKind::Call { name, args } => self.call(name, args, span),
            ExprKind::Deref { of, field } => {
                let of = self.expr(of)?;
                self.deref(of, field, span)
            }
            ExprKind::Index { of, index } => self.index(of, index),
            ExprKind::List(items) => {
                let (items, of) = self.unified(items, &[])?;
                let ty = of.map(|it| Type::list(Type::optional(it)));
                Some(Typed { node: Node::List(items), ty })
            }
            ExprKind::Map(entries) => self.map(entries),
            ExprKind::Struct(entries) => self.record(entries),
        }
    }

    fn expr_as(&mut self, expr: &Expr, ty: &Type) -> Option<Typed> {
        let typed = self.expr(expr)?;
        self.coerce(typed, ty, expr.span)
    }

    fn condition(&mut self, expr: &Expr) -> Option<Typed> {
        let typed = self.expr(expr)?;
        match typed.ty() {
            None | Some(Type::Bool) => Some(typed),
            Some(ty) => {
                let message = format!("a condition is true or false, `{expr}` is {ty}");
                let help = format!("compare it, as in `{expr} = ...` or `{expr} IS NOT NULL`");
                self.wrong(expr.span, message, Some(help))
            }
        }
    }

    fn column(&mut self, qualifier: Option<&Name>, name: &Name, span: Span) -> Option<Typed> {
        match self.scope.find(qualifier, name) {
            Found::Field(record, field, schema) => {
                Some(Typed { node: Node::Field { record, field }, ty: Some(schema.ty.required().clone()) })
            }
            Found::NoField if qualifier.is_none() && &*name.0 == "ROWTIME" => {
                Some(Typed { node: Node::Rowtime, ty: Some(Type::Long) })
            }
            Found::NoRecord => {
                let qualifier = qualifier?;
                // `address.city`, where `address` is a field.
                if let Found::Field(record, field, schema) = self.scope.find(None, qualifier)
                    && schema.ty.as_record().is_some()
                {
                    let ty = Some(schema.ty.required().clone());
                    return self.deref(Typed { node: Node::Field { record, field }, ty }, name, span);
                }
                let names: Vec<Arc<str>> = self.scope.records().iter().flat_map(|it| it.names.clone()).collect();
                let near = did_you_mean(&qualifier.0, names.iter().map(|it| &**it));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there is {}", listing(names.iter().map(|it| &**it))),
                };
                self.wrong(span, format!("there is no `{qualifier}` here"), Some(help))
            }
            Found::NoField => {
                let columns = self.scope.columns(qualifier);
                let help = match did_you_mean(&name.0, columns.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if columns.is_empty() => "no fields are known here; give the sticky fields".to_owned(),
                    None => format!("there is {}", listing(columns.iter().copied())),
                };
                let place = qualifier.map_or(String::new(), |it| format!(" in `{it}`"));
                self.wrong(span, format!("there is no field `{name}`{place}"), Some(help))
            }
            Found::Ambiguous(names) => {
                let choices: Vec<String> = names.iter().map(|it| format!("`{it}.{name}`")).collect();
                let help = format!("write {}", choices.join(" or "));
                self.wrong(span, format!("`{name}` may be one of several fields"), Some(help))
            }
        }
    }

    fn negation(&mut self, of: &Expr) -> Option<Typed> {
        let typed = self.expr(of)?;
        match typed.ty() {
            None => Some(typed),
            Some(ty) if ty.is_numeric() => {
                let ty = typed.ty.clone();
                let node = match &typed.node {
                    Node::Const(it) => match arithmetic::negate(it) {
                        Ok(value) => Node::Const(value),
                        Err(message) => return self.wrong(of.span, message, None),
                    },
                    _ => Node::Neg(Box::new(typed)),
                };
                Some(Typed { node, ty })
            }
            Some(ty) => {
                let message = format!("`-` takes a number, `{of}` is {ty}");
                self.wrong(of.span, message, None)
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Option<Typed> {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let (left, right) = (self.condition(left), self.condition(right));
                let (left, right) = (Box::new(left?), Box::new(right?));
                let node = if op == BinaryOp::And { Node::And(left, right) } else { Node::Or(left, right) };
                Some(Typed { node, ty: Some(Type::Bool) })
            }
            BinaryOp::Compare(op) => {
                let (l, r) = (self.expr(left), self.expr(right));
                self.comparison(op, (l?, left), (r?, right))
            }
            BinaryOp::Concat => {
                let (l, r) = (self.expr(left), self.expr(right));
                self.concatenation((l?, left), (r?, right))
            }
            BinaryOp::Compute(op) => {
                let (l, r) = (self.expr(left), self.expr(right));
                let (l, r) = (l?, r?);
                let textual = |it: &Typed| matches!(it.ty(), None | Some(Type::Text | Type::Enum(_)));
                if op == Arithmetic::Add && textual(&l) && textual(&r) {
                    return self.concatenation((l, left), (r, right));
                }
                self.arithmetic(op, (l, left), (r, right), span)
            }
        }
    }

    fn concatenation(&mut self, (l, left): (Typed, &Expr), (r, right): (Typed, &Expr)) -> Option<Typed> {
        let (l, r) = (self.coerce(l, &Type::Text, left.span), self.coerce(r, &Type::Text, right.span));
        Some(Typed { node: Node::Concat(Box::new(l?), Box::new(r?)), ty: Some(Type::Text) })
    }

    fn arithmetic(
        &mut self,
        op: Arithmetic,
        (l, left): (Typed, &Expr),
        (r, right): (Typed, &Expr),
        span: Span,
    ) -> Option<Typed> {
        let symbol = op.symbol();
        let int = Type::Int;
        let (a, b) = (l.ty.clone().unwrap_or(int.clone()), r.ty.clone().unwrap_or(int));
        let Some(ty) = arithmetic::result(op, &a, &b) else {
            let help = match (&a, &b) {
                (Type::Timestamp | Type::Date, _) => {
                    Some("use TIMESTAMPADD or DATEADD, as DATEADD(DAYS, 3, day)".into())
                }
                (Type::Text, _) | (_, Type::Text) if symbol == "+" => Some("join texts with `||` and CAST".into()),
                _ => None,
            };
            return self.wrong(span, format!("`{symbol}` takes numbers, not {a} and {b}"), help);
        };
        let (l, r) = match ty {
            Type::Decimal { .. } => (Some(l), Some(r)),
            _ => (self.coerce(l, &ty, left.span), self.coerce(r, &ty, right.span)),
        };
        Some(Typed { node: Node::Arithmetic { op, left: Box::new(l?), right: Box::new(r?) }, ty: Some(ty) })
    }

    /// A comparison, both sides brought to types that compare.
    fn comparison(&mut self, op: Comparison, left: (Typed, &Expr), right: (Typed, &Expr)) -> Option<Typed> {
        let span = left.1.span.to(right.1.span);
        let ((l, left), (r, right)) = (left, right);
        let (Some(a), Some(b)) = (l.ty.clone(), r.ty.clone()) else {
            return Some(compared(op, l, r));
        };
        let order = matches!(op, Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge);
        if order && matches!(a, Type::Bool | Type::List(_) | Type::Map(_) | Type::Record(_)) {
            return self.wrong(span, format!("{a} has no order for `{}`", op.symbol()), None);
        }
        if order && [&a, &b].into_iter().any(|it| matches!(it, Type::Enum(_))) {
            let message = format!("the words of an enum have no order for `{}`", op.symbol());
            return self.wrong(span, message, Some("compare with `=` or `IN`, or CAST it AS STRING".into()));
        }
        if is_word(&r) && a != Type::Text {
            let r = self.word(r, &l, &a, right.span)?;
            return Some(compared(op, l, r));
        }
        if is_word(&l) && b != Type::Text {
            let l = self.word(l, &r, &b, left.span)?;
            return Some(compared(op, l, r));
        }
        let meet = match (&a, &b) {
            (a, b) if a.is_numeric() && b.is_numeric() => return Some(compared(op, l, r)),
            (a, b) if a == b => return Some(compared(op, l, r)),
            (Type::Text | Type::Enum(_), Type::Text | Type::Enum(_)) => return Some(compared(op, l, r)),
            (Type::Uuid, Type::Text) | (Type::Text, Type::Uuid) => Some(Type::Text),
            (Type::Date, Type::Timestamp) | (Type::Timestamp, Type::Date) => Some(Type::Timestamp),
            (a, b) if super::convert::assignable(b, a) => Some(a.clone()),
            (a, b) if super::convert::assignable(a, b) => Some(b.clone()),
            _ => None,
        };
        let Some(meet) = meet else {
            let message = format!("{a} and {b} do not compare: `{left} {} {right}`", op.symbol());
            return self.wrong(span, message, Some(format!("write for example CAST({right} AS {})", ksql(&a))));
        };
        let (l, r) = (self.coerce(l, &meet, left.span), self.coerce(r, &meet, right.span));
        Some(compared(op, l?, r?))
    }

    /// A text in quotes that is compared with something of that type.
    fn word(&mut self, word: Typed, with: &Typed, ty: &Type, span: Span) -> Option<Typed> {
        if let (Node::Rowtime, Node::Const(Value::Text(text))) = (&with.node, &word.node)
            && let Ok(Value::Timestamp(time)) = Value::parse(text, &Type::Timestamp)
        {
            return Some(Value::Long(time.0).into());
        }
        self.coerce(word, ty, span)
    }

    fn within(&mut self, of: &Expr, list: &[Expr], negated: bool) -> Option<Typed> {
        let subject = self.expr(of);
        let items: Vec<Option<Typed>> = list.iter().map(|it| self.expr(it)).collect();
        let subject = subject?;
        let mut typed = Vec::with_capacity(list.len());
        let mut failed = false;
        for (item, expr) in items.into_iter().zip(list) {
            let compared = item.and_then(|it| self.comparison(Comparison::Eq, (subject.clone(), of), (it, expr)));
            match compared.map(|it| it.node) {
                Some(Node::Compare { left, right, .. }) if left.ty == subject.ty => typed.push(*right),
                Some(_) => {
                    let message = format!("`{expr}` is not of the type of `{of}`");
                    failed = true;
                    self.wrong::<()>(expr.span, message, None);
                }
                None => failed = true,
            }
        }
        let node = Node::In { of: Box::new(subject), list: typed, negated };
        (!failed).then_some(Typed { node, ty: Some(Type::Bool) })
    }

    fn between(&mut self, of: &Expr, low: &Expr, high: &Expr, negated: bool) -> Option<Typed> {
        let (subject, from, to) = (self.expr(of), self.expr(low), self.expr(high));
        let subject = subject?;
        let above = self.comparison(Comparison::Ge, (subject.clone(), of), (from?, low));
        let below = self.comparison(Comparison::Le, (subject, of), (to?, high));
        let both = Typed { node: Node::And(Box::new(above?), Box::new(below?)), ty: Some(Type::Bool) };
        if !negated {
            return Some(both);
        }
        Some(Typed { node: Node::Not(Box::new(both)), ty: Some(Type::Bool) })
    }

    fn case(&mut self, operand: Option<&Expr>, arms: &[(Expr, Expr)], otherwise: Option<&Expr>) -> Option<Typed> {
        let subject = operand.map(|it| self.expr(it));
        let mut conditions = Vec::with_capacity(arms.len());
        for (when, _) in arms {
            conditions.push(match (&subject, operand) {
                (Some(subject), Some(operand)) => {
                    let when = self.expr(when).map(|it| (it, when));
                    subject
                        .clone()
                        .zip(when)
                        .and_then(|(it, when)| self.comparison(Comparison::Eq, (it, operand), when))
                }
                _ => self.condition(when),
            });
        }
        let results: Vec<&Expr> = arms.iter().map(|(_, then)| then).chain(otherwise).collect();
        let (mut results, ty) = self.unified_refs(&results, &[])?;
        let otherwise = otherwise.and_then(|_| results.pop()).map(Box::new);
        let conditions = conditions.into_iter().collect::<Option<Vec<_>>>()?;
        let arms = conditions.into_iter().zip(results).collect();
        Some(Typed { node: Node::Case { arms, otherwise }, ty })
    }

    fn call(&mut self, name: &Name, args: &[Expr], span: Span) -> Option<Typed> {
        let Some(function) = functions::find(&name.0) else {
            let near = did_you_mean(&name.0, functions::ALL.iter().map(|it| it.name));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            return self.wrong(span, format!("there is no function `{name}`"), help);
        };
        let (least, most) = function.arity;
        if args.len() < least || args.len() > most {
            let message = format!("{} does not take {} arguments", function.name, args.len());
            return self.wrong(span, message, Some(format!("write {}", function.usage)));
        }
        let mut typed = Vec::with_capacity(args.len());
        for (at, arg) in args.iter().enumerate() {
            typed.push(match &arg.kind {
                // The unit of DATEADD(DAYS, 3, day) is a bare word.
                ExprKind::Column { qualifier: None, name } if at == 0 && function.unit => {
                    Some(Value::text(&name.0).into())
                }
                _ => self.expr(arg),
            });
        }
        let typed = typed.into_iter().collect::<Option<Vec<Typed>>>()?;
        let known: Vec<Arg<'_>> = typed.iter().map(Arg::of).collect();
        let plan = match (function.resolve)(&known) {
            Ok(plan) => plan,
            Err(message) => {
                let message = format!("{}: {message}", function.name);
                return self.wrong(span, message, Some(format!("write {}", function.usage)));
            }
        };
        let mut ready = Vec::with_capacity(typed.len());
        for (at, (it, arg)) in typed.into_iter().zip(args).enumerate() {
            ready.push(match plan.takes.get(at).or(plan.takes.last()) {
                Some(Some(ty)) => self.coerce(it, ty, arg.span),
                _ => Some(it),
            });
        }
        let args = ready.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Typed { node: Node::Call { call: Call::new(function, plan.run), args }, ty: plan.returns })
    }

    fn deref(&mut self, of: Typed, field: &Name, span: Span) -> Option<Typed> {
        let Some(schema) = of.ty().and_then(Type::as_record).cloned() else {
            let found = of.ty().map_or("NULL".to_owned(), Type::to_string);
            return self.wrong(span, format!("`->` takes a record with fields, not {found}"), None);
        };
        match find_field(&schema, field).and_then(|at| schema.field(at).map(|it| (at, it.ty.required().clone()))) {
            Some((field, ty)) => Some(Typed { node: Node::Deref { of: Box::new(of), field }, ty: Some(ty) }),
            None => {
                let columns: Vec<&str> = schema.fields.iter().map(|it| &*it.column).collect();
                let help = match did_you_mean(&field.0, columns.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there is {}", listing(columns.into_iter())),
                };
                self.wrong(span, format!("{} has no field `{field}`", schema.short_name()), Some(help))
            }
        }
    }

    fn index(&mut self, of: &Expr, index: &Expr) -> Option<Typed> {
        let (list, at) = (self.expr(of), self.expr(index));
        let (list, at) = (list?, at?);
        let (ty, at) = match list.ty() {
            Some(Type::List(item)) => {
                let ty = inner(item);
                (ty, self.coerce(at, &Type::Long, index.span)?)
            }
            Some(Type::Map(item)) => {
                let ty = inner(item);
                (ty, self.coerce(at, &Type::Text, index.span)?)
            }
            other => {
                let found = other.map_or("NULL".to_owned(), Type::to_string);
                return self.wrong(of.span, format!("`[...]` takes a list or a map, `{of}` is {found}"), None);
            }
        };
        Some(Typed { node: Node::Index { of: Box::new(list), index: Box::new(at) }, ty: Some(ty) })
    }

    fn map(&mut self, entries: &[(Expr, Expr)]) -> Option<Typed> {
        let keys: Vec<Option<Typed>> = entries.iter().map(|(key, _)| self.expr_as(key, &Type::Text)).collect();
        let values: Vec<&Expr> = entries.iter().map(|(_, value)| value).collect();
        let (values, of) = self.unified_refs(&values, &[])?;
        let keys = keys.into_iter().collect::<Option<Vec<_>>>()?;
        let ty = of.map(|it| Type::map(Type::optional(it)));
        Some(Typed { node: Node::Map(keys.into_iter().zip(values).collect()), ty })
    }

    fn record(&mut self, entries: &[(Name, Expr)]) -> Option<Typed> {
        let (mut fields, mut values) = (Vec::new(), Vec::new());
        let mut failed = false;
        for (at, (name, expr)) in entries.iter().enumerate() {
            if entries.iter().take(at).any(|(it, _)| it == name) {
                failed = true;
                self.wrong::<()>(expr.span, format!("the field {name} is there twice"), None);
            }
            match self.expr(expr) {
                Some(value) => {
                    fields.push(struct_field(name, value.ty.clone().unwrap_or(Type::Text)));
                    values.push(value);
                }
                None => failed = true,
            }
        }
        let ty = Type::Record(Arc::new(RecordSchema::new("Struct", fields)));
        (!failed).then_some(Typed { node: Node::Record(values), ty: Some(ty) })
    }

    fn unified(&mut self, items: &[Expr], with: &[Type]) -> Option<(Vec<Typed>, Option<Type>)> {
        self.unified_refs(&items.iter().collect::<Vec<_>>(), with)
    }

    /// Several expressions brought to one type. Texts in quotes follow the others; NULL fits everywhere.
    fn unified_refs(&mut self, items: &[&Expr], with: &[Type]) -> Option<(Vec<Typed>, Option<Type>)> {
        let typed: Vec<Option<Typed>> = items.iter().map(|it| self.expr(it)).collect();
        let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
        let firm = typed.iter().filter(|it| !is_word(it)).filter_map(|it| it.ty.as_ref());
        let mut meet: Option<Type> = None;
        for ty in with.iter().chain(firm) {
            let next = match &meet {
                None => Some(ty.clone()),
                Some(meet) => functions::common(meet, ty),
            };
            let Some(next) = next else {
                let span = items.iter().zip(&typed).find(|(_, it)| it.ty.as_ref() == Some(ty)).map(|(it, _)| it.span);
                let message =
                    format!("{} and {ty} do not go together", meet.map_or(String::new(), |it| it.to_string()));
                return self.wrong(span.unwrap_or_default(), message, Some("convert one of them by CAST".into()));
            };
            meet = Some(next);
        }
        let foreign = |ty: &Type| {
            matches!(ty, Type::Enum(_))
                && typed.iter().any(|it| match (&it.node, ty) {
                    (Node::Const(Value::Text(word)), Type::Enum(schema)) => schema.position(word).is_none(),
                    _ => false,
                })
        };
        let meet = match meet {
            Some(ty) if foreign(&ty) => Some(Type::Text),
            None if typed.iter().any(is_word) => Some(Type::Text),
            meet => meet,
        };
        let Some(ty) = meet else { return Some((typed, None)) };
        let ready: Vec<Option<Typed>> =
            typed.into_iter().zip(items).map(|(it, expr)| self.coerce(it, &ty, expr.span)).collect();
        Some((ready.into_iter().collect::<Option<_>>()?, Some(ty)))
    }
}

/// Whether it is a text in quotes.
pub(super) fn is_word(it: &Typed) -> bool {
    matches!(it.node, Node::Const(Value::Text(_)))
}

fn compared(op: Comparison, left: Typed, right: Typed) -> Typed {
    let node = Node::Compare { op, left: Box::new(left), right: Box::new(right) };
    Typed { node, ty: Some(Type::Bool) }
}

fn literal(it: &Literal) -> Typed {
    match it {
        Literal::Null => Value::Null,
        Literal::Bool(it) => Value::Bool(*it),
        Literal::Int(it) => Value::Int(*it),
        Literal::Long(it) => Value::Long(*it),
        Literal::Decimal(it) => Value::Decimal(*it),
        Literal::Double(it) => Value::Double(*it),
        Literal::Text(it) => Value::Text(it.clone()),
    }
    .into()
}

/// The type as one writes it in CAST.
pub(super) fn ksql(ty: &Type) -> String {
    super::SqlType::Simple(ty.clone()).to_string()
}

/// `A, B, C and 4 more`, at most five of them.
pub(super) fn listing<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.collect();
    let shown = items.iter().take(5).map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    match items.len() {
        0 => "nothing".to_owned(),
        1..=5 => shown,
        more => format!("{shown} and {} more", more - 5),
    }
}
