//! `SQRT(number)`

use super::{Function, Group, Plan, number};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "SQRT",
    group: Group::Number,
    doc: "The square root as a DOUBLE.",
    usage: "SQRT(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        number(args, 0)?;
        Plan::new([Type::Double], Type::Double, |args| {
            Ok(Value::Double(args.get(0).as_double().unwrap_or_default().sqrt()))
        })
    },
    cases: &[("SQRT(9)", "3"), ("SQRT(2.25)", "1.5")],
};
