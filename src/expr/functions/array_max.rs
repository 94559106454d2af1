//! `ARRAY_MAX(list)`

use super::{Function, Group, Plan, largest, list_of, ordered};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_MAX",
    group: Group::Collection,
    doc: "The largest item of the list that is not NULL.",
    usage: "ARRAY_MAX(list)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let of = ordered(list_of(args, 0)?)?;
        Plan::new([Type::list(Type::optional(of.clone()))], of, |args| Ok(largest(args.list(0).iter())))
    },
    cases: &[("ARRAY_MAX(ARRAY[1, 3, NULL])", "3")],
};
