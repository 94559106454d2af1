//! `CEIL(number)`

use super::{Function, Group, Plan, number};
use crate::record::Value;

pub(super) static FUNCTION: Function = Function {
    name: "CEIL",
    group: Group::Number,
    doc: "The smallest whole number that is not smaller; of the argument's type.",
    usage: "CEIL(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = number(args, 0)?;
        Plan::new([ty.clone()], ty, |args| {
            Ok(match args.get(0) {
                Value::Float(it) => Value::Float(it.ceil()),
                Value::Double(it) => Value::Double(it.ceil()),
                Value::Decimal(it) => {
                    let mut whole = it.ceil();
                    whole.rescale(it.scale());
                    Value::Decimal(whole)
                }
                it => it.clone(),
            })
        })
    },
    cases: &[("CEIL(1.2)", "2.0"), ("CEIL(-1.2E0)", "-1"), ("CEIL(3)", "3")],
};
