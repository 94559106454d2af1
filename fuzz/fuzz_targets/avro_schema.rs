//! An Avro schema: what reads is written as a schema that is written the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::record::{avro_schema, parse_avro_schema};

fuzz_target!(|text: &str| {
    if let Ok(ty) = parse_avro_schema(text) {
        let written = avro_schema(&ty).to_string();
        let again = parse_avro_schema(&written).expect("a schema that was written");
        assert_eq!(avro_schema(&again).to_string(), written);
    }
});
