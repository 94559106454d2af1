//! `MAP_KEYS(map)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "MAP_KEYS",
    group: Group::Collection,
    doc: "The keys of the map, sorted.",
    usage: "MAP_KEYS(map)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| match args.first().and_then(|it| it.ty) {
        Some(ty @ Type::Map(_)) => Plan::new([ty.clone()], Type::list(Type::optional(Type::Text)), |args| {
            Ok(match args.get(0) {
                Value::Map(items) => Value::List(items.keys().cloned().map(Value::Text).collect()),
                _ => Value::Null,
            })
        }),
        _ => Err("a map is wanted".to_owned()),
    },
    cases: &[("MAP_KEYS(MAP('b' := 1, 'a' := 2))", "['a', 'b']")],
};
