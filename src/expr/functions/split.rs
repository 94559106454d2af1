//! `SPLIT(text, separator)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "SPLIT",
    group: Group::Text,
    doc: "The parts of the text between a separator.",
    usage: "SPLIT(text, separator)",
    arity: (2, 2),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::list(Type::optional(Type::Text)), |args| {
            let (text, separator) = (args.text(0), args.text(1));
            if separator.is_empty() {
                return Ok(Value::List(text.chars().map(|it| Value::text(it.to_string())).collect()));
            }
            Ok(Value::List(text.split(separator).map(Value::text).collect()))
        })
    },
    cases: &[("SPLIT('a,b', ',')", "['a', 'b']"), ("SPLIT('ab', '')", "['a', 'b']")],
};
