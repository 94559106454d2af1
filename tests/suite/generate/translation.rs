//! What is simulated is what is generated: a board whose examples are what the evaluator says of many expressions.
//! The generated tests then check that the translated expressions say the same.

use stormglass::board::Board;
use stormglass::expr::Row;
use stormglass::flow::{Flow, Options};
use stormglass::kit::Timestamp;
use stormglass::model::{Source, System};
use stormglass::record::{Type, Value};

/// The fields of the command: name, type, and the value in each example.
const FIELDS: &[(&str, &str, [&str; 3])] = &[
    ("a", "int", ["7", "-3", "0"]),
    ("b", "int?", ["NULL", "2", "0"]),
    ("l", "long", ["3000000000", "-1", "0"]),
    ("d", "decimal(12,2)", ["12.50", "-0.05", "99.99"]),
    ("e", "decimal(12,4)?", ["NULL", "0.1250", "12.5000"]),
    ("f", "double", ["2.5", "-0.5", "0"]),
    ("t", "text", ["'order 1%'", "'O''Hara'", "''"]),
    ("u", "text?", ["NULL", "'order 1%'", "'x'"]),
    ("flag", "bool", ["TRUE", "FALSE", "TRUE"]),
    ("maybe", "bool?", ["NULL", "TRUE", "FALSE"]),
    ("kind", "enum(open|closed)", ["'open'", "'closed'", "'open'"]),
    ("other", "enum(open|closed)?", ["NULL", "'closed'", "'closed'"]),
];

/// Expressions and the type of the field that takes the result.
const CASES: &[(&str, &str)] = &[
    ("a = b", "bool?"),
    ("a <> b", "bool?"),
    ("b = 2", "bool?"),
    ("NOT (b > 1)", "bool?"),
    ("NOT (a >= 7 AND l < 0)", "bool?"),
    ("a < l OR b < l", "bool?"),
    ("maybe AND flag", "bool?"),
    ("maybe OR flag", "bool?"),
    ("NOT maybe", "bool?"),
    ("NOT flag OR a = 0", "bool?"),
    ("(flag OR a = 0) AND d > 0", "bool?"),
    ("maybe IS NULL", "bool?"),
    ("a IS NOT NULL AND u IS NOT NULL", "bool?"),
    ("d > a", "bool?"),
    ("d = e", "bool?"),
    ("e < f", "bool?"),
    ("f > a", "bool?"),
    ("NOT (f <= d)", "bool?"),
    ("t = u", "bool?"),
    ("u <> 'x'", "bool?"),
    ("t < 'p'", "bool?"),
    ("u IS DISTINCT FROM t", "bool?"),
    ("t LIKE 'order%'", "bool?"),
    ("u LIKE '%!%' ESCAPE '!'", "bool?"),
    ("u NOT LIKE '_'", "bool?"),
    ("a IN (1, 7, 9)", "bool?"),
    ("b NOT IN (2, 3)", "bool?"),
    ("t IN ('x', 'order 1%')", "bool?"),
    ("u IN ('x', 'y')", "bool?"),
    ("a BETWEEN 0 AND 7", "bool?"),
    ("b BETWEEN 1 AND a", "bool?"),
    ("kind = 'open'", "bool?"),
    ("other = 'closed'", "bool?"),
    ("kind = other", "bool?"),
    ("other IN ('open', 'closed')", "bool?"),
    ("flag = TRUE", "bool?"),
    ("flag <> FALSE", "bool?"),
    ("a + 1", "int?"),
    ("a / b", "int?"),
    ("a - 2 * 3", "int?"),
    ("(a - 2) * 3 % 4", "int?"),
    ("a * b", "int?"),
    ("a + l", "long?"),
    ("l * l * l", "long?"),
    ("-a", "int?"),
    ("-b", "int?"),
    ("d + e", "decimal(20,4)?"),
    ("d * 2", "decimal(24,2)?"),
    ("d / 3", "decimal(26,14)?"),
    ("-d", "decimal(12,2)?"),
    ("f * 2 + a", "double?"),
    ("t || '!'", "text?"),
    ("t || u", "text?"),
    ("UCASE(t)", "text?"),
    ("LCASE(u)", "text?"),
    ("TRIM(u)", "text?"),
    ("LEN(t) + LEN(u)", "int?"),
    ("CONCAT(t, u, '.')", "text?"),
    ("SUBSTRING(t, 2, 3)", "text?"),
    ("SUBSTRING(u, -2)", "text?"),
    ("REPLACE(t, '1', '2')", "text?"),
    ("COALESCE(b, a)", "int?"),
    ("IFNULL(b, 0) + 1", "int?"),
    ("IFNULL(u, t)", "text?"),
    ("NULLIF(a, 7)", "int?"),
    ("GREATEST(a, b, 3)", "int?"),
    ("LEAST(d, e)", "decimal(12,4)?"),
    ("ABS(a)", "int?"),
    ("ABS(d)", "decimal(12,2)?"),
    ("CEIL(d)", "decimal(12,2)?"),
    ("FLOOR(e)", "decimal(12,4)?"),
    ("ROUND(d, 1)", "decimal(13,1)?"),
    ("CASE WHEN a > 0 THEN 'plus' WHEN a < 0 THEN 'minus' ELSE 'zero' END", "text?"),
    ("CASE WHEN maybe THEN b WHEN flag THEN a END", "int?"),
    ("CASE kind WHEN 'open' THEN 1 ELSE 2 END + 1", "int?"),
    ("CAST(a AS BIGINT)", "long?"),
    ("CAST(a AS STRING)", "text?"),
    ("CAST(d AS DOUBLE)", "double?"),
    ("CAST(l AS INT)", "int?"),
    ("CAST(kind AS STRING)", "text?"),
    ("ABS(7) + ABS(-3)", "int?"),
    ("ABS(-2.5e0)", "double?"),
    ("FLOOR(2.5e0) + CEIL(-2.5e0)", "double?"),
    ("ABS(GREATEST(2.5e0, -3.5e0))", "double?"),
    ("ABS(LEAST(-7, b))", "int?"),
    ("CAST(COALESCE(b, -3) AS STRING)", "text?"),
    ("(a > 1) = flag", "bool?"),
    ("flag <> (a = 0)", "bool?"),
    ("t LIKE 'order 1\"%' ESCAPE '\"'", "bool?"),
];

fn text(scenarios: &str) -> String {
    let fields: String = FIELDS.iter().map(|(name, ty, _)| format!("    {name}: {ty}\n")).collect();
    let results: String = CASES.iter().enumerate().map(|(at, (_, ty))| format!("    r{at}: {ty}\n")).collect();
    let mappings: String =
        CASES.iter().enumerate().map(|(at, (expression, _))| format!("    r{at} = {expression}\n")).collect();
    format!(
        "context \"Maths\" @-50,-50 3000x4000\nC ask \"Ask\" @0,0\n    sum: uuid key\n{fields}\
         A sum \"Sum\" @200,0\nE told \"Told\" @500,0\n    sum: uuid key\n{results}\
         ask -> sum\nsum -> told : r0 = {}\n{mappings}{scenarios}",
        CASES[0].0
    )
}

fn system(board: &Board) -> System {
    System::resolve(board, &Flow::read(board, Options { ghosts: false }))
}

/// The board, with one example for each column of values.
pub(super) fn board() -> Board {
    let system = system(&crate::notation::read(&text("")).board);
    let errors: Vec<_> = system.problems.iter().filter(|it| it.severity == stormglass::kit::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let command = system.commands.values().next().expect("the command");
    let outcome = command.outcomes.first().expect("the outcome");
    let told = &system.events.values().next().expect("the event").schema;
    let mut scenarios = String::new();
    for example in 0..3 {
        let mut row = vec![Value::Null; command.schema.fields.len()];
        let mut given = vec![format!("sum = 's{example}'")];
        for (name, _, values) in FIELDS {
            let at = command.schema.find(name).expect("the field");
            row[at] = Value::parse(values[example], &command.schema.fields[at].ty).expect("the value");
            given.push(format!("{name} = {}", values[example]));
        }
        let state = vec![Value::Null; 200];
        let mut wanted = Vec::new();
        for (at, (expression, _)) in CASES.iter().enumerate() {
            let place = told.find(&format!("r{at}")).expect("the field");
            let Some(Source::Expr { typed, .. }) = outcome.fill.get(place) else {
                panic!("{expression}: no expression")
            };
            // What fails on a row is NULL.
            let value = typed.eval(&Row::at(&[&row, &state], Timestamp::EPOCH)).unwrap_or(Value::Null);
            let value = match (&value, told.fields[place].ty.required()) {
                (Value::Double(it), Type::Double) => format!("{it:?}"),
                (value, _) => value.literal(),
            };
            wanted.push(format!("r{at} = {value}"));
        }
        let y = 1_000 + example * 400;
        scenarios.push_str(&format!(
            "scenario \"Example {example}\" @0,{y}\n    when Ask({})\n    then Told({})\n",
            given.join(", "),
            wanted.join(", ")
        ));
    }
    crate::notation::read(&text(&scenarios)).board
}

/// Every expression of the list has a translation: none of them is left to the user.
#[test]
fn the_expressions_are_all_translated() {
    let system = system(&board());
    assert_eq!(system.scenarios.len(), 3);
    let told: Vec<usize> = system.scenarios.values().map(|it| it.then.len()).collect();
    assert_eq!(told, [1, 1, 1], "{:#?}", system.problems);
    let output = stormglass::generate::render(&system, Default::default()).expect("it can be generated");
    let sum = &output.files["crates/maths/src/generated/aggregates/sum.rs"].text;
    assert!(!sum.contains("pub trait Rules"), "{sum}");
}

/// The run says the same as the evaluator: what fails on a row is NULL in it, too.
#[test]
fn the_expressions_run_as_they_are_evaluated() {
    let system = std::sync::Arc::new(system(&board()));
    let lowering = std::sync::Arc::new(stormglass::lowering::lower(&system));
    for scenario in system.scenarios.values() {
        let (result, _) = stormglass::simulate::run_scenario(&system, &lowering, scenario.id, 7).expect("it runs");
        assert!(result.passed, "{}: {}", result.title, result.difference);
    }
}
