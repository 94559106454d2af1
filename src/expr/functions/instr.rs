//! `INSTR(text, part)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "INSTR",
    group: Group::Text,
    doc: "The place, from 1, where one text is in the other; 0 if it is not.",
    usage: "INSTR(text, part)",
    arity: (2, 2),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text], Type::Int, |args| {
            let found = args.text(0).find(args.text(1)).and_then(|at| args.text(0).get(..at));
            let place = found.map_or(0, |before| before.chars().count() + 1);
            i32::try_from(place).map(Value::Int).map_err(|_| "too long a text".to_owned())
        })
    },
    cases: &[("INSTR('größe', 'ß')", "4"), ("INSTR('abc', 'x')", "0")],
};
