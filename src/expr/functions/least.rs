//! `LEAST(value, value, ...)`

use std::cmp::Ordering;

use super::super::convert;
use super::{Function, Group, Plan, meet, ordered};

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
        Plan::new([ty.clone()], ty, |args| {
            let values = args.iter().filter(|it| !it.is_null());
            let found = values.min_by(|a, b| convert::compare(a, b).unwrap_or(Ordering::Equal));
            Ok(found.cloned().unwrap_or_default())
        })
    },
    cases: &[("LEAST(3, 1, 2)", "1"), ("LEAST('b', NULL, 'a')", "'a'"), ("LEAST(1, 2.5)", "1.0")],
};
