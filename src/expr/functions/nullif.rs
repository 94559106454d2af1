//! `NULLIF(value, value)`

use std::cmp::Ordering;

use super::super::convert;
use super::{Function, Group, Plan, meet};
use crate::record::Value;

pub(super) static FUNCTION: Function = Function {
    name: "NULLIF",
    group: Group::Any,
    doc: "NULL where both values are equal, else the first.",
    usage: "NULLIF(value, value)",
    arity: (2, 2),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let ty = meet(args)?;
        Plan::new([ty.clone()], ty, |args| {
            let (it, other) = (args.get(0), args.get(1));
            let same = convert::compare(it, other) == Some(Ordering::Equal);
            Ok(if same { Value::Null } else { it.clone() })
        })
    },
    cases: &[("NULLIF(1, 1)", "NULL"), ("NULLIF(1, 2)", "1"), ("NULLIF('a', NULL)", "'a'")],
};
