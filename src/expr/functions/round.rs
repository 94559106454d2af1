//! `ROUND(number)`

use super::super::arithmetic;
use super::{Function, Group, Plan, number};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "ROUND",
    group: Group::Number,
    doc: "The number rounded half up, to a whole one or to so many digits after the point.",
    usage: "ROUND(number) or ROUND(number, digits)",
    arity: (1, 2),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = number(args, 0)?;
        let digits = match args.get(1).map(|it| it.constant) {
            None => None,
            Some(Some(Value::Int(digits))) if (0..=15).contains(digits) => Some(digits.unsigned_abs()),
            Some(_) => return Err("the number of digits is a constant from 0 to 15".to_owned()),
        };
        match (&ty, digits) {
            (Type::Decimal { precision, scale }, digits) => {
                let digits = digits.unwrap_or(0).min(*scale);
                let precision = (precision - scale + digits + 1).min(Type::MAX_PRECISION);
                let returns = Type::Decimal { precision, scale: digits };
                Plan::new([ty, Type::Int], returns, move |args| match args.get(0) {
                    Value::Decimal(it) => {
                        let rounded = arithmetic::to_scale(*it, precision, digits);
                        rounded.map(Value::Decimal).ok_or_else(|| format!("{it} is out of range"))
                    }
                    it => Ok(it.clone()),
                })
            }
            (Type::Float | Type::Double, None) => Plan::new([Type::Double], Type::Long, |args| {
                let it = args.get(0).as_double().unwrap_or_default();
                Ok(Value::Long((it + 0.5).floor() as i64))
            }),
            (Type::Float | Type::Double, Some(digits)) => {
                let scale = 10f64.powi(digits.try_into().unwrap_or(0));
                Plan::new([Type::Double, Type::Int], Type::Double, move |args| {
                    let it = args.get(0).as_double().unwrap_or_default();
                    let scaled = it * scale;
                    Ok(Value::Double(if scaled.is_finite() { (scaled + 0.5).floor() / scale } else { it }))
                })
            }
            _ => Plan::new([ty.clone(), Type::Int], ty, |args| Ok(args.get(0).clone())),
        }
    },
    cases: &[
        ("ROUND(2.5)", "3"),
        ("ROUND(-1.5E0)", "-1"),
        ("ROUND(12.345, 2)", "12.35"),
        ("ROUND(1.256E0, 2)", "1.26"),
        ("ROUND(7)", "7"),
    ],
};
