//! `ARRAY_JOIN(list)`

use super::{Function, Group, Plan, joined, list_of, total};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "ARRAY_JOIN",
    group: Group::Collection,
    doc: "The items of the list as one text with a separator, a comma if none is given.",
    usage: "ARRAY_JOIN(list) or ARRAY_JOIN(list, separator)",
    arity: (1, 2),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        let of = list_of(args, 0)?;
        Plan::new([Type::list(Type::optional(of)), Type::Text], Type::Text, |args| {
            let separator = if args.len() > 1 { args.text(1) } else { "," };
            let items: Vec<String> = args.list(0).iter().map(Value::to_string).collect();
            let between = items.len().saturating_sub(1).checked_mul(separator.len());
            let length = between.and_then(|it| total(items.iter().map(String::len))?.checked_add(it));
            joined(length, || items.join(separator))
        })
    },
    cases: &[("ARRAY_JOIN(ARRAY['a', 'b'], '; ')", "'a; b'"), ("ARRAY_JOIN(ARRAY[1, 2])", "'1,2'")],
};
