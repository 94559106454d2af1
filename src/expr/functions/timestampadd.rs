//! `TIMESTAMPADD(DAYS, count, timestamp)`

use super::{Function, Group, Plan, check_unit, shift_timestamp};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "TIMESTAMPADD",
    group: Group::Time,
    doc: "The TIMESTAMP that many units after another.",
    usage: "TIMESTAMPADD(DAYS, count, timestamp)",
    arity: (3, 3),
    null_gives_null: true,
    unit: true,
    resolve: |args| {
        check_unit(args)?;
        Plan::new([Type::Text, Type::Long, Type::Timestamp], Type::Timestamp, |args| shift_timestamp(args, 1))
    },
    cases: &[
        ("TIMESTAMPADD(HOURS, 2, '2026-11-23T23:00:00Z')", "'2026-11-24T01:00:00.000Z'"),
        ("TIMESTAMPADD(YEARS, 1, '2024-02-29')", "'2025-02-28T00:00:00.000Z'"),
    ],
};
