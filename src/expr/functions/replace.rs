//! `REPLACE(text, old, new)`

use super::{Function, Group, Plan, joined};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "REPLACE",
    group: Group::Text,
    doc: "The text with one part put in place of another wherever it is.",
    usage: "REPLACE(text, old, new)",
    arity: (3, 3),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::Text, |args| {
            let (text, old, new) = (args.text(0), args.text(1), args.text(2));
            if old.is_empty() {
                return Ok(Value::text(text));
            }
            let count = text.matches(old).count();
            let rest = text.len() - count * old.len();
            joined(count.checked_mul(new.len()).and_then(|it| it.checked_add(rest)), || text.replace(old, new))
        })
    },
    cases: &[("REPLACE('a-b-c', '-', '+')", "'a+b+c'"), ("REPLACE('abc', '', 'x')", "'abc'")],
};
