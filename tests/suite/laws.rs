//! Laws that must hold of random cases.

use proptest::prelude::ProptestConfig;

/// A law is tried on as many cases as `STORMGLASS_CASES` says, else on the usual number. The full count is 2,000.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("STORMGLASS_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
