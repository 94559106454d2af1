//! `GREATEST(value, value, ...)`

use std::cmp::Ordering;

use super::super::convert;
use super::{Function, Group, Plan, meet, ordered};

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
        Plan::new([ty.clone()], ty, |args| {
            let values = args.iter().filter(|it| !it.is_null());
            let found = values.max_by(|a, b| convert::compare(a, b).unwrap_or(Ordering::Equal));
            Ok(found.cloned().unwrap_or_default())
        })
    },
    cases: &[("GREATEST(1, 3, 2)", "3"), ("GREATEST('a', NULL, 'b')", "'b'"), ("GREATEST(1, 2.5)", "2.5")],
};
