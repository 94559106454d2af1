//! `DATESUB(DAYS, count, date)`

use super::{Function, Group, Plan, check_unit, shift_date};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "DATESUB",
    group: Group::Time,
    doc: "The DATE that many units before another.",
    usage: "DATESUB(DAYS, count, date)",
    arity: (3, 3),
    null_gives_null: true,
    unit: true,
    resolve: |args| {
        check_unit(args)?;
        Plan::new([Type::Text, Type::Long, Type::Date], Type::Date, |args| shift_date(args, -1))
    },
    cases: &[("DATESUB(WEEKS, 1, '2026-11-23')", "'2026-11-16'")],
};
