//! `ARRAY_DISTINCT(list)`

use std::collections::BTreeSet;

use super::{Function, Group, Plan, list_of};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_DISTINCT",
    group: Group::Collection,
    doc: "The items of the list, each once, in the order in which they first occur.",
    usage: "ARRAY_DISTINCT(list)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let ty = Type::list(Type::optional(list_of(args, 0)?));
        Plan::new([ty.clone()], ty, |args| {
            let mut seen = BTreeSet::new();
            Ok(Value::List(args.list(0).iter().filter(|it| seen.insert(*it)).cloned().collect()))
        })
    },
    cases: &[("ARRAY_DISTINCT(ARRAY[2, 1, 2])", "[2, 1]")],
};
