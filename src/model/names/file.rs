//! Files, folders and packages: `order-placed`.

use crate::kit::kebab;

use super::rust_module::is_keyword;
use super::{Output, OutputSpec, is_device};

pub(super) static SPEC: OutputSpec = OutputSpec {
    output: Output::File,
    key: "file",
    title: "File",
    doc: "Files and folders of schemas, scripts and crates; for a context the package's name.",
    board_wide: false,
    joiner: "-",
    form: kebab,
    reserved: |name| is_device(name) || is_keyword(name) || PACKAGES.contains(&name),
};

/// What Cargo refuses as a package, and folders that a workspace has.
const PACKAGES: &[&str] = &[
    "alloc",
    "build",
    "core",
    "deps",
    "docs",
    "examples",
    "incremental",
    "ksql",
    "proc-macro",
    "schemas",
    "src",
    "std",
    "target",
    "test",
    "tests",
    "topics",
];
