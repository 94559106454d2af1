//! `ARRAY_CONTAINS(list, value)`

use std::cmp::Ordering;

use super::super::convert;
use super::{Function, Group, Plan, list_of};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_CONTAINS",
    group: Group::Collection,
    doc: "Whether the list holds the value.",
    usage: "ARRAY_CONTAINS(list, value)",
    arity: (2, 2),
    null_gives_null: false,
    unit: false,
    resolve: |args| {
        let of = list_of(args, 0)?;
        let list = Type::list(Type::optional(of.clone()));
        Plan::new([list, of], Type::Bool, |args| {
            let wanted = args.get(1);
            let same = |it: &Value| match (it.is_null(), wanted.is_null()) {
                (false, false) => convert::compare(it, wanted) == Some(Ordering::Equal),
                (a, b) => a && b,
            };
            Ok(if args.get(0).is_null() { Value::Bool(false) } else { Value::Bool(args.list(0).iter().any(same)) })
        })
    },
    cases: &[
        ("ARRAY_CONTAINS(ARRAY[1, 2], 2)", "TRUE"),
        ("ARRAY_CONTAINS(ARRAY['a'], 'b')", "FALSE"),
        ("ARRAY_CONTAINS(ARRAY['a', NULL], NULL)", "TRUE"),
    ],
};
