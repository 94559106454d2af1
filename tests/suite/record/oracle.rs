//! Our Avro against apache-avro: same bytes, same values, a schema that it accepts.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value as Theirs;
use apache_avro::writer::datum::GenericDatumWriter;
use proptest::prelude::*;
use stormglass::record::{AVRO, JSON, Type, Value, avro_schema, parse_avro_schema};

use super::arbitrary::Source;

/// The value as the oracle holds it. `null_first` tells on which branch of a union NULL is.
fn theirs(value: &Value, ty: &Type, null_first: bool) -> Theirs {
    match (value, ty) {
        (value, Type::Optional(of)) => {
            let null = value.is_null();
            let inner = if null { Theirs::Null } else { theirs(value, of, true) };
            Theirs::Union(u32::from(null != null_first), Box::new(inner))
        }
        (Value::Bool(it), _) => Theirs::Boolean(*it),
        (Value::Int(it), _) => Theirs::Int(*it),
        (Value::Long(it), _) => Theirs::Long(*it),
        (Value::Float(it), _) => Theirs::Float(*it),
        (Value::Double(it), _) => Theirs::Double(*it),
        (Value::Text(it), Type::Enum(schema)) => {
            let at = schema.position(it).expect("a word of the enum");
            Theirs::Enum(at as u32, schema.symbols[at].name.to_string())
        }
        (Value::Text(it), _) => Theirs::String(it.to_string()),
        (Value::Bytes(it), _) => Theirs::Bytes(it.to_vec()),
        (Value::Uuid(it), _) => Theirs::Uuid(*it),
        (Value::Date(it), _) => Theirs::Date(*it),
        (Value::Time(it), _) => Theirs::TimeMillis(*it),
        (Value::Timestamp(it), _) => Theirs::TimestampMillis(it.0),
        (Value::Decimal(it), _) => {
            let bytes = it.mantissa().to_be_bytes();
            let mut from = 0;
            while from < 15 && matches!((bytes[from], bytes[from + 1] >> 7), (0, 0) | (0xff, 1)) {
                from += 1;
            }
            Theirs::Decimal(bytes[from..].to_vec().into())
        }
        (Value::List(items), Type::List(of)) => Theirs::Array(items.iter().map(|it| theirs(it, of, true)).collect()),
        (Value::Map(items), Type::Map(of)) => {
            Theirs::Map(items.iter().map(|(key, it)| (key.to_string(), theirs(it, of, true))).collect())
        }
        (Value::Record(values), Type::Record(schema)) => {
            let fields = schema.fields.iter().zip(values.iter()).map(|(field, it)| {
                let null_first = field.default.as_ref().is_none_or(Value::is_null);
                (field.name.to_string(), theirs(it, &field.ty, null_first))
            });
            Theirs::Record(fields.collect())
        }
        (value, ty) => panic!("{value:?} is not {ty}"),
    }
}

fn check(seed: u64) -> Result<(), TestCaseError> {
    let mut source = Source::new(seed);
    let ty = source.record(3);
    let value = source.value(&ty);
    prop_assert_eq!(value.fits(&ty), Ok(()));

    let text = avro_schema(&ty).to_string();
    let schema = Schema::parse_str(&text).map_err(|it| TestCaseError::fail(format!("{it}: {text}")))?;
    let mut ours = Vec::new();
    AVRO.encode(&value, &ty, &mut ours).expect("a value that fits is written");
    let expected = theirs(&value, &ty, true);
    let fail = |it: apache_avro::Error| TestCaseError::fail(format!("{it}: {text}"));
    let writer = GenericDatumWriter::builder(&schema).build().map_err(fail)?;
    let written = writer.write_value_to_vec(expected.clone()).map_err(fail)?;
    prop_assert_eq!(&ours, &written, "{}", text);
    let reader = GenericDatumReader::builder(&schema).build().map_err(fail)?;
    let read = reader.read_value(&mut &ours[..]).map_err(fail)?;
    prop_assert_eq!(read, expected);
    prop_assert_eq!(AVRO.decode(&ours, &ty), Ok(value.clone()));

    // The schema reads back as a type of the same schema, which reads the same bytes.
    let again = parse_avro_schema(&text).map_err(|it| TestCaseError::fail(format!("{it}: {text}")))?;
    prop_assert_eq!(avro_schema(&again).to_string(), text);
    prop_assert!(AVRO.decode(&ours, &again).is_ok());

    let mut json = Vec::new();
    JSON.encode(&value, &ty, &mut json).expect("a value that fits is written");
    prop_assert_eq!(JSON.decode(&json, &ty), Ok(value));

    // Cut short anywhere it is an error or another value, never a panic.
    for end in 0..ours.len() {
        prop_assert!(AVRO.decode(&ours[..end], &ty).is_err());
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::laws::cases(300))]

    #[test]
    fn ours_is_theirs(seed: u64) {
        check(seed)?;
    }
}
