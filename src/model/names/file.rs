//! Files, folders and packages: `order-placed`.

use crate::kit::{is_device, kebab};

use super::rust_module::is_keyword;
use super::{Output, OutputSpec, reserved};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::File,
    key: "file",
    title: "File",
    doc: "Files and folders of schemas, scripts and crates; for a context the package's name.",
    board_wide: false,
    joiner: "-",
    form: kebab,
    reserved: |name| is_device(name) || is_keyword(name) || reserved::PACKAGES.contains(&name),
};
