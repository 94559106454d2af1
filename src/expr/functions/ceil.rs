//! `CEIL(number)`

use super::{Function, Group, whole};

pub(super) static FUNCTION: Function = Function {
    name: "CEIL",
    group: Group::Number,
    doc: "The smallest whole number that is not smaller; of the argument's type.",
    usage: "CEIL(number)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| whole(args, f32::ceil, f64::ceil, rust_decimal::Decimal::ceil),
    cases: &[("CEIL(1.2)", "2.0"), ("CEIL(-1.2E0)", "-1"), ("CEIL(3)", "3")],
};
