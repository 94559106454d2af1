//! `ARRAY_LENGTH(list)`

use super::{Function, Group, Plan, list_of};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_LENGTH",
    group: Group::Collection,
    doc: "The number of items of the list.",
    usage: "ARRAY_LENGTH(list)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let of = list_of(args, 0)?;
        Plan::new([Type::list(Type::optional(of))], Type::Int, |args| {
            i32::try_from(args.list(0).len()).map(Value::Int).map_err(|_| "too long a list".to_owned())
        })
    },
    cases: &[("ARRAY_LENGTH(ARRAY[1, 2])", "2")],
};
