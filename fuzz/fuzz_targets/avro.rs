//! Avro bytes behind a line with their schema: what reads fits its type, and is written so that it reads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::record::{AVRO, parse_avro_schema};

fuzz_target!(|input: &[u8]| {
    let mut parts = input.splitn(2, |byte| *byte == b'\n');
    let (Some(schema), Some(bytes)) = (parts.next(), parts.next()) else { return };
    let Ok(ty) = parse_avro_schema(&String::from_utf8_lossy(schema)) else { return };
    if let Ok(value) = AVRO.decode(bytes, &ty) {
        assert_eq!(value.fits(&ty), Ok(()));
        let mut written = Vec::new();
        AVRO.encode(&value, &ty, &mut written).expect("what was read is written");
        assert_eq!(AVRO.decode(&written, &ty), Ok(value));
    }
});
