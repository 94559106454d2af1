//! A length of time: what is printed reads back as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::kit::Millis;

fuzz_target!(|text: &str| {
    if let Ok(length) = text.parse::<Millis>()
        && length.0 >= 0
    {
        assert_eq!(length.to_string().parse(), Ok(length));
    }
});
