//! `FLOOR(number)`

use super::{Function, Group, whole};

pub(super) static FUNCTION: Function = Function {
    name: "FLOOR",
    group: Group::Number,
    doc: "The largest whole number that is not larger; of the argument's type.",
    usage: "FLOOR(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| whole(args, f32::floor, f64::floor, rust_decimal::Decimal::floor),
    cases: &[("FLOOR(1.8)", "1.0"), ("FLOOR(-1.2E0)", "-2"), ("FLOOR(3)", "3")],
};
