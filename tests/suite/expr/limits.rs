//! Expressions that are too long or too deep are refused; the deepest allowed ones are walked on a small stack.

use std::sync::Arc;

use stormglass::expr::{ExprKind, Row, Scope, check, parse, parse_assignments};
use stormglass::kit::Timestamp;
use stormglass::record::{FieldSchema, RecordSchema, Type, Value};

#[test]
fn what_is_too_large_is_refused() {
    for text in [
        "(".repeat(5_000) + "a" + &")".repeat(5_000),
        " - ".repeat(2_000) + "a",
        "NOT ".repeat(2_000) + "a",
        vec!["a"; 3_000].join(" OR "),
        "a".to_owned() + &"[1]".repeat(2_000),
        "CAST(a AS ".to_owned() + &"ARRAY<".repeat(1_000) + "INT" + &">".repeat(1_000) + ")",
        "CASE WHEN ".repeat(1_000),
        "x".repeat(20_000),
    ] {
        let error = parse(&text).expect_err("too large");
        assert!(text.get(error.span.start..error.span.end).is_some());
        assert!(parse_assignments(&text).is_err());
    }
}

#[test]
fn the_largest_that_is_read_can_be_walked() {
    let fields = vec![FieldSchema::new("a", Type::Int), FieldSchema::new("l", Type::list(Type::Int))];
    let scope = Scope::new().with("event", Arc::new(RecordSchema::new("x.R", fields)));
    let nest = |open: &str, close: &str, count: usize| open.repeat(count) + "a" + &close.repeat(count);
    let chain = |op: &str, count: usize| vec!["a"; count].join(op);
    let walk = move || {
        for text in [
            chain(" + ", 150),
            nest("ABS(", ")", 45),
            nest("CASE WHEN a = 1 THEN ", " END", 40),
            format!("{} = 1", nest("ABS(a + ", ")", 23)),
            format!("{}{}", "CASE WHEN TRUE THEN ".repeat(40), chain(" + ", 140)) + &" END".repeat(40),
            (0..70).map(|at| format!("a = {at}")).collect::<Vec<_>>().join(" OR "),
        ] {
            let expr = parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(parse(&expr.to_string()).as_ref(), Ok(&expr));
            let typed = check(&expr, &scope).unwrap_or_else(|errors| panic!("{errors:?}: {text}"));
            let record = [Value::Int(1), Value::List(vec![])];
            let records: [&[Value]; 1] = [&record];
            typed.eval(&Row::at(&records, Timestamp::EPOCH)).expect("a value");
        }
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(walk).expect("a thread");
    thread.join().expect("no overflow");
}

/// Texts that are put together of others grow with every event that does so: there is an end to it.
#[test]
fn texts_do_not_grow_without_bound() {
    let scope = Scope::new().with("event", Arc::new(RecordSchema::new("x.R", vec![FieldSchema::new("x", Type::Text)])));
    for (text, most) in [
        ("x || x", 20),
        ("CONCAT(x, x, x)", 14),
        ("REPLACE(x, 'a', 'aaaaaaaaaaaaaaaa')", 6),
        ("ARRAY_JOIN(SPLIT(x, ''), 'aaaaaaaa')", 8),
    ] {
        let typed = check(&parse(text).expect(text), &scope).expect(text);
        let mut value = Value::text("aa");
        let mut rounds = 0;
        let end = loop {
            assert!(rounds <= most, "{text} goes on after {rounds} rounds");
            match typed.eval(&Row::at(&[&[value]], Timestamp::EPOCH)) {
                Ok(longer) => value = longer,
                Err(error) => break error,
            }
            rounds += 1;
        };
        assert!(end.0.contains("longer than 1048576 bytes"), "{text}: {end}");
    }
}

/// Found by fuzzing: two quotes are one, however many stand side by side.
#[test]
fn names_may_hold_quotes_side_by_side() {
    for (text, name) in [(r#""a""b""#, r#"a"b"#), (r#""a""""b""#, r#"a""b"#), (r#""""""#, r#"""#), ("`a``b`", "a`b")] {
        let expr = parse(text).unwrap();
        assert!(matches!(&expr.kind, ExprKind::Column { name: it, .. } if *it.0 == *name), "{text}: {expr:?}");
        assert_eq!(parse(&expr.to_string()).unwrap(), expr, "{text}");
    }
}

/// Found by fuzzing: a number of 29 digits fits the machine's decimals, but no type.
#[test]
fn a_decimal_has_28_digits_at_most() {
    for (text, fits) in [
        ("1.000000000000000000000000000", true),
        ("0001.0000000000000000000000000000", false),
        ("0.1000000000000000000000000000", true),
        ("12345678901234567890123456789.", false),
    ] {
        let Ok(expr) = parse(text) else {
            assert!(!fits, "{text}");
            continue;
        };
        let typed = check(&expr, &Scope::new()).expect(text);
        let value = typed.eval(&Row::at(&[], Timestamp::EPOCH)).expect(text);
        assert_eq!((fits, value.fits(typed.ty().expect(text))), (true, Ok(())), "{text}");
    }
}
