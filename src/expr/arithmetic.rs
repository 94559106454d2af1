//! Arithmetic on numbers by ksqlDB's rules for types, precision and scale.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Arithmetic;
use crate::record::{Type, Value};

/// The type of a decimal constant: as many digits as it has.
pub(super) fn type_of(it: Decimal) -> Type {
    let digits = u32::try_from(it.mantissa().unsigned_abs().to_string().len()).unwrap_or(Type::MAX_PRECISION);
    let precision = digits.max(it.scale()).clamp(1, Type::MAX_PRECISION);
    Type::Decimal { precision, scale: it.scale().min(precision) }
}

/// Precision and scale of a number that takes part in decimal arithmetic: INT is DECIMAL(10, 0), BIGINT DECIMAL(19, 0).
pub(super) fn digits(ty: &Type) -> Option<(u32, u32)> {
    match ty {
        Type::Int => Some((10, 0)),
        Type::Long => Some((19, 0)),
        Type::Decimal { precision, scale } => Some((*precision, *scale)),
        _ => None,
    }
}

/// The type in which numbers of both types meet: INT, BIGINT, DECIMAL, DOUBLE in this order.
pub(super) fn common(left: &Type, right: &Type) -> Option<Type> {
    Some(match (left, right) {
        (Type::Int, Type::Int) => Type::Int,
        (Type::Int | Type::Long, Type::Int | Type::Long) => Type::Long,
        (Type::Float, Type::Float) => Type::Float,
        (left, right) if left.is_numeric() && right.is_numeric() => match (digits(left), digits(right)) {
            (Some((p1, s1)), Some((p2, s2))) => {
                let scale = s1.max(s2);
                limited((p1 - s1).max(p2 - s2) + scale, scale)
            }
            _ => Type::Double,
        },
        _ => return None,
    })
}

/// The type of the result.
pub(super) fn result(op: Arithmetic, left: &Type, right: &Type) -> Option<Type> {
    let meet = common(left, right)?;
    let (Type::Decimal { .. }, Some((p1, s1)), Some((p2, s2))) = (&meet, digits(left), digits(right)) else {
        return Some(if meet == Type::Float { Type::Double } else { meet });
    };
    Some(match op {
        Arithmetic::Add | Arithmetic::Sub => {
            let scale = s1.max(s2);
            limited((p1 - s1).max(p2 - s2) + scale + 1, scale)
        }
        Arithmetic::Mul => limited(p1 + p2 + 1, s1 + s2),
        Arithmetic::Div => {
            let scale = (s1 + p2 + 1).max(6);
            limited(p1 - s1 + s2 + scale, scale)
        }
        Arithmetic::Rem => {
            let scale = s1.max(s2);
            limited((p1 - s1).min(p2 - s2) + scale, scale)
        }
    })
}

/// A decimal type within 28 digits: the digits after the point give way first, down to six.
fn limited(precision: u32, scale: u32) -> Type {
    if precision <= Type::MAX_PRECISION {
        return Type::Decimal { precision: precision.max(1), scale };
    }
    let whole = precision - scale;
    let scale = Type::MAX_PRECISION.saturating_sub(whole).max(scale.min(6));
    Type::Decimal { precision: Type::MAX_PRECISION, scale }
}

/// The value; NULL if a side is NULL.
pub(super) fn apply(op: Arithmetic, left: &Value, right: &Value, ty: Option<&Type>) -> Result<Value, String> {
    if left.is_null() || right.is_null() {
        return Ok(Value::Null);
    }
    let overflow = || format!("{left} {} {right} is out of range", op.symbol());
    let by_zero = || format!("{left} {} 0: division by zero", op.symbol());
    let divides = matches!(op, Arithmetic::Div | Arithmetic::Rem);
    match (left, right) {
        (Value::Int(_) | Value::Long(_), Value::Int(0) | Value::Long(0)) if divides => Err(by_zero()),
        (Value::Int(a), Value::Int(b)) => {
            let result = whole(op, i64::from(*a), i64::from(*b)).and_then(|it| i32::try_from(it).ok());
            result.map(Value::Int).ok_or_else(overflow)
        }
        (Value::Long(a), Value::Long(b)) => whole(op, *a, *b).map(Value::Long).ok_or_else(overflow),
        (Value::Double(a), Value::Double(b)) => Ok(Value::Double(match op {
            Arithmetic::Add => a + b,
            Arithmetic::Sub => a - b,
            Arithmetic::Mul => a * b,
            Arithmetic::Div => a / b,
            Arithmetic::Rem => a % b,
        })),
        (left, right) => {
            let (Some(a), Some(b)) = (decimal(left), decimal(right)) else {
                return Err(format!("{} {} {} is not arithmetic", left.kind(), op.symbol(), right.kind()));
            };
            if divides && b.is_zero() {
                return Err(by_zero());
            }
            let result = match op {
                Arithmetic::Add => a.checked_add(b),
                Arithmetic::Sub => a.checked_sub(b),
                Arithmetic::Mul => a.checked_mul(b),
                Arithmetic::Div => a.checked_div(b),
                Arithmetic::Rem => a.checked_rem(b),
            };
            let result = result.ok_or_else(overflow)?;
            match ty {
                Some(Type::Decimal { precision, scale }) => {
                    to_scale(result, *precision, *scale).map(Value::Decimal).ok_or_else(overflow)
                }
                _ => Ok(Value::Decimal(result)),
            }
        }
    }
}

/// Arithmetic on whole numbers, whose divisor is not 0; none where the result has no room.
fn whole(op: Arithmetic, a: i64, b: i64) -> Option<i64> {
    match op {
        Arithmetic::Add => a.checked_add(b),
        Arithmetic::Sub => a.checked_sub(b),
        Arithmetic::Mul => a.checked_mul(b),
        Arithmetic::Div => a.checked_div(b),
        Arithmetic::Rem => Some(a.wrapping_rem(b)),
    }
}

/// The number as a decimal, if it is an exact one.
pub(super) fn decimal(it: &Value) -> Option<Decimal> {
    match it {
        Value::Decimal(it) => Some(*it),
        Value::Int(it) => Some(Decimal::from(*it)),
        Value::Long(it) => Some(Decimal::from(*it)),
        _ => None,
    }
}

/// Rounded half up to that scale, if it has no more digits than that then.
pub(super) fn to_scale(it: Decimal, precision: u32, scale: u32) -> Option<Decimal> {
    let mut it = it.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    let most = 10u128.checked_pow(precision.checked_sub(scale)?)?;
    if it.trunc().mantissa().unsigned_abs() / 10u128.pow(it.trunc().scale()) >= most {
        return None;
    }
    it.rescale(scale);
    (it.scale() == scale).then_some(it)
}

/// The number with its sign turned; NULL if it is NULL.
pub(super) fn negate(it: &Value) -> Result<Value, String> {
    let overflow = || format!("-({it}) is out of range");
    Ok(match it {
        Value::Int(n) => Value::Int(n.checked_neg().ok_or_else(overflow)?),
        Value::Long(n) => Value::Long(n.checked_neg().ok_or_else(overflow)?),
        Value::Float(n) => Value::Float(-n),
        Value::Double(n) => Value::Double(-n),
        Value::Decimal(n) => Value::Decimal(-*n),
        _ => Value::Null,
    })
}
