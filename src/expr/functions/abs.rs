//! `ABS(number)`

use super::super::arithmetic;
use super::{Args, Function, Group, Plan, number};
use crate::record::Value;

pub(super) static FUNCTION: Function = Function {
    name: "ABS",
    group: Group::Number,
    doc: "The number without its sign.",
    usage: "ABS(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = number(args, 0)?;
        Plan::new([ty.clone()], ty, run)
    },
    cases: &[("ABS(-3)", "3"), ("ABS(1.50)", "1.50"), ("ABS(-1E0)", "1")],
};

fn run(args: &Args<'_>) -> Result<Value, String> {
    let it = args.get(0);
    let negative = match it {
        Value::Int(it) => *it < 0,
        Value::Long(it) => *it < 0,
        Value::Float(it) => *it < 0.0,
        Value::Double(it) => *it < 0.0,
        Value::Decimal(it) => it.is_sign_negative(),
        _ => false,
    };
    if negative { arithmetic::negate(it) } else { Ok(it.clone()) }
}
