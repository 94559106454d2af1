//! `MAP_VALUES(map)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "MAP_VALUES",
    group: Group::Collection,
    doc: "The values of the map in the order of its keys.",
    usage: "MAP_VALUES(map)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| match args.first().and_then(|it| it.ty) {
        Some(ty @ Type::Map(of)) => Plan::new([ty.clone()], Type::list((**of).clone()), |args| {
            Ok(match args.get(0) {
                Value::Map(items) => Value::List(items.values().cloned().collect()),
                _ => Value::Null,
            })
        }),
        _ => Err("a map is wanted".to_owned()),
    },
    cases: &[("MAP_VALUES(MAP('b' := 1, 'a' := 2))", "[2, 1]")],
};
