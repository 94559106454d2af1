//! `LCASE(text)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "LCASE",
    group: Group::Text,
    doc: "The text in lower case.",
    usage: "LCASE(text)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| Plan::new([Type::Text], Type::Text, |args| Ok(Value::text(args.text(0).to_lowercase()))),
    cases: &[("LCASE('ABC')", "'abc'")],
};
