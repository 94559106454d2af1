//! `LEN(text)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "LEN",
    group: Group::Text,
    doc: "The number of characters of the text.",
    usage: "LEN(text)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::Int, |args| {
            let count = args.text(0).chars().count();
            i32::try_from(count).map(Value::Int).map_err(|_| "too long a text".to_owned())
        })
    },
    cases: &[("LEN('größe')", "5"), ("LEN('')", "0")],
};
