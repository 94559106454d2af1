//! A board file: what reads is written so that it reads back as the same board.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stormglass::board;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = board::read(bytes) {
        let written = board::write(&read);
        assert_eq!(board::read(written.as_bytes()).as_ref(), Ok(&read));
    }
});
