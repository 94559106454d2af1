//! `DATEADD(DAYS, count, date)`

use super::{Function, Group, Plan, check_unit, shift_date};
use crate::record::Type;

pub(super) static FUNCTION: Function = Function {
    name: "DATEADD",
    group: Group::Time,
    doc: "The DATE that many units after another.",
    usage: "DATEADD(DAYS, count, date)",
    arity: (3, 3),
    null_gives_null: true,
    unit: true,
    resolve: |args| {
        check_unit(args)?;
        Plan::new([Type::Text, Type::Long, Type::Date], Type::Date, |args| shift_date(args, 1))
    },
    cases: &[("DATEADD(DAYS, 3, '2026-11-28')", "'2026-12-01'"), ("DATEADD(MONTHS, 1, '2026-01-31')", "'2026-02-28'")],
};
