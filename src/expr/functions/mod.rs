//! The functions: one file each, and their list.
//!
//! A function says how many arguments it takes and resolves their types to a [`Plan`]: what each argument is converted
//! to, what type comes back and what is run. Its cases are expressions with their values; they are tests and help.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::{EvalError, Node, Row, Typed, arithmetic, convert};
use crate::kit::Timestamp;
use crate::record::{Type, Value};

/// Every function, in the order in which help shows them.
pub static ALL: &[&Function] = &[
    &abs::FUNCTION,
    &sign::FUNCTION,
    &ceil::FUNCTION,
    &floor::FUNCTION,
    &round::FUNCTION,
    &sqrt::FUNCTION,
    &greatest::FUNCTION,
    &least::FUNCTION,
    &coalesce::FUNCTION,
    &ifnull::FUNCTION,
    &nullif::FUNCTION,
    &ucase::FUNCTION,
    &lcase::FUNCTION,
    &initcap::FUNCTION,
    &len::FUNCTION,
    &concat::FUNCTION,
    &substring::FUNCTION,
    &trim::FUNCTION,
    &replace::FUNCTION,
    &instr::FUNCTION,
    &lpad::FUNCTION,
    &split::FUNCTION,
    &array_length::FUNCTION,
    &array_contains::FUNCTION,
    &array_distinct::FUNCTION,
    &array_join::FUNCTION,
    &array_max::FUNCTION,
    &array_min::FUNCTION,
    &map_keys::FUNCTION,
    &map_values::FUNCTION,
    &unix_timestamp::FUNCTION,
    &from_unixtime::FUNCTION,
    &unix_date::FUNCTION,
    &from_days::FUNCTION,
    &dateadd::FUNCTION,
    &datesub::FUNCTION,
    &timestampadd::FUNCTION,
    &timestampsub::FUNCTION,
];

mod abs;
mod sign;
mod ceil;
mod floor;
mod round;
mod sqrt;
mod greatest;
mod least;
mod coalesce;
mod ifnull;
mod nullif;
mod ucase;
mod lcase;
mod initcap;
mod len;
mod concat;
mod substring;
mod trim;
mod replace;
mod instr;
mod lpad;
mod split;
mod array_length;
mod array_contains;
mod array_distinct;
mod array_join;
mod array_max;
mod array_min;
mod map_keys;
mod map_values;
mod unix_timestamp;
mod from_unixtime;
mod unix_date;
mod from_days;
mod dateadd;
mod datesub;
mod timestampadd;
mod timestampsub;

/// What a function is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Numbers.
    Number,
    /// Any values, NULL among them.
    Any,
    /// Text.
    Text,
    /// Lists and maps.
    Collection,
    /// Dates and times.
    Time,
}

/// A function.
pub struct Function {
    /// Its name, upper case.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// What it gives, in one sentence.
    pub doc: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// The least and most arguments.
    pub arity: (usize, usize),
    /// Whether the result is NULL as soon as an argument is.
    pub null_gives_null: bool,
    /// Whether the first argument is a unit as a bare word: `DAYS`.
    pub unit: bool,
    /// What it does with arguments of those types, or why it does not take them.
    pub resolve: fn(&[Arg<'_>]) -> Result<Plan, String>,
    /// Expressions and their values, both as text.
    pub cases: &'static [(&'static str, &'static str)],
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The function of that name, in any case.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().find(|it| it.name.eq_ignore_ascii_case(name)).copied()
}

/// What is known of an argument before the run.
#[derive(Clone, Copy, Debug)]
pub struct Arg<'a> {
    /// Its type; none for the bare NULL.
    pub ty: Option<&'a Type>,
    /// Its value, if it is a constant.
    pub constant: Option<&'a Value>,
}

impl<'a> Arg<'a> {
    pub(super) fn of(typed: &'a Typed) -> Self {
        let constant = match &typed.node {
            Node::Const(value) => Some(value),
            _ => None,
        };
        Self { ty: typed.ty(), constant }
    }
}

/// What runs: arguments in, value out, or why not.
pub type Run = Arc<dyn Fn(&Args<'_>) -> Result<Value, String> + Send + Sync>;

/// What a function does with arguments of certain types.
pub struct Plan {
    /// What each argument is converted to; none leaves it as it is. The last stands for those after it.
    pub takes: Vec<Option<Type>>,
    /// The type of the result.
    pub returns: Option<Type>,
    /// What runs.
    pub run: Run,
}

impl Plan {
    /// A plan that converts its arguments to those types.
    fn new(
        takes: impl IntoIterator<Item = Type>,
        returns: Type,
        run: impl Fn(&Args<'_>) -> Result<Value, String> + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let takes = takes.into_iter().map(|it| Some(it.required().clone())).collect();
        Ok(Self { takes, returns: Some(returns.required().clone()), run: Arc::new(run) })
    }
}

/// A function with what it was resolved to.
#[derive(Clone)]
pub struct Call {
    /// The function.
    pub function: &'static Function,
    run: Run,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.function.name)
    }
}

impl Call {
    pub(super) fn new(function: &'static Function, run: Run) -> Self {
        Self { function, run }
    }

    pub(super) fn run(&self, args: &[Typed], row: &Row<'_>) -> Result<Value, EvalError> {
        let values = args.iter().map(|it| it.value(row)).collect::<Result<Vec<_>, _>>()?;
        if self.function.null_gives_null && values.iter().any(|it| it.is_null()) {
            return Ok(Value::Null);
        }
        let args = Args { values: &values, now: row.now };
        (self.run)(&args).map_err(|message| EvalError(format!("{}: {message}", self.function.name)))
    }
}

/// The longest text that an expression makes, in bytes: what a topic takes in one record.
const LONGEST: usize = 1 << 20;

/// A text put together of others, so long in bytes; refused before it is made if it is too long, as one that doubles
/// with every event soon is.
pub(super) fn joined(length: Option<usize>, make: impl FnOnce() -> String) -> Result<Value, String> {
    match length {
        Some(length) if length <= LONGEST => Ok(Value::Text(make().into())),
        Some(_) | None => Err(format!("the text would be longer than {LONGEST} bytes")),
    }
}

/// The largest of some values, NULL apart; of equal ones the last.
pub(super) fn largest<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    values.filter(|it| !it.is_null()).max_by(|a, b| in_order(a, b)).cloned().unwrap_or_default()
}

/// The smallest of some values, NULL apart; of equal ones the first.
pub(super) fn smallest<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    values.filter(|it| !it.is_null()).min_by(|a, b| in_order(a, b)).cloned().unwrap_or_default()
}

fn in_order(a: &Value, b: &Value) -> Ordering {
    convert::compare(a, b).unwrap_or(Ordering::Equal)
}

/// The sum of some lengths; none if it is beyond all bounds.
pub(super) fn total(lengths: impl IntoIterator<Item = usize>) -> Option<usize> {
    lengths.into_iter().try_fold(0usize, usize::checked_add)
}

/// The values of the arguments.
pub struct Args<'a> {
    values: &'a [Cow<'a, Value>],
    /// The time now.
    now: Timestamp,
}

impl Args<'_> {
    fn get(&self, at: usize) -> &Value {
        self.values.get(at).map_or(&Value::Null, |it| &**it)
    }

    fn text(&self, at: usize) -> &str {
        self.get(at).as_text().unwrap_or_default()
    }

    fn long(&self, at: usize) -> i64 {
        self.get(at).as_long().unwrap_or_default()
    }

    fn list(&self, at: usize) -> &[Value] {
        match self.get(at) {
            Value::List(items) => items,
            _ => &[],
        }
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn iter(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().map(|it| &**it)
    }
}

/// A rounding of the one argument, a number, to a whole number of its type.
fn whole(
    args: &[Arg<'_>],
    float: fn(f32) -> f32,
    double: fn(f64) -> f64,
    decimal: fn(&rust_decimal::Decimal) -> rust_decimal::Decimal,
) -> Result<Plan, String> {
    let ty = number(args, 0)?;
    Plan::new([ty.clone()], ty, move |args| {
        Ok(match args.get(0) {
            Value::Float(it) => Value::Float(float(*it)),
            Value::Double(it) => Value::Double(double(*it)),
            Value::Decimal(it) => {
                let mut whole = decimal(it);
                whole.rescale(it.scale());
                Value::Decimal(whole)
            }
            it => it.clone(),
        })
    })
}

/// The type of a number argument; NULL is taken for a whole number.
fn number(args: &[Arg<'_>], at: usize) -> Result<Type, String> {
    match args.get(at).and_then(|it| it.ty) {
        None => Ok(Type::Int),
        Some(ty) if ty.is_numeric() => Ok(ty.clone()),
        Some(ty) => Err(format!("a number is wanted, not {ty}")),
    }
}

/// The item type of a list argument.
fn list_of(args: &[Arg<'_>], at: usize) -> Result<Type, String> {
    match args.get(at).and_then(|it| it.ty) {
        Some(Type::List(of)) => Ok(of.required().clone()),
        Some(ty) => Err(format!("a list is wanted, not {ty}")),
        None => Err("a list is wanted, not NULL".to_owned()),
    }
}

/// The type in which values of both types meet.
pub(super) fn common(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (a, b) if a == b => Some(a.clone()),
        (a, b) if a.is_numeric() && b.is_numeric() => arithmetic::common(a, b),
        (Type::Text | Type::Enum(_) | Type::Uuid, Type::Text | Type::Enum(_) | Type::Uuid) => Some(Type::Text),
        (Type::Date, Type::Timestamp) | (Type::Timestamp, Type::Date) => Some(Type::Timestamp),
        (a, b) if convert::assignable(b, a) => Some(a.clone()),
        (a, b) if convert::assignable(a, b) => Some(b.clone()),
        _ => None,
    }
}

/// The type in which all arguments meet. Texts in quotes follow the others.
fn meet(args: &[Arg<'_>]) -> Result<Type, String> {
    let is_word = |it: &&Arg<'_>| matches!(it.constant, Some(Value::Text(_)));
    let mut found: Option<Type> = None;
    for ty in args.iter().filter(|it| !is_word(it)).filter_map(|it| it.ty) {
        let next = match &found {
            None => Some(ty.clone()),
            Some(found) => common(found, ty),
        };
        let before = found.map_or(String::new(), |it| it.to_string());
        found = Some(next.ok_or_else(|| format!("{before} and {ty} do not go together"))?);
    }
    // A word that an enum does not have makes the whole a text.
    let foreign = |schema: &crate::record::EnumSchema| {
        args.iter().filter_map(|it| it.constant?.as_text()).any(|it| schema.position(it).is_none())
    };
    Ok(match found {
        Some(Type::Enum(schema)) if foreign(&schema) => Type::Text,
        Some(ty) => ty,
        None => Type::Text,
    })
}

/// A type whose values have an order of which people think alike; the words of an enum have none.
fn ordered(ty: Type) -> Result<Type, String> {
    match ty {
        Type::Enum(_) => Err("the words of an enum have no order: CAST them AS STRING".to_owned()),
        ty => Ok(ty),
    }
}

/// A length of time of some units, as `DATEADD` takes it.
fn units(name: &str, count: i64) -> Result<Span, String> {
    let singular = name.trim_end_matches(['s', 'S']).to_ascii_uppercase();
    let ms = |scale: i64| count.checked_mul(scale).map(Span::Millis).ok_or_else(|| "too long a time".to_owned());
    match singular.as_str() {
        "MILLISECOND" => ms(1),
        "SECOND" => ms(1_000),
        "MINUTE" => ms(60_000),
        "HOUR" => ms(3_600_000),
        "DAY" => ms(86_400_000),
        "WEEK" => ms(604_800_000),
        "MONTH" => Ok(Span::Months(count)),
        "YEAR" => count.checked_mul(12).map(Span::Months).ok_or_else(|| "too long a time".to_owned()),
        _ => Err(format!("`{name}` is no unit; write DAYS, HOURS, MINUTES, SECONDS, WEEKS, MONTHS or YEARS")),
    }
}

/// A length of time: months are not of one length.
enum Span {
    Millis(i64),
    Months(i64),
}

const DAY: i64 = 86_400_000;

/// The point in time that is a number of units after another.
fn shift(time: Timestamp, unit: &str, count: i64) -> Result<Timestamp, String> {
    let beyond = || "the calendar ends there".to_owned();
    match units(unit, count)? {
        Span::Millis(ms) => time.0.checked_add(ms).map(Timestamp).ok_or_else(beyond),
        Span::Months(months) => {
            let zoned = jiff::Timestamp::from_millisecond(time.0).map_err(|_| beyond())?;
            let span = jiff::Span::new().try_months(months).map_err(|_| beyond())?;
            let later = jiff::tz::Offset::UTC.to_datetime(zoned).checked_add(span).map_err(|_| beyond())?;
            let later = jiff::tz::Offset::UTC.to_timestamp(later).map_err(|_| beyond())?;
            Ok(Timestamp(later.as_millisecond()))
        }
    }
}

/// What `DATEADD` and `DATESUB` do, with the sign of the count.
fn shift_date(args: &Args<'_>, sign: i64) -> Result<Value, String> {
    let Value::Date(days) = args.get(2) else { return Ok(Value::Null) };
    let count = args.long(1).checked_mul(sign).ok_or("too long a time")?;
    let later = shift(Timestamp(i64::from(*days) * DAY), args.text(0), count)?;
    i32::try_from(later.0.div_euclid(DAY)).map(Value::Date).map_err(|_| "the calendar ends there".to_owned())
}

/// What `TIMESTAMPADD` and `TIMESTAMPSUB` do.
fn shift_timestamp(args: &Args<'_>, sign: i64) -> Result<Value, String> {
    let Value::Timestamp(time) = args.get(2) else { return Ok(Value::Null) };
    let count = args.long(1).checked_mul(sign).ok_or("too long a time")?;
    shift(*time, args.text(0), count).map(Value::Timestamp)
}

/// Whether the first argument is the name of a unit.
fn check_unit(args: &[Arg<'_>]) -> Result<(), String> {
    match args.first().and_then(|it| it.constant) {
        Some(Value::Text(name)) => units(name, 0).map(|_| ()),
        _ => Err("the first argument is a unit, as DAYS".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scope, check, parse};
    use super::*;

    /// 2026-11-23T08:30:00Z
    const NOW: Timestamp = Timestamp(1_795_422_600_000);

    fn value(text: &str) -> Result<String, String> {
        let expr = parse(text).map_err(|it| it.to_string())?;
        let typed = check(&expr, &Scope::new()).map_err(|it| it.iter().map(|it| it.to_string()).collect::<String>())?;
        let value = typed.eval(&Row::at(&[], NOW)).map_err(|it| it.to_string())?;
        if let (Some(ty), false) = (typed.ty(), value.is_null()) {
            value.fits(ty).map_err(|it| it.to_string())?;
        }
        Ok(value.literal())
    }

    #[test]
    fn every_case_of_every_function_holds() {
        for function in ALL {
            assert!(!function.cases.is_empty(), "{} has no case", function.name);
            for (text, want) in function.cases {
                assert_eq!(value(text).as_deref(), Ok(*want), "{text}");
            }
        }
    }

    #[test]
    fn every_function_is_described() {
        let mut names: Vec<&str> = ALL.iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len(), "two functions have one name");
        for function in ALL {
            assert!(function.doc.ends_with('.') && function.usage.starts_with(function.name), "{}", function.name);
            assert!(function.arity.0 <= function.arity.1, "{}", function.name);
        }
    }

    #[test]
    fn null_gives_null() {
        for function in ALL.iter().filter(|it| it.null_gives_null && !it.unit && it.arity.0 == 1) {
            if let Ok(found) = value(&format!("{}(NULL)", function.name)) {
                assert_eq!(found, "NULL", "{}", function.name);
            }
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for text in [
            "ABS('x')",
            "LEN()",
            "LEN('a', 'b')",
            "ARRAY_LENGTH('x')",
            "DATEADD(FORTNIGHTS, 1, '2026-11-23')",
            "DATEADD(YEARS, 9000000, '2026-11-23')",
            "GREATEST(1, TRUE)",
            "SQRT('x')",
            "LPAD('a', 100000000, ' ')",
        ] {
            assert!(value(text).is_err(), "{text}");
        }
    }
}
