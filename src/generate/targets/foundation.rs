//! The crate that all contexts share: envelopes, the bus, KSQL's rules for NULL. Nothing in it comes from the board.

use super::{Job, Made, TargetSpec};
use crate::generate::render::TemplateError;

pub(super) static SPEC: TargetSpec = TargetSpec {
    key: "foundation",
    title: "Shared crate",
    doc: "Envelopes, a bus in memory and KSQL's rules for missing values, which all contexts use.",
    render,
};

fn render(_job: &Job<'_, '_>, made: &mut Made) -> Result<(), TemplateError> {
    let path = |name: &str| format!("crates/foundation/{name}");
    made.seeded(path("Cargo.toml"), include_str!("../../../templates/foundation/Cargo.toml").to_owned());
    for (name, text) in [
        ("src/lib.rs", include_str!("../../../templates/foundation/src/lib.rs")),
        ("src/bus.rs", include_str!("../../../templates/foundation/src/bus.rs")),
        ("src/message.rs", include_str!("../../../templates/foundation/src/message.rs")),
        ("src/sql.rs", include_str!("../../../templates/foundation/src/sql.rs")),
    ] {
        made.generated(path(name), text.to_owned());
    }
    Ok(())
}
