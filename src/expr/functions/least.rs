//! `LEAST(value, value, ...)`

use super::{Function, Group, Plan, meet, ordered, smallest};

pub(super) static FUNCTION: Function = Function {
    name: "LEAST",
    group: Group::Any,
    doc: "The smallest of the values that are not NULL.",
    usage: "LEAST(value, value, ...)",
    arity: (1, 64),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let ty = ordered(meet(args)?)?;
        Plan::new([ty.clone()], ty, |args| Ok(smallest(args.iter())))
    },
    cases: &[("LEAST(3, 1, 2)", "1"), ("LEAST('b', NULL, 'a')", "'a'"), ("LEAST(1, 2.5)", "1.0")],
};
