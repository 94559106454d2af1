//! `GREATEST(value, value, ...)`

use super::{Function, Group, Plan, largest, meet, ordered};

pub(super) static FUNCTION: Function = Function {
    name: "GREATEST",
    group: Group::Any,
    doc: "The largest of the values that are not NULL.",
    usage: "GREATEST(value, value, ...)",
    arity: (1, 64),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let ty = ordered(meet(args)?)?;
        Plan::new([ty.clone()], ty, |args| Ok(largest(args.iter())))
    },
    cases: &[("GREATEST(1, 3, 2)", "3"), ("GREATEST('a', NULL, 'b')", "'b'"), ("GREATEST(1, 2.5)", "2.5")],
};
