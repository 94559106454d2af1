//! `TRIM(text)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "TRIM",
    group: Group::Text,
    doc: "The text without blanks at its ends.",
    usage: "TRIM(text)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| Plan::new([Type::Text], Type::Text, |args| Ok(Value::text(args.text(0).trim()))),
    cases: &[("TRIM('  a b ')", "'a b'")],
};
