//! `INITCAP(text)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "INITCAP",
    group: Group::Text,
    doc: "The text with each word's first letter in upper case and the rest in lower case.",
    usage: "INITCAP(text)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::Text, |args| {
            let mut start = true;
            let mut text = String::with_capacity(args.text(0).len());
            for c in args.text(0).chars() {
                if start {
                    text.extend(c.to_uppercase());
                } else {
                    text.extend(c.to_lowercase());
                }
                start = c.is_whitespace();
            }
            Ok(Value::text(text))
        })
    },
    cases: &[("INITCAP('the quick FOX')", "'The Quick Fox'")],
};
