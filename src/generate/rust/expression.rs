//! KSQL expressions as Rust: the checked tree, with KSQL's rules for NULL.
//!
//! NULL is `None`. A comparison with NULL is false, AND and OR have three values, and what fails on a row (overflow,
//! division by zero, a text that is no number) is NULL here, so that a guard on it does not hold.

use super::part::TYPES;
use super::syntax::negated;
use super::term::{Form, Row, Term, method};
use super::types::{TypeSet, is_copy};
use crate::expr::{Arithmetic, Comparison, Node, Typed};
use crate::record::{Type, Value};

/// An expression that has no translation; the user writes it by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::generate) struct Untranslatable;

/// Expressions nested deeper than this are left to the user.
const DEPTH: usize = 40;

/// The Rust for an expression over rows.
pub(in crate::generate) fn translate(typed: &Typed, rows: &[Row], types: &TypeSet) -> Result<Term, Untranslatable> {
    Translator { rows, types }.term(typed, DEPTH)
}

struct Translator<'t> {
    rows: &'t [Row],
    types: &'t TypeSet,
}

type Translated = Result<Term, Untranslatable>;

impl Translator<'_> {
    fn to(&self, term: &Term, ty: &Type) -> Translated {
        term.to(ty, self.types, TYPES).ok_or(Untranslatable)
    }

    fn term(&self, typed: &Typed, depth: usize) -> Translated {
        let depth = depth.checked_sub(1).ok_or(Untranslatable)?;
        let ty = || typed.ty.clone().map(|it| it.required().clone()).ok_or(Untranslatable);
        match &typed.node {
            Node::Const(Value::Text(text)) if matches!(typed.ty, Some(Type::Text)) => {
                Ok(Term { form: Form::Literal(text.to_string()), ty: Type::Text, nullable: false })
            }
            Node::Const(Value::Null) => Ok(Term::null(&ty()?, self.types, TYPES)),
            Node::Const(value) => {
                let ty = ty()?;
                let code = self.types.value(value, &ty, TYPES).ok_or(Untranslatable)?;
                Ok(Term::made(code, ty, false))
            }
            Node::Field { record, field } => {
                self.rows.get(*record).and_then(|it| it.field(*field)).ok_or(Untranslatable)
            }
            Node::Not(of) => {
                let of = self.bool(of, depth)?;
                Ok(match of.nullable {
                    true => of.map(Type::Bool, |it| format!("!{it}")),
                    false => Term::made(negated(&of.owned()), Type::Bool, false),
                })
            }
            Node::And(left, right) => self.junction("&&", "sql::and", left, right, depth),
            Node::Or(left, right) => self.junction("||", "sql::or", left, right, depth),
            Node::Compare { op, left, right } => self.compare(*op, left, right, depth),
            Node::Arithmetic { op, left, right } => {
                let ty = ty()?;
                let left = self.to(&self.term(left, depth)?, &ty)?;
                let right = self.to(&self.term(right, depth)?, &ty)?;
                Ok(arithmetic(*op, &left, &right, ty))
            }
            Node::Neg(of) => {
                let of = self.term(of, depth)?;
                let ty = of.ty.clone();
                Ok(Term::made(format!("sql::neg({})", of.option()), ty, true))
            }
            Node::Concat(left, right) => {
                let (left, right) = (self.term(left, depth)?, self.term(right, depth)?);
                Ok(if left.nullable || right.nullable {
                    let code = format!("sql::concat(&[{}, {}])", left.option_ref(), right.option_ref());
                    Term::made(code, Type::Text, true)
                } else {
                    Term::made(format!("[{}, {}].concat()", left.borrowed(), right.borrowed()), Type::Text, false)
                })
            }
            Node::Convert(of) => self.to(&self.term(of, depth)?, &ty()?),
            Node::IsNull { of, negated } => {
                let of = self.term(of, depth)?;
                let code = match (&of.form, of.nullable, negated) {
                    (_, false, negated) => negated.to_string(),
                    (Form::Place(code) | Form::Made(code), true, false) => format!("{code}.is_none()"),
                    (Form::Place(code) | Form::Made(code), true, true) => format!("{code}.is_some()"),
                    (Form::Literal(_), true, negated) => negated.to_string(),
                };
                Ok(Term::made(code, Type::Bool, false))
            }
            Node::Like { of, pattern, escape, negated } => {
                let (of, pattern) = (self.term(of, depth)?, self.term(pattern, depth)?);
                if pattern.nullable {
                    return Err(Untranslatable);
                }
                let not = if *negated { "!" } else { "" };
                // A quotation mark as a character would look like the start of a text to those who read code here.
                let escape = format!("{escape:?}").replace("'\"'", "'\\u{22}'");
                let call = |it: &str| format!("{not}sql::like({it}, {}, {escape})", pattern.borrowed());
                Ok(match of.nullable {
                    true => Term::made(format!("{}.map(|it| {})", of.borrowed(), call("it")), Type::Bool, true),
                    false => Term::made(call(&of.borrowed()), Type::Bool, false),
                })
            }
            Node::In { of, list, negated } => self.within(of, list, *negated, depth),
            Node::Case { arms, otherwise } => self.case(arms, otherwise.as_deref(), &ty()?, depth),
            Node::Deref { of, field } => self.deref(of, *field, depth),
            Node::Index { of, index } => self.index(of, index, &ty()?, depth),
            Node::List(items) => {
                let Type::List(of) = ty()? else { return Err(Untranslatable) };
                let optional = of.is_optional();
                let item = |it: &Typed| {
                    let term = self.to(&self.term(it, depth)?, &of)?;
                    match (optional, term.nullable) {
                        (true, _) => Ok(term.option()),
                        (false, false) => Ok(term.owned()),
                        (false, true) => Err(Untranslatable),
                    }
                };
                let items: Vec<String> = items.iter().map(item).collect::<Result<_, _>>()?;
                Ok(Term::made(format!("vec![{}]", items.join(", ")), Type::List(of), false))
            }
            Node::Call { call, args } => self.call(call.function.name, args, &ty()?, depth),
            // When the record happened is not told to a pure function; maps and records are made by hand.
            Node::Rowtime | Node::Map(_) | Node::Record(_) => Err(Untranslatable),
        }
    }

    fn bool(&self, typed: &Typed, depth: usize) -> Translated {
        let term = self.term(typed, depth)?;
        if term.ty == Type::Bool { Ok(term) } else { Err(Untranslatable) }
    }

    fn junction(&self, op: &str, function: &str, left: &Typed, right: &Typed, depth: usize) -> Translated {
        let nested = |it: &Typed| {
            matches!((&it.node, op), (Node::Or(..), "&&") | (Node::And(..), "||") | (Node::Case { .. }, _))
        };
        let (l, r) = (self.bool(left, depth)?, self.bool(right, depth)?);
        if l.nullable || r.nullable {
            return Ok(Term::made(format!("{function}({}, {})", l.option(), r.option()), Type::Bool, true));
        }
        // A side that is constant and does not decide says nothing.
        let idle = op == "&&";
        match (constant(&l), constant(&r)) {
            (Some(it), _) if it == idle => return Ok(r),
            (_, Some(it)) if it == idle => return Ok(l),
            _ => {}
        }
        let code = |term: &Term, typed: &Typed| match nested(typed) {
            true => format!("({})", term.owned()),
            false => term.owned(),
        };
        Ok(Term::made(format!("{} {op} {}", code(&l, left), code(&r, right)), Type::Bool, false))
    }

    /// Both sides as one type: the wider number, the enum where the other is one of its words.
    fn meet(&self, left: &Typed, right: &Typed, depth: usize) -> Result<(Term, Term), Untranslatable> {
        let (l, r) = (self.term(peeled(left, right), depth)?, self.term(peeled(right, left), depth)?);
        let ty = match (&l.ty, &r.ty) {
            (Type::Float | Type::Double, _) | (_, Type::Float | Type::Double) => Type::Double,
            (Type::Decimal { .. }, it) | (it, Type::Decimal { .. }) if it.is_numeric() => {
                Type::Decimal { precision: Type::MAX_PRECISION, scale: Type::MAX_PRECISION }
            }
            (Type::Int | Type::Long, Type::Int | Type::Long) if l.ty != r.ty => Type::Long,
            (Type::Enum(schema), Type::Text) | (Type::Text, Type::Enum(schema)) => {
                let known = |it: &Term| match &it.form {
                    Form::Literal(label) => schema.position(label).is_some(),
                    Form::Place(_) | Form::Made(_) => it.ty != Type::Text,
                };
                if known(&l) && known(&r) { Type::Enum(schema.clone()) } else { Type::Text }
            }
            (it, _) => it.clone(),
        };
        Ok((self.to(&l, &ty)?, self.to(&r, &ty)?))
    }

    fn compare(&self, op: Comparison, left: &Typed, right: &Typed, depth: usize) -> Translated {
        let (l, r) = self.meet(left, right, depth)?;
        let made = |code: String| Ok(Term::made(code, Type::Bool, false));
        let sign = match op {
            Comparison::Eq | Comparison::NotDistinct => "==",
            Comparison::Ne | Comparison::Distinct => "!=",
            Comparison::Lt => "<",
            Comparison::Le => "<=",
            Comparison::Gt => ">",
            Comparison::Ge => ">=",
        };
        match op {
            Comparison::Distinct | Comparison::NotDistinct => {
                return made(format!("{} {sign} {}", l.option_ref(), r.option_ref()));
            }
            Comparison::Eq if l.nullable != r.nullable => return made(format!("{} == {}", some(&l), some(&r))),
            Comparison::Eq | Comparison::Ne | Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => {}
        }
        if let (Some(it), Some(wanted), false) =
            (other_bool(&l, &r), constant(&l).or(constant(&r)), l.nullable || r.nullable)
            && matches!(op, Comparison::Eq | Comparison::Ne)
        {
            let same = wanted == (op == Comparison::Eq);
            return made(if same { it.owned() } else { negated(&it.owned()) });
        }
        let floating = l.ty == Type::Double;
        match (l.nullable, r.nullable) {
            (false, false) if !floating => made(format!("{} {sign} {}", plain(&l), plain(&r))),
            (true, false) if !floating => made(on_value(&l, |it| format!("{it} {sign} {}", beside(&l, &r)))),
            (false, true) if !floating => made(on_value(&r, |it| format!("{} {sign} {it}", beside(&r, &l)))),
            _ => {
                let name = match op {
                    Comparison::Eq | Comparison::NotDistinct => "eq",
                    Comparison::Ne | Comparison::Distinct => "ne",
                    Comparison::Lt => "lt",
                    Comparison::Le => "le",
                    Comparison::Gt => "gt",
                    Comparison::Ge => "ge",
                };
                made(format!("sql::{name}({}, {})", l.option_ref(), r.option_ref()))
            }
        }
    }

    fn within(&self, of: &Typed, list: &[Typed], negated: bool, depth: usize) -> Translated {
        let mut items = Vec::new();
        let mut subject = None;
        for item in list {
            let (l, r) = self.meet(of, item, depth)?;
            if r.nullable || subject.as_ref().is_some_and(|it| *it != l) {
                return Err(Untranslatable);
            }
            items.push(if r.ty == Type::Text { r.borrowed() } else { r.owned() });
            subject = Some(l);
        }
        let subject = subject.ok_or(Untranslatable)?;
        let not = if negated { "!" } else { "" };
        let list = items.join(", ");
        let code = match (&subject.ty, subject.nullable) {
            (Type::Text, false) => format!("{not}[{list}].contains(&{})", subject.borrowed()),
            (Type::Text, true) => format!("{not}{}.is_some_and(|it| [{list}].contains(&it))", subject.borrowed()),
            (_, false) => format!("{not}[{list}].contains({})", subject.borrowed()),
            (_, true) => format!("{not}{}.is_some_and(|it| [{list}].contains(it))", subject.borrowed()),
        };
        Ok(Term::made(code, Type::Bool, false))
    }

    fn case(&self, arms: &[(Typed, Typed)], otherwise: Option<&Typed>, ty: &Type, depth: usize) -> Translated {
        let mut terms = Vec::new();
        for (when, then) in arms {
            let when = self.bool(when, depth)?;
            let condition = if when.nullable { format!("sql::is_true({})", when.owned()) } else { when.owned() };
            terms.push((condition, self.to(&self.term(then, depth)?, ty)?));
        }
        let last = match otherwise {
            Some(it) => self.to(&self.term(it, depth)?, ty)?,
            None => Term::null(ty, self.types, TYPES),
        };
        let nullable = last.nullable || terms.iter().any(|(_, it)| it.nullable);
        let value = |it: &Term| if nullable { it.option() } else { it.owned() };
        let mut code = String::new();
        for (condition, term) in &terms {
            code.push_str(&format!("if {condition} {{ {} }} else ", value(term)));
        }
        code.push_str(&format!("{{ {} }}", value(&last)));
        Ok(Term::made(code, ty.clone(), nullable))
    }

    fn deref(&self, of: &Typed, field: usize, depth: usize) -> Translated {
        let of = self.term(of, depth)?;
        let Type::Record(schema) = &of.ty else { return Err(Untranslatable) };
        let row = Row::message("it", schema);
        let inner = row.field(field).ok_or(Untranslatable)?;
        let Form::Place(path) = &inner.form else { return Err(Untranslatable) };
        let name = path.strip_prefix("it").unwrap_or(path);
        Ok(match (&of.form, of.nullable) {
            (Form::Place(code), false) => Term { form: Form::Place(format!("{code}{name}")), ..inner },
            (Form::Made(code), false) => Term { form: Form::Place(format!("{code}{name}")), ..inner },
            (_, true) => {
                let call = if inner.nullable { "and_then" } else { "map" };
                Term::made(format!("{}.{call}(|it| {})", of.borrowed(), inner.owned()), inner.ty, true)
            }
            (Form::Literal(_), false) => return Err(Untranslatable),
        })
    }

    fn index(&self, of: &Typed, index: &Typed, ty: &Type, depth: usize) -> Translated {
        let (of, index) = (self.term(of, depth)?, self.term(index, depth)?);
        if of.nullable || index.nullable {
            return Err(Untranslatable);
        }
        let (found, inner) = match &of.ty {
            Type::Map(inner) => (format!("{}.get({})", base(&of)?, index.borrowed()), inner),
            Type::List(inner) => {
                let at = self.to(&index, &Type::Long)?;
                (format!("sql::at({}, {})", of.borrowed(), at.owned()), inner)
            }
            _ => return Err(Untranslatable),
        };
        let copied = if is_copy(inner) { "copied" } else { "cloned" };
        let flat = if inner.is_optional() { ".flatten()" } else { "" };
        Ok(Term::made(format!("{found}.{copied}(){flat}"), ty.clone(), true))
    }

    /// Functions that have a plain translation; the others are the user's.
    fn call(&self, name: &str, args: &[Typed], ty: &Type, depth: usize) -> Translated {
        let terms: Vec<Term> = args.iter().map(|it| self.term(it, depth)).collect::<Result<_, _>>()?;
        let text = |name: &str, of: &Term| {
            let code = match of.nullable {
                true => format!("{}.map(sql::{name})", of.borrowed()),
                false => format!("sql::{name}({})", of.borrowed()),
            };
            Term::made(code, ty.clone(), of.nullable)
        };
        Ok(match (name, terms.as_slice()) {
            ("UCASE", [of]) => text("ucase", of),
            ("LCASE", [of]) => text("lcase", of),
            ("TRIM", [of]) => text("trim", of),
            ("LEN", [of]) if of.ty == Type::Text => text("len", of),
            ("COALESCE" | "IFNULL", [_, ..]) => {
                let mut made: Option<Term> = None;
                for term in &terms {
                    let next = self.to(term, ty)?;
                    made = Some(match made {
                        None => next,
                        Some(before) if !before.nullable => before,
                        Some(before) => before.or(&next),
                    });
                }
                made.ok_or(Untranslatable)?
            }
            ("ABS", [of]) if matches!(of.ty, Type::Decimal { .. } | Type::Double | Type::Float) => {
                of.map(ty.clone(), |it| method("abs", it, &of.ty))
            }
            ("ABS", [of]) if matches!(of.ty, Type::Int | Type::Long) => {
                of.try_map(ty.clone(), |it| method("checked_abs", it, &of.ty))
            }
            ("CEIL", [of]) if matches!(of.ty, Type::Decimal { .. } | Type::Double | Type::Float) => {
                of.map(ty.clone(), |it| method("ceil", it, &of.ty))
            }
            ("FLOOR", [of]) if matches!(of.ty, Type::Decimal { .. } | Type::Double | Type::Float) => {
                of.map(ty.clone(), |it| method("floor", it, &of.ty))
            }
            ("ROUND", [of, ..]) => match (&of.ty, ty) {
                (Type::Decimal { .. }, Type::Decimal { scale, .. }) => {
                    of.map(ty.clone(), |it| format!("sql::scaled({it}, {scale})"))
                }
                _ => return Err(Untranslatable),
            },
            ("GREATEST" | "LEAST", [_, ..]) => {
                let function = if name == "GREATEST" { "greatest" } else { "least" };
                let values: Vec<String> =
                    terms.iter().map(|it| self.to(it, ty).map(|it| it.option())).collect::<Result<_, _>>()?;
                Term::made(format!("sql::{function}([{}])", values.join(", ")), ty.clone(), true)
            }
            ("NULLIF", [of, other]) => {
                let (of, other) = (self.to(of, ty)?, self.to(other, ty)?);
                Term::made(format!("sql::null_if({}, {})", of.option(), other.option()), ty.clone(), true)
            }
            ("CONCAT", [_, ..]) => {
                let parts: Vec<String> = terms.iter().map(Term::option_ref).collect();
                Term::made(format!("sql::concat_present(&[{}])", parts.join(", ")), ty.clone(), false)
            }
            ("REPLACE", [of, old, new]) if !old.nullable && !new.nullable => {
                let call = |it: &str| format!("sql::replace({it}, {}, {})", old.borrowed(), new.borrowed());
                match of.nullable {
                    true => Term::made(format!("{}.map(|it| {})", of.borrowed(), call("it")), ty.clone(), true),
                    false => Term::made(call(&of.borrowed()), ty.clone(), false),
                }
            }
            ("SUBSTRING", [of, rest @ ..]) if rest.iter().all(|it| !it.nullable) => {
                let mut numbers = rest.iter().map(|it| self.to(it, &Type::Long).map(|it| it.owned()));
                let place = numbers.next().unwrap_or(Err(Untranslatable))?;
                let length = match numbers.next() {
                    Some(length) => format!("Some({})", length?),
                    None => "None".to_owned(),
                };
                let call = |it: &str| format!("sql::substring({it}, {place}, {length})");
                match of.nullable {
                    true => Term::made(format!("{}.map(|it| {})", of.borrowed(), call("it")), ty.clone(), true),
                    false => Term::made(call(&of.borrowed()), ty.clone(), false),
                }
            }
            ("ARRAY_LENGTH", [of]) if !of.nullable => {
                Term::made(format!("sql::length({})", of.borrowed()), ty.clone(), false)
            }
            ("ARRAY_CONTAINS", [list, item]) if !list.nullable && !item.nullable => {
                let Type::List(inner) = &list.ty else { return Err(Untranslatable) };
                if inner.is_optional() {
                    return Err(Untranslatable);
                }
                let item = self.to(item, inner)?;
                Term::made(format!("{}.contains(&{})", base(list)?, item.owned()), Type::Bool, false)
            }
            _ => return Err(Untranslatable),
        })
    }
}

/// Whether a method call on the code needs no type: it is a path or call, not a number.
fn takes_calls(code: &str) -> bool {
    code.starts_with(|c: char| c.is_lowercase()) && code.contains('.') && !code.starts_with("if ")
}

/// A condition that is constant.
fn constant(term: &Term) -> Option<bool> {
    match &term.form {
        Form::Made(code) if term.ty == Type::Bool => code.parse().ok(),
        Form::Made(_) | Form::Place(_) | Form::Literal(_) => None,
    }
}

/// The condition that is compared with a constant.
fn other_bool<'t>(left: &'t Term, right: &'t Term) -> Option<&'t Term> {
    match (constant(left), constant(right)) {
        (_, Some(_)) => Some(left),
        (Some(_), None) => Some(right),
        (None, None) => None,
    }
}

/// An enum that is only compared with a text stays an enum.
fn peeled<'e>(typed: &'e Typed, other: &Typed) -> &'e Typed {
    match (&typed.node, &other.node) {
        (Node::Convert(of), Node::Const(Value::Text(label))) if matches!(of.ty(), Some(Type::Enum(schema)) if schema.position(label).is_some()) => {
            of
        }
        _ => typed,
    }
}

/// The code that method calls are put behind.
fn base(term: &Term) -> Result<String, Untranslatable> {
    match &term.form {
        Form::Place(code) | Form::Made(code) => Ok(code.clone()),
        Form::Literal(_) => Err(Untranslatable),
    }
}

/// For comparison with another non-NULL value: constants as they are, places without a copy, conditions in brackets.
fn plain(term: &Term) -> String {
    match (&term.form, &term.ty) {
        (_, Type::Text) => term.borrowed(),
        (Form::Made(code), Type::Bool) if code.contains(' ') => format!("({code})"),
        (Form::Place(code) | Form::Made(code), _) => code.clone(),
        (Form::Literal(_), _) => term.borrowed(),
    }
}

/// `Option` of a value (copied) or of a reference to it.
fn some(term: &Term) -> String {
    if is_copy(&term.ty) { term.option() } else { term.option_ref() }
}

/// A condition on the value inside an `Option`.
fn on_value(term: &Term, condition: impl Fn(&str) -> String) -> String {
    let code = if is_copy(&term.ty) { term.owned() } else { term.borrowed() };
    format!("{code}.is_some_and(|it| {})", condition("it"))
}

/// The non-NULL side of a comparison inside [`on_value`] of the other side.
fn beside(nullable: &Term, plain_side: &Term) -> String {
    if is_copy(&nullable.ty) { plain(plain_side) } else { plain_side.borrowed() }
}

fn arithmetic(op: Arithmetic, left: &Term, right: &Term, ty: Type) -> Term {
    let name = match op {
        Arithmetic::Add => "add",
        Arithmetic::Sub => "sub",
        Arithmetic::Mul => "mul",
        Arithmetic::Div => "div",
        Arithmetic::Rem => "rem",
    };
    let exact = !matches!(ty, Type::Double | Type::Float);
    let code = match (left.nullable || right.nullable, &left.form) {
        (false, Form::Place(place) | Form::Made(place)) if exact && takes_calls(place) => {
            format!("{place}.checked_{name}({})", right.owned())
        }
        _ => format!("sql::{name}({}, {})", left.option(), right.option()),
    };
    match (&ty, op) {
        (Type::Decimal { scale, .. }, Arithmetic::Div) => {
            Term::made(format!("{code}.map(|it| sql::scaled(it, {scale}))"), ty, true)
        }
        _ => Term::made(code, ty, true),
    }
}
