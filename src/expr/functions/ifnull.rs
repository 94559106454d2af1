//! `IFNULL(value, instead)`

use super::{Function, Group, Plan, meet};

pub(super) static FUNCTION: Function = Function {
    name: "IFNULL",
    group: Group::Any,
    doc: "The first value, or the second where the first is NULL.",
    usage: "IFNULL(value, instead)",
    arity: (2, 2),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let ty = meet(args)?;
        Plan::new([ty.clone()], ty, |args| Ok(args.get(usize::from(args.get(0).is_null())).clone()))
    },
    cases: &[("IFNULL(NULL, 0)", "0"), ("IFNULL(5, 0)", "5")],
};
