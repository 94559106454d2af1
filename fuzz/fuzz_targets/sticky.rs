//! The text of a sticky: types print as they are read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::board::{FieldType, Kind, parse_content};

fuzz_target!(|text: &str| {
    let is_record = |name: &str| name == "order line";
    for kind in Kind::all() {
        for field in parse_content(text, kind.spec().rules, &is_record).fields() {
            assert_eq!(FieldType::read(&field.ty.to_string(), &is_record).as_ref(), Some(&field.ty));
        }
    }
});
