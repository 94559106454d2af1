//! `UNIX_DATE()`

use super::{DAY, Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "UNIX_DATE",
    group: Group::Time,
    doc: "Days since 1970, of the day now or of a DATE.",
    usage: "UNIX_DATE() or UNIX_DATE(date)",
    arity: (0, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        if args.is_empty() {
            return Plan::new([], Type::Int, |args| {
                i32::try_from(args.now.0.div_euclid(DAY)).map(Value::Int).map_err(|_| "out of range".to_owned())
            });
        }
        Plan::new([Type::Date], Type::Int, |args| {
            Ok(match args.get(0) {
                Value::Date(days) => Value::Int(*days),
                _ => Value::Null,
            })
        })
    },
    cases: &[("UNIX_DATE('1970-01-03')", "2"), ("UNIX_DATE()", "20780")],
};
