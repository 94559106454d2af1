//! Expressions that were checked, with every name a place and every operation typed; and their evaluation.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::functions::{self, Call};
use super::{Arithmetic, Comparison, arithmetic, convert, like};
use crate::kit::Timestamp;
use crate::record::{Type, Value};

/// A checked expression. Generators walk [`Typed::node`]; engines call [`Typed::eval`] and [`Typed::test`].
#[derive(Clone, Debug)]
pub struct Typed {
    /// What it does.
    pub node: Node,
    /// The type of its value, never optional at the top: any value may be NULL. None for the bare `NULL`.
    pub ty: Option<Type>,
}

/// What a checked expression does.
#[derive(Clone, Debug)]
pub enum Node {
    /// A constant.
    Const(Value),
    /// A field: the places of its record in the scope and of itself in the record.
    Field {
        /// The record.
        record: usize,
        /// The field.
        field: usize,
    },
    /// `ROWTIME`: when the record happened, in milliseconds.
    Rowtime,
    /// `NOT a`
    Not(Box<Typed>),
    /// `a AND b`
    And(Box<Typed>, Box<Typed>),
    /// `a OR b`
    Or(Box<Typed>, Box<Typed>),
    /// `a = b`; false where a side is NULL, except for [`Comparison::Distinct`] and its opposite.
    Compare {
        /// Which.
        op: Comparison,
        /// Left.
        left: Box<Typed>,
        /// Right. Of the left's type, or both are numbers.
        right: Box<Typed>,
    },
    /// `a + b`. For whole and floating point numbers both sides have the result's type; for decimals each its own.
    Arithmetic {
        /// Which.
        op: Arithmetic,
        /// Left.
        left: Box<Typed>,
        /// Right.
        right: Box<Typed>,
    },
    /// `-a`
    Neg(Box<Typed>),
    /// `a || b` of texts.
    Concat(Box<Typed>, Box<Typed>),
    /// A conversion to [`Typed::ty`], written or implied.
    Convert(Box<Typed>),
    /// `a IS NULL`
    IsNull {
        /// What is tested.
        of: Box<Typed>,
        /// `IS NOT NULL`
        negated: bool,
    },
    /// `a LIKE b`
    Like {
        /// What is tested.
        of: Box<Typed>,
        /// The pattern.
        pattern: Box<Typed>,
        /// The character that makes `%` and `_` plain.
        escape: Option<char>,
        /// `NOT LIKE`
        negated: bool,
    },
    /// `a IN (b, c)`, all of one type or all numbers.
    In {
        /// What is tested.
        of: Box<Typed>,
        /// The list.
        list: Vec<Typed>,
        /// `NOT IN`
        negated: bool,
    },
    /// `CASE WHEN a THEN b ELSE c END`; a `CASE x WHEN ...` is here with comparisons as conditions.
    Case {
        /// Conditions and results.
        arms: Vec<(Typed, Typed)>,
        /// The result where no condition holds; NULL if there is none.
        otherwise: Option<Box<Typed>>,
    },
    /// `a->b`
    Deref {
        /// The record.
        of: Box<Typed>,
        /// The place of the field.
        field: usize,
    },
    /// `a[1]` of a list, `a['key']` of a map.
    Index {
        /// The list or map.
        of: Box<Typed>,
        /// The place, from 1, negative from the end; or the key.
        index: Box<Typed>,
    },
    /// `ARRAY[a, b]`
    List(Vec<Typed>),
    /// `MAP('a' := b)`
    Map(Vec<(Typed, Typed)>),
    /// `STRUCT(a := b)`
    Record(Vec<Typed>),
    /// A call of a function.
    Call {
        /// The function and what it was resolved to.
        call: Call,
        /// Its arguments, converted to what it takes.
        args: Vec<Typed>,
    },
}

/// What an expression is evaluated on.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The records in the order of the scope. A record that does not exist yet may be empty: its fields are NULL.
    pub records: &'a [&'a [Value]],
    /// The time now, for functions that ask for it.
    pub now: Timestamp,
    /// When the handled record happened.
    pub rowtime: Timestamp,
}

impl<'a> Row<'a> {
    /// Those records, handled at the time that they happened.
    pub fn at(records: &'a [&'a [Value]], now: Timestamp) -> Self {
        Self { records, now, rowtime: now }
    }
}

/// An expression that fails on a row: division by zero, overflow, a text that is no number. ksqlDB makes such a
/// result NULL, drops the row where it is a condition, and logs it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EvalError(pub String);

static NULL: Value = Value::Null;

impl Typed {
    /// The type of its value; none for the bare `NULL`.
    pub fn ty(&self) -> Option<&Type> {
        self.ty.as_ref()
    }

    /// Its value on the row.
    pub fn eval(&self, row: &Row<'_>) -> Result<Value, EvalError> {
        self.value(row).map(Cow::into_owned)
    }

    /// Whether it is TRUE on the row; NULL is not.
    pub fn test(&self, row: &Row<'_>) -> Result<bool, EvalError> {
        Ok(matches!(*self.value(row)?, Value::Bool(true)))
    }

    /// Whether it reads a record of its scope that is `wanted`.
    pub fn reads(&self, wanted: impl Fn(usize) -> bool) -> bool {
        let mut found = false;
        let mut open = vec![self];
        while let Some(it) = open.pop() {
            match &it.node {
                Node::Field { record, .. } => found |= wanted(*record),
                Node::Const(_) | Node::Rowtime => {}
                Node::Not(of)
                | Node::Neg(of)
                | Node::Convert(of)
                | Node::IsNull { of, .. }
                | Node::Deref { of, .. } => open.push(of),
                Node::And(a, b) | Node::Or(a, b) | Node::Concat(a, b) => open.extend([&**a, &**b]),
                Node::Compare { left, right, .. } | Node::Arithmetic { left, right, .. } => {
                    open.extend([&**left, &**right]);
                }
                Node::Like { of, pattern, .. } => open.extend([&**of, &**pattern]),
                Node::In { of, list, .. } => {
                    open.push(of);
                    open.extend(list);
                }
                Node::Case { arms, otherwise } => {
                    open.extend(arms.iter().flat_map(|(when, then)| [when, then]));
                    open.extend(otherwise.as_deref());
                }
                Node::Index { of, index } => open.extend([&**of, &**index]),
                Node::List(items) | Node::Record(items) => open.extend(items),
                Node::Map(items) => open.extend(items.iter().flat_map(|(key, value)| [key, value])),
                Node::Call { args, .. } => open.extend(args),
            }
        }
        found
    }

    /// Its value on the row, borrowed where it is one that is there already.
    pub fn value<'r>(&'r self, row: &'r Row<'_>) -> Result<Cow<'r, Value>, EvalError> {
        Ok(match &self.node {
            Node::Const(value) => Cow::Borrowed(value),
            Node::Field { record, field } => {
                Cow::Borrowed(row.records.get(*record).and_then(|it| it.get(*field)).unwrap_or(&NULL))
            }
            Node::Compare { op, left, right } => {
                let (left, right) = (left.value(row)?, right.value(row)?);
                Cow::Owned(Value::Bool(op.holds(&left, &right)))
            }
            Node::And(left, right) => Cow::Owned(junction(false, left, right, row)?),
            Node::Or(left, right) => Cow::Owned(junction(true, left, right, row)?),
            Node::Not(of) => Cow::Owned(match *of.value(row)? {
                Value::Bool(it) => Value::Bool(!it),
                _ => Value::Null,
            }),
            Node::IsNull { of, negated } => Cow::Owned(Value::Bool(of.value(row)?.is_null() != *negated)),
            Node::Rowtime => Cow::Owned(Value::Long(row.rowtime.0)),
            Node::Deref { of, field } => match of.value(row)? {
                Cow::Borrowed(value) => Cow::Borrowed(value.field(*field).unwrap_or(&NULL)),
                Cow::Owned(value) => Cow::Owned(value.field(*field).cloned().unwrap_or_default()),
            },
            _ => Cow::Owned(self.compute(row)?),
        })
    }

    /// The rarer kinds, apart so that the frame of the common ones stays small.
    fn compute(&self, row: &Row<'_>) -> Result<Value, EvalError> {
        match &self.node {
            Node::Arithmetic { op, left, right } => {
                let (left, right) = (left.value(row)?, right.value(row)?);
                arithmetic::apply(*op, &left, &right, self.ty.as_ref()).map_err(EvalError)
            }
            Node::Neg(of) => arithmetic::negate(&*of.value(row)?).map_err(EvalError),
            Node::Concat(left, right) => {
                let (left, right) = (left.value(row)?, right.value(row)?);
                match (left.as_text(), right.as_text()) {
                    (Some(left), Some(right)) => {
                        functions::joined(functions::total([left.len(), right.len()]), || format!("{left}{right}"))
                            .map_err(|message| EvalError(format!("||: {message}")))
                    }
                    _ => Ok(Value::Null),
                }
            }
            Node::Convert(of) => match &self.ty {
                Some(ty) => convert::convert(of.value(row)?, ty).map_err(EvalError),
                None => of.eval(row),
            },
            Node::Like { of, pattern, escape, negated } => {
                let (of, pattern) = (of.value(row)?, pattern.value(row)?);
                Ok(match (of.as_text(), pattern.as_text()) {
                    (Some(text), Some(pattern)) => Value::Bool(like::like(text, pattern, *escape) != *negated),
                    _ => Value::Null,
                })
            }
            Node::In { of, list, negated } => {
                let of = of.value(row)?;
                for item in list {
                    if Comparison::Eq.holds(&of, &*item.value(row)?) {
                        return Ok(Value::Bool(!negated));
                    }
                }
                Ok(Value::Bool(*negated))
            }
            Node::Case { arms, otherwise } => {
                for (when, then) in arms {
                    if when.test(row)? {
                        return then.eval(row);
                    }
                }
                otherwise.as_ref().map_or(Ok(Value::Null), |it| it.eval(row))
            }
            Node::Index { of, index } => {
                let (of, index) = (of.value(row)?, index.value(row)?);
                Ok(index_into(&of, &index).cloned().unwrap_or_default())
            }
            Node::List(items) => Ok(Value::List(items.iter().map(|it| it.eval(row)).collect::<Result<_, _>>()?)),
            Node::Map(entries) => {
                let mut map = BTreeMap::new();
                for (key, value) in entries {
                    let Value::Text(key) = key.eval(row)? else {
                        return Err(EvalError("the key of a map is NULL".into()));
                    };
                    map.insert(key, value.eval(row)?);
                }
                Ok(Value::Map(Arc::new(map)))
            }
            Node::Record(fields) => Ok(Value::Record(fields.iter().map(|it| it.eval(row)).collect::<Result<_, _>>()?)),
            Node::Call { call, args } => call.run(args, row),
            Node::Const(_)
            | Node::Field { .. }
            | Node::Compare { .. }
            | Node::And(..)
            | Node::Or(..)
            | Node::Not(_)
            | Node::IsNull { .. }
            | Node::Rowtime
            | Node::Deref { .. } => self.eval(row),
        }
    }
}

/// `AND` (`decides` is false) and `OR` (true), with three values: the side that decides wins over NULL.
fn junction(decides: bool, left: &Typed, right: &Typed, row: &Row<'_>) -> Result<Value, EvalError> {
    let left = left.value(row)?.as_bool();
    if left == Some(decides) {
        return Ok(Value::Bool(decides));
    }
    let right = right.value(row)?.as_bool();
    Ok(match (left, right) {
        (_, Some(it)) if it == decides => Value::Bool(decides),
        (Some(_), Some(_)) => Value::Bool(!decides),
        _ => Value::Null,
    })
}

fn index_into<'a>(of: &'a Value, index: &Value) -> Option<&'a Value> {
    match (of, index) {
        (Value::Map(items), Value::Text(key)) => items.get(key),
        (Value::List(items), index) => {
            let at = index.as_long()?;
            let at = if at < 0 { i64::try_from(items.len()).ok()?.checked_add(at)? } else { at.checked_sub(1)? };
            items.get(usize::try_from(at).ok()?)
        }
        _ => None,
    }
}

impl Comparison {
    /// Whether it holds.
    pub fn holds(self, left: &Value, right: &Value) -> bool {
        let either_null = left.is_null() || right.is_null();
        let equal = |it: Option<Ordering>| it == Some(Ordering::Equal);
        match self {
            Self::Distinct | Self::NotDistinct => {
                let same =
                    if either_null { left.is_null() && right.is_null() } else { equal(convert::compare(left, right)) };
                same == (self == Self::NotDistinct)
            }
            _ if either_null => false,
            Self::Eq => equal(convert::compare(left, right)),
            Self::Ne => !equal(convert::compare(left, right)),
            Self::Lt => convert::compare(left, right) == Some(Ordering::Less),
            Self::Le => matches!(convert::compare(left, right), Some(Ordering::Less | Ordering::Equal)),
            Self::Gt => convert::compare(left, right) == Some(Ordering::Greater),
            Self::Ge => matches!(convert::compare(left, right), Some(Ordering::Greater | Ordering::Equal)),
        }
    }
}

impl From<Value> for Typed {
    /// A constant without a type of its own.
    fn from(value: Value) -> Self {
        let ty = match &value {
            Value::Bool(_) => Some(Type::Bool),
            Value::Int(_) => Some(Type::Int),
            Value::Long(_) => Some(Type::Long),
            Value::Float(_) => Some(Type::Float),
            Value::Double(_) => Some(Type::Double),
            Value::Text(_) => Some(Type::Text),
            Value::Bytes(_) => Some(Type::Bytes),
            Value::Uuid(_) => Some(Type::Uuid),
            Value::Date(_) => Some(Type::Date),
            Value::Time(_) => Some(Type::Time),
            Value::Timestamp(_) => Some(Type::Timestamp),
            Value::Decimal(it) => Some(arithmetic::type_of(*it)),
            Value::Null | Value::List(_) | Value::Map(_) | Value::Record(_) => None,
        };
        Self { node: Node::Const(value), ty }
    }
}

/// The type of a list's items or a map's values as expressions see them: never optional at the top.
pub(super) fn inner(ty: &Arc<Type>) -> Type {
    ty.required().clone()
}
