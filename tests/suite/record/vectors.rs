//! The vectors recorded with Apache Avro for Java, where they are at hand.

use serde_json::Value as Node;
use stormglass::record::{AVRO, avro_schema, parse_avro_schema};

/// The folder with `vectors.json`.
const CASES: &str = "STORMGLASS_AVRO_CASES";

#[test]
fn bytes_of_other_writers() {
    let Ok(folder) = std::env::var(CASES) else {
        println!("skipped: Avro vectors, because {CASES} does not name their folder");
        return;
    };
    let text = std::fs::read_to_string(format!("{folder}/vectors.json")).expect("vectors.json");
    let file: Node = serde_json::from_str(&text).expect("JSON");
    let (mut read, mut other, mut refused) = (0, 0, 0);
    for case in file["vectors"].as_array().expect("a list of vectors") {
        let id = &case["id"];
        let schema = parse_avro_schema(&case["writer"].to_string());
        let Some(bytes) = case["binary"].as_str() else {
            // A schema that does not parse in Java must not parse here, where it is given for that.
            if case.get("error").is_some() {
                assert!(schema.is_err(), "{id}: a schema that must be refused");
                refused += 1;
            }
            continue;
        };
        let Ok(ty) = schema else {
            other += 1;
            continue;
        };
        let bytes: Vec<u8> =
            (0..bytes.len()).step_by(2).map(|at| u8::from_str_radix(&bytes[at..at + 2], 16).expect("hex")).collect();
        let value = AVRO.decode(&bytes, &ty).unwrap_or_else(|error| panic!("{id}: {error}"));
        let mut written = Vec::new();
        AVRO.encode(&value, &ty, &mut written).expect("what was read is written");
        // Of maps and blocks there may be several encodings: what is written must read back as the same.
        assert_eq!(AVRO.decode(&written, &ty), Ok(value), "{id}");
        assert_eq!(written.len(), bytes.len(), "{id}");
        assert!(parse_avro_schema(&avro_schema(&ty).to_string()).is_ok(), "{id}");
        read += 1;
    }
    assert!(read >= 40, "only {read} vectors were read");
    println!("Avro vectors: {read} read and written, {refused} refused, {other} of types that no board has");
}
