//! `TIMESTAMPSUB(DAYS, count, timestamp)`

use super::{Function, Group, Plan, check_unit, shift_timestamp};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "TIMESTAMPSUB",
    group: Group::Time,
    doc: "The TIMESTAMP that many units before another.",
    usage: "TIMESTAMPSUB(DAYS, count, timestamp)",
    arity: (3, 3),
    null_gives_null: true,
    unit: true,
    resolve: |args| {
        check_unit(args)?;
        Plan::new([Type::Text, Type::Long, Type::Timestamp], Type::Timestamp, |args| shift_timestamp(args, -1))
    },
    cases: &[("TIMESTAMPSUB(MINUTES, 30, '2026-11-23T00:15:00Z')", "'2026-11-22T23:45:00.000Z'")],
};
