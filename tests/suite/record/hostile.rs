//! Bytes and schemas from outside that are wrong on purpose.

use std::sync::Arc;

use proptest::prelude::*;
use stormglass::record::{ALL_FORMATS, AVRO, FieldSchema, RecordSchema, Type, Value, parse_avro_schema};

use super::arbitrary::Source;

fn long(it: i64) -> Vec<u8> {
    let mut out = Vec::new();
    AVRO.encode(&Value::Long(it), &Type::Long, &mut out).expect("a long");
    out
}

#[test]
fn few_bytes_are_never_many_values() {
    let empty = Type::Record(Arc::new(RecordSchema::new("x.Empty", Vec::new())));
    let nested = Type::list(Type::list(empty.clone()));
    let mut bomb = long(8);
    for _ in 0..8 {
        bomb.extend(long(9_000_000));
    }
    for (ty, bytes, want) in [
        (Type::list(empty.clone()), long(10_000_000), "more values than the bytes justify"),
        (nested, bomb, "more values than the bytes justify"),
        (Type::Text, long(1 << 40), "ends within"),
        (Type::Bytes, long(-1), "-1 bytes"),
        (Type::list(Type::Int), long(i64::MIN), "ends within"),
        (Type::list(Type::Int), [long(i64::MIN), long(8)].concat(), "too large"),
        (Type::list(Type::Int), [long(-3), long(-1)].concat(), "-1 bytes"),
        (Type::map(Type::Int), long(i64::MAX), "ends within"),
        (Type::Long, vec![0xff; 20], "more than 64 bits"),
        (Type::Int, long(1 << 40), "too large"),
        (Type::Bool, vec![2], "neither true nor false"),
        (Type::optional(Type::Int), vec![4], "branch 2"),
        (Type::Text, vec![2, 0xff], "UTF-8"),
        (Type::Int, vec![2, 2], "1 bytes are left"),
        (Type::Decimal { precision: 3, scale: 0 }, vec![4, 0x10, 0x00], "3 digits"),
        (Type::Decimal { precision: 28, scale: 0 }, [vec![60], vec![0x7f; 30]].concat(), "too many digits"),
    ] {
        let error = AVRO.decode(&bytes, &ty).expect_err(want).to_string();
        assert!(error.contains(want), "{ty}: {error}");
    }
}

/// A type of a few lines whose value has 2^60 parts and no byte.
#[test]
fn a_type_that_doubles_is_bounded() {
    let mut ty = Type::Record(Arc::new(RecordSchema::new("x.R0", Vec::new())));
    for at in 1..60 {
        let fields = vec![FieldSchema::new("a", ty.clone()), FieldSchema::new("b", ty)];
        ty = Type::Record(Arc::new(RecordSchema::new(format!("x.R{at}"), fields)));
    }
    assert!(AVRO.decode(&[], &ty).is_err());
}

#[test]
fn schemas_that_are_refused() {
    let field = |ty: &str| format!(r#"{{"type":"record","name":"x.R","fields":[{{"name":"a","type":{ty}}}]}}"#);
    let deep = format!("{}\"int\"{}", r#"{"type":"array","items":"#.repeat(100), "}".repeat(100));
    for (text, want) in [
        ("{", "line 1"),
        ("\"order\"", "no type `order`"),
        ("\"null\"", "null"),
        ("[\"int\",\"string\"]", "union"),
        (r#"{"type":"record","name":"a b","fields":[]}"#, "not a legal name"),
        (r#"{"type":"record","name":"string","fields":[]}"#, "not a legal name"),
        (r#"{"type":"enum","name":"x.E","symbols":["A","A"]}"#, "legal symbol"),
        (r#"{"type":"enum","name":"x.E","symbols":[]}"#, "without symbols"),
        (r#"{"type":"fixed","name":"x.F","size":4}"#, "fixed"),
        (&field("\"x.R\""), "contains itself"),
        (&field("\"int\",\"default\":\"x\""), "the default \"x\""),
        (&field("[\"null\",\"int\"],\"default\":1"), "first of the union"),
        (&deep, "nested too deep"),
        (&"[".repeat(100_000), "line 1"),
    ] {
        let error = parse_avro_schema(text).expect_err(want).to_string();
        assert!(error.contains(want), "{}: {error}", text.chars().take(80).collect::<String>());
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(500))]

    #[test]
    fn any_bytes_are_read_or_refused(seed: u64, bytes: Vec<u8>) {
        let ty = Source::new(seed).ty(3);
        for format in ALL_FORMATS {
            if let Ok(value) = format.decode(&bytes, &ty) {
                prop_assert_eq!(value.fits(&ty), Ok(()), "{}", format.name());
            }
        }
    }

    #[test]
    fn any_text_is_a_value_or_refused(seed: u64, text: String) {
        let ty = Source::new(seed).ty(3);
        if let Ok(value) = Value::parse(&text, &ty) {
            prop_assert_eq!(value.fits(&ty), Ok(()));
        }
    }

    #[test]
    fn literals_read_back(seed: u64) {
        let mut source = Source::new(seed);
        let ty = source.ty(0);
        let value = source.value(&ty);
        prop_assert_eq!(Value::parse(&value.literal(), &ty), Ok(value));
    }
}

/// What we write ourselves is read, however little a record holds and however alike its names are.
#[test]
fn our_own_bytes_are_read() {
    let record = |name: &str, fields| Type::Record(Arc::new(RecordSchema::new(name, fields)));
    let line = record("x.Line", vec![FieldSchema::new("flag", Type::Bool)]);
    let nested = record("x.Outer", vec![FieldSchema::new("line", line.clone())]);
    let flag = Value::record(vec![Value::Bool(true)]);
    let one = |name: &str, ty: Type| record(name, vec![FieldSchema::new("lines", ty)]);
    let second = FieldSchema { name: "order_line_2".into(), ..FieldSchema::new("order_line", Type::Int) };
    let alike = record("x.Alike", vec![FieldSchema::new("order line", Type::Int), second]);
    let many = |item: &Value| Value::record(vec![Value::List(vec![item.clone(); 20_000])]);
    for (ty, value) in [
        (one("x.A", Type::list(line)), many(&flag)),
        (one("x.B", Type::list(nested)), many(&Value::record(vec![flag]))),
        (alike, Value::record(vec![Value::Int(1), Value::Int(2)])),
    ] {
        for format in ALL_FORMATS {
            let mut bytes = Vec::new();
            format.encode(&value, &ty, &mut bytes).unwrap();
            assert_eq!(format.decode(&bytes, &ty), Ok(value.clone()), "{}", format.name());
        }
    }
}
