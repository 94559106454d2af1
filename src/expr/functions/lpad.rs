//! `LPAD(text, length, padding)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "LPAD",
    group: Group::Text,
    doc: "The text filled up on the left, or cut, to so many characters (at most 65536).",
    usage: "LPAD(text, length, padding)",
    arity: (3, 3),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text, Type::Long, Type::Text], Type::Text, |args| {
            let Some(wanted) = usize::try_from(args.long(1)).ok().filter(|it| *it <= 65_536) else {
                return Err(format!("{} is no length from 0 to 65536", args.long(1)));
            };
            let (text, padding) = (args.text(0), args.text(2));
            let missing = wanted.saturating_sub(text.chars().count());
            if missing > 0 && padding.is_empty() {
                return Ok(Value::Null);
            }
            let filled = padding.chars().cycle().take(missing);
            Ok(Value::text(filled.chain(text.chars()).take(wanted).collect::<String>()))
        })
    },
    cases: &[("LPAD('7', 3, '0')", "'007'"), ("LPAD('abcd', 2, 'x')", "'ab'"), ("LPAD('a', 3, '')", "NULL")],
};
