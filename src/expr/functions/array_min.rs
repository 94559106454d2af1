//! `ARRAY_MIN(list)`

use super::{Function, Group, Plan, list_of, ordered, smallest};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_MIN",
    group: Group::Collection,
    doc: "The smallest item of the list that is not NULL.",
    usage: "ARRAY_MIN(list)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let of = ordered(list_of(args, 0)?)?;
        Plan::new([Type::list(Type::optional(of.clone()))], of, |args| Ok(smallest(args.list(0).iter())))
    },
    cases: &[("ARRAY_MIN(ARRAY[2, 1, NULL])", "1")],
};
