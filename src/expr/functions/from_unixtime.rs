//! `FROM_UNIXTIME(milliseconds)`

use super::{Function, Group, Plan};
use crate::kit::Timestamp;
use crate::record::{Type, Value};

pub(super) static FUNCTION: Function = Function {
    name: "FROM_UNIXTIME",
    group: Group::Time,
    doc: "The TIMESTAMP of milliseconds since 1970.",
    usage: "FROM_UNIXTIME(milliseconds)",
    arity: (1, 1),
    null_gives_null: true,
    unit: false,
    resolve: |_| Plan::new([Type::Long], Type::Timestamp, |args| Ok(Value::Timestamp(Timestamp(args.long(0))))),
    cases: &[("FROM_UNIXTIME(UNIX_TIMESTAMP())", "'2026-11-23T08:30:00.000Z'")],
};
