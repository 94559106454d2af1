//! `FLOOR(number)`

use super::{Function, Group, Plan, number};
use crate::record::Value;

pub(super) static FUNCTION: Function = Function {
    name: "FLOOR",
    group: Group::Number,
    doc: "The largest whole number that is not larger; of the argument's type.",
    usage: "FLOOR(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = number(args, 0)?;
        Plan::new([ty.clone()], ty, |args| {
            Ok(match args.get(0) {
                Value::Float(it) => Value::Float(it.floor()),
                Value::Double(it) => Value::Double(it.floor()),
                Value::Decimal(it) => {
                    let mut whole = it.floor();
                    whole.rescale(it.scale());
                    Value::Decimal(whole)
                }
                it => it.clone(),
            })
        })
    },
    cases: &[("FLOOR(1.8)", "1.0"), ("FLOOR(-1.2E0)", "-2"), ("FLOOR(3)", "3")],
};
