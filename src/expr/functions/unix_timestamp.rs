//! `UNIX_TIMESTAMP()`

use super::{Function, Group, Plan};
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "UNIX_TIMESTAMP",
    group: Group::Time,
    doc: "Milliseconds since 1970, of the time now or of a TIMESTAMP.",
    usage: "UNIX_TIMESTAMP() or UNIX_TIMESTAMP(timestamp)",
    arity: (0, 1),
    null_gives_null: true,
    unit: false,
    resolve: |args| {
        if args.is_empty() {
            return Plan::new([], Type::Long, |args| Ok(Value::Long(args.now.0)));
        }
        Plan::new([Type::Timestamp], Type::Long, |args| {
            Ok(match args.get(0) {
                Value::Timestamp(it) => Value::Long(it.0),
                _ => Value::Null,
            })
        })
    },
    cases: &[("UNIX_TIMESTAMP()", "1795422600000"), ("UNIX_TIMESTAMP('1970-01-01T00:00:01Z')", "1000")],
};
