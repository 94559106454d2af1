//! `SIGN(number)`

use super::{Function, Group, Plan, number};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "SIGN",
    group: Group::Number,
    doc: "-1, 0 or 1 by the sign of the number.",
    usage: "SIGN(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = number(args, 0)?;
        Plan::new([ty], Type::Int, |args| {
            let it = args.get(0).as_double().unwrap_or_default();
            Ok(Value::Int(i32::from(it > 0.0) - i32::from(it < 0.0)))
        })
    },
    cases: &[("SIGN(-0.5)", "-1"), ("SIGN(0)", "0"), ("SIGN(7)", "1")],
};
