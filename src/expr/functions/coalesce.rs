//! `COALESCE(value, value, ...)`

use super::{Function, Group, Plan, meet};

pub(super) static FUNCTION: Function = Function {
    name: "COALESCE",
    group: Group::Any,
    doc: "The first value that is not NULL.",
    usage: "COALESCE(value, value, ...)",
    arity: (1, 64),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let ty = meet(args)?;
        Plan::new([ty.clone()], ty, |args| Ok(args.iter().find(|it| !it.is_null()).cloned().unwrap_or_default()))
    },
    cases: &[("COALESCE(NULL, 2, 3)", "2"), ("COALESCE(NULL, NULL)", "NULL"), ("COALESCE(NULL, 'x')", "'x'")],
};
