//! `FROM_DAYS(days)`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "FROM_DAYS",
    group: Group::Time,
    doc: "The DATE of days since 1970.",
    usage: "FROM_DAYS(days)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| {
        Plan::new([Type::Int], Type::Date, |args| {
            Ok(match args.get(0) {
                Value::Int(days) => Value::Date(*days),
                _ => Value::Null,
            })
        })
    },
    cases: &[("FROM_DAYS(UNIX_DATE())", "'2026-11-23'")],
};
