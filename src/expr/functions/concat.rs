//! `CONCAT(text, text, ...)`

use super::{Function, Group, Plan, joined, total};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "CONCAT",
    group: Group::Text,
    doc: "The texts one after the other; NULLs are left out.",
    usage: "CONCAT(text, text, ...)",
    arity: (2, 64),
    null_gives_null: false,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::Text, |args| {
            let texts = || args.iter().filter_map(Value::as_text);
            joined(total(texts().map(str::len)), || texts().collect())
        })
    },
    cases: &[("CONCAT('a', NULL, 'b')", "'ab'")],
};
