//! `UCASE(text)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "UCASE",
    group: Group::Text,
    doc: "The text in upper case.",
    usage: "UCASE(text)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| Plan::new([Type::Text], Type::Text, |args| Ok(Value::text(args.text(0).to_uppercase()))),
    cases: &[("UCASE('Größe')", "'GRÖSSE'")],
};
