//! `SUBSTRING(text, place)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "SUBSTRING",
    group: Group::Text,
    doc: "The part of the text from a place on (from 1; negative from the end), of so many characters.",
    usage: "SUBSTRING(text, place) or SUBSTRING(text, place, length)",
    arity: (2, 3),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Text, Type::Long, Type::Long], Type::Text, |args| {
            let count = args.text(0).chars().count() as i64;
            let place = args.long(1);
            let start = if place < 0 { count.saturating_add(place) } else { place - 1 }.clamp(0, count);
            let length = if args.len() > 2 { args.long(2).max(0) } else { count };
            let (start, length) = (usize::try_from(start).unwrap_or(0), usize::try_from(length).unwrap_or(0));
            Ok(Value::text(args.text(0).chars().skip(start).take(length).collect::<String>()))
        })
    },
    cases: &[
        ("SUBSTRING('stream', 3)", "'ream'"),
        ("SUBSTRING('stream', 3, 2)", "'re'"),
        ("SUBSTRING('stream', -3)", "'eam'"),
        ("SUBSTRING('stream', 9)", "''"),
    ],
};
