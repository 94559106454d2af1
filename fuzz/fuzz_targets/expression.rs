//! Expressions: what is printed reads back as the same; constants are evaluated.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::expr::{Row, Scope, check, parse, parse_assignments};
use stormglass::kit::Timestamp;

fuzz_target!(|text: &str| {
    if let Ok(expr) = parse(text) {
        // Printing may add parentheses, and with them levels.
        if let Ok(again) = parse(&expr.to_string()) {
            assert_eq!(again, expr);
        }
        if let Ok(typed) = check(&expr, &Scope::new()) {
            let value = typed.eval(&Row::at(&[], Timestamp::EPOCH));
            if let (Ok(value), Some(ty)) = (value, typed.ty())
                && !value.is_null()
            {
                assert_eq!(value.fits(ty), Ok(()));
            }
        }
    }
    let _ = parse_assignments(text);
});
